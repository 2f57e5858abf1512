// Cuts CSV and its kin (RFC 4180, any separator) into rows. The parser on npm reads a file or a row; this one lets a
// quoted cell run over several lines, and still gives up on a quote that never closes before it swallows other rows.
import type { TextLine } from './line-batches.ts';

/** One row; cells without quotes and blanks around, line breaks inside them as blanks. `number` is the line it begins on. */
export type DelimitedRow = {
  readonly cells: readonly string[];
  readonly number: number;
  readonly fault?: undefined;
};

/** A line that is no row. */
export type RowFault = {
  readonly fault: 'quotes' | 'too-long';
  readonly number: number;
};

/** Lines and characters a row may take when one of its cells holds line breaks. */
const linesMax = 50;
const charsMax = 100_000;

/** The index behind the quoted cell that begins at `start`, and its text; undefined when it never ends. */
function quotedCell(text: string, start: number): { cell: string; end: number } | undefined {
  let cell = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    from = quote + 2;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}

const isPlain = (char: number): boolean => char > 32 && char < 127;

/** The cell without blanks around; most have none, and a table may have hundreds of columns. */
const trimmed = (cell: string): string =>
  isPlain(cell.charCodeAt(0)) && isPlain(cell.charCodeAt(cell.length - 1)) ? cell : cell.trim();

/** The cells of a row; undefined when its quotes do not close or stand where none may. */
export function splitCells(text: string, separator: string): string[] | undefined {
  // Most rows hold no quote, and then the format is nothing but separators.
  if (!text.includes('"')) return text.split(separator).map(trimmed);
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const start = skipBlanks(text, at);
    if (text[start] === '"') {
      const quoted = quotedCell(text, start);
      if (!quoted) return undefined;
      cells.push(quoted.cell.trim().replaceAll('\n', ' '));
      at = skipBlanks(text, quoted.end);
    } else {
      const next = text.indexOf(separator, at);
      const end = next < 0 ? text.length : next;
      const cell = text.slice(at, end);
      if (cell.includes('"')) return undefined;
      cells.push(cell.trim());
      at = end;
    }
    if (at >= text.length) return cells;
    if (text[at] !== separator) return undefined;
  }
}

/** What is known between two lines. */
type Scan = {
  readonly separator: string;
  /** Cells of the first row: what a row over several lines must have as well. */
  width: number | undefined;
  /** Lines of a row whose last quote is open. */
  open: readonly TextLine[];
  chars: number;
  rows: (DelimitedRow | RowFault)[];
};

const hasOpenQuote = (text: string): boolean => {
  let isOpen = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOpen = !isOpen;
  return isOpen;
};

function addRow(scan: Scan, text: string, number: number): void {
  const cells = splitCells(text, scan.separator);
  if (!cells) {
    scan.rows.push({ fault: 'quotes', number });
    return;
  }
  scan.width ??= cells.length;
  scan.rows.push({ cells, number });
}

/** The quote of the first open line closes nowhere near: that line is lost, the others are read anew. */
function giveUp(scan: Scan): void {
  const [first, ...others] = scan.open;
  scan.open = [];
  if (first) scan.rows.push({ fault: 'quotes', number: first.number });
  for (const line of others) takeLine(scan, line);
}

function takeInside(scan: Scan, line: TextLine): void {
  scan.open = [...scan.open, line];
  scan.chars += line.text.length;
  if (!line.isTooLong && hasOpenQuote(line.text)) {
    const [first] = scan.open;
    const text = scan.open.map((one) => one.text).join('\n');
    const cells = splitCells(text, scan.separator);
    if (first && cells && (scan.width === undefined || cells.length === scan.width)) {
      scan.open = [];
      scan.width = cells.length;
      scan.rows.push({ cells, number: first.number });
      return;
    }
    giveUp(scan);
  } else if (line.isTooLong || scan.open.length >= linesMax || scan.chars > charsMax) {
    giveUp(scan);
  }
}

function takeLine(scan: Scan, line: TextLine): void {
  if (scan.open.length > 0) {
    takeInside(scan, line);
  } else if (line.isTooLong) {
    scan.rows.push({ fault: 'too-long', number: line.number });
  } else if (hasOpenQuote(line.text)) {
    scan.open = [line];
    scan.chars = line.text.length;
  } else if (line.text.trim() !== '') {
    addRow(scan, line.text, line.number);
  }
}

/**
 * The rows of a table in its order, as many at a time as the lines at hand complete; blank lines are
 * none. A quoted cell may hold line breaks when its row then has as many cells as the first one. A
 * quote that closes on none of the next 50 lines costs the line it stands on and no other.
 */
export async function* readRowBatches(
  batches: AsyncIterable<readonly TextLine[]>,
  separator: string,
): AsyncGenerator<readonly (DelimitedRow | RowFault)[]> {
  const scan: Scan = { separator, width: undefined, open: [], chars: 0, rows: [] };
  for await (const lines of batches) {
    for (const line of lines) takeLine(scan, line);
    const rows = scan.rows;
    scan.rows = [];
    if (rows.length > 0) yield rows;
  }
  while (scan.open.length > 0) giveUp(scan);
  if (scan.rows.length > 0) yield scan.rows;
}
