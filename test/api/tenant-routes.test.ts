// Tenant routes: templates, claims, findings, alerts; whose they are, and that nobody else's token reaches them.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, headersOf, type tokens } from './api-under-test.ts';

type Tenant = keyof typeof tokens;

async function tenantApi() {
  const { app } = await apiUnderTest();
  const ask = async (tenant: Tenant, method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      headers: headersOf(tenant, body !== undefined),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return { app, ask };
}

const spine = {
  name: 'Spine superbill',
  owner: 'Front desk',
  codes: [{ system: 'icd10cm', code: 'M54.5' }],
};
const visit = (dateOfService: string) => ({
  codes: [{ system: 'icd10cm', code: 'm545' }],
  dateOfService,
  payer: 'commercial',
  billed: 199.95,
});

describe('functions/api/artifact-routes.ts', () => {
  test('a template is stored, given back as it was put, replaced and deleted', async () => {
    const { ask } = await tenantApi();
    expect((await ask('clinic', 'PUT', '/v1/templates/spine', spine)).status).toBe(201);
    expect((await ask('clinic', 'PUT', '/v1/templates/spine', spine)).status).toBe(200);
    const got = await ask('clinic', 'GET', '/v1/templates/spine');
    expect(got.body).toEqual({ type: 'template', id: 'spine', ...spine });
    expect((await ask('clinic', 'DELETE', '/v1/templates/spine')).status).toBe(204);
    expect((await ask('clinic', 'DELETE', '/v1/templates/spine')).status).toBe(404);
    expect((await ask('clinic', 'GET', '/v1/templates/spine')).status).toBe(404);
  });

  test('a template with a split code is told at once what hits it', async () => {
    const { ask } = await tenantApi();
    const { body } = await ask('clinic', 'PUT', '/v1/templates/spine', spine);
    expect(body.findings).toMatchObject([
      { kind: 'expanded', code: 'M54.5', release: 'icd10cm-2022', effective: '2021-10-01' },
    ]);
    const found = await ask('clinic', 'GET', '/v1/findings?code=M54.5&state=open');
    expect(found.body.items).toHaveLength(1);
    expect((await ask('clinic', 'GET', '/v1/findings?code=M54.2')).body.items).toEqual([]);
  });

  test('a claim of the day before the split is not hit, one of the day is', async () => {
    const { ask } = await tenantApi();
    const before = await ask('clinic', 'PUT', '/v1/claims/a', visit('2021-09-30'));
    expect(before.body.findings).toEqual([]);
    const after = await ask('clinic', 'PUT', '/v1/claims/b', visit('2021-10-01'));
    expect(after.body.findings).toHaveLength(1);
    expect(after.body).toMatchObject({
      billed: 199.95,
      codes: [{ system: 'icd10cm', code: 'M54.5' }],
    });
  });

  test('a claim is told at once that a policy no longer covers it, and rid of that when it is put right or removed', async () => {
    const { ask } = await tenantApi();
    const injection = (code: string, dateOfService = '2026-03-01') => ({
      codes: [{ system: 'icd10cm', code }],
      diagnoses: [{ code }],
      lines: [{ procedure: '62323', pointers: [1], dateOfService, billed: 300 }],
      ...{ claimFiling: 'MB', state: 'CT' },
    });
    const eve = await ask('clinic', 'PUT', '/v1/claims/a', injection('M54.5', '2026-02-28'));
    expect(eve.body.findings.map(({ kind }: { kind: string }) => kind)).toEqual(['expanded']);
    const { body } = await ask('clinic', 'PUT', '/v1/claims/a', injection('M54.5'));
    expect(body.findings).toMatchObject([
      { kind: 'expanded', code: 'M54.5' },
      {
        ...{ kind: 'coverage-removed', code: 'M54.5', effective: '2026-03-01', state: 'open' },
        policy: { id: 'A57791', version: '12', procedures: ['62323'], before: 'covered' },
      },
    ]);
    const open = async () => {
      const { body } = await ask('clinic', 'GET', '/v1/findings?state=open');
      return body.items.map(({ kind }: { kind: string }) => kind);
    };
    expect(await open()).toEqual(['expanded', 'coverage-removed']);
    await ask('clinic', 'PUT', '/v1/claims/a', injection('M54.50'));
    expect(await open()).toEqual([]);
    await ask('clinic', 'PUT', '/v1/claims/a', injection('M54.5'));
    expect(await open()).toEqual(['expanded', 'coverage-removed']);
    await ask('clinic', 'DELETE', '/v1/claims/a');
    expect(await open()).toEqual([]);
  });

  test('lists come page by page', async () => {
    const { ask } = await tenantApi();
    for (const id of ['a', 'b', 'c'])
      await ask('clinic', 'PUT', `/v1/claims/${id}`, visit('2021-01-01'));
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask('clinic', 'GET', `/v1/claims?limit=2${cursor}`);
      ids.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(ids).toEqual(['a', 'b', 'c']);
    const { nextCursor } = (await ask('clinic', 'GET', '/v1/claims?limit=1')).body;
    expect((await ask('clinic', 'GET', `/v1/templates?cursor=${nextCursor}`)).status).toBe(400);
  });

  test.each([
    [{ ...spine, codes: [] }, 'codes'],
    [{ ...spine, patient: 'someone' }, 'patient'],
    [{ ...spine, codes: [{ system: 'icd10cm', code: 'not a code' }] }, 'codes'],
  ])('%j is refused and the field named', async (body, named) => {
    const { ask } = await tenantApi();
    const answer = await ask('clinic', 'PUT', '/v1/templates/spine', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
    expect(answer.body.detail).toContain(named);
  });

  test('I10 no token, no data; another tenant sees none of it', async () => {
    const { app, ask } = await tenantApi();
    await ask('clinic', 'PUT', '/v1/templates/spine', spine);
    for (const path of [
      '/v1/templates',
      '/v1/templates/spine',
      '/v1/claims',
      '/v1/findings',
      '/v1/alerts',
    ]) {
      const response = await app.request(path);
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      const wrong = await app.request(path, {
        headers: { authorization: 'Bearer token-of-clinix' },
      });
      expect(wrong.status).toBe(401);
    }
    expect((await ask('other', 'GET', '/v1/templates')).body.items).toEqual([]);
    expect((await ask('other', 'GET', '/v1/templates/spine')).status).toBe(404);
    expect((await ask('other', 'GET', '/v1/findings')).body.items).toEqual([]);
    expect((await ask('other', 'DELETE', '/v1/templates/spine')).status).toBe(404);
    expect((await ask('clinic', 'GET', '/v1/templates/spine')).status).toBe(200);
  });
});

describe('functions/api/alert-routes.ts', () => {
  test('an alert nobody has is not found, and none is an empty list', async () => {
    const { ask } = await tenantApi();
    expect((await ask('clinic', 'GET', '/v1/alerts')).body).toEqual({ items: [] });
    expect((await ask('clinic', 'GET', '/v1/alerts/none')).status).toBe(404);
  });

  test('findings refuse states and codes that cannot be', async () => {
    const { ask } = await tenantApi();
    expect((await ask('clinic', 'GET', '/v1/findings?state=done')).status).toBe(400);
    expect((await ask('clinic', 'GET', '/v1/findings?code=back+pain')).status).toBe(400);
  });
});
