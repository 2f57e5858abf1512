// Tables of CMS's Integrated Data Repository (IDR): a claim is spread over several of them, so that none can be taken in
// by itself. They are recognised, to say so.
import type { Refusal } from '../parse-artifact.ts';

/** A column that only this table has, and what the table is. */
const tables: readonly (readonly [string, string])[] = [
  ['CLM_DGNS_CD', 'CLM_PROD, the diagnoses and procedures'],
  ['CLM_LINE_INSTNL_ADJSTD_AMT', 'CLM_LINE_INSTNL, institutional amounts of lines'],
  ['CLM_PMT_80_100_CD', 'CLM_LINE_PRFNL, professional amounts of lines'],
  ['CLM_LINE_FROM_DT', 'CLM_LINE, the service lines'],
  ['CLM_FI_ACTN_CD', 'CLM_INSTNL, institutional details'],
  ['CLM_CARR_PMT_DNL_CD', 'CLM_PRFNL, professional details'],
  ['CLM_SUBMSN_DT', 'CLM_DT_SGNTR, the dates'],
  ['CLM_CRNT_STUS_CD', 'CLM_FISS, the state of processing'],
  ['CLM_CNTL_NUM', 'CLM, the claims without their codes'],
];

/** Why a table of the IDR is refused; undefined when the header, in upper case, is none of theirs. */
export function refuseIdr(header: readonly string[]): Refusal | undefined {
  const isIdr = header.includes('CLM_DT_SGNTR_SK') || header.includes('CLM_UNIQ_ID');
  if (!isIdr) return undefined;
  const table = tables.find(([column]) => header.includes(column))?.[1] ?? 'another one';
  const message =
    `table ${table}, of CMS's Integrated Data Repository; a claim needs CLM, CLM_DT_SGNTR, CLM_PROD and CLM_LINE ` +
    'together, joined by GEO_BENE_SK, CLM_DT_SGNTR_SK, CLM_TYPE_CD and CLM_NUM_SK; send the claims as RIF, FHIR or 837';
  return { code: 'unsupported', message };
}
