import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { Facts, Version } from '../../shared/core/change.ts';
import { factsOf } from '../../shared/core/diff.ts';
import { planRelease, restatedPoints } from '../../shared/core/plan-release.ts';
import type { Conversion, ReleaseContent } from '../../shared/core/release.ts';
import { asOf, meaningfulVersions } from '../../shared/core/timeline.ts';
import { conversion, release } from '../support/releases.ts';

/** The table as ingest keeps it, without a store: every version ever written, and the releases committed. */
function fold(arrivals: readonly ReleaseContent[]) {
  const versions: Version[] = [];
  const committed: ReleaseContent[] = [];
  for (const [index, incoming] of arrivals.entries()) {
    const seq = index + 1;
    const by = (a: ReleaseContent, b: ReleaseContent) => (a.effective < b.effective ? -1 : 1);
    committed.sort(by);
    const previous = committed.findLast((each) => each.effective < incoming.effective);
    const next = committed.find((each) => each.effective > incoming.effective);
    const current = committed.find((each) => each.effective === incoming.effective);
    const plan = planRelease({ incoming, previous, next, current }, seq);
    const written = [...plan.points];
    const span = { after: previous?.effective, until: next?.effective };
    for (const [code, planned] of plan.restate) {
      const recorded = versions.filter((version) => version.code === code);
      written.push(...restatedPoints(planned, recorded, span, seq));
    }
    versions.push(...written);
    if (current) committed.splice(committed.indexOf(current), 1);
    committed.push(incoming);
  }
  return { versions, committed };
}

const says = (
  versions: readonly Version[],
  code: string,
  date: CalendarDate,
): Facts | undefined => {
  const version = asOf(
    versions.filter((each) => each.code === code),
    date,
  );
  if (!version || version.status === 'ended') return undefined;
  return { billable: version.status === 'billable', short: version.short, long: version.long };
};

const pool = ['M54', 'M545', 'M5450', 'M5451', 'U071', 'J4A'];
const rowsOf = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...pool), fc.boolean(), fc.constantFrom('first', 'second')),
  { selector: ([code]) => code },
);
const dates = ['2018-10-01', '2019-10-01', '2020-10-01', '2021-01-01', '2021-10-01', '2022-04-01'];
const between = ['2019-04-01', '2020-04-01', '2020-12-01', '2021-04-01'];
const conversionsOf = fc.array(
  fc
    .tuple(fc.constantFrom(...pool), fc.constantFrom(...between))
    .map(([code, date]) => conversion(code, date)),
  { maxLength: 3 },
);
const content = (effective: string): fc.Arbitrary<ReleaseContent> =>
  fc.tuple(rowsOf, conversionsOf).map(([lines, conversions]) =>
    release(
      effective,
      lines.map(([code, billable, title]) => `${code} ${billable ? 1 : 0} ${title}`),
      { conversions },
    ),
  );
const history = fc
  .tuple(...dates.map(content))
  .chain((all) => fc.shuffledSubarray(all, { minLength: 2 }));
const withCorrections = fc
  .tuple(history, fc.array(fc.constantFrom(...dates).chain(content), { maxLength: 3 }))
  .map(([arrivals, corrections]) => [...arrivals, ...corrections]);

const expectEveryRelease = ({ versions, committed }: ReturnType<typeof fold>): void => {
  for (const { effective, rows } of committed) {
    const listed = new Map(rows.map((row) => [row.code, factsOf(row)]));
    for (const code of pool) expect(says(versions, code, effective)).toEqual(listed.get(code));
  }
};

const fingerprint = (versions: readonly Version[]): unknown =>
  pool.map((code) =>
    meaningfulVersions(versions.filter((each) => each.code === code)).map(
      ({ effective, status, short, long }) =>
        status === 'ended' ? [effective, status] : [effective, status, short, long],
    ),
  );

