// What the name of a folder, archive or member says about time: fiscal years, an effective date, an update date.
import { type CalendarDate, dateOf, fiscalYearOf } from '../core/calendar-date.ts';

/** All a name says; a name may say nothing. */
export type NameDates = {
  /** Years named, and the fiscal year of an effective date named. Sorted, each once. */
  readonly fiscalYears: readonly number[];
  /** First day of a month named with its year (`Jan-2021`, `April 1 2023`) or after `Effective`. */
  readonly effective?: CalendarDate;
  /** Day after `updated`, `errata`, `corrected` or `revised`: when the publisher changed it, not when it takes effect. */
  readonly updated?: CalendarDate;
};

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const monthWord = `(?<month>${months})[a-z]*`;
const monthsInOrder = months.split('|');

/** Date spellings of CMS and CDC names after punctuation became blanks; month first, as in the United States. */
const spellings = [
  `${monthWord} (?<day>\\d{1,2}) (?<year>20\\d\\d)`,
  `(?<year>20\\d\\d) ${monthWord} (?<day>\\d{1,2})`,
  `${monthWord} (?<year>20\\d\\d)`,
  '(?<monthNumber>\\d{1,2}) (?<day>\\d{1,2}) (?<year>20\\d\\d)',
  '(?<monthNumber>\\d{2})(?<day>\\d{2})(?<year>20\\d\\d)',
];

/** Names that mark a date as the day of a change. */
const changeWords = 'updated?|errata|corrected|revised';

function dateOfGroups(groups: Record<string, string | undefined>): CalendarDate | undefined {
  const { year, month, monthNumber, day } = groups;
  const number = month === undefined ? Number(monthNumber) : monthsInOrder.indexOf(month) + 1;
  return dateOf(Number(year), number, day === undefined ? 1 : Number(day));
}

type Taken = { readonly rest: string; readonly date?: CalendarDate };

/** Takes the first date spelled after `before` out of the text. */
function takeDate(text: string, before: string): Taken {
  for (const spelling of spellings) {
    const match = new RegExp(`(?<![a-z0-9])${before}${spelling}(?![0-9])`).exec(text);
    const date = match?.groups && dateOfGroups(match.groups);
    if (match && date) return { rest: text.replace(match[0], ' '), date };
  }
  return { rest: text };
}

/** `ICD10CM_FY2016_code.zip` → ` fy2016 code`: the 10 of ICD-10 is no number of interest. */
function words(name: string): string {
  return name
    .toLowerCase()
    .replace(/(?<=\w)\.(?:zip|txt|xlsx|csv)$/, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/icd ?10(?: ?(?:cm|pcs))?/g, ' ')
    .replace(/ +/g, ' ');
}

/** Reads a name. `2021-…-updated-12162020.zip` is fiscal year 2021, updated on 2020-12-16. */
export function readNameDates(name: string): NameDates {
  const changed = takeDate(words(name), `(?:${changeWords}) `);
  const named = takeDate(changed.rest, 'effective ');
  const bare = named.date ? named : takeDate(changed.rest, '');
  // A day other than a first of a month is no day on which codes take effect: it tells when the file was made.
  const isFirst = bare.date?.endsWith('-01') ?? false;
  const effective = named.date ?? (isFirst ? bare.date : undefined);
  const updated = changed.date ?? (effective ? undefined : bare.date);
  const years = [...bare.rest.matchAll(/(?<!\d)(20\d\d)(?!\d)/g)].map((match) => Number(match[1]));
  const short = [...bare.rest.matchAll(/fy ?(\d\d)(?!\d)/g)].map(
    (match) => 2000 + Number(match[1]),
  );
  const all = [...years, ...short, ...(effective ? [fiscalYearOf(effective)] : [])];
  return {
    fiscalYears: [...new Set(all)].sort((a, b) => a - b),
    ...(effective && { effective }),
    ...(updated && { updated }),
  };
}
