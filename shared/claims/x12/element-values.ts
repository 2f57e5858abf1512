// What the elements of an 837 hold as values: days, amounts, numbers, short codes (X12.5 data types DT, R, ID, AN).
import { type CalendarDate, dateOf } from '../../core/calendar-date.ts';
import { parseDollars } from '../../core/money.ts';

/** The days of a DTP03 or of an occurrence; `isSound` is false when a part of it is no day, or they run backwards. */
export type Days = {
  readonly first?: CalendarDate;
  readonly last?: CalendarDate;
  readonly isSound: boolean;
};

function dayAt(text: string, at: number): CalendarDate | undefined {
  const part = text.slice(at, at + 8);
  if (!/^\d{8}$/.test(part)) return undefined;
  return dateOf(Number(part.slice(0, 4)), Number(part.slice(4, 6)), Number(part.slice(6, 8)));
}

const noDays: Days = { isSound: false };

/**
 * Reads D8 (`20251001`), RD8 (`20250930-20251001`) and DT (`202510010930`, its time dropped) by
 * their shape, whatever DTP02 says. Of a range with one bad end, the other counts for both.
 */
export function readDays(text: string): Days {
  const value = text.trim();
  if (/^\d{8}(?:\d{4})?$/.test(value)) {
    const day = dayAt(value, 0);
    return day === undefined ? noDays : { first: day, last: day, isSound: true };
  }
  const dash = value.indexOf('-');
  if (dash < 0) return noDays;
  const first = dayAt(value, 0);
  const last = dayAt(value, dash + 1);
  const isWhole = value.length === 17 && dash === 8;
  if (first === undefined || last === undefined) {
    const day = first ?? last;
    return day === undefined ? noDays : { first: day, last: day, isSound: false };
  }
  if (last < first) return { first: last, last: first, isSound: false };
  return { first, last, isSound: isWhole };
}

/**
 * The cents of an amount as X12 writes it (`500`, `12.5`, `.75`, `100.`, `3.100`); undefined when it
 * is none, is negative, or has parts of a cent.
 */
export function readCents(text: string): number | undefined {
  const match = /^(\d*)(?:\.(\d*?)0*)?$/.exec(text.trim());
  if (!match || !/\d/.test(text)) return undefined;
  const cents = match[2] ? `.${match[2]}` : '';
  return parseDollars(`${match[1] === '' ? '0' : match[1]}${cents}`);
}

/** The positive whole number, also as `1.00`, or undefined. */
export function readCount(text: string): number | undefined {
  const match = /^0*(\d{1,6})(?:\.0*)?$/.exec(text.trim());
  const count = match ? Number(match[1]) : 0;
  return count > 0 ? count : undefined;
}

/** Latin-1 text as it was meant: UTF-8 where its bytes are that, and no control characters. */
export function readName(text: string): string | undefined {
  const value = /[\x80-\xff]/.test(text) ? decode(text) : text;
  const clean = value.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  return clean === '' ? undefined : clean.slice(0, 200);
}

function decode(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

/**
 * Whole years from a birth date to a day; undefined when born later or more than 130 years before.
 * Born on 29 February, one is a year older on 1 March of other years.
 */
export function ageOn(birth: CalendarDate, day: CalendarDate): number | undefined {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  const age = day.slice(5) < birth.slice(5) ? years - 1 : years;
  return age >= 0 && age <= 130 ? age : undefined;
}
