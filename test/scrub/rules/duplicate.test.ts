import { describe, expect, test } from 'vitest';
import { duplicate } from '../../../shared/scrub/rules/duplicate.ts';
import { claim, diagnosesOf, handFacts, template } from '../hand-facts.ts';

const facts = handFacts(['I10 1 Essential (primary) hypertension', 'E119 1 Diabetes']);

describe('shared/scrub/rules/duplicate.ts', () => {
  test('the same diagnosis twice is told', () => {
    expect(duplicate.check(claim(['I10', 'E119', 'I10']), facts)).toMatchObject([
      {
        severity: 'warning',
        code: 'I10',
        message:
          'I10 is on the claim more than once; each diagnosis is reported once an encounter.',
      },
    ]);
  });

  test('different ones are not, and the admitting diagnosis may repeat the principal one', () => {
    expect(duplicate.check(claim(['I10', 'E119']), facts)).toEqual([]);
    const diagnoses = [
      ...diagnosesOf('I10'),
      { position: 2, system: 'icd10cm', code: 'I10', role: 'admitting' },
      { position: 3, system: 'icd10cm', code: 'I10', role: 'reason-for-visit' },
    ] as const;
    expect(duplicate.check(claim([], { diagnoses }), facts)).toEqual([]);
  });

  test('a template may list a code twice', () => {
    expect(duplicate.check(template('I10', 'I10'), facts)).toEqual([]);
  });
});
