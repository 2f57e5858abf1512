// The spreadsheet form of CMS's Alpha-Numeric HCPCS file (`HCPC20YY_MMM_ANWEB.xlsx`): the same fields under titles, long
// descriptions whole or continued as in the text form; some years a disclaimer stands above the titles.
import type { FindingList } from './finding-list.ts';
import type { HcpcsRecord } from './hcpcs-record.ts';
import { type Cell, readSheetRows } from './sheet-rows.ts';

/** Titles of the columns that cannot be missing. */
const titles = {
  code: 'HCPC',
  kind: 'RECID',
  long: 'LONG DESCRIPTION',
  short: 'SHORT DESCRIPTION',
  added: 'ADD DT',
  actionEffective: 'ACT EFF DT',
  terminated: 'TERM DT',
  action: 'ACTION CD',
} as const;

type Field = keyof typeof titles;
type Columns = Readonly<Record<Field, number>> & { readonly crossReferences: readonly number[] };

function textOf(cell: Cell | undefined): string {
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? '?' : cell.toISOString().slice(0, 10).replaceAll('-', '');
  }
  return cell === null || cell === undefined ? '' : String(cell).replace(/\s+/g, ' ').trim();
}

/** The columns by their titles, or undefined when this is not the row of titles. */
function columnsOf(row: readonly Cell[]): Columns | undefined {
  const found = row.map((cell) => textOf(cell).toUpperCase());
  const at = (field: Field): number => found.indexOf(titles[field]);
  const columns = {
    code: at('code'),
    kind: at('kind'),
    long: at('long'),
    short: at('short'),
    added: at('added'),
    actionEffective: at('actionEffective'),
    terminated: at('terminated'),
    action: at('action'),
  };
  if (Object.values(columns).some((index) => index < 0)) return undefined;
  const crossReferences = found.flatMap((title, index) => (/^XREF\d$/.test(title) ? [index] : []));
  return { ...columns, crossReferences };
}

function recordOf(row: readonly Cell[], columns: Columns, where: string): HcpcsRecord {
  const field = (name: Field): string => textOf(row[columns[name]]);
  return {
    code: field('code'),
    kind: field('kind'),
    long: field('long'),
    short: field('short'),
    crossReferences: columns.crossReferences
      .map((index) => textOf(row[index]))
      .filter((code) => code !== ''),
    added: field('added'),
    actionEffective: field('actionEffective'),
    terminated: field('terminated'),
    action: field('action'),
    where,
  };
}

/**
 * The records of the first sheet that has the titles. Findings: what reading the spreadsheet finds, and
 * `hcpcs-columns-missing` (error) when no sheet has them.
 */
export async function readHcpcsSheet(
  bytes: Uint8Array,
  source: { readonly name: string; readonly where: string },
  list: FindingList,
): Promise<readonly HcpcsRecord[]> {
  const sheets = await readSheetRows(bytes, source, list);
  for (const rows of sheets) {
    const head = rows.findIndex((row) => columnsOf(row) !== undefined);
    const columns = columnsOf(rows[head] ?? []);
    if (!columns) continue;
    return rows.slice(head + 1).flatMap((row, index) => {
      const isBlank = row.every((cell) => textOf(cell) === '');
      return isBlank ? [] : [recordOf(row, columns, `${source.where} row ${head + index + 2}`)];
    });
  }
  if (sheets.length > 0) {
    const message = `No sheet has the columns ${Object.values(titles).join(', ')}: the layout changed, or this is another file.`;
    list.add('hcpcs-columns-missing', 'error', source.where, message);
  }
  return [];
}
