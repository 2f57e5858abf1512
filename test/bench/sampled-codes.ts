// Codes and dates of service to ask for: every so many-th row of the newest order file, in no order a cache could like.
import { addDays, type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import { officialReleases, officialRows } from '../support/official-order-files.ts';

/** One question: a code without dot and a date between October 2015 and September 2026. */
export type Sampled = { readonly code: string; readonly date: CalendarDate };

const first = calendarDate('2015-10-01');
/** Days up to 30 September 2026. */
const days = 4017;
/** Two large primes: steps that visit every code and day before they come back to one. */
const [codeStep, dayStep] = [48_611, 1_597];

/** Which rows are asked for: all, or those that can be billed, as in nearly every claim. */
export type SampledRows = 'all' | 'billable';

/** As many different questions, always the same ones; codes not yet valid on their date are among them. */
export function sampledCodes(count: number, which: SampledRows): Sampled[] {
  const newest = officialReleases.at(-1);
  if (!newest) throw new Error('no official release');
  const rows = [...officialRows(newest)];
  const codes = rows
    .filter(([, { flag }]) => which === 'all' || flag === '1')
    .map(([code]) => code);
  return Array.from({ length: count }, (_, n) => ({
    code: codes[(n * codeStep) % codes.length] ?? 'I10',
    date: addDays(first, (n * dayStep) % days),
  }));
}
