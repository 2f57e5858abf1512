import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOrderOf, compareCodes, placeOfCategory } from '../../shared/core/tabular-order.ts';

/** Made up of the characters and stems where the order is its own, so that every case turns up often. */
const anyCode = fc
  .tuple(
    fc.constantFrom('M1', 'M0', 'M7', 'D3', 'D4', 'S0', 'U0', 'Z9', 'Y9', 'QA'),
    fc.stringMatching(/^[0689AZ][0369AXZ]{0,4}$/),
  )
  .map(([stem, rest]) => stem + rest);

describe('shared/core/tabular-order.ts', () => {
  it.each([
    ['categories with a letter between those with digits', 'M08 M1A M10 M14'],
    ['neoplasms', 'C43 C4A C44 C75 C7A C7B C76 D36 D3A D37'],
    ['the rest of them', 'I16 I1A I20 I52 I5A I60 J44 J4A J45 O99 O9A P00 Z36 Z3A Z37'],
    ['a second character that is a letter', 'Q99 QA0 R00'],
    ['the chapter of special purposes last', 'T88 V00 Y99 Z00 Z99 U07 U09'],
    ['letters of the fourth character', 'D462 D46A D46B D46C D464 D46Z D469'],
    ['letters that stand in the middle', 'M797 M79A M79A1 M798 M799'],
    ['letters of the fifth character', 'M3508 M350A M350B M350C M3509'],
    ['letters of the sixth character', 'S060X8A S060XA S060XAA S060XAS S060X9 S060X9A'],
    ['a letter that stands behind the digits', 'M1A09 M1A0X M1A9XX0 M1A9XX1 M10'],
    ['a code before those below it', 'M54 M541 M5410 M5416 M542'],
  ])('has %s where the Tabular List has them', (_, codes) => {
    const order = codes.split(' ');
    expect(order.toReversed().sort(compareCodes)).toEqual(order);
  });

  it('orders any two codes one way, and codes below one with it', () => {
    fc.assert(
      fc.property(anyCode, anyCode, anyCode, (a, b, c) => {
        expect(Math.sign(compareCodes(a, b))).toBe(0 - Math.sign(compareCodes(b, a)));
        expect(compareCodes(a, b) === 0).toBe(a === b);
        const [first = '', second = '', third = ''] = [a, b, c].sort(compareCodes);
        expect(compareCodes(first, second)).toBeLessThanOrEqual(0);
        expect(compareCodes(second, third)).toBeLessThanOrEqual(0);
        expect(compareCodes(first, third)).toBeLessThanOrEqual(0);
        const apart = !a.startsWith(b) && !b.startsWith(a);
        if (apart) expect(compareCodes(`${a}9`, b) < 0).toBe(compareCodes(a, b) < 0);
      }),
    );
  });

  it('numbers categories in the same order', () => {
    fc.assert(
      fc.property(anyCode, anyCode, (a, b) => {
        const byPlace = Math.sign(placeOfCategory(a) - placeOfCategory(b));
        expect(byPlace).toBe(Math.sign(compareCodes(a.slice(0, 3), b.slice(0, 3))));
      }),
    );
  });

  it('leaves the other systems to their characters: V2020 behind U0001', () => {
    const hcpcs = ['V2020', 'U0001', 'A4206'];
    expect(hcpcs.toSorted(codeOrderOf('hcpcs'))).toEqual(['A4206', 'U0001', 'V2020']);
    expect(hcpcs.toSorted(codeOrderOf('icd10cm'))).toEqual(['A4206', 'V2020', 'U0001']);
  });
});
