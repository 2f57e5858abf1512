import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { principalManifestation } from '../../../shared/scrub/rules/principal-manifestation.ts';
import { claim, editList, handFacts } from '../hand-facts.ts';

const lines = [
  'F0280 1 Dementia in other diseases classified elsewhere, unspecified severity',
  'G309 1 Alzheimer’s disease, unspecified',
  'D631 1 Anemia in chronic kidney disease',
  'B9561 1 Staphylococcus aureus infection as the cause of diseases classified elsewhere',
];
const edits = editList({ F0280: 'MANIF', D631: 'MANIF' });
const listed = handFacts(lines, { edits });
const unlisted = handFacts(lines);

describe('shared/scrub/rules/principal-manifestation.ts', () => {
  test.each(['inpatient', 'professional', undefined] as const)(
    'a manifestation listed first is told, setting %s',
    (setting) => {
      const subject = claim(['D631'], setting && { setting });
      const [item] = principalManifestation.check(subject, listed);
      expect(item?.message).toBe(
        `D63.1 (Anemia in chronic kidney disease) is a manifestation and can never be the ${setting === 'inpatient' ? 'principal' : 'first-listed'} diagnosis.`,
      );
    },
  );

  test('after its disease it is right', () => {
    expect(principalManifestation.check(claim(['G309', 'F0280']), listed)).toEqual([]);
  });

  test('without the list, or past it, the title tells outside the hospital, and nothing inside', () => {
    const check = (code: string, setting: 'inpatient' | 'professional') =>
      principalManifestation.check(claim([code], { setting }), unlisted).length;
    expect(check('F0280', 'professional')).toBe(1);
    expect(check('F0280', 'inpatient')).toBe(0);
    expect(check('D631', 'professional')).toBe(0);
    const date = calendarDate('2024-10-01');
    const late = claim(['F0280'], { setting: 'outpatient', date });
    expect(principalManifestation.check(late, listed)).toHaveLength(1);
  });

  test('“as the cause of diseases classified elsewhere” is no manifestation', () => {
    expect(principalManifestation.check(claim(['B9561']), unlisted)).toEqual([]);
  });
});
