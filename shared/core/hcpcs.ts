// HCPCS Level II codes with the dates their file gives them, and what is listed on a day: the file of a quarter is the
// whole code set, so a release is its codes as they stand on the release's day.
import { addDays, addMonths, type CalendarDate } from './calendar-date.ts';
import type { CodeEnd, Conversion, ReleaseContent, Row } from './release.ts';

/** One code of a HCPCS file. */
export type HcpcsCode = {
  readonly code: string;
  readonly short: string;
  readonly long: string;
  /** First day it may be used; absent when the file gives none: it was always there. */
  readonly begins?: CalendarDate;
  /** Termination date: the last day it may be used. */
  readonly lastDay?: CalendarDate;
  /** Cross-reference codes that are HCPCS codes: what to use in its place. */
  readonly crossReferences: readonly string[];
};

/** Months back for which a release tells when codes began and ended: longer than any release lies behind the last. */
const datedMonths = 12;

const isValidOn = ({ begins, lastDay }: HcpcsCode, day: CalendarDate): boolean =>
  (begins === undefined || begins <= day) && (lastDay === undefined || day <= lastDay);

/** First day of the quarter after the one that begins on `quarter`. */
export const nextQuarter = (quarter: CalendarDate): CalendarDate => addMonths(quarter, 3);

/** The first day of the calendar quarter a date lies in. */
export function quarterOf(date: CalendarDate): CalendarDate {
  const month = Number(date.slice(5, 7));
  const first = addDays(date, 1 - Number(date.slice(8)));
  return addMonths(first, -((month - 1) % 3));
}

/**
 * The days on which codes of a quarter's file begin or are no longer valid: after the quarter's first, up to the next
 * quarter's. Each once, ascending; past that day the next file tells.
 */
export function hcpcsDates(codes: readonly HcpcsCode[], quarter: CalendarDate): CalendarDate[] {
  const until = nextQuarter(quarter);
  const dates = codes.flatMap(({ begins, lastDay }) => [
    ...(begins ? [begins] : []),
    ...(lastDay ? [addDays(lastDay, 1)] : []),
  ]);
  return [...new Set(dates.filter((date) => date > quarter && date <= until))].sort();
}

/** The codes valid on a day, in the file's order. */
function rowsOn(codes: readonly HcpcsCode[], day: CalendarDate): Row[] {
  return codes
    .filter((code) => isValidOn(code, day))
    .map(({ code, short, long }, index) => ({
      order: index + 1,
      code,
      billable: true,
      short,
      long,
    }));
}

/** When codes began, and what took the place of those that ended. */
function conversionsUpTo(codes: readonly HcpcsCode[], day: CalendarDate): Conversion[] {
  const since = addMonths(day, -datedMonths);
  const begins = new Map(codes.map((code) => [code.code, code.begins]));
  const began = codes.flatMap((code): Conversion[] =>
    code.begins && code.begins > since && isValidOn(code, day)
      ? [{ code: code.code, effective: code.begins, previous: { kind: 'none' } }]
      : [],
  );
  const replaced = codes.flatMap(({ code, lastDay, crossReferences }) =>
    crossReferences.flatMap((successor): Conversion[] => {
      if (!lastDay || lastDay <= since || !begins.has(successor)) return [];
      // Never before the successor itself begins.
      const effective = [addDays(lastDay, 1), begins.get(successor) ?? lastDay].sort().at(-1);
      const previous = { kind: 'codes', parts: [{ kind: 'code', code }] } as const;
      return effective && effective <= day ? [{ code: successor, effective, previous }] : [];
    }),
  );
  return [...began, ...replaced];
}

function endsUpTo(codes: readonly HcpcsCode[], day: CalendarDate): CodeEnd[] {
  const since = addMonths(day, -datedMonths);
  return codes.flatMap(({ code, lastDay }) =>
    lastDay && lastDay >= since && lastDay < day ? [{ code, effective: addDays(lastDay, 1) }] : [],
  );
}

/** A file's codes as a release of a day: what is valid then, and when codes of the last twelve months began and ended. */
export function hcpcsRelease(codes: readonly HcpcsCode[], effective: CalendarDate): ReleaseContent {
  return {
    system: 'hcpcs',
    effective,
    rows: rowsOn(codes, effective),
    conversions: conversionsUpTo(codes, effective),
    ends: endsUpTo(codes, effective),
  };
}
