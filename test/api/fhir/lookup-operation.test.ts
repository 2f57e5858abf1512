import { beforeAll, describe, expect, it } from 'vitest';
import { cm, issuesIn, openFhir, pcs, propertiesIn, valueIn } from './fhir-under-test.ts';

let fhir: Awaited<ReturnType<typeof openFhir>>;
beforeAll(async () => {
  fhir = await openFhir();
});

const lookUp = (code: string, more: Readonly<Record<string, string>> = {}) =>
  fhir.get('CodeSystem/$lookup', { system: cm, code, ...more });

describe('functions/api/fhir/lookup-operation.ts', () => {
  it('tells a header apart: listed, abstract, not billable, with parent, children and replacements', async () => {
    const { status, body } = await lookUp('M54.5', { date: '2021-10-01' });
    expect(status).toBe(200);
    expect(valueIn(body, 'name')).toBe('ICD10CM');
    expect(valueIn(body, 'version')).toBe('2021-10-01');
    expect(valueIn(body, 'display')).toBe('Low back pain');
    expect(valueIn(body, 'abstract')).toBe(true);
    expect(propertiesIn(body)).toEqual({
      inactive: [false],
      status: ['active'],
      billable: [false],
      notSelectable: [true],
      effectiveFrom: ['2021-10-01'],
      parent: ['M54'],
      child: ['M54.50', 'M54.51', 'M54.59'],
      replacedBy: ['M54.50', 'M54.51', 'M54.59'],
    });
  });

  it('tells the same code as it was on the last day before', async () => {
    const { body } = await lookUp('M54.5', { date: '2021-09-30' });
    expect(valueIn(body, 'version')).toBe('2020-10-01');
    expect(propertiesIn(body)).toEqual({
      inactive: [false],
      status: ['active'],
      billable: [true],
      notSelectable: [false],
      effectiveFrom: ['2020-10-01'],
      effectiveTo: ['2021-09-30'],
      parent: ['M54'],
    });
  });

  it('still finds an ended code, inactive, with what replaces it and from which source', async () => {
    const { body } = await lookUp('J15.8');
    expect(propertiesIn(body)).toEqual({
      inactive: [true],
      status: ['retired'],
      billable: [false],
      notSelectable: [false],
      effectiveFrom: ['2022-10-01'],
      replacedBy: ['J15.61'],
    });
    expect(JSON.stringify(body)).toContain('"valueCode":"official"');
  });

  it('does not find an ended code in a version that lists it no more', async () => {
    const { status, body } = await lookUp('J15.8', { version: '2022-10-01' });
    expect(status).toBe(404);
    expect(issuesIn(body)[0]).toMatch(/not-found \| invalid-code \| J15\.8 ended .* J15\.61/);
    expect((await lookUp('J15.8', { version: '2021-10-01' })).status).toBe(200);
  });

  it('finds a future code, as future', async () => {
    const { body } = await lookUp('M54.50', { date: '2021-09-30' });
    expect(propertiesIn(body)).toMatchObject({ inactive: [true], status: ['future'] });
    expect(propertiesIn(body).effectiveFrom).toEqual(['2021-10-01']);
  });

  it('names near misses of an unknown code', async () => {
    const { status, body } = await lookUp('M54.5O');
    expect(status).toBe(404);
    expect(issuesIn(body)[0]).toContain('did you mean M54.50?');
  });

  it('answers the short title as a designation', async () => {
    const { body } = await lookUp('M54.50');
    expect(valueIn(body, 'display')).toBe('Low back pain, unspecified');
    const designation = body.parameter.find((one: { name: string }) => one.name === 'designation');
    expect(JSON.stringify(designation)).toContain('"valueString":"Low back pain, unsp"');
  });

  it('answers only the properties asked for, and refuses one there is not', async () => {
    const some = await fhir.send(
      `CodeSystem/$lookup?system=${cm}&code=M54.50&property=billable&property=replaces`,
    );
    expect(propertiesIn(some.body)).toEqual({ billable: [true], replaces: ['M54.5'] });
    const none = await lookUp('M54.50', { property: 'colour' });
    expect(none.status).toBe(400);
    expect(issuesIn(none.body)[0]).toContain('property: there is no property colour');
  });

  it('answers a coding, any spelling of the code, and the instance', async () => {
    const coding = { system: cm, code: 'm5450' };
    const posted = await fhir.post('CodeSystem/$lookup', { name: 'coding', valueCoding: coding });
    expect(valueIn(posted.body, 'code')).toBe('M54.50');
    const instance = await fhir.get('CodeSystem/icd10cm-2020-10-01/$lookup', { code: 'M54.5' });
    expect(valueIn(instance.body, 'version')).toBe('2020-10-01');
    expect(propertiesIn(instance.body).billable).toEqual([true]);
  });

  it('answers ICD-10-PCS', async () => {
    const { body } = await fhir.get('CodeSystem/$lookup', { system: pcs, code: '0016070' });
    expect(valueIn(body, 'display')).toBe('Bypass Cerebral Ventricle');
    expect(propertiesIn(body).parent).toEqual(['001']);
  });

  it.each([
    [{ code: 'M54.5' }, 400, 'system: needed with code'],
    [{ system: cm }, 400, 'code: needed, or coding'],
    [
      { system: 'http://snomed.info/sct', code: '1' },
      404,
      'code system http://snomed.info/sct is not known',
    ],
    [{ system: cm, code: 'M54.5', version: '2026' }, 404, 'version 2026 of'],
    [{ system: cm, code: 'M54.5', date: '2015-01-01' }, 404, 'no version of'],
    [
      { system: cm, code: 'M54.5', version: '2021-10-01', date: '2021-09-30' },
      422,
      'version 2021-10-01 of http://hl7.org/fhir/sid/icd-10-cm is not in force on 2021-09-30: 2020-10-01 is',
    ],
  ])('refuses %j with %i', async (query, status, message) => {
    const answer = await fhir.get('CodeSystem/$lookup', query as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(issuesIn(answer.body)[0]).toContain(message);
  });

  it('refuses an instance and a system that contradict each other', async () => {
    const { status, body } = await fhir.get('CodeSystem/icd10cm/$lookup', {
      code: 'M54.5',
      system: pcs,
    });
    expect(status).toBe(400);
    expect(issuesIn(body)[0]).toContain('contradict each other');
  });
});
