// What is kept of the tables of CMS's Integrated Data Repository; every other column, the beneficiary's among them, is
// never read.
import type { IdrTableName } from './idr-tables.ts';

/** The columns that name a claim in every table but CLM_DT_SGNTR, which only knows the first. */
const claimKey = ['CLM_DT_SGNTR_SK', 'GEO_BENE_SK', 'CLM_TYPE_CD', 'CLM_NUM_SK'] as const;

/** Columns kept of CLM. */
export const claimColumns = [
  ...['CLM_UNIQ_ID', 'CLM_DT_SGNTR_SK', 'CLM_TYPE_CD', 'CLM_FROM_DT', 'CLM_THRU_DT'],
  ...['CLM_SBMT_CHRG_AMT', 'CLM_BILL_FAC_TYPE_CD', 'CLM_BILL_CLSFCTN_CD', 'CLM_BILL_FREQ_CD'],
  ...['CLM_FINL_ACTN_IND', 'CLM_LTST_CLM_IND', 'CLM_OBSLT_DT'],
] as const;

/** Columns kept of CLM_LINE. */
export const lineColumns = [
  ...['CLM_LINE_NUM', 'CLM_LINE_HCPCS_CD', 'CLM_LINE_REV_CTR_CD', 'CLM_LINE_DGNS_CD'],
  ...['CLM_LINE_FROM_DT', 'CLM_LINE_THRU_DT', 'CLM_LINE_SBMT_CHRG_AMT'],
  ...['HCPCS_1_MDFR_CD', 'HCPCS_2_MDFR_CD', 'HCPCS_3_MDFR_CD', 'HCPCS_4_MDFR_CD'],
  'HCPCS_5_MDFR_CD',
] as const;

/** Columns kept of CLM_PROD. */
export const codeColumns = [
  ...['CLM_PROD_TYPE_CD', 'CLM_VAL_SQNC_NUM', 'CLM_DGNS_PRCDR_ICD_IND'],
  ...['CLM_DGNS_CD', 'CLM_PRCDR_CD'],
] as const;

/** Columns kept of CLM_LINE_INSTNL. */
export const revenueColumns = ['CLM_LINE_NUM', 'CLM_LINE_INSTNL_REV_CTR_DT'] as const;

/** The columns that are kept of a table, in their order; of a table without any no row is kept. */
export const keptOf: Readonly<Record<IdrTableName, readonly string[]>> = {
  CLM: claimColumns,
  CLM_DT_SGNTR: ['CLM_DSCHRG_DT'],
  CLM_FISS: [],
  CLM_INSTNL: [],
  CLM_LINE: lineColumns,
  CLM_LINE_INSTNL: revenueColumns,
  CLM_LINE_PRFNL: [],
  CLM_PRFNL: [],
  CLM_PROD: codeColumns,
};

/** The columns by which the rows of a table belong to a claim. */
export const keyOf = (name: IdrTableName): readonly string[] =>
  name === 'CLM_DT_SGNTR' ? ['CLM_DT_SGNTR_SK'] : claimKey;

/** Columns a table is of no use without, beside those of its key. */
export const neededOf: Readonly<Partial<Record<IdrTableName, readonly string[]>>> = {
  CLM: ['CLM_UNIQ_ID', 'CLM_TYPE_CD'],
  CLM_PROD: ['CLM_PROD_TYPE_CD', 'CLM_DGNS_CD'],
};
