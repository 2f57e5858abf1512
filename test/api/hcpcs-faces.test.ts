// HCPCS Level II through every face: look-up, search, releases, NLM, FHIR. One code ended with 31 March 2018 in favour of
// two new ones (Q5102 → Q5103, Q5104).
import { describe, expect, it } from 'vitest';
import { hcpcsReleases } from '../support/hcpcs-releases.ts';
import { apiWithSnapshot, bodyOf } from './api-under-test.ts';

const uri = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
const system = 'hcpcs';

const api = apiWithSnapshot({}, hcpcsReleases);
const get = async (path: string) => {
  const { app } = await api;
  const response = await app.request(path);
  return { status: response.status, body: await bodyOf(response) };
};

describe('HCPCS Level II through the faces', () => {
  it('looks a code up on the day before it ends and after', async () => {
    expect((await get('/v1/codes/hcpcs/q5102?date=2018-03-31')).body).toMatchObject({
      ...{ system, code: 'Q5102', status: 'billable', release: 'hcpcs-2018-01' },
      effective: { from: '2018-01-01', to: '2018-03-31' },
    });
    expect((await get('/v1/codes/hcpcs/Q5102?date=2018-04-01')).body).toMatchObject({
      ...{ status: 'ended', release: 'hcpcs-2018-04' },
      replacedBy: [{ code: 'Q5103', source: 'official' }, { code: 'Q5104' }],
    });
  });

  it('calls an answer provisional past the quarter of the newest release', async () => {
    const on = async (date: string) =>
      (await get(`/v1/codes/hcpcs/A9585?date=${date}`)).body.provisional;
    expect([await on('2018-06-30'), await on('2018-07-01')]).toEqual([false, true]);
  });

  it('recognises a HCPCS code asked for as a diagnosis, and a letter O for a zero', async () => {
    const other = await get('/v1/codes/icd10cm/A9585?date=2018-04-01');
    expect(other.body).toMatchObject({
      status: 'unknown',
      nearMisses: [{ system, code: 'A9585', reason: 'other-system', status: 'billable' }],
    });
    const slip = await get('/v1/codes/hcpcs/GO447?date=2018-04-01');
    expect(slip.body.nearMisses).toMatchObject([{ code: 'G0447', reason: 'letter-o-digit-0' }]);
  });

  it('searches titles as of a date', async () => {
    const found = async (date: string) =>
      (await get(`/v1/search/hcpcs?q=infliximab&date=${date}`)).body.items.map(
        ({ code }: { code: string }) => code,
      );
    expect(await found('2018-01-01')).toEqual(['Q5102']);
    expect((await found('2018-04-01')).toSorted()).toEqual(['Q5103', 'Q5104']);
  });

  it('lists its releases with what changed', async () => {
    const { body } = await get('/v1/releases?system=hcpcs');
    const [newest] = body.items.toSorted((a: { id: string }, b: { id: string }) =>
      b.id.localeCompare(a.id),
    );
    expect(newest).toMatchObject({ id: 'hcpcs-2018-04', changes: { added: 2, ended: 1 } });
  });

  it('answers the NLM widget', async () => {
    const { body } = await get(
      '/api/hcpcs/v3/search?terms=gadobutrol&sf=code,name&date=2018-04-01',
    );
    expect(body).toEqual([1, ['A9585'], null, [['A9585', 'Injection, gadobutrol, 0.1 ml']]]);
  });

  it('answers FHIR: the code system, $lookup, $expand, $translate', async () => {
    const { body: resource } = await get('/fhir/R4/CodeSystem/hcpcs-2018-04-01');
    expect(resource).toMatchObject({ url: uri, name: 'HCPCSLevelII', count: 5 });
    expect(resource.description).not.toContain('dot');
    const { body: looked } = await get(
      `/fhir/R4/CodeSystem/$lookup?system=${encodeURIComponent(uri)}&code=G0447&date=2018-04-01`,
    );
    expect(looked.parameter).toContainEqual({
      name: 'display',
      valueString: 'Face-to-face behavioral counseling for obesity, 15 minutes',
    });
    const all = encodeURIComponent(`${uri}?fhir_vs`);
    const { body: expanded } = await get(`/fhir/R4/ValueSet/$expand?url=${all}&date=2018-03-31`);
    expect(expanded.expansion.contains.map(({ code }: { code: string }) => code)).toEqual([
      ...['A9585', 'G0447', 'J0120', 'Q5102'],
    ]);
    const { status, body: map } = await get('/fhir/R4/ConceptMap/hcpcs-replaced-by');
    expect([status, map.resourceType]).toEqual([200, 'ConceptMap']);
  });
});
