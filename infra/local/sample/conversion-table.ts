// Writes conversion tables as NCHS publishes them: a title, three columns, cumulative; as CSV (FY2020) or as a workbook.
import {
  type CalendarDate,
  calendarDate,
  fromExcelSerial,
} from '../../../shared/core/calendar-date.ts';
import { specCells } from './code-history.ts';
import { crlf } from './order-text.ts';
import { workbookBytes } from './workbook-bytes.ts';

/** One row as worded: dotted code, a year or an Excel serial, the predecessors' cell. */
export type ConversionRow = {
  readonly current: string;
  readonly effective: number;
  readonly previous: string;
  /** The first table with this wording, where a former one words it otherwise. */
  readonly since?: CalendarDate;
};

/** Rows of the specification. */
export function readConversions(text: string): readonly ConversionRow[] {
  return specCells(text).map(([current = '', effective = '', previous = '', since]) => ({
    current,
    effective: Number(effective),
    previous,
    ...(since ? { since: calendarDate(since) } : {}),
  }));
}

/** Serials are far above any year: 43922 is 2020-04-01. */
const isSerial = (effective: number): boolean => effective > 9999;

/** The day a row takes effect: a year means its 1 October. */
export function effectiveOf(row: ConversionRow): CalendarDate {
  const { effective } = row;
  const date = isSerial(effective) ? fromExcelSerial(effective) : undefined;
  return date ?? calendarDate(`${effective}-10-01`);
}

/** The rows of the table that covers everything up to a date, each in its latest wording. */
export function conversionsUpTo(
  rows: readonly ConversionRow[],
  date: CalendarDate,
): readonly ConversionRow[] {
  const worded = new Map<string, ConversionRow>();
  for (const row of rows) {
    if (effectiveOf(row) > date || (row.since ?? date) > date) continue;
    worded.set(`${row.current} ${row.effective}`, row);
  }
  return [...worded.values()];
}

/** Tables up to FY2020 head the second column `Effective October 1`, later ones `Effective`. */
const columnNames = (date: CalendarDate): readonly [string, string, string] => [
  'Current code assignment',
  date < '2020-10-01' ? 'Effective October 1' : 'Effective',
  'Previous Code(s) Assignment',
];

const titleOf = (date: CalendarDate): string =>
  `Conversion table of new ICD-10-CM codes, updated for ${date}. A year means October 1 of that year.`;

const csvCell = (text: string): string =>
  /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The table as CSV. */
export function conversionCsv(rows: readonly ConversionRow[], date: CalendarDate): string {
  return crlf([
    `${csvCell(titleOf(date))},,`,
    columnNames(date).join(','),
    ...rows.map((row) => `${row.current},${row.effective},${csvCell(row.previous)}`),
  ]);
}

/** The table as a workbook; serials carry a date format, years none, as in the officials' tables. */
export function conversionWorkbook(rows: readonly ConversionRow[], date: CalendarDate): Buffer {
  return workbookBytes('ICD-10-CM-Conversion-Table', [
    [titleOf(date)],
    columnNames(date),
    ...rows.map(({ current, effective, previous }) => [
      current,
      isSerial(effective) ? { serial: effective } : effective,
      previous,
    ]),
  ]);
}
