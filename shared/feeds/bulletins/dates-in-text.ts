// Finds days in running text as notices in the United States write them, alone or as the two ends of a stretch of time.
import { type CalendarDate, dateOf } from '../../core/calendar-date.ts';

/** A day and where in the text it stands; both days of `October 1 - 15, 2026` stand where the first does. */
export type PlacedDay = { readonly day: CalendarDate; readonly at: number };

/** Year, month, day as numbers or the digits they are written in. */
type Written = readonly [year: string, month: number, day: string];

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const to = String.raw`\s*(?:[-\u2010-\u2015]|through|thru|to)\s*`;
const toOrAnd = String.raw`\s*(?:[-\u2010-\u2015&]|through|thru|to|and|or)\s*`;

const isoDate = /(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?!\d|-)/g;
// A dash before it ends the first day of two; any other makes it part of a number.
const slashDate = /(?<![\w/.]|(?<!\/(?:\d\d|\d{4}))-)(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\w/])/g;
/** Two-digit years are left alone: `10-01-26` is as often the number of something. */
const dashDate = /(?<![\w/.-])(\d{1,2})-(\d{1,2})-((?:19|20)\d{2})(?![\w/-])/g;
const monthFirst = new RegExp(
  String.raw`\b(${month})\.?\s+${day}(?:${toOrAnd}(?:(${month})\.?\s+)?${day})?,?\s+(\d{4})\b`,
  'gi',
);
const dayFirst = new RegExp(
  String.raw`\b(?:${day}${to})?\b${day}\s+(${month})\.?,?\s+(\d{4})\b`,
  'gi',
);

const monthOf = (name: string): number => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const forms: readonly (readonly [RegExp, (parts: RegExpMatchArray) => readonly Written[]])[] = [
  [isoDate, ([, year = '', m = '', d = '']) => [[year, Number(m), d]]],
  [slashDate, ([, m = '', d = '', year = '']) => [[year, Number(m), d]]],
  [dashDate, ([, m = '', d = '', year = '']) => [[year, Number(m), d]]],
  [
    monthFirst,
    ([, name = '', first = '', other = name, last = first, year = '']) => [
      [year, monthOf(name), first],
      [year, monthOf(other), last],
    ],
  ],
  [
    dayFirst,
    ([, first, last = '', name = '', year = '']) => [
      [year, monthOf(name), first ?? last],
      [year, monthOf(name), last],
    ],
  ],
];

/** Two digits are a year of this century: nobody gives notice of the last one. */
const yearOf = (digits: string): number => Number(digits.length === 2 ? `20${digits}` : digits);

/**
 * The days of a text: `2026-10-01`, `10/1/2026`, `10/1/26`, `10-01-2026`, `Oct. 1, 2026`, `1 October 2026`,
 * `October 1 - 15, 2026`. A month without a day is none, nor is a day that no calendar has.
 */
export function daysInText(text: string): readonly PlacedDay[] {
  return forms.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) =>
      read(match).flatMap(([year, m, d]): PlacedDay[] => {
        const date = dateOf(yearOf(year), m, Number(d));
        return date ? [{ day: date, at: match.index }] : [];
      }),
    ),
  );
}
