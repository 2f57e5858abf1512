// Small FHIR resources for the tests, written by hand.

/** A JSON object. */
export type Json = { readonly [name: string]: unknown };

/** The system of ICD-10-CM. */
export const icd10cm = 'http://hl7.org/fhir/sid/icd-10-cm';

/** A CodeableConcept with one coding. */
export const concept = (code: string, system = icd10cm): Json => ({ coding: [{ system, code }] });

/** A diagnosis by code, with a type where one is given. */
export const diagnosis = (sequence: number, code: string, type?: string): Json => ({
  sequence,
  diagnosisCodeableConcept: concept(code),
  ...(type !== undefined && { type: [concept(type, 'http://example.org/type')] }),
});

const claimType = 'http://terminology.hl7.org/CodeSystem/claim-type';

/** A professional Claim with two diagnoses and one line; fields given replace its own. */
export const professionalClaim = (fields: Json = {}): Json => ({
  resourceType: 'Claim',
  id: 'c1',
  status: 'active',
  use: 'claim',
  type: concept('professional', claimType),
  patient: { reference: 'Patient/p1', display: 'Jane Doe' },
  billablePeriod: { start: '2021-09-30', end: '2021-10-01' },
  insurer: { display: 'Aetna' },
  diagnosis: [diagnosis(1, 'M54.50'), diagnosis(2, 'I10')],
  item: [
    {
      sequence: 1,
      diagnosisSequence: [2, 1],
      productOrService: concept('99213', 'http://www.ama-assn.org/go/cpt'),
      modifier: [concept('25', 'http://www.ama-assn.org/go/cpt')],
      servicedDate: '2021-10-01',
      net: { value: 120.5, currency: 'USD' },
    },
  ],
  total: { value: 120.5, currency: 'USD' },
  ...fields,
});

/** An institutional ExplanationOfBenefit as CARIN Blue Button shapes it. */
export const institutionalEob = (fields: Json = {}): Json => ({
  resourceType: 'ExplanationOfBenefit',
  id: 'e1',
  status: 'active',
  use: 'claim',
  type: concept('institutional', claimType),
  billablePeriod: { start: '2023-09-28', end: '2023-10-02' },
  diagnosis: [diagnosis(1, 'I21.4', 'principal')],
  ...fields,
});

const infoTypes = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType';

/** A supportingInfo of a CARIN category. */
export const info = (category: string, fields: Json): Json => ({
  category: concept(category, infoTypes),
  ...fields,
});

/** The type of bill as supportingInfo. */
export const typeOfBill = (code: string): Json =>
  info('typeofbill', { code: concept(code, 'https://www.nubc.org/CodeSystem/TypeOfBill') });

/** A Condition with one ICD-10-CM code. */
export const condition = (id: string, code: string): Json => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/p1', display: 'Jane Doe' },
  code: concept(code),
});

/** A collection of resources. */
export const bundle = (...resources: readonly Json[]): Json => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});
