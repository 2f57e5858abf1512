// Calendar dates: a date of service is a day on the calendar, never an instant, so there is no time zone here.

declare const brand: unique symbol;

/** A day as `YYYY-MM-DD`; string order is date order. Made only by {@link parseCalendarDate} and friends. */
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

const fromUtc = (ms: number): CalendarDate =>
  new Date(ms).toISOString().slice(0, 10) as CalendarDate;
const toUtc = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`);
const two = (n: number): string => String(n).padStart(2, '0');

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of each month, 1 to 12, of a common year. */
const daysByMonth = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** None of a month there is not. */
const daysOfMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (daysByMonth[month] ?? 0);

/** The date, or undefined when the text is not a real day in `YYYY-MM-DD` (2023-02-29 is none). */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  // By arithmetic: a Date and its text cost more than reading the code that is looked up on the day.
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isReal = year >= 1000 && day >= 1 && day <= daysOfMonth(year, month);
  return isReal ? (text as CalendarDate) : undefined;
}

/** The date; throws a RangeError that names the text when it is not a real day in `YYYY-MM-DD`. */
export function calendarDate(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (!date) throw new RangeError(`not a calendar date (YYYY-MM-DD): ${text}`);
  return date;
}

/** The date of a year, month (1–12) and day, or undefined when there is no such day. */
export function dateOf(year: number, month: number, day: number): CalendarDate | undefined {
  return parseCalendarDate(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(toUtc(date) + days * dayMs);
}

/** The same day `months` later, held back to the month's last day (2024-02-29 less 12 is 2023-02-28). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const first = Date.UTC(year, month - 1 + months, 1);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromUtc(first + (Math.min(day, last) - 1) * dayMs);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / dayMs);
}

/** The month of the date as `YYYY-MM`. */
export function monthOf(date: CalendarDate): string {
  return date.slice(0, 7);
}

/** The federal fiscal year the date lies in: FY N runs from 1 October N-1 to 30 September N. */
export function fiscalYearOf(date: CalendarDate): number {
  const year = Number(date.slice(0, 4));
  return Number(date.slice(5, 7)) >= 10 ? year + 1 : year;
}

/** The first day of a fiscal year: 1 October of the year before. */
export function fiscalYearStart(fiscalYear: number): CalendarDate {
  return calendarDate(`${fiscalYear - 1}-10-01`);
}

/** The last day of a fiscal year: 30 September. */
export function fiscalYearEnd(fiscalYear: number): CalendarDate {
  return calendarDate(`${fiscalYear}-09-30`);
}

/** The day of an Excel serial number in the 1900 date system (43922 is 2020-04-01), or undefined out of range. */
export function fromExcelSerial(serial: number): CalendarDate | undefined {
  if (!Number.isInteger(serial) || serial < 61 || serial > 2_958_465) return undefined;
  return fromUtc(Date.UTC(1899, 11, 30) + serial * dayMs);
}

/** The day an ISO instant falls on in UTC; undefined when the text is no instant. */
export function dayOfInstant(instant: string): CalendarDate | undefined {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? undefined : fromUtc(ms);
}
