// Rows of the Coverage API held to the columns of a table: the same names and shapes as in the exports, numbers as numbers
// or as text, null for nothing.
import { mcdShapes } from '../../formats/mcd-shapes.ts';
import type { McdRow, McdTable, McdTableReport } from '../../formats/mcd-table.ts';
import type { ApiRow } from './answer.ts';

/** The text of a cell; undefined when it is a list or an object. */
function textOf(cell: unknown): string | undefined {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell.trim();
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : undefined;
}

/** What is wrong with a column of a row, or its text. */
function cellOf<Column extends string>(
  row: ApiRow,
  column: Column,
  table: McdTable<Column>,
): { readonly text: string } | { readonly fault: string; readonly code: string } {
  const names = table.names?.[column] ?? [column];
  const name = names.find((one) => row[one] !== undefined);
  if (name === undefined) {
    if (table.optional?.includes(column)) return { text: '' };
    return { code: 'mcd-api-field-missing', fault: `has no ${names.join(' or ')}` };
  }
  const shape = table.columns[column];
  const text = textOf(row[name]);
  if (text !== undefined && mcdShapes[shape].test(text)) return { text };
  const shown = text === undefined ? 'no text' : JSON.stringify(text.slice(0, 30));
  return { code: 'mcd-api-cell', fault: `has in ${name} ${shown}, which is no ${shape}` };
}

/**
 * The rows; undefined when one of them lacks a column (`mcd-api-field-missing`) or has a cell of another shape
 * (`mcd-api-cell`), both warnings that name row and column. Columns that are not asked for are not looked at.
 */
export function readApiRows<Column extends string>(
  rows: readonly ApiRow[],
  table: McdTable<Column>,
  report: McdTableReport,
): readonly McdRow<Column>[] | undefined {
  const columns = Object.keys(table.columns) as Column[];
  const read: McdRow<Column>[] = [];
  for (const [at, row] of rows.entries()) {
    const cells = columns.map((column) => [column, cellOf(row, column, table)] as const);
    for (const [, cell] of cells) {
      if ('text' in cell) continue;
      const message = `Row ${at + 1} of ${table.name} ${cell.fault}.`;
      report.list.add(cell.code, 'warning', report.where, message);
      return undefined;
    }
    const texts = cells.map(([column, cell]) => [column, 'text' in cell ? cell.text : '']);
    read.push(Object.fromEntries(texts) as McdRow<Column>);
  }
  return read;
}
