// Money is exact: no amount is ever off by a float's error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDollars, parseDollars, reworkCents } from '../../shared/core/money.ts';

describe('shared/core/money', () => {
  it.each([
    ['1234.5', 123_450],
    ['$1,234.50', 123_450],
    ['0.29', 29],
    ['4.35', 435],
    ['1.1', 110],
    [' 120 ', 12_000],
    ['0', 0],
    ['999999999.99', 99_999_999_999],
  ])('%s is exactly %i cents', (text, cents) => {
    expect(parseDollars(text)).toBe(cents);
  });

  it.each(['', '-1', '1.234', '12,34', '1e3', 'abc', '.5', '1.', '1000000000', 'NaN', '١'])(
    '%j is no amount',
    (text) => {
      expect(parseDollars(text)).toBeUndefined();
    },
  );

  it.each([
    [123_450, '$1,234.50'],
    [5, '$0.05'],
    [100_000_000, '$1,000,000.00'],
    [-29, '-$0.29'],
  ])('%i cents are written %s', (cents, text) => {
    expect(formatDollars(cents)).toBe(text);
  });

  it('parts of a cent are a broken invariant', () => {
    expect(() => formatDollars(0.5)).toThrow('whole cents');
  });

  it('every amount written is read back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        expect(parseDollars(formatDollars(cents))).toBe(cents);
      }),
    );
  });

  it('reworking costs 25 to 100 dollars a claim unless told otherwise', () => {
    expect(reworkCents(14)).toEqual({ min: 35_000, max: 140_000 });
    expect(reworkCents(3, { centsMin: 4_000, centsMax: 4_000 })).toEqual({
      min: 12_000,
      max: 12_000,
    });
  });
});
