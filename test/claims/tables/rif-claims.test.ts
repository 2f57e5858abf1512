import { describe, expect, it } from 'vitest';
import {
  artifactsOf,
  countIntake,
  onlyClaim,
  recordsOf,
  refusalsOf,
  warningsOf,
} from '../intake-text.ts';

const carrierColumns = [
  ...['DML_IND', 'BENE_ID', 'CLM_ID', 'NCH_NEAR_LINE_REC_IDENT_CD', 'NCH_CLM_TYPE_CD'],
  ...['CLM_FROM_DT', 'CLM_THRU_DT', 'NCH_CARR_CLM_SBMTD_CHRG_AMT', 'PRNCPAL_DGNS_CD'],
  ...['PRNCPAL_DGNS_VRSN_CD', 'ICD_DGNS_CD1', 'ICD_DGNS_VRSN_CD1', 'ICD_DGNS_CD2'],
  ...['ICD_DGNS_VRSN_CD2', 'LINE_NUM', 'PRVDR_STATE_CD', 'PRVDR_SPCLTY', 'LINE_1ST_EXPNS_DT'],
  ...['LINE_LAST_EXPNS_DT', 'HCPCS_CD', 'HCPCS_1ST_MDFR_CD', 'LINE_SBMTD_CHRG_AMT'],
  ...['LINE_ICD_DGNS_CD', 'LINE_ICD_DGNS_VRSN_CD'],
] as const;

type Cells = Readonly<Record<string, string>>;

const carrier: Cells = {
  DML_IND: 'INSERT',
  BENE_ID: '-77',
  CLM_ID: '1001',
  NCH_NEAR_LINE_REC_IDENT_CD: 'O',
  NCH_CLM_TYPE_CD: '71',
  CLM_FROM_DT: '30-Sep-2021',
  CLM_THRU_DT: '01-Oct-2021',
  NCH_CARR_CLM_SBMTD_CHRG_AMT: '220.50',
  PRNCPAL_DGNS_CD: 'M5450',
  PRNCPAL_DGNS_VRSN_CD: '0',
  ICD_DGNS_CD1: 'M5450',
  ICD_DGNS_VRSN_CD1: '0',
  ICD_DGNS_CD2: 'I10',
  ICD_DGNS_VRSN_CD2: '0',
  PRVDR_STATE_CD: '33',
  PRVDR_SPCLTY: '08',
  LINE_1ST_EXPNS_DT: '30-Sep-2021',
  LINE_LAST_EXPNS_DT: '01-Oct-2021',
  HCPCS_CD: '99213',
  HCPCS_1ST_MDFR_CD: '25',
  LINE_SBMTD_CHRG_AMT: '100',
  LINE_ICD_DGNS_CD: 'I10',
  LINE_ICD_DGNS_VRSN_CD: '0',
};

