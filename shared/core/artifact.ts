// What a tenant stores: claims and templates, with the codes they use. The minimum necessary,
// nothing about a patient.
import { type CalendarDate, monthOf } from './calendar-date.ts';
import { type CodeSystemId, normalizeCode } from './code-system.ts';
import { CodewatchError } from './errors.ts';
import { normalizeProcedure } from './procedure-code.ts';
import { type ClaimService, claimService } from './timely-filing.ts';

/** One use of a code; `code` in normal form (upper case, no dot). */
export type CodeUse = { readonly system: CodeSystemId; readonly code: string };

/** A template practices code from: superbill, order set, favourites list, problem list. */
export type Template = {
  readonly type: 'template';
  readonly id: string;
  readonly name?: string;
  readonly kind?: string;
  readonly owner?: string;
  readonly codes: readonly CodeUse[];
};

/** What kind of claim it is: decides which date governs and which edits apply. */
export type ClaimSetting = 'professional' | 'outpatient' | 'inpatient';

/** What a diagnosis is to its claim (X12 837 HI qualifiers; UB-04 and CMS-1500 fields). */
export type DiagnosisRole =
  | 'principal'
  | 'other'
  | 'admitting'
  | 'reason-for-visit'
  | 'external-cause';

/** A diagnosis as it was coded; `code` in upper case without dot. ICD-9-CM is kept to be told, not to be looked up. */
export type Diagnosis = {
  readonly system: 'icd10cm' | 'icd9cm';
  readonly code: string;
  readonly role: DiagnosisRole;
};

/** One line of a claim: an opaque procedure code, its own date where it has one. */
export type ClaimLine = {
  readonly procedure?: string;
  readonly modifiers?: readonly string[];
  readonly dateOfService?: CalendarDate;
  readonly billedCents?: number;
  /** Positions in `diagnoses`, from 1. */
  readonly pointers?: readonly number[];
};

/**
 * A stored claim. Inpatient claims have a discharge date, which governs; others the date of
 * service.
 */
export type Claim = {
  readonly type: 'claim';
  readonly id: string;
  readonly name?: string;
  readonly kind?: string;
  readonly owner?: string;
  /**
   * What changes hit, each once: its ICD-10 codes, diagnoses and inpatient procedures, and the HCPCS Level II codes of its
   * lines. Of CPT codes no release is taken in.
   */
  readonly codes: readonly CodeUse[];
  readonly setting?: ClaimSetting;
  /** In the claim's order, principal first, repeated ones and ICD-9-CM included. */
  readonly diagnoses?: readonly Diagnosis[];
  readonly dateOfService?: CalendarDate;
  readonly dischargeDate?: CalendarDate;
  readonly payer?: string;
  /** What kind of payer (X12 claim filing indicator, SBR09): `MA`, `MB`, `MC`, `CI`, … */
  readonly claimFiling?: string;
  readonly billedCents?: number;
  readonly lines?: readonly ClaimLine[];
  /** Postal code of the state, for jurisdictions. */
  readonly state?: string;
  /** Of the patient on the governing date, in whole years; kept only because edits ask for it. */
  readonly age?: number;
  readonly sex?: 'female' | 'male';
  /** Health Care Provider Taxonomy or CMS specialty code of the rendering provider. */
  readonly specialty?: string;
};

/** Anything a tenant stores that uses codes. */
export type Artifact = Template | Claim;

/** What an id of a tenant or an artifact may be, for messages. */
export const idRule = '1 to 128 characters, none of them # or a control or formatting character';

/**
 * What stored artifacts are found by: a code that releases change, or a CPT code, of which no release is taken in: policies
 * name it.
 */
export type KeptUse = { readonly system: CodeSystemId | 'cpt'; readonly code: string };

/** Codes one artifact may list; bounds an item's size and what storing it writes. */
export const codesMax = 1000;

// `#` parts keys, so an id with one could name another tenant's item. Formatting characters
// (bidirectional marks, zero widths) make two ids look alike; noncharacters sort behind every key.
const forbiddenInId = /[#\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/**
 * True when the text may be the id of a tenant or an artifact: no such text can name another one's
 * item.
 */
export const isStorableId = (text: string): boolean =>
  text.length >= 1 && text.length <= 128 && !forbiddenInId.test(text);

/**
 * The id itself; throws `invalid-request` naming `what` (never the text) when it may not be one.
 */
export function storableId(what: string, text: string): string {
  if (!isStorableId(text)) throw new CodewatchError('invalid-request', `${what}: ${idRule}`);
  return text;
}

const latest = (dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined =>
  dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);

/**
 * The date that decides which codes are valid: discharge for inpatient claims, else the date of
 * service, of several lines the latest, because one line past a change is enough for a denial.
 * Undefined when the claim has no date.
 */
export function governingDate(claim: Claim): CalendarDate | undefined {
  const lines = claim.lines?.map((line) => line.dateOfService) ?? [];
  return claim.dischargeDate ?? latest([claim.dateOfService, ...lines]);
}

/** What the filing deadline of an artifact is worked out from; undefined without a date. */
export function serviceOf(artifact: Artifact): ClaimService | undefined {
  if (artifact.type !== 'claim') return undefined;
  return claimService({ ...artifact, date: governingDate(artifact) });
}

/**
 * What a claim bills, in cents: its own total, else the sum of its lines; 0 when neither is known.
 */
export function billedCentsOf(claim: Claim): number {
  const lines = claim.lines?.map((line) => line.billedCents ?? 0) ?? [];
  return claim.billedCents ?? lines.reduce((sum, cents) => sum + cents, 0);
}

/**
 * The month an artifact's uses are kept under: `YYYY-MM` of a claim's governing date, else `open`.
 */
export function useMonth(artifact: Artifact): string {
  const date = artifact.type === 'claim' ? governingDate(artifact) : undefined;
  return date === undefined ? 'open' : monthOf(date);
}

/** What a procedure code of a policy or a line (upper case) is kept under: HCPCS Level II where it looks like one, else CPT. */
export const procedureUse = (code: string): KeptUse => {
  const hcpcs = normalizeCode('hcpcs', code);
  return hcpcs === undefined ? { system: 'cpt', code } : { system: 'hcpcs', code: hcpcs };
};

/**
 * Everything an artifact is to be found by, each once: its codes, and the CPT codes of its lines. What is written like a
 * HCPCS code and is none of its codes (the rate codes of HIPPS) is left out.
 */
export function keptUses(artifact: Artifact): readonly KeptUse[] {
  if (artifact.type === 'template') return artifact.codes;
  const procedures = new Set(
    artifact.lines?.flatMap(({ procedure = '' }) => normalizeProcedure(procedure) ?? []),
  );
  const uses = [...procedures].map(procedureUse);
  return [...artifact.codes, ...uses.filter(({ system }) => system === 'cpt')];
}
