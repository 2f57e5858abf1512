// I8: marked names, numbers, birth dates and addresses go through every format, sound and damaged; nothing of them comes out.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntakeOptions } from '../../shared/claims/read-intake.ts';
import { haveOfficialFiles, officialFiles } from '../support/official-files.ts';
import {
  bundle,
  concept,
  condition,
  institutionalEob,
  professionalClaim,
} from './fhir/resources.ts';
import { artifactsOf, recordsOf } from './intake-text.ts';

/** What must never come out; a day of birth in every way it is written. */
const marks = ['MARKNAME', 'MARKGIVEN', 'MARKMEMBER', 'MARKSTREET', 'MARKPHONE', 'MARKNOTE'];
const births = ['1948-02-29', '19480229', '29-Feb-1948', '2/29/1948'];
const shown = new RegExp([...marks, ...births].join('|'), 'i');

const patient = {
  resourceType: 'Patient',
  id: 'MARKMEMBER1',
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-mbi', value: 'MARKMEMBER2' }],
  name: [{ family: 'MARKNAME', given: ['MARKGIVEN'] }],
  telecom: [{ value: 'MARKPHONE' }],
  address: [{ line: ['MARKSTREET'] }],
  gender: 'female',
  birthDate: '1948-02-29',
};

const marked = {
  contained: [{ ...patient, id: 'p' }],
  text: { div: '<div>MARKNAME</div>' },
  identifier: [{ type: concept('MB', 'x'), value: 'MARKMEMBER3' }],
  patient: { reference: '#p', display: 'MARKNAME, MARKGIVEN' },
  insurance: [
    {
      focal: true,
      coverage: { display: 'MARKNAME', identifier: { value: 'MARKMEMBER4' } },
      preAuthRef: ['MARKMEMBER5'],
    },
  ],
  payee: { party: { display: 'MARKNAME' } },
  related: [{ claim: { display: 'MARKNAME' } }],
  note: [{ text: 'MARKNOTE' }],
  accident: { locationAddress: { line: ['MARKSTREET'] } },
  supportingInfo: [{ category: concept('info', 'x'), valueString: 'MARKNOTE' }],
};

const fhir = bundle(
  patient,
  condition('k', 'M54.2'),
  professionalClaim({ ...marked, id: 'c1' }),
  institutionalEob({
    ...marked,
    id: 'e1',
    diagnosis: [
      {
        sequence: 1,
        diagnosisReference: { reference: 'Condition/MARKMEMBER6', display: 'MARKNAME' },
      },
      { sequence: 2, diagnosisCodeableConcept: { ...concept('I10'), text: 'MARKNOTE' } },
      { sequence: 3, diagnosisCodeableConcept: concept('MARKNAME') },
    ],
  }),
  { resourceType: 'Coverage', id: 'v', subscriberId: 'MARKMEMBER7' },
  { resourceType: 'MARKNAME', id: 'MARKMEMBER8' },
);

const rif = [
  'DML_IND|BENE_ID|CLM_ID|NCH_CLM_TYPE_CD|CLM_THRU_DT|PRNCPAL_DGNS_CD|BENE_BIRTH_DT|BENE_SRNM_NAME|HCPCS_CD',
  'INSERT|MARKMEMBER1|1|71|01-Oct-2021|M5450|29-Feb-1948|MARKNAME|99213',
  'INSERT|MARKMEMBER1|2|71|29-Foo-1948|MARKNAME|29-Feb-1948|MARKNAME|MARKNAME MARKGIVEN',
].join('\n');

const table = [
  'Claim,Patient,DX1,Born,DOS,Street',
  '1,"MARKNAME, MARKGIVEN",M54.50,2/29/1948,10/1/2021,MARKSTREET',
  '2,"MARKNAME, MARKGIVEN",MARKNAME,2/29/1948,MARKNAME,MARKSTREET',
  '3,"MARKNAME,M54.50,2/29/1948,10/1/2021,MARKSTREET',
].join('\n');
const mapping = { columns: { id: 'Claim', codes: 'DX1', dateOfService: 'DOS' } };

const own = [
  { type: 'claim', id: '1', codes: ['M54.50'], dateOfService: '2021-10-01' },
  { type: 'claim', id: '2', codes: ['MARKNAME'], dateOfService: '2021-10-01' },
  { type: 'claim', id: '3', codes: ['M54.50'], dateOfService: '1948-02-29 MARKNOTE' },
  { type: 'claim', id: '4', codes: ['M54.50'], MARKNAME: 'MARKGIVEN' },
  { type: 'MARKNAME', id: '5', codes: ['M54.50'] },
];

type Case = { readonly file: string; readonly options: IntakeOptions; readonly accepted: number };

