// Which cells a column of the Medicare Coverage Database may hold; codes from the order file of fiscal year 2026.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode } from '../../shared/core/code-system.ts';
import { mcdShapes } from '../../shared/formats/mcd-shapes.ts';

const icd10 = mcdShapes['ICD-10 code'];

describe('shared/formats/mcd-shapes.ts', () => {
  it.each(['M54.50', 'm5450', 'C4A.9', 'C7B', 'S72.001A', 'QA0', 'QA0.0101', 'QA00101', 'XX000'])(
    'takes %s for an ICD-10 code',
    (cell) => {
      expect(icd10.test(cell)).toBe(true);
    },
  );

  it.each(['M54.', 'M54.50.'])('passes over the dot at the end of %s', (cell) => {
    expect(icd10.test(cell)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'Yes'],
    ['a longer word', 'Low.back'],
    ['a name of a state', 'NY'],
    ['a CPT code', '62323'],
    ['a number', '57791'],
    ['a day', '2026-10-01'],
    ['a title', 'Low back pain'],
    ['a code of eight characters', 'S72.001AX'],
    ['a dot in another place', 'M5.450'],
    ['two dots', 'M54.5.0'],
  ])('does not take %s for one', (_, cell) => {
    expect(icd10.test(cell)).toBe(false);
  });

  it('takes a code with and without its dot, in either case, for the same', () => {
    const characters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const code = fc
      .stringMatching(/^[A-Z](?:\d[0-9AB]|[A-Z]\d)$/)
      .chain((category) =>
        fc
          .array(fc.constantFrom(...characters), { maxLength: 4 })
          .map((rest) => category + rest.join('')),
      );
    fc.assert(
      fc.property(code, (one) => {
        const written = [one, formatCode('icd10cm', one)].flatMap((w) => [w, w.toLowerCase()]);
        expect(written.filter((cell) => !icd10.test(cell))).toEqual([]);
      }),
    );
  });
});
