// Days as the Medicare Coverage Database writes them: three ways, and several for none. A cell is held against the shape
// `date or nothing` (formats/mcd-shapes.ts) before it is read here: what is read here must have that shape.
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';

const nowhere = /^(?:n\/?a|null|none|-)?$/i;
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|\+00:?00)?)?$/;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?)?$/i;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/;

// What databases write for "none" where a column may not be empty.
const placeholders: ReadonlySet<string> = new Set(['1900-01-01', '9999-12-31', '0001-01-01']);
// Medicare began in 1966; nobody decides for 2100.
const [yearMin, yearMax] = [1966, 2099];

/** A day, that there is none, or that the text says neither. */
export type McdDate =
  | { readonly kind: 'day'; readonly day: CalendarDate }
  | { readonly kind: 'none' }
  | { readonly kind: 'nonsense' };

function dayIn(text: string): CalendarDate | undefined {
  const [, year, month, day] = iso.exec(text) ?? compact.exec(text) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(day));
  const [, americanMonth, americanDay, americanYear] = american.exec(text) ?? [];
  if (americanYear === undefined) return undefined;
  return dateOf(Number(americanYear), Number(americanMonth), Number(americanDay));
}

/**
 * Reads `YYYY-MM-DD HH:MM:SS[.fff]` (exports), `MM/DD/YYYY` and `YYYYMMDD[HHMMSS]` (Coverage API); the time of day is
 * dropped, and so is an offset of zero; another one is nonsense, for the day may be the next. Not seen yet, but plain: `AM` and
 * `PM`, `NULL`, `None`, `-`. Empty, `N/A` and the placeholders 1900-01-01 and 9999-12-31 are none; a day there is not, or one before 1966 or
 * after 2099, is nonsense.
 */
export function readMcdDate(text: string): McdDate {
  const written = text.trim();
  if (nowhere.test(written)) return { kind: 'none' };
  const day = dayIn(written);
  if (day !== undefined) {
    if (placeholders.has(day)) return { kind: 'none' };
    const year = Number(day.slice(0, 4));
    if (year >= yearMin && year <= yearMax) return { kind: 'day', day };
  }
  return placeholders.has(written.slice(0, 10)) ? { kind: 'none' } : { kind: 'nonsense' };
}
