import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { principalExternalCause } from '../../../shared/scrub/rules/principal-external-cause.ts';
import { claim, editList, handFacts, template } from '../hand-facts.ts';

const lines = ['W19XXXA 1 Unspecified fall, initial encounter', 'S0990XA 1 Head injury'];
const edits = editList({ W19XXXA: 'ECODEPDX' });
const check = (...args: Parameters<typeof claim>) =>
  principalExternalCause.check(claim(...args), handFacts(lines, { edits }));

describe('shared/scrub/rules/principal-external-cause.ts', () => {
  test('listed first on a professional claim it breaks the guideline', () => {
    expect(check(['W19XXXA', 'S0990XA'], { setting: 'professional' })).toEqual([
      {
        rule: 'principal-external-cause',
        severity: 'error',
        code: 'W19.XXXA',
        message:
          'W19.XXXA (Unspecified fall, initial encounter) is an external cause code and can never be the first-listed diagnosis.',
        remedy:
          'List the injury or condition that was treated first, and the external cause after it.',
        source: 'ICD-10-CM Official Guidelines for Coding and Reporting, section I.C.20.a.6',
      },
    ]);
  });

  test('as principal of an inpatient claim it is CMS’s edit, on the dates of the edit', () => {
    const [item] = check(['W19XXXA'], { setting: 'inpatient' });
    expect(item?.source).toBe('Medicare Code Editor v43.1, external cause as principal diagnosis');
    const later = { setting: 'inpatient', date: calendarDate('2024-10-01') } as const;
    expect(check(['W19XXXA'], later)).toEqual([]);
  });

  test('the guideline holds for every setting, an unknown one too', () => {
    expect(check(['W19XXXA'])).toHaveLength(1);
  });

  test('after the injury it is right, in a template it has no order', () => {
    expect(check(['S0990XA', 'W19XXXA'])).toEqual([]);
    expect(principalExternalCause.check(template('W19XXXA'), handFacts(lines))).toEqual([]);
  });

  test('the principal diagnosis is the one marked so, wherever it stands', () => {
    const diagnoses = [
      { position: 1, system: 'icd10cm', code: 'W19XXXA', role: 'admitting' },
      { position: 2, system: 'icd10cm', code: 'S0990XA', role: 'principal' },
    ] as const;
    expect(check([], { diagnoses })).toEqual([]);
  });
});