describe('shared/core/plan-release.ts', () => {
  test('I1: read on the effective date of any release, the table is that release, in any order of arrival', () => {
    fc.assert(
      fc.property(history, (arrivals) => expectEveryRelease(fold(arrivals))),
      { numRuns: 3000 },
    );
  });

  test('I1: it also holds when releases are corrected later', () => {
    fc.assert(
      fc.property(withCorrections, (arrivals) => expectEveryRelease(fold(arrivals))),
      { numRuns: 3000 },
    );
  });

  test('any order of arrival gives the same timelines', () => {
    fc.assert(
      fc.property(history, (arrivals) => {
        const inOrder = [...arrivals].sort((a, b) => (a.effective < b.effective ? -1 : 1));
        expect(fingerprint(fold(arrivals).versions)).toEqual(fingerprint(fold(inOrder).versions));
      }),
      { numRuns: 3000 },
    );
  });

  test('a history taken in order writes one version a change', () => {
    fc.assert(
      fc.property(history, (arrivals) => {
        const inOrder = [...arrivals].sort((a, b) => (a.effective < b.effective ? -1 : 1));
        const plans = inOrder.map((incoming, index) =>
          planRelease(
            { incoming, previous: inOrder[index - 1], next: undefined, current: undefined },
            index + 1,
          ),
        );
        for (const plan of plans.slice(1)) expect(plan.points.length).toBe(plan.changes.length);
      }),
    );
  });

  test('what was believed at a sequence number stays readable after a restatement', () => {
    const late = release('2020-10-01', ['M545 1 second']);
    const { versions } = fold([
      release('2019-10-01', ['M545 1 first']),
      release('2021-10-01', ['M545 1 first']),
      late,
    ]);
    const day = calendarDate('2021-03-01');
    expect(asOf(versions, day, 2)?.short).toBe('first');
    expect(asOf(versions, day)?.short).toBe('second');
    expect(asOf(versions, calendarDate('2021-10-01'))?.short).toBe('first');
  });

  test('U07.1 is billable from 2020-04-01: the conversion table dates it before the release that lists it', () => {
    const plan = planRelease(
      {
        previous: release('2019-10-01', ['U06 0 Provisional']),
        incoming: release(
          '2020-10-01',
          ['U06 0 Provisional', 'U07 0 Emergency use of U07', 'U071 1 COVID-19'],
          {
            conversions: [conversion('U071', '2020-04-01', 'B9729')],
          },
        ),
        next: undefined,
        current: undefined,
      },
      2,
    ) satisfies { points: readonly Version[] };
    expect(says(plan.points, 'U071', calendarDate('2020-03-31'))).toBeUndefined();
    expect(says(plan.points, 'U071', calendarDate('2020-04-01'))?.billable).toBe(true);
    expect(says(plan.points, 'U07', calendarDate('2020-04-01'))?.billable).toBe(false);
  });

  test('a conversion date outside the step is not believed against the order files', () => {
    const conversions: Conversion[] = [conversion('M5450', '2018-10-01', 'M545')];
    const { versions } = fold([
      release('2019-10-01', ['M545 1 Low back pain']),
      release('2021-10-01', ['M545 0 Low back pain', 'M5450 1 Low back pain, unspecified'], {
        conversions,
      }),
    ]);
    expect(says(versions, 'M5450', calendarDate('2021-09-30'))).toBeUndefined();
    expect(says(versions, 'M5450', calendarDate('2021-10-01'))?.billable).toBe(true);
  });

  test('a correction that drops a code leaves no trace of it on any date, but in what was believed before', () => {
    const { versions } = fold([
      release('2019-10-01', ['M54 0 Dorsalgia']),
      release('2021-10-01', ['M54 0 Dorsalgia', 'M545 1 Low back pain']),
      release('2021-10-01', ['M54 0 Dorsalgia']),
    ]);
    const mine = versions.filter((version) => version.code === 'M545');
    expect(asOf(mine, addDays(calendarDate('2021-10-01'), 400))).toBeUndefined();
    expect(asOf(mine, calendarDate('2021-10-01'), 2)?.status).toBe('billable');
  });
});
