import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { haveOfficialFiles } from '../support/official-files.ts';
import { artifactsOf, countIntake, recordsOf } from './intake-text.ts';
import {
  claimsIn,
  claimsInIdr,
  idrRecords,
  idrTexts,
  readSample,
  sampleNames,
  sampleTable,
} from './sample-table.ts';

describe.skipIf(!haveOfficialFiles)('the published samples that are not X12', () => {
  it('give one record for every claim, and one for a file that holds none', async () => {
    let claims = 0;
    for (const name of sampleNames()) {
      const bytes = readSample(name);
      const expected = claimsIn(name, bytes.toString('utf8'));
      const { accepted, rejected, void: voided } = countIntake(await recordsOf(bytes));
      expect(accepted + rejected + voided, name).toBe(Math.max(expected, 1));
      claims += expected;
    }
    // RIF 37 + 1 + 14 + 1 + 16 + 19 + 1, FHIR 10 + 3 + 2 + 2 of a Bundle.
    expect([sampleNames().length, claims]).toEqual([34, 106]);
  });

  it('of the repository give, handed in together, one record for every claim of any of their tables', async () => {
    const { accepted, rejected, void: voided } = countIntake(await idrRecords());
    expect(accepted + rejected + voided).toBe(claimsInIdr(idrTexts()));
    expect(claimsInIdr(idrTexts())).toBe(151);
  });

  it('are listed in docs/intake-formats.md with what comes of them', async () => {
    expect(readFileSync('docs/intake-formats.md', 'utf8')).toContain(await sampleTable());
  });

  it('hold a skilled nursing claim of 67 lines, read whole', async () => {
    const [claim] = artifactsOf(await recordsOf(readSample('bfd-rif-synthea/snf.csv')));
    expect(claim).toMatchObject({
      id: '-100000508',
      setting: 'inpatient',
      dischargeDate: '2017-01-26',
      billedCents: 4_010_602,
      diagnoses: [
        { code: 'O039', role: 'principal' },
        { code: 'E034', role: 'other' },
        { code: 'O039', role: 'admitting' },
      ],
    });
    expect(claim?.type === 'claim' && claim.lines?.length).toBe(67);
    expect(claim?.codes).toContainEqual({ system: 'icd10pcs', code: '5A02110' });
  });

  it('hold an inpatient ExplanationOfBenefit of CARIN, read as its profile says', async () => {
    const file = readSample('carin-bb/ExplanationOfBenefit_InpatientEOBExample1.json');
    expect(artifactsOf(await recordsOf(file))).toMatchObject([
      {
        id: 'InpatientEOBExample1',
        setting: 'inpatient',
        dischargeDate: '2017-05-23',
        payer: 'UPMC Health Plan',
        billedCents: 714_720,
        diagnoses: [
          { code: 'I214', role: 'principal' },
          { code: 'I25118' },
          { code: 'E785' },
          { code: 'M1990' },
        ],
      },
    ]);
  });
});
