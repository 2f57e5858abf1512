import { beforeAll, describe, expect, it } from 'vitest';
import { cm, issuesIn, openFhir, pcs, valueIn } from './fhir-under-test.ts';

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir();
});

type Query = Readonly<Record<string, string>>;
const inSystem = (query: Query) => fhir.get('CodeSystem/$validate-code', { url: cm, ...query });
const inSet = (query: Query) =>
  fhir.get('ValueSet/$validate-code', { url: `${cm}?fhir_vs`, system: cm, ...query });
const result = ({ body }: { body: Parameters<typeof valueIn>[0] }) => valueIn(body, 'result');

describe('functions/api/fhir/validate-in-code-system-operation.ts', () => {
  it.each([
    ['M54.5', '2021-09-30', true],
    ['M54.5', '2021-10-01', false],
    ['M54.50', '2021-09-30', false],
    ['M54.50', '2021-10-01', true],
    ['J15.8', '2022-09-30', true],
    ['J15.8', '2022-10-01', false],
    ['M54', '2021-10-01', false],
    ['M54.99', '2021-10-01', false],
  ])('%s on %s: %s', async (code, date, expected) => {
    expect(result(await inSystem({ code, date }))).toBe(expected);
  });

  it('is about today when no date is given', async () => {
    const { body } = await inSystem({ code: 'J15.8' });
    expect(valueIn(body, 'result')).toBe(false);
    expect(valueIn(body, 'version')).toBe('2022-10-01');
  });

  it('names the replacements of a code that became a category, in message and issues', async () => {
    const { body } = await inSystem({ code: 'M54.5', date: '2021-10-01' });
    expect(valueIn(body, 'message')).toContain('M54.50, M54.51, M54.59');
    expect(issuesIn(body)).toEqual([
      'error | business-rule | code-rule | M54.5 is a category of ICD-10-CM on 2021-10-01, not a billable code; use one of M54.50, M54.51, M54.59',
      'information | informational | code-comment | M54.50 takes the place of M54.5 from 2021-10-01, by the official conversion table',
      'information | informational | code-comment | M54.51 takes the place of M54.5 from 2021-10-01, by the official conversion table',
      'information | informational | code-comment | M54.59 takes the place of M54.5 from 2021-10-01, by the official conversion table',
    ]);
  });

  it('says of an ended code that it is inactive, and what replaces it', async () => {
    const { body } = await inSystem({ code: 'J15.8', date: '2022-10-01' });
    expect(valueIn(body, 'inactive')).toBe(true);
    expect(issuesIn(body)[0]).toMatch(/^error \| code-invalid \| invalid-code \| J15\.8 ended/);
    expect(issuesIn(body)[1]).toContain('J15.61 takes the place of J15.8');
  });

  it('takes a header with abstract=true', async () => {
    expect(result(await inSystem({ code: 'M54', abstract: 'true' }))).toBe(true);
    expect(result(await inSystem({ code: 'M54', abstract: 'false' }))).toBe(false);
  });

  it('holds a display against the titles of the date', async () => {
    const wrong = await inSystem({ code: 'M54.50', display: 'Backache' });
    expect(result(wrong)).toBe(false);
    expect(issuesIn(wrong.body)[0]).toMatch(
      /^error \| invalid \| invalid-display \| "Backache" is not .*"Low back pain, unspecified"/,
    );
    expect(valueIn(wrong.body, 'display')).toBe('Low back pain, unspecified');
    for (const display of [
      'Low back pain, unspecified',
      'LOW BACK PAIN,  unspecified',
      'Low back pain, unsp',
    ]) {
      expect(result(await inSystem({ code: 'M54.50', display }))).toBe(true);
    }
  });

  it('makes a wrong display a warning when asked to be lenient', async () => {
    const lenient = { 'lenient-display-validation': 'true' };
    const { body } = await inSystem({ code: 'M54.50', display: 'Backache', ...lenient });
    expect(valueIn(body, 'result')).toBe(true);
    expect(issuesIn(body)[0]).toMatch(/^warning \| invalid \| invalid-display/);
  });

  it('understands other spellings, and says how the code is officially written', async () => {
    const { body } = await inSystem({ code: 'm5450' });
    expect(valueIn(body, 'result')).toBe(true);
    expect(valueIn(body, 'code')).toBe('m5450');
    expect(valueIn(body, 'normalized-code')).toBe('M54.50');
    expect(issuesIn(body)).toEqual([
      'information | business-rule | code-rule | "m5450" is officially written M54.50',
    ]);
  });

  it('says so when the date lies past the newest release', async () => {
    const { body } = await inSystem({ code: 'M54.50', date: '2023-10-01' });
    expect(valueIn(body, 'result')).toBe(true);
    expect(issuesIn(body)[0]).toMatch(/^warning .*no release of ICD-10-CM covers 2023-10-01 yet/);
  });

  it('points into the coding, or into the codeableConcept', async () => {
    const coding = { system: cm, code: 'M54.5', display: 'Back' };
    const one = await fhir.post(
      'CodeSystem/$validate-code',
      { name: 'url', valueUri: cm },
      { name: 'coding', valueCoding: coding },
    );
    const outcome = one.body.parameter.find((each: { name: string }) => each.name === 'issues');
    expect(outcome.resource.issue[0].expression).toEqual(['Coding.code']);
    expect(outcome.resource.issue[1].expression).toEqual(['Coding.display']);
  });

  it('takes a codeableConcept of which one coding is valid; the others are warnings', async () => {
    const foreign = { system: 'http://snomed.info/sct', code: '279039007' };
    const codings = [foreign, { system: cm, code: 'M54.5' }, { system: cm, code: 'M54.50' }];
    const { body } = await fhir.post(
      'CodeSystem/$validate-code',
      { name: 'url', valueUri: cm },
      { name: 'codeableConcept', valueCodeableConcept: { coding: codings } },
    );
    expect(valueIn(body, 'result')).toBe(true);
    expect(valueIn(body, 'code')).toBe('M54.50');
    expect(valueIn(body, 'codeableConcept')).toEqual({ coding: codings });
    const outcome = body.parameter.find(
      (each: { name: string }) => each.name === 'issues',
    ).resource;
    expect(outcome.issue[0]).toMatchObject({
      severity: 'warning',
      code: 'not-found',
      expression: ['CodeableConcept.coding[0].system'],
    });
    expect(outcome.issue[1]).toMatchObject({
      severity: 'warning',
      expression: ['CodeableConcept.coding[1].code'],
    });
  });

  it('refuses a codeableConcept without a valid coding', async () => {
    const { body } = await fhir.post(
      'CodeSystem/$validate-code',
      { name: 'url', valueUri: cm },
      {
        name: 'codeableConcept',
        valueCodeableConcept: { coding: [{ system: cm, code: 'M54.5' }] },
      },
    );
    expect(valueIn(body, 'result')).toBe(false);
    expect(issuesIn(body)[0]).toMatch(/^error/);
  });

  it('validates on an instance of a version', async () => {
    const path = 'CodeSystem/icd10cm-2020-10-01/$validate-code';
    expect(result(await fhir.get(path, { code: 'M54.5' }))).toBe(true);
    expect(result(await fhir.get('CodeSystem/icd10cm/$validate-code', { code: 'M54.5' }))).toBe(
      false,
    );
  });

  it.each([
    [{ code: 'M54.5', system: cm }, 'system: not a parameter of CodeSystem/$validate-code'],
    [{ code: 'M54.5', version: '1999' }, 'version 1999 of'],
    [{ code: 'M54.5', 'tx-resource': 'x' }, 'tx-resource: not supported'],
    [{ code: 'M54.5', codeSystem: 'x' }, 'codeSystem: not supported'],
    [{}, 'code: needed, or coding'],
  ])('refuses %j', async (query, message) => {
    const answer = await inSystem(query as Query);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(issuesIn(answer.body)[0]).toContain(message);
  });
});

