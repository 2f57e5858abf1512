// Reads the sample's row specification: for each code the facts it had and from when, in tabular order.
import { type CalendarDate, calendarDate } from '../../../shared/core/calendar-date.ts';
import type { Facts } from '../../../shared/core/change.ts';
import type { Row } from '../../../shared/core/release.ts';

/** One code and what the releases say of it; null from the release on that no longer lists it. */
export type CodeHistory = {
  readonly code: string;
  readonly points: readonly { readonly from: CalendarDate; readonly facts: Facts | null }[];
};

/** Cells of a specification file: one line a row, tab between cells, `#` begins a comment line. */
export function specCells(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

function factsOfCells(flag: string, short: string, long: string | undefined): Facts | null {
  if (flag === 'x') return null;
  if (flag !== '0' && flag !== '1') throw new Error(`flag is neither 0, 1 nor x: ${flag}`);
  return { billable: flag === '1', short, long: long ?? short };
}

/** Histories in tabular order. Throws where the specification is malformed or out of date order. */
export function readHistories(text: string): readonly CodeHistory[] {
  const points = new Map<string, { from: CalendarDate; facts: Facts | null }[]>();
  for (const [code = '', from = '', flag = '', short = '', long] of specCells(text)) {
    const point = { from: calendarDate(from), facts: factsOfCells(flag, short, long) };
    const known = points.get(code);
    const before = known?.at(-1);
    if (before && before.from >= point.from) throw new Error(`${code}: ${from} out of order`);
    if (known) known.push(point);
    else points.set(code, [point]);
  }
  return [...points].map(([code, own]) => ({ code, points: own }));
}

/** The order file's rows in force on a date, numbered 1..n as restricted to the sample's codes. */
export function rowsOn(histories: readonly CodeHistory[], date: CalendarDate): readonly Row[] {
  const rows: Row[] = [];
  for (const { code, points } of histories) {
    const facts = points.findLast((point) => point.from <= date)?.facts;
    if (facts) rows.push({ order: rows.length + 1, code, ...facts });
  }
  return rows;
}
