import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodeRange,
  contains,
  covers,
  coversIn,
  isReversed,
} from '../../shared/core/code-range.ts';
import { compareCodes } from '../../shared/core/tabular-order.ts';

/** `M05-M14` as a range; a code alone from itself to itself. */
function range(written: string): CodeRange {
  const [from = '', to = from] = written.split('-');
  return { from, to };
}

const anyCode = fc.stringMatching(/^(?:M[01]|D[34]|S0|U0|Z9|QA)[0679A][039AX]{0,4}$/);
const anyRange = fc
  .tuple(anyCode, anyCode)
  .map((ends) => ends.toSorted(compareCodes))
  .map(([from = '', to = '']): CodeRange => ({ from, to }));

describe('shared/core/code-range.ts', () => {
  it.each([
    ['M05-M14', 'M05 M0579 M1A M1A0110 M10 M109 M14 M1489', 'M04 M049 M15 M2'],
    ['C43-C44', 'C43 C439 C4A C4A0 C44 C4499', 'C42 C45 C7A'],
    ['J40-J47', 'J40 J4489 J4A J4A0 J45 J479', 'J39 J60 J80'],
    ['D37-D48', 'D37 D47Z1 D48 D489', 'D36 D3A D3A00 D49'],
    ['D10-D36', 'D10 D369', 'D3A D3A00 D37'],
    ['I30-I5A', 'I52 I5A I5A0', 'I28 I60'],
    ['O94-O9A', 'O99 O9A O9A119', 'O93 P00'],
    ['Z30-Z39', 'Z36 Z3A Z3A10 Z37 Z399', 'Z29 Z40'],
    ['Q90-Q99', 'Q90 Q999', 'QA0 QA00101 R00'],
    ['A00-Z99', 'A00 M5416 Z9989', 'U07 U071'],
    ['Z00-U85', 'Z00 Z9989 U071 U099', 'Y99 V00'],
    ['M08.0-M10.9', 'M080 M0889 M1A M1A00X0 M10 M109 M1099', 'M08 M07 M11'],
    ['M54.50-M54.59', 'M5450 M5451 M5459', 'M54 M545 M546 M549'],
    ['M79.0-M79.9', 'M790 M797 M79A M79A19 M798 M799', 'M79 M80'],
    ['M79.1-M79.7', 'M791 M797', 'M79A M79A1 M798'],
    ['D46.0-D46.4', 'D460 D4622 D46A D46B D46C D464', 'D46Z D469'],
    ['S06.0X0-S06.0X9', 'S060X0A S060XAA S060XAS S060X9S', 'S060 S061X0A'],
    ['M54', 'M54 M541 M5416', 'M5 M53 M55'],
    ['M1A', 'M1A M1A0110', 'M10 M14'],
    ['M54-M54.5', 'M54 M542 M545 M5459', 'M546 M549'],
  ])('%s holds %s and neither of %s', (written, inside, outside) => {
    const of = range(written.replaceAll('.', ''));
    expect(inside.split(' ').filter((code) => !covers(of, code))).toEqual([]);
    expect(outside.split(' ').filter((code) => covers(of, code))).toEqual([]);
  });

  it.each([
    ['M05-M14', 'M1A', true],
    ['M05-M14', 'M08-M10.9', true],
    ['M05-M10', 'M10.1-M10.2', true],
    ['M05-M10.1', 'M06-M10', false],
    ['M05-M10', 'M06-M10', true],
    ['M05-M10', 'M04-M06', false],
    ['D37-D48', 'D3A', false],
    ['M54', 'M54.5', true],
    ['M54.5', 'M54', false],
  ])('whether %s has everything of %s: %s', (outer, inner, expected) => {
    const [one, other] = [outer, inner].map((text) => range(text.replaceAll('.', '')));
    expect(one && other && contains(one, other)).toBe(expected);
  });

  it.each([
    ['J4A-J45', false],
    ['J45-J4A', true],
    ['M10-M1A', true],
    ['M1A-M10', false],
    ['U07-Z99', true],
    ['Z99-U07', false],
    ['M54.5-M54', true],
    ['M54-M54.5', false],
    ['M54-M54', false],
  ])('whether %s ends before it begins: %s', (written, reversed) => {
    expect(isReversed(range(written.replaceAll('.', '')))).toBe(reversed);
  });

  it('a code to itself is that code and all below it, nothing else', () => {
    fc.assert(
      fc.property(anyCode, anyCode, (code, other) => {
        expect(covers(range(code), code)).toBe(true);
        expect(covers(range(code), other)).toBe(other.startsWith(code));
      }),
    );
  });

  it('a range holds both its ends, with everything below the last and what lies between', () => {
    fc.assert(
      fc.property(anyRange, anyCode, fc.stringMatching(/^[09AZ]{1,3}$/), (of, code, below) => {
        expect([covers(of, of.from), covers(of, of.to)]).toEqual([true, true]);
        expect(covers(of, of.to + below)).toBe(true);
        const between = compareCodes(of.from, code) <= 0 && compareCodes(code, of.to) <= 0;
        expect(covers(of, code)).toBe(
          between || (code.startsWith(of.to) && compareCodes(of.from, code) <= 0),
        );
        // Where the range ends below the code, it ends within it.
        const isHeld = covers(of, code) && !of.to.startsWith(code);
        if (isHeld) expect(covers(of, code + below)).toBe(true);
      }),
    );
  });

  it('a range that has everything of another holds whatever that holds', () => {
    fc.assert(
      fc.property(anyRange, anyRange, anyCode, (outer, inner, code) => {
        fc.pre(contains(outer, inner) && covers(inner, code));
        expect(covers(outer, code)).toBe(true);
      }),
    );
  });

  it('ranges of ICD-10-PCS and HCPCS go by their characters', () => {
    expect(coversIn('hcpcs', { from: 'U0001', to: 'V2020' }, 'U0002')).toBe(true);
    expect(coversIn('icd10pcs', { from: '0SG', to: '0SH' }, '0SGA')).toBe(true);
    expect(coversIn('icd10cm', { from: 'M05', to: 'M14' }, 'M1A0110')).toBe(true);
    expect(coversIn('icd10cm', { from: 'D37', to: 'D48' }, 'D3A00')).toBe(false);
  });
});
