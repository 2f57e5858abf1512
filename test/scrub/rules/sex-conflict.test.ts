import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { sexConflict } from '../../../shared/scrub/rules/sex-conflict.ts';
import { claim, handFacts } from '../hand-facts.ts';

const lines = ['O80 1 Encounter for full-term uncomplicated delivery', 'N40 1 Enlarged prostate'];
// As if CMS's list still had the flags after the edit was switched off.
const row = {
  system: 'icd10cm',
  from: calendarDate('2015-10-01'),
  to: calendarDate('2026-09-30'),
} as const;
const edits = {
  version: '43.1',
  rows: [
    { ...row, code: 'O80', flags: ['FEMALE'] },
    { ...row, code: 'N40', flags: ['MALE'] },
  ],
  ages: [],
};
const facts = handFacts(lines, { edits });
const told = (sex: 'female' | 'male' | undefined, date = '2024-09-30') =>
  sexConflict
    .check(claim(['O80', 'N40'], { date: calendarDate(date), ...(sex && { sex }) }), facts)
    .map(({ code }) => code);

describe('shared/scrub/rules/sex-conflict.ts', () => {
  test('a diagnosis of the other sex is told', () => {
    expect(told('male')).toEqual(['O80']);
    expect(told('female')).toEqual(['N40']);
  });

  test('not from 2024-10-01 on: the edit was switched off', () => {
    expect(told('male', '2024-10-01')).toEqual([]);
    expect(sexConflict.until).toBe('2024-09-30');
  });

  test('an unknown sex is no conflict', () => {
    expect(told(undefined)).toEqual([]);
  });
});
