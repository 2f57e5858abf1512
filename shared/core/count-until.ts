// Where a date stands among others: what names the periods between dates on which something changes.
import type { CalendarDate } from './calendar-date.ts';

/** How many of the ascending dates are not after a date. Few are asked for but the latest: counted from the end. */
export function countUntil(dates: readonly CalendarDate[], date: CalendarDate): number {
  let count = dates.length;
  while (count > 0 && (dates[count - 1] ?? '') > date) count -= 1;
  return count;
}
