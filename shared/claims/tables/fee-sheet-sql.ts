// OpenEMR's fee sheet as a database dump: the INSERT statements of `fee_sheet_options` are read, everything else in the
// dump, patients among it, is passed over.
import type { ReadRecord } from '../tell-repeats.ts';
import { feeSheetColumns, readFeeSheetRow } from './fee-sheet.ts';

const statement = /\bINSERT\s+(?:IGNORE\s+)?INTO\s+(?:`?\w+`?\.)?`?fee_sheet_options`?\s*/i;
const columnList = /^\(\s*((?:`?\w+`?\s*,\s*)*`?\w+`?)\s*\)\s*/;
const valuesWord = /^VALUES\s*/i;
const value = String.raw`'(?:[^'\\]|\\[\s\S]|'')*'|NULL`;
const tuple = new RegExp(
  `^\\(\\s*(${value})\\s*,\\s*(${value})\\s*,\\s*(${value})\\s*\\)\\s*`,
  'i',
);

/** Longer than any statement's beginning or row: columns of 63, 63 and 255 characters. */
const lookAhead = 4_000;

type Scan = {
  text: string;
  line: number;
  /** Inside a statement: which of our columns stands at which place. */
  order: readonly number[] | undefined;
  rows: number;
};

function drop(scan: Scan, length: number): void {
  for (let at = scan.text.indexOf('\n'); at >= 0 && at < length; ) {
    scan.line += 1;
    at = scan.text.indexOf('\n', at + 1);
  }
  scan.text = scan.text.slice(length);
}

/** The text of an SQL literal of MySQL. */
function textOf(literal: string | undefined): string {
  if (!literal?.startsWith("'")) return '';
  return literal.slice(1, -1).replace(/\\([\s\S])|''/g, (_, escaped?: string) => escaped ?? "'");
}

/** Looks for the next statement and reads its beginning; false when there is none yet. */
function seek(scan: Scan, isLast: boolean): boolean {
  const found = statement.exec(scan.text);
  if (!found) {
    drop(scan, Math.max(0, scan.text.length - lookAhead));
    return false;
  }
  if (!isLast && scan.text.length - found.index < lookAhead) return false;
  drop(scan, found.index + found[0].length);
  const columns = columnList.exec(scan.text);
  if (columns) drop(scan, columns[0].length);
  const words = valuesWord.exec(scan.text);
  if (words) drop(scan, words[0].length);
  const names = columns?.[1]?.replace(/[`\s]/g, '').toLowerCase().split(',') ?? feeSheetColumns;
  scan.order = words ? feeSheetColumns.map((name) => names.indexOf(name)) : undefined;
  return true;
}

/** Reads the next row of the statement; undefined when it ends here or its row is not there yet. */
function takeRow(scan: Scan, order: readonly number[], isLast: boolean): ReadRecord | undefined {
  if (!isLast && scan.text.length < lookAhead) return undefined;
  const row = tuple.exec(scan.text);
  const where = `line ${scan.line}`;
  if (!row) {
    scan.order = undefined;
    if (scan.text.startsWith(';')) return undefined;
    const message = 'fee_sheet_options: a row that is not three texts; the statement is left here';
    return { kind: 'rejected', where, code: 'unreadable', message };
  }
  drop(scan, row[0].length);
  const comma = /^,\s*/.exec(scan.text);
  if (comma) drop(scan, comma[0].length);
  else scan.order = undefined;
  const [category = '', option = '', codes = ''] = order.map((at) => textOf(row[at + 1]));
  scan.rows += 1;
  return readFeeSheetRow({ where, category, option, codes });
}

function feed(scan: Scan, isLast: boolean): readonly ReadRecord[] {
  const records: ReadRecord[] = [];
  for (;;) {
    if (!scan.order) {
      if (!seek(scan, isLast)) return records;
      continue;
    }
    const record = takeRow(scan, scan.order, isLast);
    if (record) records.push(record);
    else if (scan.order) return records;
  }
}

/** True for a text that begins as a dump of a database does. */
export const looksLikeSql = (head: string): boolean =>
  /^\s*(?:--\s|\/\*|(?:CREATE|INSERT|DROP|SET|LOCK|USE|START)\s)/i.test(head);

/** The templates of a dump, as many at a time as its pieces complete. */
export async function* readFeeSheetSql(
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly ReadRecord[]> {
  const scan: Scan = { text: '', line: 1, order: undefined, rows: 0 };
  for await (const piece of pieces) {
    scan.text += piece;
    yield feed(scan, false);
  }
  yield feed(scan, true);
  if (scan.rows > 0) return;
  const message = 'a database dump without rows of fee_sheet_options, the only table read from one';
  yield [{ kind: 'rejected', where: 'file', code: 'unsupported', message }];
}
