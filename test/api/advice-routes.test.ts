// The advice route: what it takes and answers, and how it refuses.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, apiWithSnapshot, bodyOf } from './api-under-test.ts';

const { app } = await apiWithSnapshot();
const { app: withoutSnapshot } = await apiUnderTest();
const get = async (path: string, asked = app) => {
  const response = await asked.request(path);
  return { status: response.status, body: await bodyOf(response), headers: response.headers };
};

describe('functions/api/advice-routes.ts', () => {
  test('a divided code is answered with what it became, the choice among it, and words', async () => {
    const { status, body } = await get('/v1/advice/icd10cm/m545?date=2021-10-01');
    expect(status).toBe(200);
    expect(body).toEqual({
      system: 'icd10cm',
      code: 'M54.5',
      date: '2021-10-01',
      status: 'header',
      reason: 'divided',
      title: 'Low back pain',
      release: 'icd10cm-2022',
      provisional: false,
      axes: [
        {
          axis: 'type',
          question: 'Which kind of low back pain?',
          appliesTo: [],
          options: [
            { text: 'vertebrogenic', whenNotStated: false, codes: ['M54.51'] },
            { text: 'other', whenNotStated: false, codes: ['M54.59'] },
            { text: 'unspecified', whenNotStated: true, codes: ['M54.50'] },
          ],
        },
      ],
      codes: [
        { code: 'M54.50', title: 'Low back pain, unspecified' },
        { code: 'M54.51', title: 'Vertebrogenic low back pain' },
        { code: 'M54.59', title: 'Other low back pain' },
      ],
      text: [
        'M54.5 (Low back pain) is no longer billable: on 1 October 2021 it became a category, divided into M54.50, M54.51 and M54.59.',
        'The record must state the kind of low back pain: vertebrogenic (M54.51) or other (M54.59).',
        'If it states none of these, the code is M54.50 (unspecified).',
        '“Other” is for what the record names but no code does (Official Guidelines, I.A.9.a).',
      ],
    });
  });

  test('the day before, the same code is billable and leaves nothing open', async () => {
    const { body } = await get('/v1/advice/icd10cm/M54.5?date=2021-09-30');
    expect([body.status, body.reason, body.codes]).toEqual(['billable', 'specific', []]);
  });

  test('answers may be kept for a minute and named by any site', async () => {
    const { headers } = await get('/v1/advice/icd10cm/M54.5?date=2021-10-01');
    expect(headers.get('cache-control')).toContain('max-age=60');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each([
    ['/v1/advice/icd10pcs/0DTJ4ZZ', 404, 'there is advice on icd10cm only'],
    ['/v1/advice/icd9/250', 404, 'no code system icd9'],
    ['/v1/advice/icd10cm/M54.5?on=2021-10-01', 400, 'on: not a parameter'],
    ['/v1/advice/icd10cm/M54.5?date=2021-13-01', 400, 'date: "2021-13-01"'],
    [`/v1/advice/icd10cm/${'M'.repeat(33)}`, 400, 'code: over 32 characters'],
  ])('%s is refused with %i', async (path, status, detail) => {
    const refused = await get(path);
    expect(refused.status).toBe(status);
    expect(refused.body.detail).toContain(detail);
  });

  test('without a snapshot it is unavailable', async () => {
    const { status, body } = await get('/v1/advice/icd10cm/M54.5', withoutSnapshot);
    expect([status, body.code]).toEqual([503, 'unavailable']);
  });
});
