import type { OperationOutcome, ValueSet } from 'fhir/r4.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../shared/core/policy.ts';
import { takeInDocuments } from '../../support/api-policies.ts';
import { group, policy } from '../../support/policies.ts';
import { apiUnderTest, bodyOf } from '../api-under-test.ts';
import { cm, fhirUnderTest, issuesIn, openFhir, pcs, valueIn } from './fhir-under-test.ts';

/** It is 1 March 2023; ICD-10-CM is of October 2020, 2021 and 2022, as fhir-under-test.ts has it. */
const article = (version: string, effective: string, codes: string): PolicyDocument =>
  policy({
    ...{ id: 'A57791', version, effective, published: '2021-12-01' },
    groups: [
      group('covered', codes, '62323', { asterisked: ['M542'], footnote: 'M54.2* with care.' }),
      ...(version === '11' ? [group('covered', 'J158', '62321', { group: '2' })] : []),
      group('not-covered', '', '62323', { everythingElse: true }),
      group('requires', '', '62321', {
        diagnoses: { codes: ['J1561'], ranges: [{ from: 'M54', to: 'M545' }] },
      }),
      group('prior-authorization', '', '62323'),
    ],
  });

const first = [
  article('11', '2021-01-01', 'M542 M545 J158 M5499'),
  policy({ id: 'L1-not', groups: [group('covered', 'M542', '1')], effective: '2021-01-01' }),
  policy({ id: 'A9', groups: [group('covered', 'M542', '1')], effective: '2023-06-01' }),
  policy({
    id: 'A8',
    groups: [group('covered', 'M542', '1')],
    effective: '2021-01-01',
    ends: '2022-12-31',
  }),
  policy({ id: 'A:7', groups: [group('covered', 'M542', '1')], effective: '2021-01-01' }),
];
const second = [article('12', '2022-01-01', 'M542 M5450 M5451 J158 M5499'), ...first.slice(1)];
const third = [...second.slice(1), article('13', '2023-06-01', 'M542')];

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir(async (stores) => {
    await takeInDocuments(stores, '2021-01-10', first);
    await takeInDocuments(stores, '2022-01-10', second);
    await takeInDocuments(stores, '2023-02-10', third);
  });
});

const base = 'https://codewatch.example/fhir/R4/ValueSet';
const url = `${base}/mcd-A57791-covered-1`;
const expand = (query: Readonly<Record<string, string>> = {}) =>
  fhir.get('ValueSet/$expand', { url, ...query });
const codes = ({ body }: { body: ValueSet }) =>
  (body.expansion?.contains ?? []).map(({ code }) => code);
const refusal = ({ status, body }: { status: number; body: OperationOutcome }) => [
  status,
  body.issue[0]?.code,
  body.issue[0]?.details?.text,
];

