// Reads one table of a Medicare Coverage Database export (CSV, RFC 4180) row by row: columns by their names in whatever
// order, every cell held to the shape of its column, nothing kept but what the caller keeps.
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FindingList } from './finding-list.ts';
import { looksLikeHtml } from './looks-like-html.ts';
import { type McdShape, mcdShapes } from './mcd-shapes.ts';
import { readTextPieces } from './text-pieces.ts';

/** A table: its member's name, and the columns that are read with the shape of their cells; it may have others. */
export type McdTable<Column extends string> = {
  readonly name: string;
  readonly columns: Readonly<Record<Column, McdShape>>;
  /** What the header calls a column, when that is another name than it has here, or one of several. */
  readonly names?: Readonly<Partial<Record<Column, readonly string[]>>>;
  /** Columns among them that an export may leave out; their cells are then empty. */
  readonly optional?: readonly Column[];
  /** Whether an export may have no row of it. */
  readonly mayBeEmpty?: true;
};

/** The cells of a row that are read, blanks around them left out. */
export type McdRow<Column extends string> = Readonly<Record<Column, string>>;

/** Rows of a table; all = kept + rejected. */
export type McdRowCount = { readonly kept: number; readonly rejected: number };

/** What becomes of rows. */
export type McdRowTaker<Column extends string> = {
  /** Keeps the row, or says in a sentence why not. */
  readonly take: (row: McdRow<Column>) => string | undefined;
  /** A row that cannot be kept because of its shape; its cells may hold anything. */
  readonly reject?: (row: McdRow<Column>) => void;
};

/** Where a table is from and where findings go. */
export type McdTableReport = { readonly where: string; readonly list: FindingList };

/** Share of rejected rows, and their number, beyond which the table itself is wrong, and not some rows. */
const rejectedShareMax = 0.1;
const rejectedMax = 2;
/** Bytes of one row: paragraphs have a few hundred thousand; a quote that never closes has all that follows. */
const rowBytesMax = 16_000_000;

type Cells = readonly string[];
type Positions<Column extends string> = readonly (readonly [Column, number, McdShape])[];

/** Where each column is; undefined, with an error, when the header is none or lacks one. */
function positionsOf<Column extends string>(
  header: Cells,
  table: McdTable<Column>,
  report: McdTableReport,
): Positions<Column> | undefined {
  const written = header.map((name) => name.trim().toLowerCase());
  const namesOf = (column: Column): readonly string[] => table.names?.[column] ?? [column];
  const columns = (Object.keys(table.columns) as Column[]).map((column) => {
    const found = written.flatMap((name, at) => (namesOf(column).includes(name) ? [at] : []));
    return { column, found, called: namesOf(column).join(' or ') };
  });
  const missing = columns.filter(({ found }) => found.length === 0);
  const required = missing.filter(({ column }) => !table.optional?.includes(column));
  const say = (code: string, message: string): undefined => {
    report.list.add(code, 'error', `${report.where} row 1`, message);
  };
  const listed = (of: readonly { readonly called: string }[]): string =>
    of.map(({ called }) => called).join(', ');
  if (missing.length === columns.length) {
    const message = `${table.name} has no header row: its first row names no column.`;
    return say('mcd-header-missing', message);
  }
  if (required.length > 0) {
    const message = `${table.name} has no column ${listed(required)}.`;
    return say('mcd-column-missing', message);
  }
  const twice = columns.filter(({ found }) => found.length > 1);
  if (twice.length > 0) {
    const message = `${table.name} has the column ${listed(twice)} more than once.`;
    return say('mcd-column-twice', message);
  }
  return columns.flatMap(({ column, found }) =>
    found.map((at) => [column, at, table.columns[column]] as const),
  );
}

/** What the bytes of a table turned out to be. */
type Seen = { isHtml: boolean; isEmpty: boolean; isUtf8: boolean; isText: boolean };

/** Passes bytes on and watches them: whether they are a web page, none at all, no UTF-8, or no text of one byte a letter. */
function watch(bytes: AsyncIterable<Uint8Array>): { bytes: AsyncIterable<Uint8Array>; seen: Seen } {
  const seen = { isHtml: false, isEmpty: true, isUtf8: true, isText: true };
  const strict = new TextDecoder('utf-8', { fatal: true });
  const check = (piece?: Uint8Array): void => {
    if (!seen.isUtf8) return;
    try {
      strict.decode(piece, { stream: piece !== undefined });
    } catch {
      seen.isUtf8 = false;
    }
  };
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      if (seen.isEmpty && looksLikeHtml(piece)) seen.isHtml = true;
      // UTF-16 has zero bytes from its first letters on; no table begins so otherwise.
      if (seen.isEmpty && piece.includes(0)) seen.isText = false;
      if (seen.isHtml || !seen.isText) return;
      seen.isEmpty &&= piece.length === 0;
      check(piece);
      yield piece;
    }
    check();
  }
  return { bytes: pass(), seen };
}

const faultOfWidth = (cells: Cells, width: number): string | undefined =>
  cells.length === width ? undefined : `It has ${cells.length} cells; the header has ${width}.`;

type Tally<Column extends string> = {
  kept: number;
  rejected: number;
  /** Rows rejected for a cell of this column. */
  readonly byColumn: Map<Column, number>;
};

