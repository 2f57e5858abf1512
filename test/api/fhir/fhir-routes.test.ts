import { beforeAll, describe, expect, it } from 'vitest';
import { fhirBodyBytesMax } from '../../../functions/api/fhir/read-fhir-body.ts';
import { cm, issuesIn, openFhir, valueIn } from './fhir-under-test.ts';

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir();
});

const json = { 'content-type': 'application/fhir+json' };
const lookup = `CodeSystem/$lookup?system=${cm}&code=M54.5`;

describe('functions/api/fhir/fhir-routes.ts', () => {
  it('answers FHIR JSON in UTF-8, indented on request', async () => {
    const { status, headers } = await fhir.send(lookup);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    const { app } = await (await import('./fhir-under-test.ts')).fhirUnderTest();
    const pretty = await (await app.request(`/fhir/R4/${lookup}&_pretty=true`)).text();
    expect(pretty).toContain('\n  "resourceType": "Parameters"');
  });

  it.each([
    ['application/fhir+json'],
    ['application/json;q=0.9'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['application/fhir+json; fhirVersion=4.0'],
  ])('takes Accept: %s', async (accept) => {
    expect((await fhir.send(lookup, { headers: { accept } })).status).toBe(200);
  });

  it.each([
    ['application/fhir+xml'],
    ['text/turtle'],
    ['application/fhir+json;q=0'],
    ['application/fhir+json; fhirVersion=5.0'],
  ])('refuses Accept: %s with 406', async (accept) => {
    const { status, body } = await fhir.send(lookup, { headers: { accept } });
    expect(status).toBe(406);
    expect(issuesIn(body)).toEqual([
      'error | not-supported |  | Accept: only application/fhir+json (FHIR 4.0) is supported',
    ]);
  });

  it.each(['json', 'application/json', 'application/fhir%2Bjson', 'application/fhir+json'])(
    'takes _format=%s, whatever Accept says',
    async (format) => {
      const headers = { accept: 'application/fhir+xml' };
      expect((await fhir.send(`${lookup}&_format=${format}`, { headers })).status).toBe(200);
    },
  );

  it.each(['xml', 'ttl', 'application/fhir%2Bxml'])(
    'refuses _format=%s with 406',
    async (format) => {
      expect((await fhir.send(`${lookup}&_format=${format}`)).status).toBe(406);
    },
  );

  it('refuses a body that is not JSON with 415 or 400', async () => {
    const path = 'CodeSystem/$lookup';
    const xml = {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+xml' },
      body: '<a/>',
    };
    expect((await fhir.send(path, xml)).status).toBe(415);
    const broken = await fhir.send(path, { method: 'POST', headers: json, body: '{' });
    expect(broken.status).toBe(400);
    expect(issuesIn(broken.body)).toEqual(['error | invalid |  | body: not JSON']);
  });

  it('refuses a body over the limit with 413', async () => {
    const body = ' '.repeat(fhirBodyBytesMax + 1);
    const answer = await fhir.send('CodeSystem/$lookup', { method: 'POST', headers: json, body });
    expect(answer.status).toBe(413);
    expect(issuesIn(answer.body)[0]).toMatch(/^error \| too-long/);
  });

  it('takes parameters of query and body together, and refuses one in both', async () => {
    const path = `CodeSystem/$validate-code?url=${cm}&code=M54.5`;
    const date = { name: 'date', valueDate: '2021-09-30' };
    expect(valueIn((await fhir.post(path, date)).body, 'result')).toBe(true);
    const twice = await fhir.post(`${path}&date=2021-09-30`, date);
    expect(issuesIn(twice.body)).toEqual(['error | invalid |  | date: given more than once']);
  });

  it('takes a POST without a body', async () => {
    expect((await fhir.send(lookup, { method: 'POST' })).status).toBe(200);
  });

  it.each([
    ['GET', 'nothing', 404, 'not-found'],
    ['GET', 'Patient/1', 404, 'not-found'],
    ['GET', 'CodeSystem/icd10cm/history/1', 404, 'not-found'],
    ['GET', 'CodeSystem/icd9cm', 404, 'not-found'],
    ['GET', 'CodeSystem/icd10cm-2019-10-01', 404, 'not-found'],
    ['GET', 'ValueSet/icd10cm-isa-Z99', 404, 'not-found'],
    ['GET', 'ConceptMap/other', 404, 'not-found'],
    ['GET', 'CodeSystem/$closure', 404, 'not-supported'],
    ['GET', '', 404, 'not-supported'],
    ['POST', '', 400, 'not-supported'],
    ['PUT', 'CodeSystem/icd10cm', 405, 'not-supported'],
    ['DELETE', 'CodeSystem/icd10cm', 405, 'not-supported'],
    ['POST', 'CodeSystem', 405, 'not-supported'],
    ['POST', 'metadata', 405, 'not-supported'],
    ['DELETE', 'CodeSystem/$lookup', 405, 'not-supported'],
    ['GET', 'CodeSystem/_search', 405, 'not-supported'],
    ['GET', 'CodeSystem/%FF', 400, 'invalid'],
    ['GET', `${lookup}&_elements=x`, 400, 'not-supported'],
    ['GET', `${lookup}&_summary=true`, 400, 'not-supported'],
    ['GET', 'CodeSystem/icd10cm?_summary=count', 400, 'not-supported'],
    ['GET', 'CodeSystem/icd10cm?date=2021-10-01', 400, 'invalid'],
    ['GET', 'metadata?mode=other', 400, 'invalid'],
  ])('answers %s %s with %i and an OperationOutcome (%s)', async (method, path, status, issue) => {
    const answer = await fhir.send(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.body.resourceType).toBe('OperationOutcome');
    expect(answer.body.issue[0].code).toBe(issue);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/);
  });

  it('answers refusals of HTTP itself as OperationOutcome too', async () => {
    const answer = await fhir.send(`CodeSystem/$lookup?code=${'A'.repeat(10_000)}`);
    expect(answer.status).toBe(414);
    expect(answer.body.issue[0].code).toBe('too-long');
  });

  it('answers the named elements only, of a read and of what a search found', async () => {
    const read = await fhir.get('CodeSystem/icd10cm', { _elements: 'url,version' });
    expect(Object.keys(read.body).sort()).toEqual([
      'content',
      'id',
      'meta',
      'resourceType',
      'status',
      'url',
      'version',
    ]);
    const { body } = await fhir.get('CodeSystem', { _elements: 'url', _id: 'icd10cm' });
    expect(body.entry[0].resource.url).toBe(cm);
    expect(body.entry[0].resource.property).toBeUndefined();
  });
});