describe('functions/api/fhir/coverage-definition.ts, $expand', () => {
  it('holds what the version in force on the date lists, as far as it can be billed on it', async () => {
    // M54.5 is divided in October 2021, J15.8 ends in October 2022, M54.99 never was.
    expect(codes(await expand({ date: '2021-09-30' }))).toEqual(['J15.8', 'M54.2', 'M54.5']);
    expect(codes(await expand({ date: '2021-10-01' }))).toEqual(['J15.8', 'M54.2']);
    expect(codes(await expand({ date: '2022-01-01' }))).toEqual([
      ...['J15.8', 'M54.2', 'M54.50', 'M54.51'],
    ]);
    expect(codes(await expand())).toEqual(['M54.2', 'M54.50', 'M54.51']);
    // A version that is to come hides nothing before its first day.
    expect(codes(await expand({ date: '2023-05-31' }))).toEqual(['M54.2', 'M54.50', 'M54.51']);
    expect(codes(await expand({ date: '2023-06-01' }))).toEqual(['M54.2']);
  });

  it('says which version of what it is, with the titles of the date', async () => {
    const { body } = await expand({ date: '2022-10-01', activeOnly: 'true' });
    expect(body).toMatchObject({
      resourceType: 'ValueSet',
      id: 'mcd-A57791-covered-1',
      ...{ url, version: '12', status: 'active', name: 'Mcd_A57791_covered_1' },
    });
    expect(body.compose).toBeUndefined();
    expect(body.expansion).toMatchObject({
      ...{ total: 3, offset: 0 },
      parameter: [
        { name: 'date', valueDateTime: '2022-10-01' },
        { name: 'activeOnly', valueBoolean: true },
        { name: 'used-codesystem', valueUri: `${cm}|2022-10-01` },
        { name: 'version', valueUri: `${cm}|2022-10-01` },
      ],
    });
    expect(body.expansion.contains[1]).toEqual({
      ...{ system: cm, code: 'M54.50', display: 'Low back pain, unspecified' },
    });
  });

  it('is found by instance, by the URL it is served under, and by POST', async () => {
    const { app } = await fhirUnderTest(async (stores) => {
      await takeInDocuments(stores, '2021-01-10', first);
    });
    const served = 'http://localhost/fhir/R4/ValueSet/mcd-A57791-covered-1';
    const ask = async (path: string) => bodyOf(await app.request(`/fhir/R4/${path}`));
    const expected = ['J15.8', 'M54.2', 'M54.5'];
    const date = 'date=2021-09-30';
    expect(codes({ body: await ask(`ValueSet/$expand?url=${served}&${date}`) })).toEqual(expected);
    const instance = await fhir.get('ValueSet/mcd-A57791-covered-1/$expand', {
      date: '2021-09-30',
    });
    expect(codes(instance)).toEqual(expected);
    const posted = await fhir.post(
      'ValueSet/$expand',
      { name: 'url', valueUri: url },
      { name: 'date', valueDate: '2021-09-30' },
    );
    expect(codes(posted)).toEqual(expected);
  });

  it('filters by words, pages, counts, and shows short titles', async () => {
    const page = await expand({ count: '1', offset: '1' });
    expect([codes(page), page.body.expansion.total]).toEqual([['M54.50'], 3]);
    expect(codes(await expand({ filter: 'low back pain' }))).toEqual(['M54.50', 'M54.51']);
    const counted = await expand({ count: '0' });
    expect([codes(counted), counted.body.expansion.total]).toEqual([[], 3]);
    const short = await expand({ includeDesignations: 'true', filter: 'M54.50' });
    expect(short.body.expansion.contains[0].designation[0].value).toBe('Low back pain, unsp');
    expect(refusal(await expand({ count: '10001' })).slice(0, 2)).toEqual([422, 'too-costly']);
  });

  it('expands ranges with all under their ends, in tabular order', async () => {
    const ranges = { url: `${base}/mcd-A57791-requires-1` };
    expect(codes(await expand({ ...ranges, date: '2021-09-30' }))).toEqual(['M54.2', 'M54.5']);
    const all = ['J15.61', 'M54.2', 'M54.50', 'M54.51', 'M54.59'];
    expect(codes(await expand({ ...ranges, date: '2022-10-01' }))).toEqual(all);
    expect(codes(await expand({ ...ranges, filter: 'low', date: '2022-10-01' }))).toEqual([
      ...['M54.50', 'M54.51', 'M54.59'],
    ]);
  });

  it('takes the version of the document or of ICD-10-CM for the day it begins', async () => {
    expect(codes(await expand({ url: `${url}|11` }))).toEqual(['J15.8', 'M54.2', 'M54.5']);
    const named = await expand({ valueSetVersion: '12' });
    expect([named.body.version, codes(named)]).toEqual([
      '12',
      ['J15.8', 'M54.2', 'M54.50', 'M54.51'],
    ]);
    const ofSystem = await expand({ 'system-version': `${cm}|2021-10-01` });
    expect([ofSystem.body.version, codes(ofSystem)]).toEqual(['11', ['J15.8', 'M54.2']]);
  });

  it('holds nothing where the list is empty', async () => {
    const { body } = await expand({ url: `${base}/mcd-A57791-prior-authorization-1` });
    expect([body.expansion.total, body.expansion.contains]).toEqual([0, undefined]);
  });

  type Refusal = readonly [Readonly<Record<string, string>>, number, string, string];
  const refusals: readonly Refusal[] = [
    [{ url: `${base}/mcd-A99999-covered-1` }, 404, 'not-found', 'is not known here'],
    [{ url: `${base}/mcd-A57791` }, 404, 'not-found', 'is not known here'],
    [{ url: `${base}/mcd-A57791-covered-9` }, 404, 'not-found', 'is not known here'],
    [{ url: `${base}/other-A57791-covered-1` }, 404, 'not-found', 'is not known here'],
    [{ url: `${base}/mcd-A:7-covered-1` }, 404, 'not-found', 'is not known here'],
    [
      { date: '2020-12-31' },
      404,
      'not-found',
      'no version of A57791 is in force on 2020-12-31: version 11 begins on 2021-01-01',
    ],
    [
      { url: `${base}/mcd-A9-covered-1` },
      404,
      'not-found',
      'no version of A9 is in force on 2023-03-01: version 1 begins on 2023-06-01',
    ],
    [
      { url: `${base}/mcd-A8-covered-1` },
      404,
      'not-found',
      'no version of A8 is in force on 2023-03-01: it ended on 2022-12-31',
    ],
    [
      { url: `${base}/mcd-A57791-covered-2` },
      404,
      'not-found',
      'version 12 of A57791 has no list mcd-A57791-covered-2; it has: mcd-A57791-covered-1,',
    ],
    [
      { url: `${url}|14` },
      404,
      'not-found',
      'version 14 of A57791 is not known here; known: 11, 12, 13',
    ],
    [
      { url: `${url}|11`, date: '2022-01-01' },
      422,
      'conflict',
      'version 11 of A57791 is not in force on 2022-01-01: 12 is; give only one of them',
    ],
    [
      { url: `${base}/mcd-A57791-not-covered-1` },
      400,
      'not-supported',
      '(XX000); ask GET /v1/coverage',
    ],
    [{ 'system-version': `${cm}|2022-05-01` }, 404, 'not-found', 'version 2022-05-01 of'],
  ];

  it.each(refusals)('%j is refused with %i %s', async (query, status, code, text) => {
    const answer = refusal(await expand(query));
    expect(answer).toEqual([status, code, expect.stringContaining(text)]);
  });

  it('tells names with dashes apart by what there is', async () => {
    expect(codes(await expand({ url: `${base}/mcd-L1-not-covered-1` }))).toEqual(['M54.2']);
  });

  it('expands what ended as it was, and says that it is retired', async () => {
    const ended = await expand({ url: `${base}/mcd-A8-covered-1`, date: '2022-12-31' });
    expect([codes(ended), ended.body.status]).toEqual([['M54.2'], 'retired']);
  });
});

