import { Client, type FhirResource } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, serveHttp } from '../../../infra/local/http-server.ts';
import { cm, fhirUnderTest } from './fhir-under-test.ts';

let server: HttpServer;
let client: Client;
beforeAll(async () => {
  const { app } = await fhirUnderTest();
  server = await serveHttp(app.fetch, 0);
  client = new Client({ baseUrl: `${server.url}/fhir/R4` });
});
afterAll(() => server.close());

/** Text parameters as GET sends them; POST sends them as a Parameters resource, dates and booleans typed. */
type Input = Readonly<Record<string, string>>;

const valueNames: Readonly<Record<string, string>> = {
  date: 'valueDate',
  url: 'valueUri',
  system: 'valueUri',
  filter: 'valueString',
};

const parametersOf = (input: Input): FhirResource => ({
  resourceType: 'Parameters',
  parameter: Object.entries(input).map(([name, value]) => ({
    name,
    [valueNames[name] ?? 'valueCode']: value,
  })),
});

/** The answers of the same operation by GET and by POST. */
const bothWays = async (resourceType: string, name: string, input: Input) =>
  Promise.all([
    client.operation({ resourceType, name, method: 'GET', input }),
    client.operation({ resourceType, name, method: 'POST', input: parametersOf(input) }),
  ]);

const resultIn = (answer: FhirResource): unknown =>
  JSON.parse(JSON.stringify(answer)).parameter.find(
    (one: { name: string }) => one.name === 'result',
  )?.valueBoolean;

describe('functions/api/fhir, asked by fhir-kit-client over HTTP', () => {
  it('shows its capability statement', async () => {
    const statement = await client.capabilityStatement();
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      implementation: { url: `${server.url}/fhir/R4` },
    });
  });

  it('reads and searches', async () => {
    expect(await client.read({ resourceType: 'CodeSystem', id: 'icd10cm' })).toMatchObject({
      url: cm,
      version: '2022-10-01',
    });
    const searchParams = { url: cm, _count: '2' };
    const bundle = await client.search({ resourceType: 'CodeSystem', searchParams });
    expect(bundle).toMatchObject({ resourceType: 'Bundle', total: 3 });
    const next = await client.nextPage({ bundle: JSON.parse(JSON.stringify(bundle)) });
    expect(next).toMatchObject({ entry: [{ resource: { id: 'icd10cm-2020-10-01' } }] });
  });

  it('validates M54.5: right on 30 September 2021, wrong on 1 October, with what to bill instead', async () => {
    for (const answer of await bothWays('CodeSystem', 'validate-code', {
      url: cm,
      code: 'M54.5',
      date: '2021-09-30',
    })) {
      expect(resultIn(answer)).toBe(true);
    }
    for (const answer of await bothWays('CodeSystem', 'validate-code', {
      url: cm,
      code: 'M54.5',
      date: '2021-10-01',
    })) {
      expect(resultIn(answer)).toBe(false);
      for (const code of ['M54.50', 'M54.51', 'M54.59']) {
        expect(JSON.stringify(answer)).toContain(
          `${code} takes the place of M54.5 from 2021-10-01`,
        );
      }
    }
  });

  it('validates in a value set', async () => {
    const url = `${cm}?fhir_vs=isa/M54`;
    const ask = (date: string) =>
      bothWays('ValueSet', 'validate-code', { url, system: cm, code: 'M54.50', date });
    expect((await ask('2021-09-30')).map(resultIn)).toEqual([false, false]);
    expect((await ask('2021-10-01')).map(resultIn)).toEqual([true, true]);
  });

  it('looks up with a date', async () => {
    for (const answer of await bothWays('CodeSystem', 'lookup', {
      system: cm,
      code: 'M54.5',
      date: '2021-09-30',
    })) {
      expect(JSON.stringify(answer)).toContain('{"name":"version","valueString":"2020-10-01"}');
    }
  });

  it('expands with a date', async () => {
    const url = `${cm}?fhir_vs=isa/M54.5`;
    for (const answer of await bothWays('ValueSet', 'expand', { url, date: '2021-10-01' })) {
      expect(answer).toMatchObject({ expansion: { total: 4 } });
    }
    for (const answer of await bothWays('ValueSet', 'expand', { url, date: '2021-09-30' })) {
      expect(answer).toMatchObject({ expansion: { total: 1, contains: [{ code: 'M54.5' }] } });
    }
  });

  it('translates with a date', async () => {
    const ask = (date: string) =>
      bothWays('ConceptMap', 'translate', { system: cm, code: 'M54.5', date });
    expect((await ask('2021-09-30')).map(resultIn)).toEqual([false, false]);
    expect((await ask('2021-10-01')).map(resultIn)).toEqual([true, true]);
  });

  it('tells subsumption, at type and at instance level', async () => {
    const input = { codeA: 'M54.5', codeB: 'M54.50' };
    for (const answer of await bothWays('CodeSystem', 'subsumes', { system: cm, ...input })) {
      expect(answer).toMatchObject({ parameter: [{ name: 'outcome', valueCode: 'subsumes' }] });
    }
    const answer = await client.operation({
      resourceType: 'CodeSystem',
      id: 'icd10cm',
      name: 'subsumes',
      method: 'GET',
      input,
    });
    expect(answer).toMatchObject({ parameter: [{ valueCode: 'subsumes' }] });
  });

  it('throws what the client throws of an OperationOutcome', async () => {
    const refused = client.operation({
      resourceType: 'CodeSystem',
      name: 'lookup',
      method: 'GET',
      input: { system: cm, code: 'Z99.9' },
    });
    await expect(refused).rejects.toMatchObject({
      response: { status: 404, data: { resourceType: 'OperationOutcome' } },
    });
  });
});
