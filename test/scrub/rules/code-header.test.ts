import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { codeHeader } from '../../../shared/scrub/rules/code-header.ts';
import { claim, handFacts } from '../hand-facts.ts';

const lines = [
  'M54 0 Dorsalgia',
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
  'M5451 1 Vertebrogenic low back pain',
  'M5459 1 Other low back pain',
  'T360X1 0 Poisoning by penicillins, accidental',
  'T360X1A 1 Poisoning by penicillins, accidental, initial encounter',
];
const since = calendarDate('2021-10-01');
const replacedBy = ['M5450', 'M5451', 'M5459'].map((code) => ({
  code,
  source: 'official' as const,
  effective: since,
}));

describe('shared/scrub/rules/code-header.ts', () => {
  test('a category is told, with the billable codes below it', () => {
    const [item] = codeHeader.check(claim(['M545']), handFacts(lines));
    expect(item).toEqual({
      rule: 'code-header',
      severity: 'error',
      code: 'M54.5',
      message: 'M54.5 (Low back pain) is a category, not a billable code, on 2021-10-01.',
      remedy:
        'Code to the full number of characters, as the record supports: M54.50 (Low back pain, unspecified), ' +
        'M54.51 (Vertebrogenic low back pain) or M54.59 (Other low back pain).',
      source: 'ICD-10-CM release effective 2021-10-01 (CDC/NCHS)',
    });
  });

  test('of one that was divided it is said when, and what replaces it', () => {
    const facts = handFacts(lines, { known: { M545: { since, replacedBy } } });
    const [item] = codeHeader.check(claim(['M545']), facts);
    expect(item?.message).toBe(
      'M54.5 (Low back pain) has been a category since 2021-10-01, when it was divided; it is not billable on 2021-10-01.',
    );
    expect(item?.replacedBy?.map(({ code }) => code)).toEqual(['M54.50', 'M54.51', 'M54.59']);
  });

  test('a billable code is not told, and a code that lacks its seventh character is left to that rule', () => {
    expect(codeHeader.check(claim(['M5450', 'T360X1']), handFacts(lines))).toEqual([]);
  });
});
