// Reads the day something was published as feeds write it: RFC 822 (RSS) or RFC 3339 (Atom, JSON Feed).
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[Zz]|[+-]\d{2}:?\d{2})?)?$/;
const rfc822 =
  /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{2}|\d{4})(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:[A-Za-z]{1,5}|[+-]\d{4}))?)?$/;

/**
 * The day as the publisher wrote it, in the publisher's own time zone: a day on the calendar, not an instant. Undefined
 * when the text is neither form or no real day. Two-digit years are of this century (RFC 822 has no others that matter).
 */
export function publicationDay(text: string): CalendarDate | undefined {
  const written = text.trim();
  const [, year, month, day] = iso.exec(written) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(day));
  const [, dayOfMonth, name = '', years = ''] = rfc822.exec(written) ?? [];
  const index = months.indexOf(name.toLowerCase());
  if (dayOfMonth === undefined || index < 0) return undefined;
  return dateOf(Number(years.length === 2 ? `20${years}` : years), index + 1, Number(dayOfMonth));
}
