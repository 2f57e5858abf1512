import { describe, expect, it } from 'vitest';
import { artifactsOf, onlyRefusal, recordsOf, refusalsOf, warningsOf } from '../intake-text.ts';
import { bundle, condition, diagnosis, type Json, professionalClaim } from './resources.ts';

const byReference = (reference: string, fields: Json = {}): Json =>
  professionalClaim({
    diagnosis: [{ sequence: 1, diagnosisReference: { reference, display: 'MARKED' } }],
    ...fields,
  });
const lines = (...resources: readonly Json[]): string =>
  resources.map((resource) => JSON.stringify(resource)).join('\n');
const codesIn = async (text: string): Promise<readonly (readonly string[])[]> =>
  artifactsOf(await recordsOf(text)).map(({ codes }) => codes.map(({ code }) => code));

describe('shared/claims/fhir/take-resource.ts', () => {
  it('takes claims out of a Bundle and passes over what accompanies them', async () => {
    const text = JSON.stringify(
      bundle(
        { resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }] },
        professionalClaim(),
        { resourceType: 'Coverage', id: 'v1', subscriberId: 'MEMBER9' },
        professionalClaim({ id: 'c2' }),
        { resourceType: 'ClaimResponse', id: 'r1' },
        { resourceType: 'Spaceship', id: 's1' },
      ),
    );
    const records = await recordsOf(text);
    expect(records.map(({ where, kind }) => `${where} ${kind}`)).toEqual([
      'entry[1] accepted',
      'entry[3] accepted',
      'entry[4] rejected',
      'entry[5] rejected',
    ]);
    expect(refusalsOf(records)).toEqual(['entry[4] unsupported', 'entry[5] unsupported']);
    expect(JSON.stringify(records)).not.toMatch(/Doe|MEMBER9|Spaceship/);
  });

  it('finds the diagnosis in a Condition: contained, before the claim, behind it, by full URL', async () => {
    const contained = byReference('#k', { contained: [condition('k', 'M54.2')] });
    expect(await codesIn(JSON.stringify(contained))).toEqual([['M542']]);
    const before = bundle(condition('k', 'M54.2'), byReference('Condition/k'));
    expect(await codesIn(JSON.stringify(before))).toEqual([['M542']]);
    const behind = bundle(
      byReference('http://x.org/fhir/Condition/k/_history/2'),
      condition('k', 'M54.2'),
    );
    expect(await codesIn(JSON.stringify(behind))).toEqual([['M542']]);
    const uuid = 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    const urls = {
      resourceType: 'Bundle',
      entry: [
        { resource: byReference(uuid) },
        { fullUrl: uuid, resource: { ...condition('k', 'M54.2'), id: undefined } },
      ],
    };
    expect(await codesIn(JSON.stringify(urls))).toEqual([['M542']]);
    expect(await codesIn(lines(byReference('Condition/k'), condition('k', 'M54.2')))).toEqual([
      ['M542'],
    ]);
  });

  it('says of a Condition that never comes that it is missing, and takes the other codes in', async () => {
    const claim = professionalClaim({
      diagnosis: [
        { sequence: 1, diagnosisReference: { reference: 'Condition/k' } },
        diagnosis(2, 'I10'),
      ],
    });
    const records = await recordsOf(JSON.stringify(bundle(claim, professionalClaim({ id: 'c2' }))));
    // It waited for the end of its Bundle, so the other one came first.
    expect(records.map(({ where }) => where)).toEqual(['entry[1]', 'entry[0]']);
    expect(warningsOf(records)).toEqual(['entry[0].resource.diagnosis[0] codes-missing']);
    expect(await codesIn(JSON.stringify(claim))).toEqual([['I10']]);
  });

  it('keeps no more than 1,000 claims waiting', async () => {
    const waiting = Array.from({ length: 1_005 }, (_, i) =>
      byReference(`Condition/${i}`, { id: `w${i}` }),
    );
    const records = await recordsOf(
      lines(...waiting, condition('3', 'M54.2'), condition('1004', 'I10')),
    );
    // The five longest waiting had to go before their Conditions came.
    expect(artifactsOf(records).map(({ id }) => id)).toEqual(['w1004']);
    expect(records).toHaveLength(1_005);
  });

  it('reads Bundles one a line, each with its own Conditions', async () => {
    const text = lines(
      bundle(byReference('Condition/k'), condition('k', 'M54.2')),
      bundle(professionalClaim({ id: 'c2' })),
    );
    const records = await recordsOf(text, { contentType: 'application/fhir+ndjson' });
    expect(records.map(({ where }) => where)).toEqual(['line 1, entry[0]', 'line 2, entry[0]']);
    expect(artifactsOf(records)).toHaveLength(2);
  });

  it('says once of a file of accompanying resources only that it holds nothing to take in', async () => {
    const patients = lines({ resourceType: 'Patient', id: 'MARK' }, { resourceType: 'Patient' });
    expect((await onlyRefusal(patients)).code).toBe('unsupported');
    expect(await recordsOf(JSON.stringify(bundle()))).toEqual([]);
  });

  it('tells the same claim twice, and another under its id', async () => {
    const other = professionalClaim({ total: { value: 7 } });
    const records = await recordsOf(
      JSON.stringify(bundle(professionalClaim(), professionalClaim(), other)),
    );
    expect(warningsOf(records)).toEqual(['entry[1] repeated']);
    expect(records[2]).toMatchObject({
      kind: 'rejected',
      code: 'repeated',
      message: expect.stringContaining('entry[0]'),
    });
  });
});
