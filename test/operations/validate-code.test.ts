// Validating a code on a date: the verdict, and words that say what to do.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type ValidateRequest, validateCode } from '../../shared/operations/validate-code.ts';
import { openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const ports = {
  ...(await openTestReference(smallReleases)),
  clock: { now: () => '2021-09-30T00:00:00.000Z' },
};
const validate = (code: string, date: string, more: Partial<ValidateRequest> = {}) =>
  validateCode(ports, { system: 'icd10cm', code, date: calendarDate(date), ...more });
const messages = async (...asked: Parameters<typeof validate>) =>
  (await validate(...asked)).issues.map((one) => `${one.kind}: ${one.message}`);

describe('shared/operations/validate-code.ts', () => {
  test('a billable code is valid and comes with its title of the date', async () => {
    const answer = await validate('m545', '2021-09-30');
    expect(answer).toMatchObject({ result: true, issues: [], display: 'Low back pain' });
    expect(answer.lookup.code).toBe('M54.5');
  });

  test('a category is not, unless one will do; what to use instead is said', async () => {
    expect(await messages('M54.5', '2021-10-01')).toEqual([
      'header: M54.5 is a category of ICD-10-CM on 2021-10-01, not a billable code; ' +
        'use one of M54.50, M54.51, M54.59',
    ]);
    expect(await validate('M54.5', '2021-10-01', { abstract: true })).toMatchObject({
      result: true,
      issues: [],
    });
  });

  test('an ended code names when it ended and what is billable in its place', async () => {
    expect(await messages('M54.59', '2025-12-31')).toEqual([
      'ended: M54.59 ended in ICD-10-CM on 2025-10-01; in its place on 2025-12-31: M54.A0',
    ]);
    expect((await validate('M54.59', '2025-12-31', { abstract: true })).result).toBe(false);
  });

  test('a code not valid yet names its first day', async () => {
    expect(await messages('M54.50', '2021-09-30')).toEqual([
      'future: M54.50 is not valid in ICD-10-CM before 2021-10-01; the date asked for is 2021-09-30',
    ]);
  });

  test('an unknown code names what may have been meant', async () => {
    expect(await messages('I1O', '2021-09-30')).toEqual([
      'unknown: I1O is in no release of ICD-10-CM; did you mean I10?',
    ]);
    expect(await messages('Q77.777', '2021-09-30')).toEqual([
      'unknown: Q77.777 is in no release of ICD-10-CM',
    ]);
  });

  test('a date before the oldest release is no verdict on the code', async () => {
    expect(await messages('M54.5', '2019-01-01')).toEqual([
      'outside-horizon: no release of ICD-10-CM covers 2019-01-01',
    ]);
  });

  test.each([
    ['Low back pain', true],
    ['  LOW  back\u00a0pain ', true],
    ['Low back pains', false],
    ['', false],
  ])('the title %j: %s', async (display, result) => {
    const answer = await validate('M54.5', '2021-09-30', { display });
    expect(answer.result).toBe(result);
    if (!result) {
      expect(answer.issues).toEqual([
        {
          kind: 'wrong-display',
          message: `"${display}" is not the title of M54.5 on 2021-09-30; that is "Low back pain"`,
        },
      ]);
    }
  });

  test('the short title will do as well, and only the title of the date', async () => {
    const good = await validate('M54.9', '2021-10-01', { display: 'dorsalgia, unsp' });
    expect([good.result, good.display]).toEqual([true, 'Dorsalgia, unspecified']);
    const old = await validate('M54.50', '2021-10-01', { display: 'Low back pain' });
    expect(old.issues.map((one) => one.kind)).toEqual(['wrong-display']);
  });

  test('both may be the matter at once; of an unknown code no title is wrong', async () => {
    const both = await validate('M54.5', '2021-10-01', { display: 'Headache' });
    expect(both.issues.map((one) => one.kind)).toEqual(['header', 'wrong-display']);
    const unknown = await validate('Q77.777', '2021-10-01', { display: 'Headache' });
    expect(unknown.issues.map((one) => one.kind)).toEqual(['unknown']);
  });

  test('without a date it answers for today', async () => {
    const today = await validateCode(ports, { system: 'icd10cm', code: 'M54.50' });
    expect(today.issues.map((one) => one.kind)).toEqual(['future']);
  });
});