function rowOf<Column extends string>(
  cells: Cells,
  positions: Positions<Column>,
  table: McdTable<Column>,
): McdRow<Column> {
  const row: Partial<Record<Column, string>> = {};
  for (const column of table.optional ?? []) row[column] = '';
  for (const [column, at] of positions) row[column] = (cells[at] ?? '').trim();
  return row as McdRow<Column>;
}

/** The first cell that has not the shape of its column, and what to say of it. */
function faultOfCells<Column extends string>(
  row: McdRow<Column>,
  positions: Positions<Column>,
): { message: string; column: Column } | undefined {
  for (const [column, , shape] of positions) {
    if (mcdShapes[shape].test(row[column])) continue;
    const cell = JSON.stringify(row[column].slice(0, 40));
    return { message: `Its ${column} is no ${shape}: ${cell}.`, column };
  }
  return undefined;
}

/** Says what the rejected rows mean for the table as a whole. */
function judge<Column extends string>(
  tally: Tally<Column>,
  table: McdTable<Column>,
  { where, list: findings }: McdTableReport,
): void {
  const rows = tally.kept + tally.rejected;
  if (rows === 0 && !table.mayBeEmpty) {
    const message = `${table.name} has a header and no row: all of them were lost.`;
    findings.add('mcd-table-empty', 'error', where, message);
  }
  if (tally.rejected === 0) return;
  const isTooMany = (count: number): boolean =>
    count === rows || (count > rejectedMax && count > rows * rejectedShareMax);
  for (const [column, count] of tally.byColumn) {
    if (!isTooMany(count)) continue;
    const message =
      `${count} of ${rows} rows of ${table.name} have something else in column ${column} than ` +
      'belongs there: columns are swapped, or the layout has changed.';
    findings.add('mcd-columns-swapped', 'error', where, message);
  }
  const message = `${tally.rejected} of ${rows} rows of ${table.name} were rejected.`;
  const severity = isTooMany(tally.rejected) ? 'error' : 'warning';
  findings.add('mcd-rows-rejected', severity, where, message);
}

function sayEnd(
  error: unknown,
  seen: Seen,
  name: string,
  { where, list: findings }: McdTableReport,
): void {
  if (seen.isHtml) {
    const message = `${name} is a web page, not the table.`;
    findings.add('html-instead-of-file', 'error', where, message);
  } else if (!seen.isText) {
    const message = `${name} has zero bytes, as UTF-16 has: it is neither UTF-8 nor Latin-1.`;
    findings.add('encoding', 'error', where, message);
  } else if (error instanceof CsvError) {
    const line = typeof error.lines === 'number' ? ` line ${error.lines}` : '';
    const message = `The quotes of ${name} do not close where they should: what follows cannot be read.`;
    findings.add('csv-quotes', 'error', `${where}${line}`, message);
  } else if (seen.isEmpty) {
    findings.add('empty-file', 'error', where, `${name} is empty: not even a header row.`);
  } else if (!seen.isUtf8) {
    const message = `${name} is no UTF-8; bytes that are none were read as Latin-1.`;
    findings.add('not-utf8', 'info', where, message);
  }
}

/**
 * Hands every row of a table to `take`, in flat memory. Findings, errors but for those said: `empty-file`,
 * `html-instead-of-file`, `encoding`, `csv-quotes`, `mcd-header-missing`, `mcd-column-missing`, `mcd-column-twice`,
 * `mcd-columns-swapped`, `mcd-table-empty`, `mcd-rows-rejected` (a warning up to a tenth of the rows), `mcd-row` (warning: a rejected row and
 * why), `not-utf8` (info). UTF-8 with or without byte order mark, or Latin-1.
 */
export async function readMcdTable<Column extends string>(
  bytes: AsyncIterable<Uint8Array>,
  table: McdTable<Column>,
  report: McdTableReport,
  taker: McdRowTaker<Column>,
): Promise<McdRowCount> {
  const watched = watch(bytes);
  const parser = parse({ relaxColumnCount: true, maxRecordSize: rowBytesMax });
  const tally: Tally<Column> = { kept: 0, rejected: 0, byColumn: new Map() };
  let positions: Positions<Column> | undefined;
  let width = 0;
  const takeRow = (cells: Cells, columns: Positions<Column>): void => {
    const row = rowOf(cells, columns, table);
    const odd = faultOfCells(row, columns);
    const message = faultOfWidth(cells, width) ?? odd?.message ?? taker.take(row);
    if (message === undefined) {
      tally.kept += 1;
      return;
    }
    tally.rejected += 1;
    if (cells.length !== width || odd) taker.reject?.(row);
    if (odd) tally.byColumn.set(odd.column, (tally.byColumn.get(odd.column) ?? 0) + 1);
    const number = tally.kept + tally.rejected + 1;
    report.list.add('mcd-row', 'warning', `${report.where} row ${number}`, message);
  };
  let failure: unknown;
  try {
    pipeline(Readable.from(readTextPieces(watched.bytes)), parser, () => undefined);
    for await (const cells of parser as AsyncIterable<Cells>) {
      if (positions) takeRow(cells, positions);
      else {
        width = cells.length;
        positions = positionsOf(cells, table, report);
        if (!positions) return tally;
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    failure = error;
  }
  sayEnd(failure, watched.seen, table.name, report);
  if (positions) judge(tally, table, report);
  return tally;
}