describe('functions/api/fhir/coverage-definition.ts, $validate-code', () => {
  const validate = (code: string, query: Readonly<Record<string, string>> = {}) =>
    fhir.get('ValueSet/$validate-code', { url, system: cm, code, ...query });

  it.each([
    ['M54.50', {}, true],
    ['m5450', {}, true],
    ['M54.59', {}, false],
    ['M54.5', { date: '2021-09-30' }, true],
    ['M54.5', { date: '2021-10-01' }, false],
    ['M54.5', { date: '2021-10-01', abstract: 'true' }, false],
    ['M54.50', { date: '2021-12-31' }, false],
    ['M54.50', { date: '2022-01-01' }, true],
    ['M54.5', { valueSetVersion: '11' }, true],
    ['M54.5', { systemVersion: '2020-10-01', date: '2021-09-30' }, true],
    ['M54.59', { url: `${base}/mcd-A57791-requires-1`, date: '2022-10-01' }, true],
  ])('%s %j: %s', async (code, query, result) => {
    const { status, body } = await validate(code, query);
    expect([status, valueIn(body, 'result')]).toEqual([200, result]);
  });

  it('says that a good code is not in the list, and of which version', async () => {
    const { body } = await validate('M54.59', { valueSetVersion: '12', date: '2022-10-01' });
    expect(issuesIn(body)).toEqual([
      `error | code-invalid | not-in-vs | ${cm}#M54.59 is not in the value set ${url}|12 on 2022-10-01`,
    ]);
  });

  it('of a code listed long after it was divided names what took its place', async () => {
    const { body } = await validate('M54.5', { date: '2021-12-31' });
    expect(issuesIn(body).join('\n')).toContain('M54.50 takes the place of M54.5 from 2021-10-01');
  });

  it('holds no code of another system; the system may be inferred', async () => {
    const query = { url, code: '0016070', system: pcs, date: '2022-10-01' };
    const foreign = await fhir.get('ValueSet/$validate-code', query);
    expect(valueIn(foreign.body, 'result')).toBe(false);
    const inferred = { url, code: 'M54.2', inferSystem: 'true' };
    expect(valueIn((await fhir.get('ValueSet/$validate-code', inferred)).body, 'result')).toBe(
      true,
    );
  });

  it('takes a CodeableConcept, one good coding of which is enough', async () => {
    const coding = ['M54.59', 'M54.2'].map((code) => ({ system: cm, code }));
    const { body } = await fhir.post('ValueSet/mcd-A57791-covered-1/$validate-code', {
      name: 'codeableConcept',
      valueCodeableConcept: { coding },
    });
    expect([valueIn(body, 'result'), valueIn(body, 'code')]).toEqual([true, 'M54.2']);
  });

  it('is refused where there is no such set on the day', async () => {
    expect(refusal(await validate('M54.2', { date: '2020-12-31' })).slice(0, 2)).toEqual([
      ...[404, 'not-found'],
    ]);
    const all = { url: `${base}/mcd-A57791-not-covered-1` };
    expect(refusal(await validate('M54.2', all)).slice(0, 2)).toEqual([400, 'not-supported']);
  });
});

