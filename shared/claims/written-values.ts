// Days and amounts as exports write them: CMS files, spreadsheets, billing systems.
import { type CalendarDate, dateOf, parseCalendarDate } from '../core/calendar-date.ts';
import { parseDollars } from '../core/money.ts';
import { readCents } from './x12/element-values.ts';

/** Which comes first where a date is written in numbers with the year last. */
export type DateOrder = 'mdy' | 'dmy';

const months = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';
const isoShape = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/;
const digitsShape = /^(\d{4})(\d{2})(\d{2})$/;
const monthShape = /^(\d{1,2})[- ]?([A-Za-z]{3})[a-z]*[- ]?(\d{4})$/;
const numbersShape = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?: .*)?$/;

/**
 * The day of `2025-10-01`, `20251001`, `01-Oct-2025`, `01OCT2025`, `10/1/2025`, `10/1/25` (this
 * century), with or without a time behind it, which is dropped; undefined when it is none. Months
 * come before days in the United States; `order` tells otherwise.
 */
export function readDay(written: string, order: DateOrder = 'mdy'): CalendarDate | undefined {
  const text = written.trim();
  const iso = isoShape.exec(text);
  if (iso) return parseCalendarDate(iso[1] ?? '');
  const digits = digitsShape.exec(text);
  if (digits) return dateOf(Number(digits[1]), Number(digits[2]), Number(digits[3]));
  const named = monthShape.exec(text);
  if (named) {
    const at = months.indexOf((named[2] ?? '').toUpperCase());
    return at % 3 === 0 ? dateOf(Number(named[3]), at / 3 + 1, Number(named[1])) : undefined;
  }
  const numbers = numbersShape.exec(text);
  if (!numbers) return undefined;
  const [first, second] = [Number(numbers[1]), Number(numbers[3])];
  const year = Number(numbers[4]) + (numbers[4]?.length === 2 ? 2000 : 0);
  return order === 'mdy' ? dateOf(year, first, second) : dateOf(year, second, first);
}

/** The cents of `12.5`, `.75`, `3.100`, `$1,234.50`; undefined when it is none or negative. */
export const readAmount = (text: string): number | undefined =>
  readCents(text) ?? parseDollars(text);

const procedureShape = /^[0-9A-Z]{2,10}$/;
const modifierShape = /^[0-9A-Z]{2}$/;

/** A procedure code in upper case, or undefined when it cannot be one (HCPCS, CPT, HIPPS: letters and digits). */
export function readProcedure(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return procedureShape.test(code) ? code : undefined;
}

/** Up to five modifiers, each once; what cannot be one is left out. */
export function readModifiers(texts: readonly string[]): readonly string[] {
  const codes = texts.map((text) => text.trim().toUpperCase());
  return [...new Set(codes.filter((code) => modifierShape.test(code)))].slice(0, 5);
}
