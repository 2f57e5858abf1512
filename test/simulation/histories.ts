// Random release histories over a small pool of codes, and the naive model they are judged by.
import fc from 'fast-check';
import type { CalendarDate } from '../../shared/core/calendar-date.ts';
import type { Facts } from '../../shared/core/change.ts';
import { factsOf } from '../../shared/core/diff.ts';
import type { ReleaseContent } from '../../shared/core/release.ts';
import { conversion, release } from '../support/releases.ts';

/** Codes every history plays with; their header is always there. */
export const pool = ['M540', 'M545', 'M5450', 'M5451', 'M5459', 'M546'] as const;

const dates = ['2019-10-01', '2020-10-01', '2021-01-01', '2021-10-01', '2022-04-01', '2022-10-01'];

/** One state of a pool code: not listed, header, or billable; with one of two titles. */
const state = fc.constantFrom('-', '0 first', '1 first', '1 first', '1 second', '1 First');

/** The gate wants the conversion table to name exactly the new billable codes: it does, for the step it was made for. */
const contentAt = (effective: string): fc.Arbitrary<ReleaseContent> =>
  fc
    .tuple(...pool.map(() => state))
    .map((states) =>
      release(effective, [
        'M54 0 Dorsalgia',
        'M544 1 Lumbago with sciatica',
        ...states.flatMap((each, index) => (each === '-' ? [] : [`${pool[index]} ${each}`])),
      ]),
    );

const withConversions = (releases: readonly ReleaseContent[]): ReleaseContent[] =>
  releases.map((content, index) => {
    const before = releases[index - 1];
    const billable = new Set(before?.rows.filter((row) => row.billable).map((row) => row.code));
    const gained = content.rows.filter((row) => row.billable && !billable.has(row.code));
    if (!before || index % 2 === 0) return content;
    const conversions = gained.map((row) => conversion(row.code, content.effective, 'M545'));
    return { ...content, conversions };
  });

/** Two to six releases in order of their effective dates, some with conversion tables. */
export const anyHistory: fc.Arbitrary<ReleaseContent[]> = fc
  .subarray(dates, { minLength: 2 })
  .chain((chosen) => fc.tuple(...chosen.map(contentAt)))
  .map(withConversions);

/** The naive model: the newest release effective by then says it all. */
export function modelAsOf(
  releases: readonly ReleaseContent[],
  code: string,
  date: CalendarDate,
): Facts | undefined {
  const inForce = releases
    .filter((content) => content.effective <= date)
    .reduce<ReleaseContent | undefined>(
      (newest, content) => (newest && newest.effective > content.effective ? newest : content),
      undefined,
    );
  const row = inForce?.rows.find((each) => each.code === code);
  return row && factsOf(row);
}
