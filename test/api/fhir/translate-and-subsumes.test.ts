import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { cm, issuesIn, openFhir, pcs, valueIn } from './fhir-under-test.ts';

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir();
});

type Query = Readonly<Record<string, string>>;
const map = 'https://codewatch.example/fhir/R4/ConceptMap/icd10cm-replaced-by';
const translate = (query: Query) => fhir.get('ConceptMap/$translate', query);

const matches = (body: Parameters) =>
  (body.parameter ?? [])
    .filter((one) => one.name === 'match')
    .map((one: ParametersParameter) => {
      const part = (name: string) => one.part?.find((each) => each.name === name);
      const source = one.extension?.[0]?.valueCode;
      return `${part('equivalence')?.valueCode} ${part('concept')?.valueCoding?.code} ${source}`;
    });

describe('functions/api/fhir/translate-operation.ts', () => {
  const split = [
    'narrower M54.50 official',
    'narrower M54.51 official',
    'narrower M54.59 official',
  ];

  it.each([
    [{ code: 'M54.5', system: cm }],
    [{ sourceCode: 'M54.5', sourceSystem: cm }],
    [{ sourceCode: 'M54.5', system: cm, targetSystem: cm }],
    [{ code: 'M54.5', url: map }],
    [{ code: 'M54.5', system: cm, url: 'http://localhost/fhir/R4/ConceptMap/icd10cm-replaced-by' }],
    [{ code: 'M54.5', system: cm, source: `${cm}?fhir_vs`, target: `${cm}?fhir_vs` }],
    [{ code: 'M54.5', system: cm, date: '2021-10-01' }],
    [{ code: 'M54.5', system: cm, version: '2021-10-01' }],
    [{ code: 'M54.5', system: cm, conceptMapVersion: '2021-10-01' }],
  ])('leads from M54.5 to its three successors: %j', async (query) => {
    const { body } = await translate(query as Query);
    expect(valueIn(body, 'result')).toBe(true);
    expect(matches(body)).toEqual(split);
  });

  it('tells where a match comes from, and its title', async () => {
    const { body } = await translate({ code: 'J15.8', system: cm });
    expect(matches(body)).toEqual(['relatedto J15.61 official']);
    const match = body.parameter.find((one: { name: string }) => one.name === 'match');
    expect(match.part[1].valueCoding).toEqual({
      system: cm,
      code: 'J15.61',
      display: 'Pneumonia due to Acinetobacter baumannii',
    });
    expect(match.part[2]).toEqual({ name: 'source', valueUri: map });
  });

  it.each([
    [{ code: 'M54.5', date: '2021-09-30' }, 'billable, nothing replaces it on 2021-09-30'],
    [{ code: 'M54' }, 'out of use, and nothing known that is billable in its place'],
    [{ code: 'M54.50', date: '2021-09-30' }, 'not yet listed'],
    [{ code: 'Z99.9' }, 'in no release'],
    [{ code: 'M54.2', reverse: 'true' }, 'stands in for no other code'],
  ])('has no target, and says why: %j', async (query, why) => {
    const { status, body } = await translate({ system: cm, ...(query as Query) });
    expect(status).toBe(200);
    expect(valueIn(body, 'result')).toBe(false);
    expect(matches(body)).toEqual([]);
    expect(valueIn(body, 'message')).toContain(why);
  });

  it.each([
    [{ code: 'M54.50', system: cm, reverse: 'true' }],
    [{ targetCode: 'M54.50', targetSystem: cm }],
    [{ targetCode: 'M54.50', system: cm }],
  ])('leads back to what a code took over from: %j', async (query) => {
    expect(matches((await translate(query as Query)).body)).toEqual(['wider M54.5 official']);
  });

  it('translates on the instance, a coding, and the codings of a codeableConcept that are mapped', async () => {
    const path = 'ConceptMap/icd10cm-replaced-by/$translate';
    expect(matches((await fhir.get(path, { code: 'M54.5' })).body)).toEqual(split);
    const coding = { system: cm, code: 'M54.5' };
    const posted = await fhir.post(path, { name: 'sourceCoding', valueCoding: coding });
    expect(matches(posted.body)).toEqual(split);
    const concept = { coding: [{ system: 'http://snomed.info/sct', code: '1' }, coding] };
    const several = await fhir.post(path, {
      name: 'codeableConcept',
      valueCodeableConcept: concept,
    });
    expect(matches(several.body)).toEqual(split);
  });

  it.each([
    [{ code: 'M54.5' }, 400, 'system: needed with code'],
    [{ system: cm }, 400, 'code: needed'],
    [{ code: 'A', sourceCode: 'A', system: cm }, 400, 'sourceCode: given beside code'],
    [
      { code: 'M54.5', system: cm, url: 'http://example.org/map' },
      404,
      'concept map http://example.org/map',
    ],
    [{ code: '0016070', system: pcs, url: map }, 404, `${map} maps ${cm}, not ${pcs}`],
    [{ code: 'M54.5', system: cm, targetsystem: pcs }, 404, `there is no map from ${cm} to ${pcs}`],
    [
      { code: 'M54.5', system: cm, target: 'http://example.org/vs' },
      404,
      'target: there is no map',
    ],
    [{ code: 'M54.5', system: cm, dependency: 'x' }, 400, 'dependency: not supported'],
  ])('refuses %j with %i', async (query, status, message) => {
    const answer = await translate(query as Query);
    expect(answer.status).toBe(status);
    expect(issuesIn(answer.body)[0]).toContain(message);
  });
});

describe('functions/api/fhir/subsumes-operation.ts', () => {
  const outcome = async (query: Query) =>
    valueIn((await fhir.get('CodeSystem/$subsumes', query)).body, 'outcome');

  it.each([
    ['M54', 'M54.50', 'subsumes'],
    ['M54.50', 'M54', 'subsumed-by'],
    ['M54.5', 'm545', 'equivalent'],
    ['M54.50', 'M54.51', 'not-subsumed'],
    ['J15', 'M54', 'not-subsumed'],
  ])('%s and %s: %s', async (codeA, codeB, expected) => {
    expect(await outcome({ codeA, codeB, system: cm })).toBe(expected);
  });

  it('takes codings, and the instance', async () => {
    const { body } = await fhir.post(
      'CodeSystem/$subsumes',
      { name: 'codingA', valueCoding: { system: cm, code: 'M54' } },
      { name: 'codingB', valueCoding: { system: cm, code: 'M54.2' } },
    );
    expect(valueIn(body, 'outcome')).toBe('subsumes');
    const instance = await fhir.get('CodeSystem/icd10cm/$subsumes', {
      codeA: 'M54',
      codeB: 'M54.2',
    });
    expect(valueIn(instance.body, 'outcome')).toBe('subsumes');
  });

  it.each([
    [
      { codeA: 'M54', codeB: 'M54.50', system: cm, date: '2021-09-30' },
      404,
      'M54.50 is not listed',
    ],
    [{ codeA: 'M54', system: cm }, 400, 'codeB: needed, or codingB'],
    [{ codeA: 'M54', codeB: 'M54.2' }, 400, 'system: needed with codeA'],
  ])('refuses %j with %i', async (query, status, message) => {
    const answer = await fhir.get('CodeSystem/$subsumes', query as Query);
    expect(answer.status).toBe(status);
    expect(issuesIn(answer.body)[0]).toContain(message);
  });
});
