// Tables of the IDR that come one behind the other in one text: where one ends and the next begins, and its rows.
import { splitCells } from '../../formats/delimited-rows.ts';
import type { TextLine } from '../../formats/line-batches.ts';
import type { IntakeRecord } from '../intake-record.ts';
import { keptOf, keyOf, neededOf } from './idr-columns.ts';
import { type IdrTableName, idrTableOf, isIdrHeader } from './idr-tables.ts';

/** Stands on a line of its own between two files that were put together; the one control character made for this. */
export const betweenFiles = '\u001c';

/** What a line came to. */
export type TableLine =
  | {
      readonly kind: 'row';
      readonly table: IdrTableName;
      /** Of its table, header included. */
      readonly line: number;
      /** What names its claim; `keep` are the cells of the kept columns. */
      readonly key: string;
      readonly keep: readonly string[];
    }
  | { readonly kind: 'table'; readonly table: IdrTableName }
  | { readonly kind: 'rejected'; readonly record: IntakeRecord };

type Columns = {
  readonly table: IdrTableName;
  readonly separator: string;
  readonly width: number;
  readonly key: readonly number[];
  readonly kept: readonly number[];
};

const separators = [',', '|', '\t', ';'];

/** What parts the cells of a header: the one that gives the most. */
const cellsOfHeader = (text: string): readonly [separator: string, cells: readonly string[]] => {
  const split = separators.map((one) => [one, splitCells(text, one) ?? []] as const);
  return split.reduce((a, b) => (b[1].length > a[1].length ? b : a));
};

const mayBeHeader = (text: string): boolean => /CLM_DT_SGNTR_SK|CLM_UNIQ_ID/i.test(text);

const rejected = (
  where: string,
  code: 'unreadable' | 'unknown-field' | 'unsupported',
  message: string,
): TableLine => ({ kind: 'rejected', record: { kind: 'rejected', where, code, message } });

/** A number as every table writes it: `00338`, `338` and, out of spreadsheets, `338.0` are one. */
const keyPart = (text: string): string => text.replace(/\.0+$/, '').replace(/^0+(?=\d)/, '');

/** The key of a claim, or of a signature of dates, from its parts. */
export const joinKey = (parts: readonly string[]): string => parts.map(keyPart).join('\u001f');

/** Takes the lines of a text one after the other; those of a table that is left out give nothing. */
export function createTableRows(): (line: TextLine) => TableLine | undefined {
  let columns: Columns | undefined;
  let isBegin = true;
  let tables = 0;
  /** Lines before the table. */
  let base = 0;

  const begin = (names: readonly string[], separator: string): TableLine => {
    const header = names.map((name) => name.toUpperCase());
    tables += 1;
    isBegin = false;
    columns = undefined;
    const table = idrTableOf(header)?.name;
    if (table === undefined) {
      const what = 'none of the nine tables of claims';
      return rejected(`table ${tables} line 1`, 'unsupported', `${what}; left out`);
    }
    const needed = [...keyOf(table), ...(neededOf[table] ?? [])];
    const missing = needed.filter((name) => !header.includes(name));
    if (missing.length > 0) {
      const message = `header: without ${missing.join(', ')}; export the table with all its columns`;
      return rejected(`${table} line 1`, 'unknown-field', message);
    }
    const at = (name: string): number => header.indexOf(name);
    const width = names.length;
    columns = { table, separator, width, key: keyOf(table).map(at), kept: keptOf[table].map(at) };
    return { kind: 'table', table };
  };

  const row = (text: string, line: number, { table, ...at }: Columns): TableLine => {
    const where = `${table} line ${line}`;
    const cells = splitCells(text, at.separator);
    if (!cells) return rejected(where, 'unreadable', 'record: quotes that do not match');
    if (cells.length !== at.width) {
      const message = `record: ${cells.length} cells where the header has ${at.width}`;
      return rejected(where, 'unreadable', message);
    }
    const key = at.key.map((column) => cells[column] ?? '');
    const empty = keyOf(table).filter((_, index) => key[index] === '');
    if (empty.length > 0) {
      return rejected(where, 'unreadable', `record: without ${empty.join(', ')}: of no claim`);
    }
    const keep = at.kept.map((column) => cells[column] ?? '');
    return { kind: 'row', table, line, key: joinKey(key), keep };
  };

  return ({ text, number, isTooLong }) => {
    if (text === betweenFiles) {
      isBegin = true;
      base = number;
      return undefined;
    }
    if (!isTooLong && text.trim() === '') return undefined;
    if (isBegin || mayBeHeader(text)) {
      const [separator, names] = cellsOfHeader(text);
      const isHeader = isIdrHeader(names.map((name) => name.toUpperCase()));
      if (isHeader && !isBegin) base = number - 1;
      if (isHeader || isBegin) return begin(names, separator);
    }
    if (!columns) return undefined;
    const line = number - base;
    if (!isTooLong) return row(text, line, columns);
    const message = 'record: a line too long to be one; look for a lost line end';
    return rejected(`${columns.table} line ${line}`, 'unreadable', message);
  };
}
