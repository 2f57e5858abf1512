import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tabularOrder } from '../../../shared/edge/sqlite/tabular-order.ts';

/** The union of releases written as codes with blanks between, newest first. */
function union(...newestFirst: readonly string[]): string {
  const releases = newestFirst.map((release) => release.split(' '));
  const codes = [...new Set(releases.flat())].sort();
  const orders = releases.map((release) =>
    Uint32Array.from(release, (code) => codes.indexOf(code)),
  );
  return [...tabularOrder({ codes, newestFirst: orders })].map((number) => codes[number]).join(' ');
}

describe('shared/edge/sqlite/tabular-order.ts', () => {
  test('one release is its own order, whatever the codes sort like', () => {
    expect(union('M08 M1A M10 C43 C4A')).toBe('M08 M1A M10 C43 C4A');
  });

  test('a code that is gone comes after the one it followed', () => {
    expect(union('A00 A02', 'A00 A01 A02')).toBe('A00 A01 A02');
    expect(union('A01 A02', 'A00 A01 A02')).toBe('A00 A01 A02');
    expect(union('A00', 'A00 A01 A02')).toBe('A00 A01 A02');
  });

  test('it does not come between a code and what became of that', () => {
    expect(union('M54 M545 M5450 M5451 M547', 'M54 M545 M546 M547')).toBe(
      'M54 M545 M5450 M5451 M546 M547',
    );
  });

  test('it stays under the code it was under', () => {
    expect(union('M54 M545 M5450 M5451 M547', 'M54 M545 M5450 M5455 M547')).toBe(
      'M54 M545 M5450 M5455 M5451 M547',
    );
    expect(union('M54 M545 M5451 M547', 'M54 M545 M5450 M547')).toBe('M54 M545 M5450 M5451 M547');
  });

  test('what is gone longest stands by the last release that had it', () => {
    expect(union('A00 A09', 'A00 A05 A09', 'A00 A05 A07 A09')).toBe('A00 A05 A07 A09');
  });

  test('every code has one place, and the newest release keeps its order', () => {
    const codes = ['A00', 'A000', 'A001', 'A01', 'A1A', 'A10', 'B00', 'B000', 'B01'];
    const anyRelease = fc.shuffledSubarray(codes.map((_, number) => number));
    fc.assert(
      fc.property(fc.array(anyRelease, { minLength: 1, maxLength: 5 }), (releases) => {
        const newestFirst = releases.map((release) => Uint32Array.from(release));
        const order = [...tabularOrder({ codes, newestFirst })];
        expect([...order].sort()).toEqual([...new Set(releases.flat())].sort());
        expect(order.filter((number) => releases[0]?.includes(number))).toEqual(releases[0]);
      }),
    );
  });
});
