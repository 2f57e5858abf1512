// Reads one table of an export, says when it is missing or cannot be unpacked, and counts its rows.
import type { FindingList } from '../../formats/finding-list.ts';
import { type McdRowTaker, type McdTable, readMcdTable } from '../../formats/mcd-table.ts';
import type { ExportTables } from './export-zip.ts';

/** An export being read: its tables, where they are from, what was found, and how many rows there were. */
export type ExportSource = {
  readonly tables: ExportTables;
  /** URL. */
  readonly where: string;
  readonly list: FindingList;
  readonly rows: { tables: number; kept: number; rejected: number };
};

/**
 * Hands every row of the table to `taker`. A missing one is an error, or when `optional` a warning (`mcd-table-missing`):
 * what it alone would say is then not known.
 */
export async function readTable<Column extends string>(
  source: ExportSource,
  table: McdTable<Column>,
  taker: McdRowTaker<Column>,
  options: { readonly optional?: boolean } = {},
): Promise<void> {
  const { tables, list, rows } = source;
  const member = tables.stream(table.name);
  if (!member) {
    const severity = options.optional ? 'warning' : 'error';
    list.add('mcd-table-missing', severity, source.where, `The table ${table.name} is missing.`);
    return;
  }
  const where = `${source.where} member ${table.name}`;
  const count = await readMcdTable(member.bytes, table, { where, list }, taker);
  const fault = member.fault();
  if (fault) list.add(fault.code, 'error', where, fault.message);
  rows.tables += 1;
  rows.kept += count.kept;
  rows.rejected += count.rejected;
}
