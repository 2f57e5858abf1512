// Reads a conversion table: which new code took over from which, and from when. CDC publishes one for ICD-10-CM, CMS
// one for ICD-10-PCS; each is cumulative, so an old row stays when its code has ended.
import {
  type CalendarDate,
  calendarDate,
  dateOf,
  dayOfInstant,
  fromExcelSerial,
} from '../core/calendar-date.ts';
import { type CodeSystemId, normalizeCode } from '../core/code-system.ts';
import type { Conversion, QualityFinding } from '../core/release.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { parsePreviousCodes } from './previous-codes.ts';
import { type Cell, readSheetRows, type SheetRows } from './sheet-rows.ts';

/**
 * What a conversion table held. `rowsRead` counts the rows under the header that are not blank: conversions +
 * duplicates + rejected + otherChanges (I6).
 */
export type ConversionTable = {
  conversions: Conversion[];
  findings: QualityFinding[];
  rowsRead: number;
  /** Rows that repeat another one exactly. */
  duplicates: number;
  /** Rows that could not be read. */
  rejected: number;
  /** ICD-10-PCS rows of change type Deleted or Revised: they bring no new code. */
  otherChanges: number;
};

/** Where the columns are, from 0; -1 for those that only ICD-10-PCS tables have. */
type Columns = {
  readonly code: number;
  readonly effective: number;
  readonly previous: number;
  readonly changeType: number;
  readonly monthDay: number;
};

const textOf = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell).replace(/\s+/g, ' ').trim();

/** The columns by their titles, or undefined when this is not the header row. */
function columnsOf(row: readonly Cell[]): Columns | undefined {
  const titles = row.map((cell) => textOf(cell).toLowerCase());
  const find = (title: RegExp): number => titles.findIndex((text) => title.test(text));
  const columns = {
    code: find(/^current code/),
    effective: find(/^effective(?! month)/),
    previous: find(/^previous code/),
    changeType: find(/^change type/),
    monthDay: find(/^effective month/),
  };
  return columns.code < 0 || columns.effective < 0 || columns.previous < 0 ? undefined : columns;
}

/** Years a table can speak of; larger numbers are Excel's day count. */
const yearMin = 1990;
const yearMax = 2199;

/** Day of a calendar year: 1 October, unless the ICD-10-PCS column `MM.DD` says another. */
function dayOfYear(year: number, monthDay: Cell | undefined): CalendarDate | undefined {
  if (monthDay === undefined) return calendarDate(`${year}-10-01`);
  const written = typeof monthDay === 'number' ? monthDay.toFixed(2) : textOf(monthDay);
  const match = /^(\d{1,2})\.(\d{2})$/.exec(written);
  return match ? dateOf(year, Number(match[1]), Number(match[2])) : undefined;
}

/** The effective date of a row: a calendar year, Excel's day count, a date cell, or a date written M/D/YYYY. */
function effectiveOf(cell: Cell | undefined, monthDay: Cell | undefined): CalendarDate | undefined {
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? undefined : dayOfInstant(cell.toISOString());
  const text = textOf(cell);
  const written = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (written) return dateOf(Number(written[3]), Number(written[1]), Number(written[2]));
  if (!/^\d+$/.test(text)) return undefined;
  const number = Number(text);
  if (number >= yearMin && number <= yearMax) return dayOfYear(number, monthDay);
  const day = fromExcelSerial(number);
  return day !== undefined && Number(day.slice(0, 4)) >= yearMin ? day : undefined;
}

/** The conversion a row states, or what is wrong with it. */
function conversionOf(
  system: CodeSystemId,
  row: readonly Cell[],
  columns: Columns,
): Conversion | { readonly fault: string; readonly message: string } {
  const written = textOf(row[columns.code]);
  const code = normalizeCode(system, written);
  if (code === undefined) {
    return {
      fault: 'conversion-code',
      message: `"${written}" is not written like a code of ${system}.`,
    };
  }
  const monthDay = columns.monthDay < 0 ? undefined : (row[columns.monthDay] ?? null);
  const effective = effectiveOf(row[columns.effective], monthDay);
  if (effective === undefined) {
    const found = `${textOf(row[columns.effective])} ${textOf(monthDay)}`.trim();
    return {
      fault: 'conversion-effective',
      message: `The effective date of ${written} is "${found}".`,
    };
  }
  const previous = parsePreviousCodes(system, String(row[columns.previous] ?? ''));
  return { code, effective, previous };
}

function emptyTable(): ConversionTable {
  return {
    conversions: [],
    findings: [],
    rowsRead: 0,
    duplicates: 0,
    rejected: 0,
    otherChanges: 0,
  };
}

/** Reads the rows under the header into the table. */
function readRows(
  system: CodeSystemId,
  rows: SheetRows,
  header: { readonly index: number; readonly columns: Columns },
  where: string,
  list: FindingList,
): ConversionTable {
  const { index, columns } = header;
  const table = emptyTable();
  const seen = new Set<string>();
  for (const [offset, row] of rows.slice(index + 1).entries()) {
    if (row.every((cell) => textOf(cell) === '')) continue;
    const at = `${where} row ${index + offset + 2}`;
    table.rowsRead += 1;
    const changeType =
      columns.changeType < 0 ? 'new' : textOf(row[columns.changeType]).toLowerCase();
    if (changeType === 'deleted' || changeType === 'revised') {
      table.otherChanges += 1;
      continue;
    }
    const conversion =
      changeType === 'new'
        ? conversionOf(system, row, columns)
        : { fault: 'conversion-change-type', message: `"${changeType}" is no known change type.` };
    if ('fault' in conversion) {
      table.rejected += 1;
      list.add(conversion.fault, 'error', at, conversion.message);
      continue;
    }
    const identity = JSON.stringify(conversion);
    if (seen.has(identity)) {
      table.duplicates += 1;
      list.add(
        'conversion-duplicate',
        'info',
        at,
        `The row of ${conversion.code} repeats an earlier one.`,
      );
      continue;
    }
    seen.add(identity);
    if (conversion.previous.kind === 'unreadable') {
      const message = `The predecessors of ${conversion.code} cannot be read: "${conversion.previous.text}".`;
      list.add('conversion-previous', 'warning', at, message);
    }
    table.conversions.push(conversion);
  }
  return table;
}

/**
 * The conversions of a table, in the order of its rows. `name` is the file's name: `.csv` or `.xlsx`. The layout is
 * recognised by its header row, wherever that stands. Findings: `conversion-header` (no header row in any sheet),
 * `conversion-code`, `conversion-effective`, `conversion-change-type` (row rejected), `conversion-previous` (warning:
 * the cell is kept as text), `conversion-duplicate` (info: dropped), and those of the file itself.
 */
export async function parseConversionTable(
  bytes: Uint8Array,
  options: { readonly system: CodeSystemId; readonly name: string; readonly where: string },
): Promise<ConversionTable> {
  const { system, where } = options;
  const list = createFindingList();
  const sheets = await readSheetRows(bytes, options, list);
  for (const rows of sheets) {
    for (const [index, row] of rows.entries()) {
      const columns = columnsOf(row);
      if (!columns) continue;
      const table = readRows(system, rows, { index, columns }, where, list);
      return { ...table, findings: list.all() };
    }
  }
  if (sheets.length > 0) {
    const message =
      'No row is headed "Current code assignment", "Effective" and "Previous Code(s) Assignment".';
    list.add('conversion-header', 'error', where, message);
  }
  return { ...emptyTable(), findings: list.all() };
}
