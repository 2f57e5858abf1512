import { describe, expect, test } from 'vitest';
import { codeUnknown } from '../../../shared/scrub/rules/code-unknown.ts';
import { claim, handFacts } from '../hand-facts.ts';

const lines = ['I10 1 Essential (primary) hypertension'];

describe('shared/scrub/rules/code-unknown.ts', () => {
  test('a code in no release is told, with what may have been meant', () => {
    const facts = handFacts(lines, {
      known: {
        I1O: {
          nearMisses: [
            { system: 'icd10cm', code: 'I10', reason: 'letter-o-digit-0', status: 'billable' },
          ],
        },
      },
    });
    expect(codeUnknown.check(claim(['I1O']), facts)).toEqual([
      {
        rule: 'code-unknown',
        severity: 'error',
        code: 'I1O',
        message: 'I1O is no ICD-10-CM code: it is in no release.',
        remedy:
          'Check it against the record: perhaps I10 was meant (the letter O and the digit 0 are mixed up).',
        source: 'ICD-10-CM release effective 2021-10-01 (CDC/NCHS)',
      },
    ]);
  });

  test('a listed code is not, and neither is one whose seventh character alone is wrong', () => {
    const facts = handFacts(lines, {
      known: {
        T360X1Z: { below: [{ code: 'T360X1A', title: 'Poisoning by penicillins' }] },
        W19XXX: {
          nearMisses: [
            {
              system: 'icd10cm',
              code: 'W19XXXA',
              reason: 'seventh-character',
              status: 'billable',
            },
          ],
        },
      },
    });
    expect(codeUnknown.check(claim(['I10', 'T360X1Z', 'W19XXX']), facts)).toEqual([]);
  });

  test('a code that is not among those of its category is told, with those that are', () => {
    const below = ['M48061', 'M48062'].map((code) => ({ code, title: code }));
    const nearMisses = [
      { system: 'icd10cm', code: 'M4806', reason: 'surplus-character', status: 'header' },
    ] as const;
    const facts = handFacts(lines, { known: { M48063: { below, nearMisses } } });
    const [item] = codeUnknown.check(claim(['M48063']), facts);
    expect(item?.remedy).toBe(
      'Of the codes below M48.06 choose the one the record supports: M48.061 (M48061) or M48.062 (M48062).',
    );
  });

  test('a procedure code among the diagnoses is called one', () => {
    const nearMisses = [
      {
        system: 'icd10pcs',
        code: '0DTJ4ZZ',
        reason: 'other-system',
        status: 'billable',
      },
    ] as const;
    const facts = handFacts(lines, { known: { '0DTJ4ZZ': { nearMisses } } });
    const [item] = codeUnknown.check(claim(['0DTJ4ZZ']), facts);
    expect(item?.remedy).toMatch(/^0DTJ4ZZ is an ICD-10-PCS procedure code/);
  });

  test('an unknown code in the form of ICD-9-CM is called that; an all-digit one is left to code-set-mismatch', () => {
    const facts = handFacts(lines);
    const items = codeUnknown.check(claim(['V5869', '7242']), facts);
    expect(items.map(({ code, remedy }) => [code, remedy.includes('ICD-9-CM')])).toEqual([
      ['V58.69', true],
    ]);
  });

  test('an unknown procedure code of an inpatient claim is told too', () => {
    const facts = handFacts(lines);
    const [item] = codeUnknown.check(claim(['I10'], { procedures: ['0DTJ4ZY'] }), facts);
    expect(item?.message).toBe('0DTJ4ZY is no ICD-10-PCS code: it is in no release.');
  });
});
