import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../shared/core/change.ts';
import { applyChanges, countChanges, diffReleases, factsOf } from '../../shared/core/diff.ts';
import type { Row } from '../../shared/core/release.ts';
import { release, rows } from '../support/releases.ts';

const kinds = (before: readonly string[], after: readonly string[]) =>
  diffReleases({ rows: rows(...before) }, release('2021-10-01', after)).map(
    (change) => `${change.code} ${change.kind}`,
  );

const titles = fc.constantFrom('Low back pain', 'Low back pain, unspecified', 'LOW BACK PAIN', 'X');
const codes = fc.constantFrom('M54', 'M545', 'M5450', 'M5451', 'M5459', 'M546', 'J4A', 'J45');
const anyRows: fc.Arbitrary<Row[]> = fc
  .uniqueArray(fc.record({ code: codes, billable: fc.boolean(), short: titles, long: titles }), {
    selector: (row) => row.code,
  })
  .map((all) => all.map((row, index) => ({ ...row, order: index + 1 })));

const factsByCode = (all: readonly Row[]): Map<string, Facts> =>
  new Map(all.map((row) => [row.code, factsOf(row)]));

describe('shared/core/diff.ts', () => {
  test('M54.5 split in FY2022 is expanded, with three codes added, and not deleted', () => {
    const before = ['M54 0 Dorsalgia', 'M545 1 Low back pain', 'M546 1 Pain in thoracic spine'];
    const after = [
      'M54 0 Dorsalgia',
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M5459 1 Other low back pain',
      'M546 1 Pain in thoracic spine',
    ];
    expect(kinds(before, after)).toEqual([
      'M545 expanded',
      'M5450 added',
      'M5451 added',
      'M5459 added',
    ]);
  });

  test('H81.4 became billable in FY2020: collapsed, its sided codes ended', () => {
    const before = [
      'H814 0 Vertigo of central origin',
      'H8141 1 Vertigo of central origin, right ear',
    ];
    const after = ['H814 1 Vertigo of central origin'];
    expect(kinds(before, after)).toEqual(['H814 collapsed', 'H8141 ended']);
  });

  test('a code that only moved in tabular order did not change', () => {
    expect(kinds(['J45 1 Asthma', 'J4A 1 CLAD'], ['J4A 1 CLAD', 'J45 1 Asthma'])).toEqual([]);
  });

  test.each([
    ['brackets for parentheses', 'E coli (STEC) O157', 'E coli [STEC] O157', true],
    ['capital letters', 'Crohn disease', 'Crohn Disease', true],
    ['a short title alone', 'Cholera NOS|Cholera', 'Cholera, unsp|Cholera', true],
    ['a word more', 'Cyclical vomiting', 'Cyclical vomiting, in migraine', false],
  ])('retitling by %s: cosmetic is %s → %s: %s', (_what, before, after, cosmetic) => {
    const [change] = diffReleases(
      { rows: rows(`A00 1 ${before}`) },
      release('2021-10-01', [`A00 1 ${after}`]),
    );
    expect(change).toMatchObject({ kind: 'retitled', cosmetic });
  });

  test('I4: the diff of equals is empty', () => {
    fc.assert(
      fc.property(anyRows, (all) => {
        expect(diffReleases({ rows: all }, { ...release('2021-10-01', []), rows: all })).toEqual(
          [],
        );
      }),
    );
  });

  test('rows in any other order, near or far from where they were, are no change', () => {
    const all = Array.from(
      { length: 600 },
      (_, n) => `Z${String(n).padStart(3, '0')} 1 Status ${n}`,
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (moved) => {
        expect(kinds(all, moved)).toEqual([]);
      }),
      { numRuns: 50 },
    );
    expect(kinds(all, [...all.slice(300), 'Y00 1 New', ...all.slice(0, 299)])).toEqual([
      'Y00 added',
      'Z299 ended',
    ]);
  });

  test('I4: applying a diff gives the target', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (before, after) => {
        const changes = diffReleases(
          { rows: before },
          { ...release('2021-10-01', []), rows: after },
        );
        expect(applyChanges(factsByCode(before), changes)).toEqual(factsByCode(after));
      }),
    );
  });

  test('every change has exactly one kind and is counted once', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (before, after) => {
        const changes = diffReleases(
          { rows: before },
          { ...release('2021-10-01', []), rows: after },
        );
        const total = Object.values(countChanges(changes)).reduce((sum, count) => sum + count, 0);
        expect(total).toBe(new Set(changes.map((change) => change.code)).size);
      }),
    );
  });
});