const files: Readonly<Record<string, Case>> = {
  'a FHIR Bundle': { file: JSON.stringify(fhir, null, 1), options: {}, accepted: 2 },
  'FHIR NDJSON': {
    file: (fhir.entry as { resource: unknown }[])
      .map(({ resource }) => JSON.stringify(resource))
      .join('\n'),
    options: { contentType: 'application/fhir+ndjson' },
    accepted: 2,
  },
  'a CMS claim file': { file: rif, options: {}, accepted: 1 },
  'a mapped table': { file: table, options: { mapping }, accepted: 1 },
  'an unknown table': { file: table, options: {}, accepted: 0 },
  'a table without header': {
    file: table.split('\n').slice(1).join('\n'),
    options: {},
    accepted: 0,
  },
  'our own JSON': { file: JSON.stringify(own), options: {}, accepted: 1 },
  'our own NDJSON': {
    file: own.map((one) => JSON.stringify(one)).join('\n'),
    options: {},
    accepted: 1,
  },
  'a database dump': {
    file: `-- dump\nINSERT INTO patient_data VALUES ('MARKNAME','1948-02-29');\nINSERT INTO fee_sheet_options VALUES ('1Spine','1Back','ICD10|M54.50|~MARKNAME|MARKNOTE|'),('x','MARKNAME',7);\n`,
    options: {},
    accepted: 1,
  },
};

describe('I8 shared/claims/read-intake.ts', () => {
  it.each(Object.keys(files))('gives nothing of a patient from %s', async (name) => {
    const { file, options, accepted } = files[name] ?? { file: '', options: {}, accepted: -1 };
    expect(file).toMatch(shown);
    const records = await recordsOf(file, options);
    expect(artifactsOf(records)).toHaveLength(accepted);
    expect(JSON.stringify(records)).not.toMatch(shown);
    expect(JSON.stringify(await recordsOf(gzipSync(file), options))).not.toMatch(shown);
  });

  it('gives nothing of a patient from any damage', async () => {
    // Damage may put what stands in one place into another: only what it leaves whole is looked for.
    const damage = fc.record({
      name: fc.constantFrom(...Object.keys(files)),
      at: fc.nat(),
      drop: fc.nat({ max: 5 }),
      put: fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '|', '\n', '\\', '\u0000', 'é'),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ name, at, drop, put }) => {
        const { file, options } = files[name] ?? { file: '', options: {} };
        const start = at % file.length;
        const damaged = file.slice(0, start) + put + file.slice(start + drop);
        expect(JSON.stringify(await recordsOf(damaged, options))).not.toMatch(shown);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Every value of a JSON text under keys of a person: names, birth dates, addresses. */
function personal(value: unknown, found: Set<string>, isPerson = false): void {
  if (typeof value === 'string' && isPerson && value.length >= 4) found.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const isName = ['family', 'given', 'birthDate', 'line', 'postalCode'].includes(key);
    personal(inner, found, isName || (isPerson && Array.isArray(value)));
  }
}

describe.skipIf(!haveOfficialFiles)('I8 the published samples', () => {
  const read = (name: string): Buffer => readFileSync(resolve(officialFiles, 'claims', name));

  it('give no beneficiary number of a CMS claim file', async () => {
    for (const name of ['carrier', 'inpatient', 'outpatient', 'snf', 'hha', 'hospice', 'dme']) {
      const bytes = read(`bfd-rif-synthea/${name}.csv`);
      const members = bytes.toString('utf8').matchAll(/\|(-10000\d\d)\|/g);
      const numbers = new Set([...members].map((match) => `"${match[1]}"`));
      expect(numbers.size).toBeGreaterThan(0);
      const written = JSON.stringify(await recordsOf(bytes));
      expect([...numbers].filter((number) => written.includes(number))).toEqual([]);
    }
  });

  it('give no name, birth date or address of a person in a FHIR resource', async () => {
    const names = ['Carrier', 'DME', 'HHA', 'Hospice', 'MCS', 'Outpatient', 'SNF'];
    const samples = [
      ...names.map((name) => `bfd-fhir-eob/ExplanationOfBenefit-${name}.json`),
      ...['FissRead', 'McsRead', 'Search'].map((name) => `bfd-fhir-claim/claim${name}.json`),
    ];
    let searched = 0;
    for (const name of samples) {
      const bytes = read(name);
      const found = new Set<string>();
      personal(JSON.parse(bytes.toString('utf8')), found);
      searched += found.size;
      const written = JSON.stringify(await recordsOf(bytes));
      expect(
        [...found].filter((text) => written.includes(text)),
        name,
      ).toEqual([]);
      expect(written).not.toContain('MBI');
    }
    expect(searched).toBeGreaterThan(10);
  });
});