describe('functions/api/fhir/capability-statement.ts', () => {
  it('tells every operation there is, per resource', async () => {
    const { body } = await fhir.get('metadata');
    const operations = body.rest[0].resource.map(
      (one: { type: string; operation: { name: string }[] }) => [
        one.type,
        one.operation.map(({ name }) => name),
      ],
    );
    expect(operations).toEqual([
      ['CodeSystem', ['lookup', 'validate-code', 'subsumes']],
      ['ValueSet', ['expand', 'validate-code']],
      ['ConceptMap', ['translate']],
    ]);
    expect(body.fhirVersion).toBe('4.0.1');
    expect(body.format).toEqual(['json', 'application/fhir+json']);
    expect(body.instantiates).toEqual([
      'http://hl7.org/fhir/CapabilityStatement/terminology-server',
    ]);
  });
});

describe('functions/api/fhir/terminology-capabilities.ts', () => {
  it('tells every version of every code system, and which is in force today', async () => {
    const { body } = await fhir.get('metadata', { mode: 'terminology' });
    const versions = body.codeSystem.map(
      (one: { uri: string; version: { code: string; isDefault: boolean }[] }) => [
        one.uri,
        one.version.map(({ code, isDefault }) => (isDefault ? `${code} in force` : code)),
      ],
    );
    expect(versions).toEqual([
      [cm, ['2022-10-01 in force', '2021-10-01', '2020-10-01']],
      ['http://www.cms.gov/Medicare/Coding/ICD10', ['2021-10-01 in force']],
    ]);
    expect(body.closure).toEqual({ translation: false });
    const names = body.expansion.parameter.map((one: { name: string }) => one.name);
    expect(names).toContain('date');
    expect(names).not.toContain('exclude-system');
  });
});