/** A file with these columns and rows. */
const rif = (columns: readonly string[], rows: readonly Cells[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.join('|'))
    .join('\n');

const carrierFile = (...rows: readonly Cells[]): string =>
  rif(
    carrierColumns,
    rows.map((row) => ({ ...carrier, ...row })),
  );

describe('shared/claims/tables/rif-claims.ts', () => {
  it('makes one claim of the rows that share CLM_ID, each a line', async () => {
    const second = { LINE_SBMTD_CHRG_AMT: '120.50', HCPCS_CD: 'J3301', HCPCS_1ST_MDFR_CD: '' };
    expect(await onlyClaim(carrierFile({}, second))).toEqual({
      type: 'claim',
      id: '1001',
      codes: [
        { system: 'icd10cm', code: 'M5450' },
        { system: 'icd10cm', code: 'I10' },
        { system: 'hcpcs', code: 'J3301' },
      ],
      setting: 'professional',
      // PRNCPAL_DGNS_CD repeats ICD_DGNS_CD1: one diagnosis.
      diagnoses: [
        { system: 'icd10cm', code: 'M5450', role: 'principal' },
        { system: 'icd10cm', code: 'I10', role: 'other' },
      ],
      payer: 'medicare',
      claimFiling: 'MB',
      billedCents: 22_050,
      lines: [
        {
          procedure: '99213',
          modifiers: ['25'],
          dateOfService: '2021-10-01',
          billedCents: 10_000,
          pointers: [2],
        },
        { procedure: 'J3301', dateOfService: '2021-10-01', billedCents: 12_050, pointers: [2] },
      ],
      state: 'NY',
      specialty: '08',
    });
  });

  it('keeps a diagnosis listed twice beside the principal one, for scrubbing to tell', async () => {
    const claim = await onlyClaim(carrierFile({ ICD_DGNS_CD2: 'M5450' }));
    expect(claim.diagnoses?.map(({ code }) => code)).toEqual(['M5450', 'M5450', 'I10']);
    expect(claim.lines?.[0]?.pointers).toEqual([3]);
  });

  it('reads ICD-9-CM where the version says 9, and dates as CMS has written them', async () => {
    const claim = await onlyClaim(
      carrierFile({
        PRNCPAL_DGNS_CD: '7242',
        PRNCPAL_DGNS_VRSN_CD: '9',
        ICD_DGNS_CD1: '7242',
        ICD_DGNS_VRSN_CD1: '9',
        ICD_DGNS_CD2: '',
        LINE_ICD_DGNS_CD: '7242',
        LINE_ICD_DGNS_VRSN_CD: '9',
        LINE_LAST_EXPNS_DT: '20140301',
      }),
    );
    expect(claim.diagnoses).toEqual([{ system: 'icd9cm', code: '7242', role: 'principal' }]);
    expect(claim.codes).toEqual([]);
    expect(claim.lines).toMatchObject([{ dateOfService: '2014-03-01', pointers: [1] }]);
  });

  it('takes a claim with DML_IND DELETE as void, one with UPDATE in place of an earlier one', async () => {
    const changed = { DML_IND: 'UPDATE', HCPCS_CD: '99214' };
    const other = { CLM_ID: '1002' };
    const records = await recordsOf(
      carrierFile({}, other, changed, { CLM_ID: '1003', DML_IND: 'DELETE' }),
    );
    expect(countIntake(records)).toEqual({ accepted: 3, rejected: 0, void: 1 });
    expect(records.at(-1)).toEqual({ kind: 'void', where: 'line 5', type: 'claim', id: '1003' });
    const again = await recordsOf(carrierFile({}, other, { HCPCS_CD: '99214' }));
    expect(refusalsOf(again)).toEqual(['line 4 repeated']);
  });

  it('leaves out what cannot be read, and refuses a claim without any code', async () => {
    const records = await recordsOf(
      carrierFile(
        { ICD_DGNS_CD2: 'NAME', LINE_SBMTD_CHRG_AMT: '-5', LINE_LAST_EXPNS_DT: '31-Feb-2021' },
        {
          CLM_ID: '1002',
          PRNCPAL_DGNS_CD: '',
          ICD_DGNS_CD1: '',
          ICD_DGNS_CD2: '',
          LINE_ICD_DGNS_CD: '',
        },
        { CLM_ID: '', HCPCS_CD: '99215' },
      ),
    );
    expect(warningsOf(records)).toEqual([
      'line 2, ICD_DGNS_CD2 code-malformed',
      'line 2, date date-invalid',
      'line 2, charge amount-invalid',
    ]);
    expect(refusalsOf(records)).toEqual(['line 3 codes-missing', 'line 4 id-invalid']);
  });

  it('loses of a claim with a damaged row that row only', async () => {
    const rows = carrierFile({}, { HCPCS_CD: '99214' }, { HCPCS_CD: '99215' }).split('\n');
    const damaged = rows.with(2, `${rows[2]}|more`).join('\n');
    const records = await recordsOf(damaged);
    expect(refusalsOf(records)).toEqual(['line 3 unreadable']);
    const [claim] = artifactsOf(records);
    expect(claim).toMatchObject({ lines: [{ procedure: '99213' }, { procedure: '99215' }] });
  });
});

describe('shared/claims/tables/rif-claims.ts, institutional', () => {
  const columns = [
    ...['DML_IND', 'BENE_ID', 'CLM_ID', 'NCH_NEAR_LINE_REC_IDENT_CD', 'NCH_CLM_TYPE_CD'],
    ...['CLM_THRU_DT', 'CLM_FAC_TYPE_CD', 'CLM_SRVC_CLSFCTN_TYPE_CD', 'CLM_FREQ_CD'],
    ...['CLM_TOT_CHRG_AMT', 'NCH_BENE_DSCHRG_DT', 'ADMTG_DGNS_CD', 'ADMTG_DGNS_VRSN_CD'],
    ...['PRNCPAL_DGNS_CD', 'PRNCPAL_DGNS_VRSN_CD', 'ICD_DGNS_CD1', 'ICD_DGNS_VRSN_CD1'],
    ...['FST_DGNS_E_CD', 'FST_DGNS_E_VRSN_CD', 'ICD_DGNS_E_CD1', 'ICD_DGNS_E_VRSN_CD1'],
    ...['RSN_VISIT_CD1', 'RSN_VISIT_VRSN_CD1', 'ICD_PRCDR_CD1', 'ICD_PRCDR_VRSN_CD1'],
    ...['REV_CNTR', 'REV_CNTR_DT', 'HCPCS_CD', 'REV_CNTR_TOT_CHRG_AMT'],
  ];
  const inpatient: Cells = {
    DML_IND: 'INSERT',
    BENE_ID: '-77',
    CLM_ID: '2001',
    NCH_NEAR_LINE_REC_IDENT_CD: 'V',
    NCH_CLM_TYPE_CD: '60',
    CLM_THRU_DT: '02-Oct-2023',
    CLM_FAC_TYPE_CD: '1',
    CLM_SRVC_CLSFCTN_TYPE_CD: '1',
    CLM_FREQ_CD: '1',
    CLM_TOT_CHRG_AMT: '33248.67',
    NCH_BENE_DSCHRG_DT: '03-Oct-2023',
    ADMTG_DGNS_CD: 'R079',
    PRNCPAL_DGNS_CD: 'I214',
    ICD_DGNS_CD1: 'E785',
    FST_DGNS_E_CD: 'W19XXXA',
    ICD_DGNS_E_CD1: 'W19XXXA',
    ICD_PRCDR_CD1: '4A023N7',
    ICD_PRCDR_VRSN_CD1: '0',
    REV_CNTR: '0120',
    REV_CNTR_TOT_CHRG_AMT: '26566.94',
  };

  it('governs an inpatient claim by the discharge, with admitting diagnosis, external cause and ICD-10-PCS', async () => {
    // Revenue center 0001 sums up the others.
    const sum = { ...inpatient, REV_CNTR: '0001', REV_CNTR_TOT_CHRG_AMT: '33248.67' };
    const claim = await onlyClaim(rif(columns, [inpatient, sum]));
    expect(claim).toMatchObject({
      setting: 'inpatient',
      dischargeDate: '2023-10-03',
      claimFiling: 'MA',
      billedCents: 3_324_867,
      diagnoses: [
        { code: 'I214', role: 'principal' },
        { code: 'E785', role: 'other' },
        { code: 'R079', role: 'admitting' },
        { code: 'W19XXXA', role: 'external-cause' },
      ],
    });
    expect(claim.codes).toContainEqual({ system: 'icd10pcs', code: '4A023N7' });
    expect(claim.dateOfService).toBeUndefined();
    expect(claim.lines).toEqual([{ billedCents: 2_656_694 }]);
  });

  it('tells the setting by type of bill: home health and Part B inpatients are outpatient', async () => {
    const settings: (string | undefined)[] = [];
    for (const [facility, care] of ['11', '12', '13', '21', '32', '81'].map((bill) => [...bill])) {
      const row = {
        ...inpatient,
        CLM_FAC_TYPE_CD: facility ?? '',
        CLM_SRVC_CLSFCTN_TYPE_CD: care ?? '',
      };
      settings.push((await onlyClaim(rif(columns, [row]))).setting);
    }
    const [inside, outside] = ['inpatient', 'outpatient'];
    expect(settings).toEqual([inside, outside, outside, inside, outside, outside]);
  });

  it('takes frequency code 8 as void', async () => {
    const records = await recordsOf(rif(columns, [{ ...inpatient, CLM_FREQ_CD: '8' }]));
    expect(records).toEqual([{ kind: 'void', where: 'line 2', type: 'claim', id: '2001' }]);
  });
});
