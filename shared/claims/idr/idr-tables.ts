// Tables of CMS's Integrated Data Repository (IDR): a claim is spread over up to nine of them, so that none can be taken
// in by itself. What each is told by, and what to say of those that do not make a claim.
import type { Refusal } from '../parse-artifact.ts';

/** The tables a claim may be spread over, as CMS names them. */
export type IdrTableName =
  | 'CLM'
  | 'CLM_DT_SGNTR'
  | 'CLM_FISS'
  | 'CLM_INSTNL'
  | 'CLM_LINE'
  | 'CLM_LINE_INSTNL'
  | 'CLM_LINE_PRFNL'
  | 'CLM_PRFNL'
  | 'CLM_PROD';

/** One table. */
export type IdrTable = {
  readonly name: IdrTableName;
  /** A column that no other one has. */
  readonly told: string;
  readonly holds: string;
};

const table = (name: IdrTableName, told: string, holds: string): IdrTable => ({
  name,
  told,
  holds,
});

/** All nine. Columns as in CMS's published samples (beneficiary-fhir-data, bfd-pipeline-idr). */
export const idrTables: readonly IdrTable[] = [
  table('CLM_PROD', 'CLM_DGNS_CD', 'the diagnoses and procedures'),
  table('CLM_LINE_INSTNL', 'CLM_LINE_INSTNL_ADJSTD_AMT', 'institutional amounts of lines'),
  table('CLM_LINE_PRFNL', 'CLM_PMT_80_100_CD', 'professional amounts of lines'),
  table('CLM_LINE', 'CLM_LINE_FROM_DT', 'the service lines'),
  table('CLM_INSTNL', 'CLM_FI_ACTN_CD', 'institutional details'),
  table('CLM_PRFNL', 'CLM_CARR_PMT_DNL_CD', 'professional details'),
  table('CLM_DT_SGNTR', 'CLM_SUBMSN_DT', 'the dates'),
  table('CLM_FISS', 'CLM_CRNT_STUS_CD', 'the state of processing'),
  table('CLM', 'CLM_CNTL_NUM', 'the claims without their codes'),
];

/** Without these no claim has a code. */
export const neededTables = ['CLM', 'CLM_PROD'] as const satisfies readonly IdrTableName[];

/** True for the header, in upper case, of any table of the IDR with claims. */
export const isIdrHeader = (header: readonly string[]): boolean =>
  header.includes('CLM_DT_SGNTR_SK') || header.includes('CLM_UNIQ_ID');

/** The table a header, in upper case, is of; undefined for one that is not of the nine. */
export const idrTableOf = (header: readonly string[]): IdrTable | undefined =>
  isIdrHeader(header) ? idrTables.find(({ told }) => header.includes(told)) : undefined;

const how =
  'hand them in together: codewatch intake with their folder or all their files, or one zip of them in the inbox';

/** Why tables that are no claims by themselves are refused, and what to do; `names` are those that came. */
export function refuseParts(names: readonly IdrTableName[]): Refusal {
  const came = idrTables.filter(({ name }) => names.includes(name));
  const shown = came.map(({ name, holds }) => `${name}, ${holds}`).join('; ');
  const missing = neededTables.filter((name) => !names.includes(name)).join(' and ');
  const message =
    `of CMS's Integrated Data Repository came ${shown === '' ? 'another table' : shown}; a claim needs CLM and ` +
    'CLM_PROD, and has more in CLM_LINE, CLM_LINE_INSTNL, CLM_LINE_PRFNL, CLM_DT_SGNTR, CLM_INSTNL, CLM_PRFNL and ' +
    `CLM_FISS${missing === '' ? '' : `; missing: ${missing}`}; ${how}`;
  return { code: 'unsupported', message };
}

/** Why a table of the IDR is refused where it comes alone; undefined when the header, in upper case, is none of theirs. */
export function refuseIdr(header: readonly string[]): Refusal | undefined {
  if (!isIdrHeader(header)) return undefined;
  const known = idrTableOf(header);
  return refuseParts(known ? [known.name] : []);
}