describe('functions/api/fhir/search-resources.ts', () => {
  const ids = (body: { entry?: { resource: { id: string } }[] }) =>
    (body.entry ?? []).map((one) => one.resource.id);

  it('finds every version of a code system by url, the one in force first', async () => {
    const { body } = await fhir.get('CodeSystem', { url: cm });
    expect(body.total).toBe(3);
    expect(ids(body)).toEqual(['icd10cm', 'icd10cm-2021-10-01', 'icd10cm-2020-10-01']);
  });

  it.each([
    ['CodeSystem', { url: cm, version: '2021-10-01' }, ['icd10cm-2021-10-01']],
    ['CodeSystem', { _id: 'icd10pcs,icd10cm' }, ['icd10cm', 'icd10pcs']],
    ['CodeSystem', { _id: 'icd10cm-2022-10-01' }, ['icd10cm-2022-10-01']],
    ['CodeSystem', { name: 'icd10p' }, ['icd10pcs']],
    ['CodeSystem', { status: 'retired' }, []],
    ['CodeSystem', { url: 'http://snomed.info/sct' }, []],
    ['ValueSet', {}, ['icd10cm', 'icd10cm-billable', 'icd10pcs', 'icd10pcs-billable']],
    ['ValueSet', { url: `${cm}?fhir_vs=isa/M54` }, ['icd10cm-isa-M54']],
    ['ValueSet', { url: `${cm}?fhir_vs=isa/Z99` }, []],
    ['ConceptMap', {}, ['icd10cm-replaced-by', 'icd10pcs-replaced-by']],
    [
      'ConceptMap',
      { url: 'http://localhost/fhir/R4/ConceptMap/icd10cm-replaced-by' },
      ['icd10cm-replaced-by'],
    ],
  ])('%s by %j', async (type, query, expected) => {
    const { body } = await fhir.get(type, query);
    expect(ids(body)).toEqual(expected);
  });

  it('pages with a link to the next page, which works', async () => {
    const first = await fhir.get('CodeSystem', { _count: '3' });
    expect(ids(first.body)).toEqual(['icd10cm', 'icd10cm-2021-10-01', 'icd10cm-2020-10-01']);
    const next = first.body.link.find((one: { relation: string }) => one.relation === 'next');
    const path = new URL(next.url);
    const second = await fhir.send(`${path.pathname.replace('/fhir/R4/', '')}${path.search}`);
    expect(ids(second.body)).toEqual(['icd10pcs']);
    expect(second.body.link).toHaveLength(1);
  });

  it('counts only, on request', async () => {
    const { body } = await fhir.get('CodeSystem', { _summary: 'count' });
    expect(body).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 4 });
  });

  it('searches by POST of a form', async () => {
    const { body } = await fhir.send('CodeSystem/_search', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _id: 'icd10pcs' }).toString(),
    });
    expect(ids(body)).toEqual(['icd10pcs']);
  });

  it('refuses search parameters and modifiers it does not know', async () => {
    const { status, body } = await fhir.get('CodeSystem', { 'name:exact': 'ICD10CM' });
    expect(status).toBe(400);
    expect(issuesIn(body)[0]).toContain('name:exact: not a parameter of the search for CodeSystem');
  });
});
