import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import type { SubjectDiagnosis } from '../../../shared/scrub/rule.ts';
import { codeSetMismatch } from '../../../shared/scrub/rules/code-set-mismatch.ts';
import { claim, diagnosesOf, handFacts } from '../hand-facts.ts';

const last = calendarDate('2015-09-30');
const first = calendarDate('2015-10-01');
const facts = handFacts(['I10 1 Essential (primary) hypertension']);
const icd9: SubjectDiagnosis = { position: 1, system: 'icd9cm', code: '7242', role: 'principal' };
const messages = (...args: Parameters<typeof claim>) =>
  codeSetMismatch.check(claim(...args), facts).map(({ message }) => message);

describe('shared/scrub/rules/code-set-mismatch.ts', () => {
  test('ICD-9-CM on the first day of ICD-10 is told, on the day before it is right', () => {
    expect(messages([], { diagnoses: [icd9], date: first })).toEqual([
      '724.2 is an ICD-9-CM code, and ICD-9-CM ended with 2015-09-30; the date of service is 2015-10-01.',
    ]);
    expect(messages([], { diagnoses: [icd9], date: last })).toEqual([]);
  });

  test('ICD-10-CM on the day before it began is told, on its first day it is right', () => {
    expect(messages(['I10'], { date: last })).toEqual([
      'I10 is sent as ICD-10-CM, which begins with 2015-10-01; the date of service is 2015-09-30.',
    ]);
    expect(messages(['I10'], { date: first })).toEqual([]);
  });

  test('an all-digit code said to be ICD-10-CM is an ICD-9-CM code all the same', () => {
    expect(messages(['7242'], { date: first })[0]).toMatch(/^724\.2 is an ICD-9-CM code/);
  });

  test('a mixed claim without a date is told as mixed; with a date the wrong codes are', () => {
    const mixed = [icd9, { ...icd9, position: 2, system: 'icd10cm' as const, code: 'I10' }];
    const undated = { type: 'claim', diagnoses: mixed, procedures: [], lines: [] } as const;
    expect(
      codeSetMismatch.check(undated, facts).map(({ message, code }) => [message, code]),
    ).toEqual([
      [
        'The claim has diagnoses of ICD-9-CM and of ICD-10-CM; one claim takes one code set.',
        undefined,
      ],
    ]);
    expect(messages([], { diagnoses: mixed, date: first })).toEqual([
      '724.2 is an ICD-9-CM code, and ICD-9-CM ended with 2015-09-30; the date of service is 2015-10-01.',
    ]);
  });

  test('a claim over the change-over, each line in its own set, has to be split', () => {
    const mixed = [icd9, ...diagnosesOf('I10').map((one) => ({ ...one, position: 2 }))];
    const lines = [
      { number: 1, date: last, pointers: [1] },
      { number: 2, date: first, pointers: [2] },
    ];
    expect(messages([], { diagnoses: mixed, date: first, lines })).toEqual([
      'The claim has diagnoses of ICD-9-CM and of ICD-10-CM; one claim takes one code set.',
    ]);
  });
});
