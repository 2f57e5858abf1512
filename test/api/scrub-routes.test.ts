// POST /v1/scrub: stored, inline and in batches; what it takes, what it refuses, and who may ask.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, apiWithSnapshot, bodyOf, headersOf, type tokens } from './api-under-test.ts';

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
      system: 'icd10cm',
      fileBy: '2022-10-01',
      atRisk: { billedCents: 0, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
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

  test('what is lost, and by when, by the settings of the tenant that asks', async () => {
    const settings = {
      timelyFilingDays: { byPayer: { acme: 90 } },
      reworkCost: { min: 40, max: 45 },
    };
    await ask('PUT', '/v1/settings', settings);
    const claim = { ...visit, payer: 'Acme', billed: '120.50' };
    const { body } = await scrub(claim);
    expect(body).toMatchObject({
      atRisk: { billedCents: 12_050, reworkCentsMin: 4_000, reworkCentsMax: 4_500 },
      fileBy: '2021-12-30',
    });
    const other = await scrub(claim, 'other');
    expect(other.body).toMatchObject({
      atRisk: { billedCents: 12_050, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
      fileBy: '2022-10-01',
    });
    await ask('PUT', '/v1/settings', {});
  });

  test('nothing is at risk while no item is an error; what is not known is null', async () => {
    const right = await scrub({ ...visit, codes: ['M54.2'], billed: 80 });
    expect(right.body.atRisk).toEqual({ billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 });
    expect(right.body.fileBy).toBe('2022-10-01');
    const bare = await scrub(visit);
    expect(bare.body.atRisk).toEqual({
      billedCents: null,
      reworkCentsMin: 2_500,
      reworkCentsMax: 10_000,
    });
    expect((await scrub({ codes: ['M54.5'] })).body.fileBy).toBeNull();
    // 365 days after the last line; the amount is what the lines bill together.
    const lines = [
      { dateOfService: '2021-10-01', billed: 80 },
      { dateOfService: '2021-10-02', billed: '20.01' },
    ];
    const byLine = await scrub({ codes: ['M54.5'], lines });
    expect(byLine.body).toMatchObject({ atRisk: { billedCents: 10_001 }, fileBy: '2022-10-02' });
    const template = await scrub({ ...visit, type: 'template', billed: 80 });
    expect(template.body.items[0].severity).toBe('error');
    expect(template.body).toMatchObject({ atRisk: { billedCents: 0 }, fileBy: null });
  });

  test('what would be denied comes first', async () => {
    const { body } = await scrub({
      setting: 'professional',
      dateOfService: '2021-10-01',
      codes: ['M54.2', 'M54.2', 'M54.5'],
    });
    const urgency = ['error', 'warning', 'info'];
    const order = body.items.map(({ severity }: Item) => urgency.indexOf(severity));
    expect(order).toEqual(order.toSorted());
    expect(told(body.items)[0]).toEqual(['code-header', 'M54.5', undefined]);
  });

  test('one list holds what scrubbing finds and what a release hit: every field of a row is in both', async () => {
    const claim = { codes: ['M54.5'], dateOfService: '2021-10-02', billed: 80 };
    await ask('PUT', '/v1/claims/visit-9', { ...claim, owner: 'Dana', name: 'Visit 9' });
    const [item] = (await scrub({ id: 'visit-9' })).body.items;
    const { items } = await bodyOf(
      await app.request('/v1/findings', { headers: headersOf('clinic') }),
    );
    const finding = items.find((one: typeof item) => one.artifact.id === 'visit-9');
    const { message, remedy, source, ...row } = item;
    expect(finding).toMatchObject(row);
    expect(row).toEqual({
      rule: 'code-header',
      severity: 'error',
      system: 'icd10cm',
      code: 'M54.5',
      replacedBy: finding.replacedBy,
      artifact: { type: 'claim', id: 'visit-9', name: 'Visit 9' },
      owner: 'Dana',
      fileBy: '2022-10-02',
      atRisk: { billedCents: 8_000, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
    expect([source, finding.source]).toEqual(
      Array(2).fill('ICD-10-CM release effective 2021-10-01 (CDC/NCHS)'),
    );
    expect(finding.message).toBe(
      'M54.5 is a category as of 2021-10-01 and cannot be billed from then on.',
    );
    expect(finding.remedy).toBe('Use M54.50, M54.51 or M54.59, whichever the record supports.');
    expect(message).toContain('category');
    expect(remedy).toContain('M54.51');
  });

  test('coverage of a stay: the procedure in any case, each line by its own date', async () => {
    // A56000 covers M54.2 for A9585 everywhere from 2025-01-01 on, and nothing else.
    const stay = (procedure: string, dateOfService: string) => ({
      ...{ setting: 'inpatient', dischargeDate: '2025-01-02', claimFiling: 'MB', codes: ['M54.9'] },
      lines: [{ procedure, dateOfService }],
    });
    const coverageOf = async (body: unknown) =>
      (await scrub(body)).body.items
        .filter(({ rule }: Item) => rule === 'coverage')
        .map(({ message }: { message: string }) => message);
    const denied = [
      'Line 1: Medicare does not cover A9585 for M54.9 on 2025-01-01 (A56000: it covers no diagnosis but those it lists).',
    ];
    expect(await coverageOf(stay('A9585', '2025-01-01'))).toEqual(denied);
    expect(await coverageOf(stay('a9585', '2025-01-01'))).toEqual(denied);
    expect(await coverageOf(stay('A9585', '2024-12-30'))).toEqual([]);
    await ask('PUT', '/v1/claims/stay-1', stay('a9585', '2025-01-01'));
    expect(await coverageOf({ id: 'stay-1' })).toEqual(denied);
    const stored = await app.request('/v1/claims/stay-1', { headers: headersOf('clinic') });
    expect((await bodyOf(stored)).lines).toEqual([
      { procedure: 'A9585', dateOfService: '2025-01-01' },
    ]);
  });

  test('a state that is none is taken, and said to be why coverage was not judged', async () => {
    const claim = { ...visit, dateOfService: '2025-09-01', codes: ['M54.51'], claimFiling: 'MB' };
    const lines = [{ procedure: '62323' }];
    const about = async (state: string) =>
      (await scrub({ ...claim, lines, state })).body.items
        .map(({ message }: { message: string }) => message)
        .filter((message: string) => message.includes('coverage was not judged'));
    expect(await about('CT')).toEqual([]);
    expect(await about('xx')).toEqual([
      'The payer’s policies on a procedure of the claim differ by state, and the state it names is none of the United States: coverage was not judged.',
    ]);
    const stored = await ask('PUT', '/v1/claims/abroad-1', { ...claim, lines, state: 'ON' });
    expect(stored.status).toBeLessThan(300);
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
