// Where a CMS claim file (RIF: Research Identifiable File, as the Chronic Conditions Warehouse publishes it) keeps what is
// kept of a claim. Every other column, the beneficiary's among them, is never read.
import type { DiagnosisRole } from '../../core/artifact.ts';

/** A code column with the one that tells its ICD version. */
export type CodeColumn = {
  readonly name: string;
  readonly at: number;
  readonly version: number;
};

/** Indexes of columns; -1 for one the file does not have. */
export type RifColumns = {
  readonly action: number;
  readonly id: number;
  readonly claimType: number;
  readonly recordType: number;
  readonly facility: number;
  readonly facilityClass: number;
  readonly frequency: number;
  readonly through: number;
  readonly discharge: number;
  readonly billed: readonly number[];
  readonly state: number;
  readonly specialty: number;
  readonly principal: CodeColumn;
  readonly diagnoses: readonly CodeColumn[];
  readonly roles: readonly (readonly [DiagnosisRole, readonly CodeColumn[]])[];
  readonly procedures: readonly CodeColumn[];
  readonly revenue: number;
  readonly procedure: number;
  readonly modifiers: readonly number[];
  readonly lineDates: readonly number[];
  readonly lineBilled: readonly number[];
  readonly lineDiagnosis: CodeColumn;
};

const numbered = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * The columns of a header in upper case. Names as in the CCW record layouts of carrier, DME,
 * inpatient, outpatient, SNF, hospice and home health claims.
 */
export function findRifColumns(header: readonly string[]): RifColumns {
  const places = new Map(header.map((name, at) => [name, at]));
  const at = (name: string): number => places.get(name) ?? -1;
  const code = (name: string, version: string): CodeColumn => ({
    name,
    at: at(name),
    version: at(version),
  });
  const series = (stem: string, to: number): readonly CodeColumn[] =>
    numbered(1, to)
      .map((n) => code(`${stem}_CD${n}`, `${stem}_VRSN_CD${n}`))
      .filter((column) => column.at >= 0);
  const first = (name: string): readonly CodeColumn[] => {
    const column = code(`${name}_CD`, `${name}_VRSN_CD`);
    return column.at < 0 ? [] : [column];
  };
  const present = (names: readonly string[]): readonly number[] =>
    names.map(at).filter((place) => place >= 0);
  return {
    action: at('DML_IND'),
    id: at('CLM_ID'),
    claimType: at('NCH_CLM_TYPE_CD'),
    recordType: at('NCH_NEAR_LINE_REC_IDENT_CD'),
    facility: at('CLM_FAC_TYPE_CD'),
    facilityClass: at('CLM_SRVC_CLSFCTN_TYPE_CD'),
    frequency: at('CLM_FREQ_CD'),
    through: at('CLM_THRU_DT'),
    discharge: at('NCH_BENE_DSCHRG_DT'),
    billed: present(['CLM_TOT_CHRG_AMT', 'NCH_CARR_CLM_SBMTD_CHRG_AMT']),
    state: at('PRVDR_STATE_CD'),
    specialty: at('PRVDR_SPCLTY'),
    principal: code('PRNCPAL_DGNS_CD', 'PRNCPAL_DGNS_VRSN_CD'),
    diagnoses: series('ICD_DGNS', 25),
    roles: [
      ['admitting', first('ADMTG_DGNS')],
      ['reason-for-visit', series('RSN_VISIT', 3)],
      ['external-cause', [...first('FST_DGNS_E'), ...series('ICD_DGNS_E', 12)]],
    ],
    procedures: series('ICD_PRCDR', 25),
    revenue: at('REV_CNTR'),
    procedure: at('HCPCS_CD'),
    modifiers: present(['1ST', '2ND', '3RD', '4TH', '5TH'].map((nth) => `HCPCS_${nth}_MDFR_CD`)),
    lineDates: present(['LINE_LAST_EXPNS_DT', 'LINE_1ST_EXPNS_DT', 'REV_CNTR_DT']),
    lineBilled: present(['LINE_SBMTD_CHRG_AMT', 'REV_CNTR_TOT_CHRG_AMT']),
    lineDiagnosis: code('LINE_ICD_DGNS_CD', 'LINE_ICD_DGNS_VRSN_CD'),
  };
}
