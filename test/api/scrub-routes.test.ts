// POST /v1/scrub: stored, inline and in batches; what it takes, what it refuses, and who may ask.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, apiWithSnapshot, headersOf, type tokens } from './api-under-test.ts';

const { app } = await apiWithSnapshot();

async function ask(
  method: string,
  path: string,
  body: unknown,
  tenant: keyof typeof tokens = 'clinic',
) {
  const response = await app.request(path, {
    method,
    headers: headersOf(tenant, true),
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()),
  };
}
const scrub = (body: unknown, tenant?: keyof typeof tokens) =>
  ask('POST', '/v1/scrub', body, tenant);
type Item = {
  readonly rule: string;
  readonly severity: string;
  readonly code?: string;
  readonly line?: number;
};
const told = (items: readonly Item[]) =>
  items
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, code, line }) => [rule, code, line]);

const visit = { setting: 'professional', dateOfService: '2021-10-01', codes: ['m54.5'] };

describe('functions/api/scrub-routes.ts', () => {
  test('a claim sent along is scrubbed: each finding with its remedy and its source', async () => {
    const { status, body, headers } = await scrub(visit);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.items[0]).toEqual({
      rule: 'code-header',
      severity: 'error',
      code: 'M54.5',
      message:
        'M54.5 (Low back pain) has been a category since 2021-10-01, when it was divided; it is not billable on 2021-10-01.',
      remedy:
        'Code to the full number of characters, as the record supports: M54.50 (Low back pain, unspecified), M54.51 (Vertebrogenic low back pain) or M54.59 (Other low back pain).',
      source: 'ICD-10-CM release effective 2021-10-01 (CDC/NCHS)',
      replacedBy: ['M54.50', 'M54.51', 'M54.59'].map((code) => ({
        code,
        source: 'official',
        effective: '2021-10-01',
      })),
    });
  });

  test('on the day before the same claim is right', async () => {
    const { body } = await scrub({ ...visit, dateOfService: '2021-09-30' });
    expect(told(body.items)).toEqual([]);
  });

  test('codes in order with systems, roles, lines and pointers', async () => {
    const { body } = await scrub({
      setting: 'professional',
      codes: [
        { code: 'M54.2' },
        { system: 'icd9cm', code: '724.2' },
        { code: 'M54.2', role: 'admitting' },
        'not a code',
      ],
      lines: [
        { procedure: '99213', dateOfService: '2021-10-01', pointers: [1, 2] },
        { procedure: '97110', dateOfService: '2021-10-01', pointers: [9], billed: 80 },
      ],
    });
    expect(told(body.items)).toEqual([
      ['code-set-mismatch', '724.2', undefined],
      ['code-unknown', 'NOT A CODE', undefined],
      ['pointer', undefined, 2],
    ]);
  });

  test('diagnoses, discharge and procedures as a claim is stored', async () => {
    const { status, body } = await scrub({
      setting: 'inpatient',
      dischargeDate: '2021-10-01',
      diagnoses: [{ code: 'I10', role: 'principal' }],
      codes: [{ system: 'icd10pcs', code: '0DTJ4ZY' }],
      age: 40,
      sex: 'female',
      payer: 'medicare',
      billed: '100.50',
    });
    expect(status).toBe(200);
    expect(told(body.items)).toEqual([['code-unknown', '0DTJ4ZY', undefined]]);
  });

  test('a stored claim is scrubbed by its id, and only for its tenant', async () => {
    await ask('PUT', '/v1/claims/visit-7', visit);
    const { body } = await scrub({ id: 'visit-7' });
    expect(told(body.items)).toEqual([['code-header', 'M54.5', undefined]]);
    expect((await scrub({ id: 'visit-7' }, 'other')).status).toBe(404);
    const none = await scrub({ id: 'visit-8' });
    expect([none.status, none.body.code]).toEqual([404, 'not-found']);
  });

  test('a batch is answered claim by claim, in order', async () => {
    const { body } = await scrub({ claims: [visit, { ...visit, codes: ['I10'] }] });
    expect(body.results.map(({ items }: { items: Item[] }) => told(items)[0]?.[1])).toEqual(
      ['M54.5', 'I10'].map((code) => (code === 'I10' ? undefined : code)),
    );
  });

  test.each([
    [{}, 'codes'],
    [{ codes: [] }, 'codes'],
    [{ codes: ['I10'], patient: 'someone' }, 'patient'],
    [{ codes: ['I10'], setting: 'hospice' }, 'setting'],
    [{ codes: ['I10'], dateOfService: '2021-02-30' }, 'dateOfService'],
    [{ codes: ['I10'], age: -1 }, 'age'],
    [{ codes: ['x'.repeat(33)] }, 'codes'],
    [{ codes: ['I\u0000'] }, 'codes'],
    [{ codes: ['I10'], lines: [{ pointers: [1.5] }] }, 'lines[0].pointers'],
    [{ id: 'visit-7', codes: ['I10'] }, 'codes'],
    [{ claims: [] }, 'claims'],
    [{ claims: [visit, { codes: ['I10'], surname: 'x' }] }, 'claims[1]'],
    [{ claims: Array.from({ length: 1001 }, () => visit) }, 'claims'],
    ['I10', 'body'],
  ])('%j is refused and the field named', async (body, named) => {
    const answer = await scrub(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
    expect(answer.body.detail).toContain(named);
  });

  test('no token, no answer', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(visit);
    const response = await app.request('/v1/scrub', { method: 'POST', headers, body });
    expect(response.status).toBe(401);
  });

  test('without a snapshot the codes are judged from the table', async () => {
    const { app: bare } = await apiUnderTest();
    const headers = headersOf('clinic', true);
    const body = JSON.stringify(visit);
    const response = await bare.request('/v1/scrub', { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    const { items } = JSON.parse(await response.text());
    expect(told(items)).toEqual([['code-header', 'M54.5', undefined]]);
    expect(items.map(({ message }: { message: string }) => message).join()).toContain('snapshot');
  });
});
