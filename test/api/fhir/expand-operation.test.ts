import type { ValueSet } from 'fhir/r4.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { cm, issuesIn, openFhir } from './fhir-under-test.ts';

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir();
});

const all = `${cm}?fhir_vs`;
const expand = (query: Readonly<Record<string, string>> = {}) =>
  fhir.get('ValueSet/$expand', { url: all, ...query });
const codes = ({ body }: { body: ValueSet }) =>
  (body.expansion?.contains ?? []).map((one) => `${one.code}${one.abstract ? ' abstract' : ''}`);

describe('functions/api/fhir/expand-operation.ts', () => {
  it('holds every code of the day in tabular order, headers abstract, flat', async () => {
    const answer = await expand({ date: '2021-09-30' });
    expect(codes(answer)).toEqual(['J15 abstract', 'J15.8', 'M54 abstract', 'M54.2', 'M54.5']);
    expect(answer.body.expansion).toMatchObject({ total: 5, offset: 0 });
  });

  it('holds no code that has ended, and none that is still to come', async () => {
    const listed = codes(await expand());
    expect(listed).not.toContain('J15.8');
    expect(listed).toContain('J15.61');
  });

  it('expands a version, named in the URL or as system-version', async () => {
    const expected = ['J15 abstract', 'J15.8', 'M54 abstract', 'M54.2', 'M54.5'];
    expect(codes(await expand({ url: `${all}|2020-10-01` }))).toEqual(expected);
    expect(codes(await expand({ 'system-version': `${cm}|2020-10-01` }))).toEqual(expected);
  });

  it('expands a category as it is on the day', async () => {
    const url = `${all}=isa/M54.5`;
    expect(codes(await expand({ url, date: '2021-09-30' }))).toEqual(['M54.5']);
    expect(codes(await expand({ url, date: '2021-10-01' }))).toEqual([
      'M54.5 abstract',
      'M54.50',
      'M54.51',
      'M54.59',
    ]);
  });

  it('expands the billable codes, by instance and by excludeNotForUI', async () => {
    const expected = ['J15.61', 'M54.2', 'M54.50', 'M54.51', 'M54.59'];
    expect(codes(await fhir.get('ValueSet/icd10cm-billable/$expand'))).toEqual(expected);
    expect(codes(await expand({ excludeNotForUI: 'true' }))).toEqual(expected);
  });

  it('filters by words, pages, and tells the total of all pages', async () => {
    const page = await expand({ filter: 'low back', offset: '1', count: '2' });
    expect(codes(page)).toEqual(['M54.50', 'M54.51']);
    expect(page.body.expansion).toMatchObject({ total: 4, offset: 1 });
    expect(codes(await expand({ filter: 'zebra' }))).toEqual([]);
  });

  it('only counts with count=0', async () => {
    const { body } = await expand({ count: '0' });
    expect(body.expansion.total).toBe(8);
    expect(body.expansion.contains).toBeUndefined();
  });

  it('echoes what shaped it, with the version used, and the day when it was not asked for', async () => {
    const { body } = await expand({ filter: 'low', count: '1', activeOnly: 'true' });
    expect(body.expansion.parameter).toEqual([
      { name: 'filter', valueString: 'low' },
      { name: 'count', valueInteger: 1 },
      { name: 'activeOnly', valueBoolean: true },
      { name: 'date', valueDateTime: '2023-03-01' },
      { name: 'used-codesystem', valueUri: `${cm}|2022-10-01` },
      { name: 'version', valueUri: `${cm}|2022-10-01` },
    ]);
    expect(body.version).toBe('2022-10-01');
  });

  it('names the same expansion the same, and another one otherwise', async () => {
    const identifier = async (query: Record<string, string>) =>
      (await expand(query)).body.expansion.identifier;
    const first = await identifier({ date: '2021-10-01' });
    expect(first).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(await identifier({ date: '2021-10-01' })).toBe(first);
    expect(await identifier({ date: '2021-10-02' })).not.toBe(first);
  });

  it('adds short titles and the definition on request', async () => {
    const query = {
      url: `${all}=isa/M54.50`,
      includeDesignations: 'true',
      includeDefinition: 'true',
    };
    const { body } = await expand(query);
    expect(body.expansion.contains[0].designation[0].value).toBe('Low back pain, unsp');
    expect(body.compose.include[0].filter).toEqual([
      { property: 'concept', op: 'is-a', value: 'M54.50' },
    ]);
    expect((await expand({ url: `${all}=isa/M54.50` })).body.compose).toBeUndefined();
  });

  it('expands a value set sent along: listed codes of the day in its own order, with its displays', async () => {
    const concept = [
      { code: 'M54.51', display: 'Vertebra' },
      { code: 'J15.8' },
      { code: 'M54' },
      { code: 'X' },
    ];
    const resource = {
      resourceType: 'ValueSet' as const,
      status: 'draft' as const,
      url: 'http://example.org/vs',
      compose: { include: [{ system: cm, concept }] },
    };
    const { body } = await fhir.post('ValueSet/$expand', { name: 'valueSet', resource });
    expect(codes({ body })).toEqual(['M54.51', 'M54 abstract']);
    expect(body.expansion.contains[0].display).toBe('Vertebra');
    expect(body).toMatchObject({ url: 'http://example.org/vs', status: 'draft' });
    const filtered = await fhir.post(
      'ValueSet/$expand',
      { name: 'valueSet', resource },
      { name: 'filter', valueString: 'dorsal' },
    );
    expect(codes(filtered)).toEqual(['M54 abstract']);
  });

  it.each([
    [{ count: '10001' }, 422, 'too-costly'],
    [{ url: 'http://example.org/vs' }, 404, 'not-found'],
    [{ url: `${all}=isa/M54.50`, date: '2021-09-30' }, 404, 'not-found'],
    [{ date: '2019-01-01' }, 404, 'not-found'],
    [{ url: `${all}|2021-10-01`, date: '2021-09-30' }, 422, 'conflict'],
    [{ property: 'billable' }, 400, 'not-supported'],
    [{ 'exclude-system': cm }, 400, 'not-supported'],
    [{ 'system-version': cm }, 400, 'invalid'],
    [{ count: 'many' }, 400, 'invalid'],
  ])('refuses %j with %i', async (query, status, issue) => {
    const answer = await expand(query as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(issuesIn(answer.body)[0]).toMatch(new RegExp(`^error \\| ${issue}`));
  });

  it('asks for a value set when none is named', async () => {
    const { status, body } = await fhir.get('ValueSet/$expand');
    expect(status).toBe(400);
    expect(issuesIn(body)).toEqual(['error | required |  | url: needed, or valueSet']);
  });
});
