import { describe, expect, it } from 'vitest';
import { onlyRefusal, onlyTemplate, recordsOf, warningsOf } from '../intake-text.ts';
import { concept, icd10cm, type Json } from './resources.ts';

const orderSet = (fields: Json = {}): Json => ({
  resourceType: 'PlanDefinition',
  id: 'low-back',
  title: 'Low back pain',
  status: 'active',
  type: concept('order-set', 'http://terminology.hl7.org/CodeSystem/plan-definition-type'),
  useContext: [{ valueCodeableConcept: concept('M54.50') }],
  goal: [{ addresses: [concept('M51.36')] }],
  action: [
    {
      code: [concept('99213', 'http://www.ama-assn.org/go/cpt')],
      reason: [concept('M54.50')],
      trigger: [{ data: [{ codeFilter: [{ code: [{ system: icd10cm, code: 'M54.2' }] }] }] }],
      action: [{ reason: [concept('G89.29')] }],
    },
  ],
  ...fields,
});

describe('shared/claims/fhir/template-resource.ts', () => {
  it('collects every ICD-10 code of an order set, each once, wherever it stands', async () => {
    expect(await onlyTemplate(JSON.stringify(orderSet()))).toEqual({
      type: 'template',
      id: 'low-back',
      name: 'Low back pain',
      kind: 'order-set',
      codes: ['M5450', 'M5136', 'M542', 'G8929'].map((code) => ({ system: 'icd10cm', code })),
    });
  });

  it('reads an ActivityDefinition with a contained value set, and ICD-10-PCS', async () => {
    const template = await onlyTemplate(
      JSON.stringify({
        resourceType: 'ActivityDefinition',
        url: 'https://clinic.example/activity/imaging',
        status: 'draft',
        code: concept('B03BYZZ', 'http://www.cms.gov/Medicare/Coding/ICD10'),
        contained: [
          {
            resourceType: 'ValueSet',
            compose: {
              include: [{ system: icd10cm, concept: [{ code: 'R51.9' }, { code: 'G43.909' }] }],
            },
          },
        ],
      }),
    );
    expect(template).toEqual({
      type: 'template',
      id: 'https://clinic.example/activity/imaging',
      kind: 'activity-definition',
      codes: [
        { system: 'icd10pcs', code: 'B03BYZZ' },
        { system: 'icd10cm', code: 'R519' },
        { system: 'icd10cm', code: 'G43909' },
      ],
    });
  });

  it('takes HCPCS Level II codes, whichever system of procedures they are said to be of', async () => {
    const hcpcs = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
    const code = [concept('A9585', hcpcs), concept('70553', hcpcs)];
    const cpt = concept('J3301', 'http://www.ama-assn.org/go/cpt');
    const { codes } = await onlyTemplate(JSON.stringify(orderSet({ action: [{ code }, cpt] })));
    expect(codes.filter(({ system }) => system === 'hcpcs').map((one) => one.code)).toEqual([
      'A9585',
      'J3301',
    ]);
  });

  it('leaves out what cannot be a code, and refuses a template without any, or retired', async () => {
    const records = await recordsOf(JSON.stringify(orderSet({ topic: [concept('LUMBAGO')] })));
    expect(warningsOf(records)).toEqual(['topic[0].coding[0] code-malformed']);
    const empty = { resourceType: 'PlanDefinition', id: 'x', status: 'active' };
    expect((await onlyRefusal(JSON.stringify(empty))).code).toBe('codes-missing');
    expect((await onlyRefusal(JSON.stringify(orderSet({ status: 'retired' })))).code).toBe(
      'unsupported',
    );
  });
});