describe('functions/api/fhir/validate-in-value-set-operation.ts', () => {
  const billable = 'https://codewatch.example/fhir/R4/ValueSet/icd10cm-billable';

  it.each([
    [{ code: 'M54.50' }, true],
    [{ code: 'M54.5' }, false],
    [{ code: 'M54.5', abstract: 'true' }, true],
    [{ code: 'M54.5', date: '2021-09-30' }, true],
    [{ code: 'M54.5', systemVersion: '2020-10-01' }, true],
    [{ code: 'M54.5', url: `${cm}?fhir_vs|2020-10-01` }, true],
    [{ code: 'M54.50', url: `${cm}?fhir_vs=isa/M54.5` }, true],
    [{ code: 'M54.2', url: `${cm}?fhir_vs=isa/M54.5` }, false],
    [{ code: 'M54.50', url: billable }, true],
    [{ code: 'M54.5', url: billable, abstract: 'true' }, false],
    [{ code: 'M54.50', url: 'http://localhost/fhir/R4/ValueSet/icd10cm-billable' }, true],
    [{ code: '0016070', system: pcs }, false],
  ])('%j: %s', async (query, expected) => {
    expect(result(await inSet(query as Query))).toBe(expected);
  });

  it('says which value set a good code is not in', async () => {
    const { body } = await inSet({ code: 'M54.2', url: `${cm}?fhir_vs=isa/M54.5` });
    expect(issuesIn(body)).toEqual([
      `error | code-invalid | not-in-vs | ${cm}#M54.2 is not in the value set ${cm}?fhir_vs=isa/M54.5 on 2023-03-01`,
    ]);
  });

  it('says both that a code ended and that it is not in the value set', async () => {
    const { body } = await inSet({ code: 'J15.8' });
    expect(issuesIn(body).map((one) => one.split(' | ')[2])).toEqual([
      'invalid-code',
      'not-in-vs',
      'code-comment',
    ]);
  });

  it('infers the system only when asked to', async () => {
    const path = 'ValueSet/icd10cm-billable/$validate-code';
    const inferred = await fhir.get(path, { code: 'M54.50', inferSystem: 'true' });
    expect(valueIn(inferred.body, 'result')).toBe(true);
    expect(valueIn(inferred.body, 'system')).toBe(cm);
    const refused = await fhir.get(path, { code: 'M54.50' });
    expect(refused.status).toBe(400);
    expect(issuesIn(refused.body)[0]).toContain('system: needed with code, or inferSystem=true');
  });

  const sent = (compose: object) => ({
    name: 'valueSet',
    resource: { resourceType: 'ValueSet' as const, status: 'active' as const, ...compose },
  });
  const coding = (code: string, system = cm) => ({ name: 'coding', valueCoding: { system, code } });

  it('validates against a value set sent along', async () => {
    const listed = sent({
      compose: { include: [{ system: cm, concept: [{ code: 'M54.50' }, { code: 'J15.8' }] }] },
    });
    const ask = (code: string) => fhir.post('ValueSet/$validate-code', listed, coding(code));
    expect(result(await ask('M54.50'))).toBe(true);
    expect(result(await ask('M54.51'))).toBe(false);
    expect(result(await ask('J15.8'))).toBe(false);
    const isa = [{ property: 'concept', op: 'is-a', value: 'M54' }];
    const under = sent({ compose: { include: [{ system: cm, filter: isa }] } });
    expect(result(await fhir.post('ValueSet/$validate-code', under, coding('M54.51')))).toBe(true);
  });

  it.each([
    [{}, 'valueSet: has no compose'],
    [{ compose: { include: [] } }, 'valueSet.compose.include'],
    [
      { compose: { include: [{ system: cm }], exclude: [{ system: cm }] } },
      'valueSet.compose.exclude: not supported',
    ],
    [
      { compose: { include: [{ valueSet: ['x'] }] } },
      'valueSet.compose.include.0.valueSet: not supported',
    ],
    [
      { compose: { include: [{ valueSet: ['x'], system: cm }] } },
      'valueSet.compose.include.0.valueSet: not supported',
    ],
    [
      {
        compose: {
          include: [{ system: cm, filter: [{ property: 'concept', op: 'regex', value: 'M' }] }],
        },
      },
      'valueSet: filter concept regex M',
    ],
    [
      { compose: { include: [{ system: 'http://snomed.info/sct' }] } },
      'code system http://snomed.info/sct',
    ],
  ])('refuses the value set %j by name', async (compose, message) => {
    const { status, body } = await fhir.post(
      'ValueSet/$validate-code',
      sent(compose),
      coding('M54.50'),
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(issuesIn(body)[0]).toContain(message);
  });

  it.each([
    [
      { url: 'http://example.org/vs', code: 'A' },
      404,
      'value set http://example.org/vs is not known',
    ],
    [
      { url: `${cm}?fhir_vs=isa/Z99`, code: 'M54.50' },
      404,
      'there is no value set of codes under Z99',
    ],
    [{ system: 'http://snomed.info/sct', code: '1' }, 404, 'code system http://snomed.info/sct'],
    [
      { url: `${cm}?fhir_vs|2020-10-01`, code: 'M54.5', systemVersion: '2021-10-01' },
      400,
      'contradict',
    ],
    [{ context: 'x', code: 'M54.5' }, 400, 'context: not supported'],
  ])('refuses %j with %i', async (query, status, message) => {
    const answer = await inSet(query as Query);
    expect(answer.status).toBe(status);
    expect(issuesIn(answer.body)[0]).toContain(message);
  });
});
