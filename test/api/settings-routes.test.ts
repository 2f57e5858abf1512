// What a tenant decides: kept, checked to the last field, and in force from then on.
import { describe, expect, test } from 'vitest';
import { hashedReference } from '../../shared/core/hashed-reference.ts';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof apiUnderTest>>;

const put = ({ app }: Api, body: unknown, path = '/v1/settings') =>
  app.request(path, {
    method: 'PUT',
    headers: headersOf('clinic', true),
    body: JSON.stringify(body),
  });
const get = ({ app }: Api, path: string, tenant: 'clinic' | 'other' = 'clinic') =>
  app.request(path, { headers: headersOf(tenant) });
const post = ({ app }: Api, body: string) =>
  app.request('/v1/intake', {
    method: 'POST',
    headers: { ...headersOf('clinic'), 'content-type': 'text/csv' },
    body,
  });

const usual = {
  references: 'as-sent',
  reworkCost: { min: 25, max: 100 },
  timelyFilingDays: { default: 365, byPayer: {} },
};

describe('functions/api/settings-routes.ts', () => {
  test('settings are as usual until they are replaced, tenant by tenant', async () => {
    const api = await apiUnderTest();
    expect(await bodyOf(await get(api, '/v1/settings'))).toEqual(usual);
    const wanted = {
      ...usual,
      reworkCost: { min: 30.25, max: 61.1 },
      timelyFilingDays: { default: 180, byPayer: { aetna: 120, medicare: 365 } },
      csvMapping: { columns: { id: 'No', codes: ['Dx1', 'Dx2'] }, dateOrder: 'dmy' },
    };
    const answer = await put(api, wanted);
    expect([answer.status, await bodyOf(answer)]).toEqual([200, wanted]);
    expect(await bodyOf(await get(api, '/v1/settings'))).toEqual(wanted);
    expect(await bodyOf(await get(api, '/v1/settings', 'other'))).toEqual(usual);
    expect(await bodyOf(await put(api, {}))).toEqual(usual);
  });

  test('a table is read with the mapping that was given once', async () => {
    const api = await apiUnderTest();
    const table = 'No,Patient,Seen,Dx1\nA1,Zebulon Marker,01/10/2022,M54.5\n';
    const before = await bodyOf(await post(api, table));
    expect(before).toMatchObject({ accepted: 0, rejectedCount: 1 });
    expect(JSON.stringify(before)).not.toContain('Zebulon');
    await put(api, { csvMapping: { columns: { id: 'no', codes: 'dx1', dateOfService: 'seen' } } });
    expect(await bodyOf(await post(api, table))).toMatchObject({ accepted: 1, findings: 1 });
    const claim = await bodyOf(await get(api, '/v1/claims/A1'));
    expect(claim).toMatchObject({ id: 'A1', dateOfService: '2022-01-10' });
    expect(JSON.stringify(claim)).not.toContain('Zebulon');
  });

  test.each(['as-sent', 'hashed'])(
    'a claim sent with # in its id is read, scrubbed and deleted by that id, %s',
    async (references) => {
      const api = await apiUnderTest();
      const columns = { id: 'No', codes: 'Dx', dateOfService: 'Seen' };
      await put(api, { references, csvMapping: { columns } });
      const table = 'No,Dx,Seen\nA#7,M54.5,01/10/2022\n';
      expect(await bodyOf(await post(api, table))).toMatchObject({ accepted: 1 });
      const byOwn = await bodyOf(await get(api, '/v1/claims/A%237'));
      if (references === 'as-sent') {
        expect(byOwn.id).toBe('A%237');
        expect(await bodyOf(await get(api, '/v1/claims/A%25237'))).toEqual(byOwn);
      }
      const body = JSON.stringify({ id: 'A#7' });
      const headers = headersOf('clinic', true);
      const scrubbed = await api.app.request('/v1/scrub', { method: 'POST', headers, body });
      expect((await bodyOf(scrubbed)).items[0].artifact).toEqual({ type: 'claim', id: byOwn.id });
      const remove = () =>
        api.app.request('/v1/claims/A%237', { method: 'DELETE', headers: headersOf('clinic') });
      expect((await remove()).status).toBe(204);
      expect((await remove()).status).toBe(404);
    },
  );

  test('claims are found by the id they were sent with, and stored under its hash', async () => {
    const api = await apiUnderTest();
    await put(api, { references: 'hashed' });
    const key = await api.ports.tenants.referenceKey('clinic');
    if (key === undefined) throw new Error('no key was made');
    const name = hashedReference(key, 'CONTROL-1');
    const stored = await put(
      api,
      { codes: ['M54.5'], dateOfService: '2022-01-10', name: 'CONTROL-1 again' },
      '/v1/claims/CONTROL-1',
    );
    const answer = await bodyOf(stored);
    expect([stored.status, answer.id, answer.name]).toEqual([201, name, undefined]);
    expect(answer.findings).toMatchObject([{ artifact: { type: 'claim', id: name } }]);
    for (const id of ['CONTROL-1', name]) {
      expect(await bodyOf(await get(api, `/v1/claims/${id}`))).toMatchObject({ id: name });
    }
    const gone = await api.app.request('/v1/claims/CONTROL-1', {
      method: 'DELETE',
      headers: headersOf('clinic'),
    });
    expect(gone.status).toBe(204);
    expect((await get(api, `/v1/claims/${name}`)).status).toBe(404);
    // Templates keep their names: they are no claim numbers, and alerts name them.
    await put(api, { codes: ['M54.5'] }, '/v1/templates/spine');
    expect(await bodyOf(await get(api, '/v1/templates/spine'))).toMatchObject({ id: 'spine' });
  });

  test('the key is made once: hashing can be left and taken up again', async () => {
    const api = await apiUnderTest();
    await put(api, { references: 'hashed' });
    const key = await api.ports.tenants.referenceKey('clinic');
    await put(api, { references: 'as-sent' });
    await put(api, { references: 'hashed' });
    expect(await api.ports.tenants.referenceKey('clinic')).toBe(key);
    expect(key).toMatch(/^[\w-]{43}$/);
  });

  test('references do not change while claims are stored, which would be stored twice', async () => {
    const api = await apiUnderTest();
    await put(api, { codes: ['M54.5'] }, '/v1/claims/1');
    const answer = await put(api, { references: 'hashed' });
    expect([answer.status, await bodyOf(answer)]).toMatchObject([409, { code: 'conflict' }]);
    expect(await bodyOf(await get(api, '/v1/settings'))).toEqual(usual);
    expect((await put(api, { reworkCost: { min: 1, max: 2 } })).status).toBe(200);
  });

  test.each([
    [{ reference: 'hashed' }, 'body: has no field reference; its fields are references'],
    [{ references: 'encrypted' }, 'references: none of '],
    [{ reworkCost: { min: 100, max: 25 } }, 'reworkCost: min is more than max'],
    [{ reworkCost: { min: 25 } }, 'reworkCost.max: missing'],
    [{ timelyFilingDays: { default: 0 } }, 'timelyFilingDays.default'],
    [
      { timelyFilingDays: { byPayer: { aetna: 1.5 } } },
      'timelyFilingDays.byPayer.aetna: not a whole number',
    ],
    [{ csvMapping: { columns: { id: 'No' } } }, 'csvMapping.columns.codes: name the column'],
    [{ csvMapping: { columns: { id: 'No', codes: 'Dx', patient: 'Name' } } }, 'csvMapping.columns'],
    [[], 'body'],
  ])('refuses %j and names what is wrong', async (body, detail) => {
    const api = await apiUnderTest();
    const answer = await put(api, body);
    expect(answer.status).toBe(400);
    expect((await bodyOf(answer)).detail).toContain(detail);
  });
});
