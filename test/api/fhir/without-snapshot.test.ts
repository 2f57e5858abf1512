import { describe, expect, it } from 'vitest';
import { apiUnderTest, bodyOf } from '../api-under-test.ts';
import { cm, issuesIn, propertiesIn, valueIn } from './fhir-under-test.ts';

const ask = async (path: string, query: Readonly<Record<string, string>>) => {
  const { app } = await apiUnderTest();
  const response = await app.request(`/fhir/R4/${path}?${new URLSearchParams(query)}`);
  return { response, body: await bodyOf(response) };
};

describe('functions/api/fhir without a snapshot', () => {
  it('validates from the code table', async () => {
    const query = { url: cm, code: 'M54.5', date: '2021-09-30' };
    expect(valueIn((await ask('CodeSystem/$validate-code', query)).body, 'result')).toBe(true);
    const after = await ask('CodeSystem/$validate-code', { ...query, date: '2021-10-01' });
    expect(valueIn(after.body, 'result')).toBe(false);
    expect(valueIn(after.body, 'message')).toContain('M54.50, M54.51, M54.59');
  });

  it('looks up from the code table, but for children, which only a snapshot can list', async () => {
    const query = { system: cm, code: 'M54.5' };
    const { body } = await ask('CodeSystem/$lookup', query);
    expect(propertiesIn(body).parent).toEqual(['M54']);
    expect(propertiesIn(body).child).toBeUndefined();
    const { response } = await ask('CodeSystem/$lookup', { ...query, property: 'child' });
    expect(response.status).toBe(503);
  });

  it('expands a value set that lists its codes, and no other: 503, try again', async () => {
    const { response, body } = await ask('ValueSet/$expand', { url: `${cm}?fhir_vs=isa/M54` });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(issuesIn(body)[0]).toMatch(/^error \| transient/);
    const { app } = await apiUnderTest();
    const include = [{ system: cm, concept: [{ code: 'M54.50' }, { code: 'M54.5' }] }];
    const listed = await app.request('/fhir/R4/ValueSet/$expand', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'ValueSet', status: 'active', compose: { include } }),
    });
    expect((await bodyOf(listed)).expansion.total).toBe(2);
  });
});
