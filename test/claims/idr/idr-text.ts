// Tables of CMS's repository for tests: small ones, written by column, and what becomes of them.
import { idrTogether } from '../../../shared/claims/idr/read-idr.ts';
import type { IntakeRecord } from '../../../shared/claims/intake-record.ts';
import { temporaryJoins } from '../../../shared/edge/sqlite/temporary-join.ts';
import { recordsOf } from '../intake-text.ts';

type Row = Readonly<Record<string, string>>;

const key = { CLM_DT_SGNTR_SK: '500', GEO_BENE_SK: '77', CLM_TYPE_CD: '60', CLM_NUM_SK: '1' };

/** A table as CSV; every row is of the same claim unless it says otherwise. */
export function idrTable(columns: readonly string[], rows: readonly Row[]): string {
  const header = [...new Set([...Object.keys(key), ...columns])];
  const lines = rows.map((row) => header.map((name) => ({ ...key, ...row })[name] ?? '').join(','));
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

/** CLM: an inpatient claim of 2025-09-28 to 2025-10-02. */
export const clm = (...rows: readonly Row[]): string =>
  idrTable(
    [
      ...['CLM_UNIQ_ID', 'CLM_CNTL_NUM', 'BENE_SK', 'CLM_FROM_DT', 'CLM_THRU_DT'],
      ...['CLM_SBMT_CHRG_AMT', 'CLM_BILL_FAC_TYPE_CD', 'CLM_BILL_CLSFCTN_CD', 'CLM_BILL_FREQ_CD'],
      ...['CLM_FINL_ACTN_IND', 'CLM_LTST_CLM_IND', 'CLM_OBSLT_DT'],
    ],
    rows.map((row) => ({
      ...{ CLM_UNIQ_ID: '9001', CLM_FROM_DT: '2025-09-28', CLM_THRU_DT: '2025-10-02' },
      ...{ CLM_FINL_ACTN_IND: 'Y', CLM_LTST_CLM_IND: 'Y', CLM_OBSLT_DT: '9999-12-31' },
      ...row,
    })),
  );

/** CLM_PROD: `P M545`, `S 30233N1 2` is kind, code and place. */
export const prod = (codes: readonly string[], of: Row = {}): string =>
  idrTable(
    [
      ...['CLM_PROD_TYPE_CD', 'CLM_VAL_SQNC_NUM', 'CLM_DGNS_PRCDR_ICD_IND', 'CLM_POA_IND'],
      ...['CLM_DGNS_CD', 'CLM_PRCDR_CD'],
    ],
    codes.map((code) => {
      const [kind = '', value = '', place = '1'] = code.split(' ');
      const column = kind === 'S' ? 'CLM_PRCDR_CD' : 'CLM_DGNS_CD';
      return {
        ...{ CLM_PROD_TYPE_CD: kind, [column]: value, CLM_VAL_SQNC_NUM: place },
        ...{ CLM_DGNS_PRCDR_ICD_IND: '0', CLM_POA_IND: 'Y', ...of },
      };
    }),
  );

/** CLM_LINE. */
export const lines = (...rows: readonly Row[]): string =>
  idrTable(
    [
      ...['CLM_LINE_NUM', 'CLM_LINE_FROM_DT', 'CLM_LINE_THRU_DT', 'CLM_LINE_SBMT_CHRG_AMT'],
      ...['CLM_LINE_DGNS_CD', 'CLM_LINE_HCPCS_CD', 'HCPCS_1_MDFR_CD', 'CLM_LINE_REV_CTR_CD'],
    ],
    rows,
  );

/** CLM_LINE_INSTNL. */
export const revenue = (...rows: readonly Row[]): string =>
  idrTable(['CLM_LINE_INSTNL_ADJSTD_AMT', 'CLM_LINE_INSTNL_REV_CTR_DT', 'CLM_LINE_NUM'], rows);

/** CLM_DT_SGNTR. */
export const dates = (discharge: string): string =>
  `CLM_DT_SGNTR_SK,CLM_SUBMSN_DT,CLM_DSCHRG_DT\n500,2025-10-09,${discharge}\n`;

/** The reader, with room for `bytesMax`. */
export const together = (bytesMax?: number) => idrTogether(temporaryJoins(bytesMax));

/** The records of tables, one behind the other in one text, or of a zip. */
export const recordsTogether = (file: string | Uint8Array): Promise<readonly IntakeRecord[]> =>
  recordsOf(file, { related: together() });
