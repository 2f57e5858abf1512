// What may have been meant: every slip the product promises to see through, and what it leaves alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSystems, normalizeCode } from '../../shared/core/code-system.ts';
import { nearMisses, nearMissesMax } from '../../shared/core/near-misses.ts';

const reasonFor = (text: string, code: string, system: 'icd10cm' | 'icd10pcs' = 'icd10cm') =>
  nearMisses(system, text).find((one) => one.code === code)?.reason;

describe('shared/core/near-misses.ts', () => {
  test.each([
    // Every code on the right is in the FY2026 order file but where a comment says otherwise.
    ['M5.45', 'M545', 'dot'],
    ['M54..50', 'M5450', 'dot'],
    ['M.5450', 'M5450', 'dot'],
    ['M545.0', 'M5450', 'dot'],
    ['M 54 50', 'M5450', 'punctuation'],
    ['M54-50', 'M5450', 'punctuation'],
    ['m54,50', 'M5450', 'punctuation'],
    ['M54.50\u2013', 'M5450', 'punctuation'],
    ['M54.O', 'M540', 'letter-o-digit-0'],
    ['M545O', 'M5450', 'letter-o-digit-0'],
    ['I1O', 'I10', 'letter-o-digit-0'],
    ['ZOO.OO', 'Z0000', undefined], // four letters O: more than a slip or two
    ['ZOO.00', 'Z0000', 'letter-o-digit-0'],
    ['00992', 'O0992', 'letter-o-digit-0'],
    ['150.9', 'I509', 'letter-i-digit-1'],
    ['E1I.9', 'E119', 'letter-i-digit-1'],
    ['Ell.9', 'E119', 'letter-i-digit-1'],
    ['IlO', 'I10', 'letter-i-digit-1'],
    ['Y93.11', 'Y93I1', 'letter-i-digit-1'],
    ['W19A', 'W19XXXA', 'placeholder'],
    ['W19.XA', 'W19XXXA', 'placeholder'],
    ['W19.XXXXA', 'W19XXXA', 'placeholder'],
    ['T36.01A', 'T360X1A', 'placeholder'],
    ['T36.01', 'T360X1', 'placeholder'],
    ['W19.XXX', 'W19XXXA', 'seventh-character'],
    ['W19.X', 'W19XXXS', 'seventh-character'],
    ['T36.0X1', 'T360X1D', 'seventh-character'],
    ['I10.0', 'I10', 'surplus-character'],
    ['M54.500', 'M5450', 'surplus-character'],
    ['M54.500000', 'M5450', 'surplus-character'],
  ])('%s may be %s: %s', (text, code, reason) => {
    expect(reasonFor(text, code)).toBe(reason);
  });

  test('in ICD-10-PCS O and I are no letters of any code, and nothing is filled with X', () => {
    expect(reasonFor('ODTJ4ZZ', '0DTJ4ZZ', 'icd10pcs')).toBe('letter-o-digit-0');
    expect(reasonFor('BI10ZZZ', 'B110ZZZ', 'icd10pcs')).toBe('letter-i-digit-1');
    expect(reasonFor('0DT.J4ZZ', '0DTJ4ZZ', 'icd10pcs')).toBe('dot');
    expect(reasonFor('0DTJ4ZZZ', '0DTJ4ZZ', 'icd10pcs')).toBe('surplus-character');
    for (const { code } of nearMisses('icd10pcs', '0DTJ4Z')) expect(code).not.toMatch(/[OI]/);
    expect(nearMisses('icd10pcs', '0DTJ4').map((one) => one.reason)).not.toContain('placeholder');
  });

  test('likelier slips come first: the letter inside before the shorter code', () => {
    const codes = nearMisses('icd10cm', 'M54.5O').map((one) => one.code);
    expect(codes[0]).toBe('M5450');
    expect(codes.indexOf('M545')).toBeGreaterThan(0);
  });

  test('case and the official dot are read as they are and are no slips', () => {
    for (const text of ['m54.50', 'M5450', ' M54.50 ']) {
      expect(nearMisses('icd10cm', text).map((one) => one.code)).not.toContain('M5450');
    }
  });

  test('prose and abuse have no corrections worth asking for', () => {
    expect(nearMisses('icd10cm', '')).toEqual([]);
    expect(nearMisses('icd10cm', '....')).toEqual([]);
    expect(nearMisses('icd10cm', 'X'.repeat(33))).toEqual([]);
    expect(nearMisses('icd10cm', 'back pain at the bottom')).toEqual([]);
  });

  test('whatever is typed, corrections are few, distinct, in the shape of a code and not the text itself', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'MOIlX015. -A'), maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.constantFrom('icd10cm' as const, 'icd10pcs' as const), typed, (id, text) => {
        const codes = nearMisses(id, text).map((one) => one.code);
        expect(codes.length).toBeLessThanOrEqual(nearMissesMax);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(code).toMatch(codeSystems[id].codeShape);
        expect(codes).not.toContain(normalizeCode(id, text));
      }),
      { numRuns: 2000 },
    );
  });
});