describe('functions/api/fhir/coverage-set-resource.ts', () => {
  const read = async (id: string) => (await fhir.get(`ValueSet/${id}`)).body;

  it('is the list as published, of the version in force today, with the codes that ended', async () => {
    expect(await read('mcd-A57791-covered-1')).toMatchObject({
      ...{ resourceType: 'ValueSet', id: 'mcd-A57791-covered-1', url, version: '12' },
      ...{ name: 'Mcd_A57791_covered_1', status: 'active', date: '2021-12-01' },
      title:
        'A57791 Billing and Coding: Injections: diagnoses that support the procedures, group 1',
      description:
        'For 62323 (prose).\nUnder a condition only: M54.2. M54.2* with care.\nhttps://example.org/A1',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod',
          valuePeriod: { start: '2022-01-01' },
        },
      ],
      compose: {
        include: [
          {
            system: cm,
            concept: ['J15.8', 'M54.2', 'M54.50', 'M54.51', 'M54.99'].map((code) => ({ code })),
          },
        ],
      },
    });
  });

  it('says ranges as filters, and everything else as what the other lists leave', async () => {
    const ranges = await read('mcd-A57791-requires-1');
    const filter = [{ property: 'range', op: '=', value: 'M54-M54.5' }];
    expect(ranges.compose.include).toEqual([
      { system: cm, concept: [{ code: 'J15.61' }] },
      { system: cm, filter },
    ]);
    const all = await read('mcd-A57791-not-covered-1');
    expect(all.compose).toEqual({
      include: [{ system: cm, filter: [{ property: 'billable', op: '=', value: 'true' }] }],
      exclude: [{ valueSet: [url] }, { valueSet: [`${base}/mcd-A57791-prior-authorization-1`] }],
    });
    expect((await read('mcd-A57791-prior-authorization-1')).compose).toBeUndefined();
  });

  it('is a draft before the document begins, and retired once it ended', async () => {
    expect((await read('mcd-A9-covered-1')).status).toBe('draft');
    expect(await read('mcd-A8-covered-1')).toMatchObject({
      status: 'retired',
      extension: [{ valuePeriod: { start: '2021-01-01', end: '2022-12-31' } }],
    });
  });

  it('what it composes of a range can be sent along and expanded', async () => {
    const { compose } = await read('mcd-A57791-requires-1');
    const valueSet = { resourceType: 'ValueSet' as const, status: 'active' as const };
    const include = compose.include.slice(1);
    const sent: ValueSet = { ...valueSet, compose: { include } };
    const day = { name: 'date', valueDate: '2021-09-30' };
    const answer = await fhir.post('ValueSet/$expand', { name: 'valueSet', resource: sent }, day);
    expect(codes(answer)).toEqual(['M54', 'M54.2', 'M54.5']);
    for (const value of ['M54', 'M10-M1A']) {
      const within = { system: cm, filter: [{ property: 'range', op: '=' as const, value }] };
      const malformed = { ...valueSet, compose: { include: [within] } };
      const parameter = { name: 'valueSet', resource: malformed };
      const refused = await fhir.post('ValueSet/$expand', parameter);
      expect(refusal(refused).slice(0, 2)).toEqual([400, 'invalid']);
    }
  });

  it.each(['mcd-A57791-covered-9', 'mcd-A57791-covered-2', 'mcd-A99999-covered-1', 'mcd-A57791'])(
    '%s is not found',
    async (id) => {
      const { status, body } = await fhir.get(`ValueSet/${id}`);
      expect([status, body.resourceType]).toEqual([404, 'OperationOutcome']);
    },
  );
});

