import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { changesOfStep } from '../../shared/core/plan-release.ts';
import type { Conversion } from '../../shared/core/release.ts';
import { conversion, release } from '../support/releases.ts';

const october = '2021-10-01';

/** `M545 → M5450 official, …` for every change that has replacements. */
const replacements = (
  before: readonly string[],
  after: readonly string[],
  conversions: readonly Conversion[] = [],
) =>
  changesOfStep(release('2020-10-01', before), release(october, after, { conversions }))
    .filter((change) => change.replacedBy.length > 0)
    .map(
      (change) =>
        `${change.code} → ${change.replacedBy.map((to) => `${to.code} ${to.source}`).join(', ')}`,
    );

const split = {
  before: ['M54 0 Dorsalgia', 'M545 1 Low back pain'],
  after: [
    'M54 0 Dorsalgia',
    'M545 0 Low back pain',
    'M5450 1 Unspecified',
    'M5451 1 Vertebrogenic',
    'M5459 1 Other',
  ],
};
const part = (previous: Conversion['previous'], code = 'M5450'): Conversion => ({
  code,
  effective: calendarDate(october),
  previous,
});

describe('shared/core/successors.ts', () => {
  test('the conversion table names what replaces M54.5: one to many stays one to many', () => {
    const table = ['M5450', 'M5451', 'M5459'].map((code) => conversion(code, october, 'M545'));
    expect(replacements(split.before, split.after, table)).toEqual([
      'M545 → M5450 official, M5451 official, M5459 official',
    ]);
  });

  test('without a conversion table the new children are inferred and marked so', () => {
    expect(replacements(split.before, split.after)).toEqual([
      'M545 → M5450 inferred, M5451 inferred, M5459 inferred',
    ]);
  });

  test('an ended code without children is replaced by the parent that became billable', () => {
    expect(
      replacements(
        ['H814 0 Vertigo of central origin', 'H8141 1 right ear', 'H8142 1 left ear'],
        ['H814 1 Vertigo of central origin'],
      ),
    ).toEqual(['H8141 → H814 inferred', 'H8142 → H814 inferred']);
  });

  test('an ended code without parent or children is replaced by new siblings', () => {
    expect(
      replacements(
        ['A00 0 Cholera', 'A001 1 old'],
        ['A00 0 Cholera', 'A002 1 new', 'A003 1 newer'],
      ),
    ).toEqual(['A001 → A002 inferred, A003 inferred']);
  });

  test('a table row that says None leaves the ended code to inference', () => {
    const table = [part({ kind: 'none' })];
    expect(replacements(split.before, split.after, table)).toEqual([
      'M545 → M5450 inferred, M5451 inferred, M5459 inferred',
    ]);
  });

  test('a range in the table stands for every code of the earlier release in it', () => {
    const table = [part({ kind: 'codes', parts: [{ kind: 'range', from: 'M544', to: 'M545' }] })];
    const before = [
      'M54 0 Dorsalgia',
      'M543 1 out',
      'M544 0 head',
      'M5441 1 in',
      'M545 1 in',
      'M546 1 out',
    ];
    const after = ['M54 0 Dorsalgia', 'M543 1 out', 'M544 0 head', 'M5450 1 new', 'M546 1 out'];
    expect(replacements(before, after, table)).toEqual([
      'M5441 → M5450 official',
      'M545 → M5450 official',
    ]);
  });

  test('a range in the table goes by the Tabular List: Y93.01-Y93.9 takes in Y93.A', () => {
    const table = [part({ kind: 'codes', parts: [{ kind: 'range', from: 'Y9301', to: 'Y939' }] })];
    const before = ['Y93 0 Activity', 'Y9301 1 a', 'Y93A 0 cardio', 'Y93A1 1 b', 'Y939 1 c'];
    const after = ['Y93 0 Activity', 'M5450 1 new'];
    expect(replacements(before, after, table)).toEqual([
      'Y9301 → M5450 official',
      'Y939 → M5450 official',
      'Y93A1 → M5450 official',
    ]);
  });

  test('categories in the table stand for all codes in them', () => {
    const table = [part({ kind: 'codes', parts: [{ kind: 'category', from: 'M53', to: 'M54' }] })];
    const before = ['M53 0 a', 'M530 1 gone', 'M54 0 b', 'M545 1 gone', 'M55 0 c', 'M550 1 stays'];
    const after = ['M53 0 a', 'M54 0 b', 'M545 0 head', 'M5450 1 new', 'M55 0 c', 'M550 1 stays'];
    expect(replacements(before, after, table)).toEqual([
      'M530 → M5450 official',
      'M545 → M5450 official',
    ]);
  });

  test('a code still billable is not replaced, though the table names it as previous assignment', () => {
    const table = [conversion('U071', october, 'B9729')];
    const before = ['B97 0 Viral agents', 'B9729 1 Other coronavirus', 'U07 0 Emergency'];
    const after = [...before, 'U071 1 COVID-19'];
    expect(replacements(before, after, table)).toEqual([]);
    const [added] = changesOfStep(
      release('2020-10-01', before),
      release(october, after, { conversions: table }),
    );
    expect(added?.replaces).toEqual([{ code: 'B9729', source: 'official', effective: october }]);
  });

  test('rows of earlier years in the cumulative table do not count again', () => {
    const table = [conversion('M5451', '2019-10-01', 'M545')];
    expect(replacements(split.before, split.after, table)).toEqual([
      'M545 → M5450 inferred, M5451 inferred, M5459 inferred',
    ]);
  });
});
