// Reads an order file, the form CMS and CDC publish ICD-10-CM and ICD-10-PCS in: one row per header and code, in tabular
// order. Layout: "ICD-10-CM Order File" and "ICD-10-PCS Order File" descriptions in the published zips.
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding, Row } from '../core/release.ts';
import { endWithoutBlanks, isCodeAt } from './code-characters.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { eachLine } from './text-lines.ts';

/** What an order file held: rows kept plus lines rejected are all its lines (I6). */
export type OrderFile = { rows: Row[]; rejected: number; findings: QualityFinding[] };

/** Which code system to expect, and the URL or member name that findings shall name. */
export type OrderFileOptions = { readonly system: CodeSystemId; readonly where: string };

/** Columns counted from 0; `codeEnd` and the like are the blanks after a field. */
const column = {
  orderEnd: 5,
  code: 6,
  codeEnd: 13,
  flag: 14,
  flagEnd: 15,
  short: 16,
  shortEnd: 76,
  long: 77,
};
const blankColumns = [column.orderEnd, column.codeEnd, column.flagEnd, column.shortEnd] as const;
const blank = 32;
const zero = 48;

/** A reason to reject a line: finding code and message. */
type Fault = { readonly code: string; readonly message: string };

const shapeFault = (message: string): Fault => ({ code: 'row-shape', message });

function faultOfShape(text: string, start: number, end: number): Fault | undefined {
  if (endWithoutBlanks(text, start, end) === start) {
    return { code: 'blank-line', message: 'The line is blank and left out.' };
  }
  if (end - start <= column.long) {
    const length = end - start;
    return shapeFault(`The line has ${length} characters; a row has at least ${column.long + 1}.`);
  }
  for (const at of blankColumns) {
    if (text.charCodeAt(start + at) !== blank) {
      return shapeFault(
        `Column ${at + 1} is not blank: the fields are not where the layout has them.`,
      );
    }
  }
  return undefined;
}

/** The order number in columns 1–5, or -1 when they are not five digits. */
function orderNumber(text: string, start: number): number {
  let order = 0;
  for (let i = start; i < start + column.orderEnd; i += 1) {
    const digit = text.charCodeAt(i) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    order = order * 10 + digit;
  }
  return order;
}

/** The row of one line, or the fault that rejects it. */
function rowAt(system: CodeSystemId, text: string, start: number, end: number): Row | Fault {
  const fault = faultOfShape(text, start, end);
  if (fault) return fault;
  const order = orderNumber(text, start);
  if (order < 0) {
    const found = text.slice(start, start + column.orderEnd);
    return {
      code: 'order-number-shape',
      message: `"${found}" is not an order number of five digits.`,
    };
  }
  const codeStart = start + column.code;
  const codeEnd = endWithoutBlanks(text, codeStart, start + column.codeEnd);
  const code = text.slice(codeStart, codeEnd);
  if (code === '') return shapeFault('The code is blank.');
  if (!isCodeAt(system, text, codeStart, codeEnd)) {
    return { code: 'code-shape', message: `"${code}" is not written like a code of ${system}.` };
  }
  const flag = text.charCodeAt(start + column.flag) - zero;
  if (flag !== 0 && flag !== 1) {
    const found = text.charAt(start + column.flag);
    return { code: 'flag-value', message: `The flag of ${code} is "${found}"; it must be 0 or 1.` };
  }
  const shortStart = start + column.short;
  const shortEnd = endWithoutBlanks(text, shortStart, start + column.shortEnd);
  const longStart = start + column.long;
  const longEnd = endWithoutBlanks(text, longStart, end);
  if (shortEnd === shortStart || longEnd === longStart)
    return shapeFault(`A title of ${code} is blank.`);
  const short = text.slice(shortStart, shortEnd);
  return { order, code, billable: flag === 1, short, long: text.slice(longStart, longEnd) };
}

const isFault = (row: Row | Fault): row is Fault => 'message' in row;

/** Says so when the order number does not follow on the one before. */
function checkOrder(row: Row, expected: number, where: string, list: FindingList): void {
  if (row.order === expected) return;
  const message = `Order number ${row.order} (${row.code}) stands where ${expected} is due: rows are missing, doubled or moved.`;
  list.add('order-number-gap', 'error', where, message);
}

/**
 * The rows of an order file. Every finding but `trailing-blank` and `blank-line` (warnings) is an error: `empty-file`,
 * `html-instead-of-file`, `not-ascii`, `line-ending`, `truncated`, and per line `row-shape`, `order-number-shape`,
 * `order-number-gap`, `code-shape`, `flag-value`, `duplicate-code`. Rows with a foreign character or after a gap are
 * kept; the others named are rejected and counted. Blanks at the end of a long title are left off, so that padding
 * never reads as a new title.
 */
export function parseOrderFile(bytes: Uint8Array, options: OrderFileOptions): OrderFile {
  const { system, where } = options;
  const list = createFindingList();
  const rows: Row[] = [];
  let rejected = 0;
  const seen = new Set<string>();
  let expected = 1;
  eachLine(bytes, where, list, (text, start, end, line) => {
    const row = rowAt(system, text, start, end);
    if (isFault(row)) {
      rejected += 1;
      const severity = row.code === 'blank-line' ? 'warning' : 'error';
      list.add(row.code, severity, `${where} line ${line}`, row.message);
      return;
    }
    if (row.order !== expected) checkOrder(row, expected, `${where} line ${line}`, list);
    expected = row.order + 1;
    if (seen.size === seen.add(row.code).size) {
      rejected += 1;
      const message = `${row.code} was listed before; the first row of a code counts.`;
      list.add('duplicate-code', 'error', `${where} line ${line}`, message);
      return;
    }
    if (text.charCodeAt(end - 1) === blank) {
      const message = `The long title of ${row.code} ends with a blank, which is left off.`;
      list.add('trailing-blank', 'warning', `${where} line ${line}`, message);
    }
    rows.push(row);
  });
  return { rows, rejected, findings: list.all() };
}