describe('functions/api/fhir/search-coverage-sets.ts', () => {
  const found = async (query: Readonly<Record<string, string>>) => {
    const { status, body } = await fhir.get('ValueSet', query);
    expect(status).toBe(200);
    return (body.entry ?? []).map((one: { resource: ValueSet }) => one.resource.id);
  };
  const own = ['covered', 'not-covered', 'requires', 'prior-authorization'].map(
    (list) => `mcd-A57791-${list}-1`,
  );

  it('finds a list by id and by url, canonical or as served, never unasked', async () => {
    expect(await found({ _id: 'mcd-A57791-covered-1' })).toEqual(['mcd-A57791-covered-1']);
    expect(await found({ url })).toEqual(['mcd-A57791-covered-1']);
    const served = 'http://localhost/fhir/R4/ValueSet/mcd-A57791-requires-1';
    expect(await found({ url: served })).toEqual(['mcd-A57791-requires-1']);
    expect(await found({ url: `${url},${base}/mcd-A8-covered-1` })).toEqual([
      ...['mcd-A57791-covered-1', 'mcd-A8-covered-1'],
    ]);
    expect(await found({})).toEqual([
      'icd10cm',
      'icd10cm-billable',
      'icd10pcs',
      'icd10pcs-billable',
    ]);
  });

  it('finds all lists of a document by its name', async () => {
    expect(await found({ name: 'Mcd_A57791' })).toEqual(own);
    expect(await found({ name: 'mcd_a57791_covered' })).toEqual(['mcd-A57791-covered-1']);
    expect(await found({ name: 'Mcd_A99999' })).toEqual([]);
    expect(await found({ name: 'Mcd_' })).toEqual([]);
  });

  it('finds by status and version together with those', async () => {
    const both = { _id: 'mcd-A8-covered-1,mcd-A57791-covered-1' };
    expect(await found({ ...both, status: 'retired' })).toEqual(['mcd-A8-covered-1']);
    expect(await found({ ...both, version: '12' })).toEqual(['mcd-A57791-covered-1']);
  });

  it('does not find what there is not', async () => {
    expect(await found({ _id: 'mcd-A57791-covered-2,mcd-A57791-covered-9,nothing' })).toEqual([]);
  });
});

describe('functions/api/fhir/capability-statement.ts and terminology-capabilities.ts', () => {
  it('say that lists of policies are value sets', async () => {
    const { body } = await fhir.get('metadata');
    const valueSets = body.rest[0].resource.find(
      (one: { type: string }) => one.type === 'ValueSet',
    );
    expect(valueSets.documentation).toContain('mcd-A57791-covered-1');
    const terminology = await fhir.get('metadata', { mode: 'terminology' });
    expect(terminology.body.description).toContain('mcd-A57791-covered-1');
  });
});

describe('functions/api/fhir, coverage sets without a snapshot', () => {
  it('are read and validated against, but expanded only where there is one', async () => {
    const { app } = await apiUnderTest();
    const ask = async (path: string) => {
      const response = await app.request(`/fhir/R4/ValueSet/mcd-A57791-covered-1${path}`);
      return { status: response.status, body: await bodyOf(response) };
    };
    expect((await ask('')).body).toMatchObject({ version: '11', status: 'active' });
    const asked = `/$validate-code?system=${cm}&code=M54.2`;
    expect(valueIn((await ask(asked)).body, 'result')).toBe(true);
    expect((await ask('/$expand')).status).toBe(503);
  });
});
