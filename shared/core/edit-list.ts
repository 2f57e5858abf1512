// CMS's Medicare Code Editor as data: which codes carry which edit between which dates, and the ages its groups mean.
import type { CalendarDate } from './calendar-date.ts';
import type { Icd10Id } from './code-system.ts';

/** One row: the flags hold for dates of service from `from` to `to`, both inclusive. `code` in normal form. */
export type EditRow = {
  readonly system: Icd10Id;
  readonly code: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** As CMS names them: ECODEPDX, UNACCEPTABLE, MANIF, UNSPECIFIED, FEMALE, MALE, NEWBORN, ADULT … */
  readonly flags: readonly string[];
};

/** Ages an age group means between two dates, in whole years, both inclusive. */
export type AgeGroupRow = {
  readonly group: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly ageMin: number;
  readonly ageMax: number;
};

/** A version of the Medicare Code Editor's lists. */
export type EditList = {
  /** E.g. `43.1`. */
  readonly version: string;
  readonly rows: readonly EditRow[];
  readonly ages: readonly AgeGroupRow[];
};

/** What was read of a list: `read` rows are `rows` + `ages` + `rejected`. */
export type EditCounts = {
  readonly read: number;
  readonly rows: number;
  readonly ages: number;
  readonly rejected: number;
};

/** A version as numbers, `43.1` as [43, 1], or undefined when the text is none. */
export function editVersionOf(text: string): readonly number[] | undefined {
  return /^\d{1,3}(?:\.\d{1,3})?$/.test(text) ? text.split('.').map(Number) : undefined;
}

/** Less than, equal to or greater than 0 as version `a` is older than, the same as, or newer than `b`. */
export function compareEditVersions(a: string, b: string): number {
  const [left = [], right = []] = [editVersionOf(a), editVersionOf(b)];
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}
