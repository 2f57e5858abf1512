// Codes a policy lists that can no longer be billed, and what it took of the codes in their place.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Replacement, Version } from '../../shared/core/change.ts';
import {
  expansionsTaken,
  lagOf,
  listedCodes,
  type TimelineOf,
  unknownCodes,
} from '../../shared/core/policy-lag.ts';
import { group, policy } from '../support/policies.ts';

const day = calendarDate;
const replacement =
  (effective: string) =>
  (code: string): Replacement => ({
    code,
    source: 'official',
    effective: day(effective),
  });

/** A point: `at('M545', '2021-10-01', 'header', 'M5450 M5451')`. */
const at = (
  code: string,
  effective: string,
  status: Version['status'],
  to = '',
  from = '',
): Version => ({
  system: 'icd10cm',
  code,
  effective: day(effective),
  seq: 1,
  status,
  short: code,
  long: code,
  kind: 'baseline',
  release: `icd10cm-${effective}`,
  replacedBy: to.split(' ').filter(Boolean).map(replacement(effective)),
  replaces: from.split(' ').filter(Boolean).map(replacement(effective)),
});

const table: readonly Version[] = [
  at('M545', '2015-10-01', 'billable'),
  at('M545', '2021-10-01', 'header', 'M5450 M5451 M5459'),
  at('M5450', '2021-10-01', 'billable', '', 'M545'),
  at('M5451', '2021-10-01', 'billable', '', 'M545'),
  at('M5459', '2021-10-01', 'billable', '', 'M545'),
  at('M5136', '2015-10-01', 'billable'),
  at('M5136', '2024-10-01', 'header', 'M51360 M51361 M51362 M51369'),
  ...['M51360', 'M51361', 'M51362', 'M51369'].map((code) =>
    at(code, '2024-10-01', 'billable', '', 'M5136'),
  ),
  at('A00', '2015-10-01', 'header'),
  at('Q99', '2015-10-01', 'billable'),
  at('Q99', '2020-10-01', 'ended', 'Q98'),
  at('R00', '2015-10-01', 'billable'),
  at('R00', '2019-10-01', 'ended'),
  at('R00', '2022-10-01', 'billable'),
  at('U07', '2027-10-01', 'billable'),
];
const timelineOf: TimelineOf = (code) => table.filter((version) => version.code === code);
const listing = (codes: string) => policy({ groups: [group('covered', codes, '63650')] });
const lag = (codes: string, on = '2026-09-06') => lagOf(listing(codes), timelineOf, day(on));

describe('shared/core/policy-lag.ts', () => {
  it('finds M54.5, not billable since it was expanded, with the codes in its place', () => {
    expect(lag('M545 M5451')).toEqual([
      {
        code: 'M545',
        kind: 'expanded',
        since: '2021-10-01',
        replacedBy: ['M5450', 'M5451', 'M5459'].map(replacement('2021-10-01')),
        lists: [{ list: 'covered', group: '1', taken: ['M5451'], leftOut: ['M5450', 'M5459'] }],
      },
    ]);
  });

  it('finds it from the day on only', () => {
    expect(lag('M545', '2021-09-30')).toEqual([]);
    expect(lag('M545', '2021-10-01')).toHaveLength(1);
  });

  it('tells ended codes from headers, and neither from codes that are billable again or later', () => {
    const found = lag('Q99 A00 R00 U07').map(({ code, kind, since }) => [code, kind, since]);
    expect(found).toEqual([
      ['A00', 'header', '2015-10-01'],
      ['Q99', 'ended', '2020-10-01'],
    ]);
    expect(lag('R00', '2020-01-01')).toMatchObject([{ kind: 'ended', since: '2019-10-01' }]);
  });

  it('keeps codes nobody ever knew apart', () => {
    expect(lag('X9999')).toEqual([]);
    expect(unknownCodes(listing('X9999 M545 U07'), timelineOf)).toEqual(['X9999']);
  });

  it('says of each list and group that has the old code what it took', () => {
    const document = policy({
      groups: [
        group('covered', 'M5136 M51360 M51361', '62323'),
        group('covered', 'M51362', '62321', { group: '2' }),
        group('not-covered', 'M5136', '62321'),
      ],
    });
    const [found] = lagOf(document, timelineOf, day('2026-09-06'));
    expect(found?.lists).toEqual([
      { list: 'covered', group: '1', taken: ['M51360', 'M51361'], leftOut: ['M51362', 'M51369'] },
      {
        list: 'not-covered',
        group: '1',
        taken: [],
        leftOut: ['M51360', 'M51361', 'M51362', 'M51369'],
      },
    ]);
  });

  it('takes new codes in a range for taken', () => {
    const diagnoses = { codes: ['M5136'], ranges: [{ from: 'M51360', to: 'M51362' }] };
    const document = policy({ groups: [group('covered', '', '62323', { diagnoses })] });
    const [found] = lagOf(document, timelineOf, day('2026-09-06'));
    expect(found?.lists[0]?.leftOut).toEqual(['M51369']);
  });

  it('takes new codes for taken by the order of the Tabular List', () => {
    const split: TimelineOf = (code) =>
      code === 'M79'
        ? [
            at('M79', '2015-10-01', 'billable'),
            at('M79', '2022-10-01', 'header', 'M797 M79A1 M798'),
          ]
        : [];
    const diagnoses = { codes: ['M79'], ranges: [{ from: 'M79A', to: 'M799' }] };
    const document = policy({ groups: [group('covered', '', '62323', { diagnoses })] });
    const [found] = lagOf(document, split, day('2026-09-06'));
    expect(found?.lists[0]).toMatchObject({ taken: ['M798', 'M79A1'], leftOut: ['M797'] });
  });

  it('tells what was taken of an expansion although the old code is gone from the list', () => {
    const taken = expansionsTaken(listing('M51360 M51361 Z99'), timelineOf, day('2026-09-06'));
    expect(taken).toMatchObject([
      {
        code: 'M5136',
        since: '2024-10-01',
        lists: [
          {
            list: 'covered',
            group: '1',
            taken: ['M51360', 'M51361'],
            leftOut: ['M51362', 'M51369'],
          },
        ],
      },
    ]);
    expect(expansionsTaken(listing('M51360'), timelineOf, day('2024-09-30'))).toEqual([]);
  });

  it('tells an expansion of which nothing was taken yet', () => {
    const [found] = expansionsTaken(listing('M5136'), timelineOf, day('2024-10-01'));
    expect(found?.lists[0]?.taken).toEqual([]);
    expect(found?.lists[0]?.leftOut).toHaveLength(4);
  });

  it('lists codes of all groups once, ascending, without ranges', () => {
    const ranges = [{ from: 'A00', to: 'A09' }];
    const document = policy({
      groups: [
        group('covered', 'M5417 M5416', '1'),
        group('not-covered', '', '1', { diagnoses: { codes: ['M5416', 'B00'], ranges } }),
      ],
    });
    expect(listedCodes(document)).toEqual(['B00', 'M5416', 'M5417']);
  });
});
