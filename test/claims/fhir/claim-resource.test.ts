import { describe, expect, it } from 'vitest';
import { onlyClaim, onlyRefusal, recordsOf, warningsOf } from '../intake-text.ts';
import {
  concept,
  diagnosis,
  info,
  institutionalEob,
  type Json,
  professionalClaim,
  typeOfBill,
} from './resources.ts';

const claimOf = (resource: Json) => onlyClaim(JSON.stringify(resource, null, 2));
const warningsIn = async (resource: Json) => warningsOf(await recordsOf(JSON.stringify(resource)));

describe('shared/claims/fhir/claim-resource.ts', () => {
  it('reads a professional Claim: codes, order, pointers, days, amounts, insurer', async () => {
    expect(await claimOf(professionalClaim())).toEqual({
      type: 'claim',
      id: 'c1',
      codes: [
        { system: 'icd10cm', code: 'M5450' },
        { system: 'icd10cm', code: 'I10' },
      ],
      // No diagnosis has a type: the first is the principal one.
      diagnoses: [
        { system: 'icd10cm', code: 'M5450', role: 'principal' },
        { system: 'icd10cm', code: 'I10', role: 'other' },
      ],
      setting: 'professional',
      payer: 'Aetna',
      billedCents: 12_050,
      lines: [
        {
          procedure: '99213',
          modifiers: ['25'],
          dateOfService: '2021-10-01',
          billedCents: 12_050,
          pointers: [2, 1],
        },
      ],
    });
  });

  it('takes the unique claim id, else another identifier of the claim, else the id; never a number of a person', async () => {
    const mbi = { system: 'http://hl7.org/fhir/sid/us-mbi', value: '1EG4TE5MK73' };
    const member = { type: concept('MB', 'http://example.org'), value: 'MEMBER9' };
    const own = { system: 'https://clinic.example/claims', value: 'CLM-9#1' };
    const unique = { type: concept('uc', 'http://example.org'), value: 'U-1' };
    const idOf = async (identifier: readonly Json[]) =>
      (await claimOf(professionalClaim({ identifier }))).id;
    expect(await idOf([mbi, own, unique])).toBe('U-1');
    expect(await idOf([mbi, member, own])).toBe('CLM-9%231');
    expect(await idOf([mbi, member])).toBe('c1');
    const { code } = await onlyRefusal(
      JSON.stringify(professionalClaim({ id: undefined, identifier: [member] })),
    );
    expect(code).toBe('id-invalid');
  });

  it('orders by sequence, puts the principal diagnosis first, and moves pointers with them', async () => {
    const claim = await claimOf(
      professionalClaim({
        diagnosis: [
          diagnosis(3, 'R07.9', 'admitting'),
          diagnosis(2, 'I10', 'principal'),
          diagnosis(1, 'E11.9', 'secondary'),
          diagnosis(4, 'W19.XXXA', 'externalcauseofinjury'),
          diagnosis(5, 'R10.9', 'patientreasonforvisit'),
        ],
        item: [{ sequence: 1, servicedDate: '2021-10-01', diagnosisSequence: [1, 2, 9] }],
      }),
    );
    expect(claim.diagnoses?.map(({ code, role }) => `${code} ${role}`)).toEqual([
      'I10 principal',
      'E119 other',
      'R079 admitting',
      'W19XXXA external-cause',
      'R109 reason-for-visit',
    ]);
    // Sequence 9 was never sent: the pointer points past all five, for scrubbing to tell.
    expect(claim.lines?.[0]?.pointers).toEqual([2, 1, 6]);
  });

  it('leaves out a diagnosis without ICD-10-CM code and says so; pointers to it go with it', async () => {
    const snomed = concept('279039007', 'http://snomed.info/sct');
    const resource = professionalClaim({
      diagnosis: [{ sequence: 1, diagnosisCodeableConcept: snomed }, diagnosis(2, 'I10')],
    });
    const claim = await claimOf(resource);
    expect(claim.codes).toEqual([{ system: 'icd10cm', code: 'I10' }]);
    expect(claim.lines?.[0]?.pointers).toEqual([1]);
    expect(await warningsIn(resource)).toEqual(['diagnosis[0] codes-missing']);
    const only = professionalClaim({
      diagnosis: [{ sequence: 1, diagnosisCodeableConcept: snomed }],
    });
    expect((await onlyRefusal(JSON.stringify(only))).code).toBe('codes-missing');
  });

  it('reads ICD-9-CM as that, takes ICD-10-CM before it, and goes by the code where the system is wrong', async () => {
    const icd9 = 'http://hl7.org/fhir/sid/icd-9-cm';
    const both = { coding: [{ system: icd9, code: '724.2' }, ...[concept('M54.5').coding].flat()] };
    const resource = professionalClaim({
      diagnosis: [
        { sequence: 1, diagnosisCodeableConcept: concept('724.2', icd9) },
        { sequence: 2, diagnosisCodeableConcept: both },
        { sequence: 3, diagnosisCodeableConcept: concept('I10', icd9) },
      ],
    });
    expect((await claimOf(resource)).diagnoses).toEqual([
      { system: 'icd9cm', code: '7242', role: 'principal' },
      { system: 'icd10cm', code: 'M545', role: 'other' },
      { system: 'icd10cm', code: 'I10', role: 'other' },
    ]);
    expect(await warningsIn(resource)).toEqual(['diagnosis[2] field-invalid']);
  });

  it('governs an inpatient claim by the end of the admission, else of the billable period', async () => {
    const inpatient = concept('inpatient', 'http://example.org');
    const admission = info('admissionperiod', {
      timingPeriod: { end: '2023-10-01T09:30:00-04:00' },
    });
    const pcs = concept('0SG30AJ', 'http://www.cms.gov/Medicare/Coding/ICD10');
    const claim = await claimOf(
      institutionalEob({
        subType: inpatient,
        supportingInfo: [admission],
        procedure: [{ procedureCodeableConcept: pcs }],
      }),
    );
    expect(claim).toMatchObject({ setting: 'inpatient', dischargeDate: '2023-10-01' });
    expect(claim.codes).toContainEqual({ system: 'icd10pcs', code: '0SG30AJ' });
    expect(await claimOf(institutionalEob({ subType: inpatient }))).toMatchObject({
      dischargeDate: '2023-10-02',
    });
  });

  it.each([
    [
      'its subtype',
      { subType: concept('outpatient', 'x'), supportingInfo: [typeOfBill('0111')] },
      'outpatient',
    ],
    ['its type of bill', { supportingInfo: [typeOfBill('0111')] }, 'inpatient'],
    ['its type of bill', { supportingInfo: [typeOfBill('131')] }, 'outpatient'],
    [
      'its CARIN profile',
      { meta: { profile: ['…/C4BB-ExplanationOfBenefit-Inpatient-Institutional'] } },
      'inpatient',
    ],
    ['a period of admission', { supportingInfo: [info('admissionperiod', {})] }, 'inpatient'],
    ['nothing', {}, 'outpatient'],
  ])('tells the setting of an institutional claim by %s', async (_, fields, setting) => {
    expect((await claimOf(institutionalEob(fields))).setting).toBe(setting);
  });

  it('takes the amounts submitted of an ExplanationOfBenefit, and none below zero or in another currency', async () => {
    const category = concept('submitted', 'http://terminology.hl7.org/CodeSystem/adjudication');
    const paid = concept('benefit', 'http://terminology.hl7.org/CodeSystem/adjudication');
    const item = (value: number, currency = 'USD') => ({
      adjudication: [
        { category: paid, amount: { value: 1 } },
        { category, amount: { value, currency } },
      ],
    });
    const resource = institutionalEob({
      item: [item(68.8), item(-68.8), item(5, 'EUR')],
      total: [
        { category: paid, amount: { value: 3 } },
        { category, amount: { value: 820, currency: 'USD' } },
      ],
    });
    const claim = await claimOf(resource);
    expect(claim.billedCents).toBe(82_000);
    expect(claim.lines).toEqual([{ billedCents: 6_880 }]);
    expect(await warningsIn(resource)).toEqual([
      'item[1] amount-invalid',
      'item[2] amount-invalid',
    ]);
  });

  it('removes a claim that is cancelled, entered in error or voided by its type of bill', async () => {
    for (const fields of [
      { status: 'cancelled' },
      { status: 'entered-in-error' },
      { supportingInfo: [typeOfBill('0138')] },
    ]) {
      const records = await recordsOf(JSON.stringify(institutionalEob(fields)));
      expect(records).toMatchObject([{ kind: 'void', type: 'claim', id: 'e1' }]);
    }
  });

  it('refuses what asks for no payment', async () => {
    const { code } = await onlyRefusal(
      JSON.stringify(professionalClaim({ use: 'preauthorization' })),
    );
    expect(code).toBe('unsupported');
  });

  it('keeps age and sex of a contained patient, taxonomy of who rendered, and no more of either', async () => {
    const claim = await claimOf(
      professionalClaim({
        contained: [
          {
            resourceType: 'Patient',
            id: 'p',
            name: [{ family: 'Doe' }],
            gender: 'female',
            birthDate: '1980-10-02',
          },
        ],
        patient: { reference: '#p' },
        careTeam: [
          {
            role: concept('referring', 'x'),
            qualification: concept('208D00000X', 'http://nucc.org/provider-taxonomy'),
          },
          {
            role: concept('rendering', 'x'),
            qualification: concept('207Q00000X', 'http://nucc.org/provider-taxonomy'),
          },
        ],
      }),
    );
    // Born 1980-10-02: still 40 on 2021-10-01.
    expect(claim).toMatchObject({ age: 40, sex: 'female', specialty: '207Q00000X' });
  });

  it.each([
    [
      'the number of the insurer',
      { insurer: { identifier: { value: '60054' }, display: 'Aetna' } },
      '60054',
    ],
    [
      'a contained insurer',
      {
        contained: [{ resourceType: 'Organization', id: 'o', name: 'Aetna' }],
        insurer: { reference: '#o' },
      },
      'Aetna',
    ],
    [
      'the payor of a contained coverage',
      {
        contained: [
          {
            resourceType: 'Coverage',
            id: 'v',
            subscriberId: 'MARK1',
            payor: [{ reference: 'Organization/7', display: 'Cigna' }],
          },
        ],
        insurer: undefined,
        insurance: [{ focal: true, coverage: { reference: '#v', display: 'MARK2' } }],
      },
      'Cigna',
    ],
    [
      'no payor who is a person',
      {
        contained: [
          {
            resourceType: 'Coverage',
            id: 'v',
            payor: [{ reference: 'Patient/1', display: 'Jane Doe' }],
          },
        ],
        insurer: undefined,
        insurance: [{ coverage: { reference: '#v' } }],
      },
      undefined,
    ],
  ])('takes as payer %s', async (_, fields, payer) => {
    const claim = await claimOf(professionalClaim(fields));
    expect(claim.payer).toBe(payer);
    expect(JSON.stringify(claim)).not.toMatch(/MARK|Jane/);
  });

  it('says where no day can be read, as in a date of a month', async () => {
    const resource = professionalClaim({
      billablePeriod: { start: '2021-10' },
      item: [
        {
          sequence: 1,
          servicedDate: '2021',
          productOrService: concept('99213', 'http://www.ama-assn.org/go/cpt'),
        },
      ],
    });
    expect(await warningsIn(resource)).toEqual([
      'billablePeriod date-invalid',
      'item[0].serviced date-invalid',
      'Claim date-invalid',
    ]);
  });
});
