// The codes of a subject as rules go through them: each on each of its dates, with what is known of it. Looked up once a
// subject, for all rules.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { formatIcd9 } from '../core/icd9.ts';
import type { CodeOnDate, KnownNotes } from './code-on-date.ts';
import { type DatedDiagnosis, type DatedUse, datesOf, servicesOf } from './dated-codes.ts';
import { written } from './item-wording.ts';
import { type Sought, soughtCode } from './note-reach.ts';
import type { RuleFacts, Subject, SubjectDiagnosis } from './rule.ts';

/** A code on a date. */
export type KnownUse = DatedUse & { readonly on: CodeOnDate };

/** A code with its dates and what is known of it on each. */
export type KnownCode = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly uses: readonly KnownUse[];
};

/** A diagnosis of ICD-10-CM. */
export type KnownDiagnosis = Omit<DatedDiagnosis, 'system' | 'uses'> & {
  readonly system: 'icd10cm';
  readonly uses: readonly KnownUse[];
  /** Itself, as notes over others look for it. */
  readonly sought: Sought;
  /** On the first of its dates; undefined without a tabular list. */
  readonly notes: KnownNotes | undefined;
};

/** A subject as rules go through it. */
export type KnownCodes = {
  /** In the claim's order, ICD-9-CM included. */
  readonly diagnoses: readonly DatedDiagnosis[];
  /** Every ICD-10 code: diagnoses, then procedures. */
  readonly codes: readonly KnownCode[];
  /** HCPCS Level II codes. */
  readonly services: readonly KnownCode[];
  /** Codes and services that are not billable on every one of their dates. Of most claims there are none. */
  readonly unbillable: readonly KnownCode[];
  /** ICD-10-CM diagnoses that stand for what was treated: neither admitting nor reason for visit. */
  readonly reported: readonly KnownDiagnosis[];
  /** Those of them with a flag of the Medicare Code Editor on one of their dates. */
  readonly flagged: readonly KnownDiagnosis[];
  /** Those with fellows on other sides of the body. */
  readonly sided: readonly KnownDiagnosis[];
  /** Those that say less than other codes would. */
  readonly unspecified: readonly KnownDiagnosis[];
  /** Those whose notes keep others apart from them, and those whose notes say what is coded before them. */
  readonly excluding: readonly KnownDiagnosis[];
  readonly following: readonly KnownDiagnosis[];
  /** The principal (first-listed) diagnosis of a claim, when it is of ICD-10-CM. */
  readonly first: KnownDiagnosis | undefined;
};

type Lookup = {
  readonly subject: Subject;
  readonly facts: RuleFacts;
  readonly found: KnownCodes;
};

// All rules ask for one subject after the other: the last answer is the next one's.
let last: Lookup | undefined;

/** The codes of a subject and what is known of them. */
export function knownCodes(subject: Subject, facts: RuleFacts): KnownCodes {
  if (last?.subject === subject && last.facts === facts) return last.found;
  const found = lookUp(subject, facts);
  last = { subject, facts, found };
  return found;
}

/** Diagnoses some rule has to look at; of most claims there are none. */
type Concerns = {
  readonly unbillable: KnownCode[];
  readonly flagged: KnownDiagnosis[];
  readonly sided: KnownDiagnosis[];
  readonly unspecified: KnownDiagnosis[];
  readonly excluding: KnownDiagnosis[];
  readonly following: KnownDiagnosis[];
};

function lookUp(subject: Subject, facts: RuleFacts): KnownCodes {
  const concerns: Concerns = {
    unbillable: [],
    flagged: [],
    sided: [],
    unspecified: [],
    excluding: [],
    following: [],
  };
  const { at, own } = datesOf(subject);
  const icd9: DatedDiagnosis[] = [];
  const icd10: KnownDiagnosis[] = [];
  for (const diagnosis of subject.diagnoses) {
    const uses = at(diagnosis.position);
    const isIcd9 = diagnosis.system === 'icd9cm';
    if (isIcd9) icd9.push({ ...diagnosis, text: formatIcd9(diagnosis.code), uses });
    else icd10.push(diagnosisOf(diagnosis, uses, facts, concerns));
  }
  const procedures = othersOf(
    subject.procedures.map((code) => ({ system: 'icd10pcs', code, uses: own })),
    facts,
    concerns,
  );
  const services = othersOf(servicesOf(subject, own), facts, concerns);
  const diagnoses = icd9.length === 0 ? icd10 : inOrder([...icd9, ...icd10]);
  const { unbillable, flagged, sided, unspecified, excluding, following } = concerns;
  return {
    diagnoses,
    codes: procedures.length === 0 ? icd10 : [...icd10, ...procedures],
    services,
    unbillable,
    reported: icd10.every(isReported) ? icd10 : icd10.filter(isReported),
    flagged,
    sided,
    unspecified,
    excluding,
    following,
    first: subject.type === 'claim' ? firstOf(diagnoses, icd10) : undefined,
  };
}

const inOrder = (diagnoses: readonly DatedDiagnosis[]): readonly DatedDiagnosis[] =>
  diagnoses.toSorted((a, b) => a.position - b.position);

const isReported = ({ role }: DatedDiagnosis | KnownDiagnosis): boolean =>
  role !== 'admitting' && role !== 'reason-for-visit';

function diagnosisOf(
  { position, code, role }: SubjectDiagnosis,
  dates: readonly DatedUse[],
  facts: RuleFacts,
  concerns: Concerns,
): KnownDiagnosis {
  const uses = usesOf('icd10cm', code, dates, facts);
  const on = uses[0]?.on;
  const found: KnownDiagnosis = {
    position,
    system: 'icd10cm',
    code,
    role,
    text: on?.text ?? written('icd10cm', code),
    uses,
    sought: on?.sought ?? soughtCode(code),
    notes: on?.notes,
  };
  if (!uses.every(isBillable)) concerns.unbillable.push(found);
  if (!on || !isReported(found)) return found;
  if (uses.some(isFlagged)) concerns.flagged.push(found);
  if (uses.some(isSided)) concerns.sided.push(found);
  if (uses.some(isUnspecified)) concerns.unspecified.push(found);
  if (on.isExcluding) concerns.excluding.push(found);
  if (on.isFollowing) concerns.following.push(found);
  return found;
}

const isBillable = ({ on }: KnownUse): boolean => on.isBillable;
const isFlagged = ({ on }: KnownUse): boolean => on.isFlagged;
const isSided = ({ on }: KnownUse): boolean => on.isSided;
const isUnspecified = ({ on }: KnownUse): boolean => on.isUnspecified;

type DatedCode = Omit<KnownCode, 'uses'> & { readonly uses: readonly DatedUse[] };

/** Procedures or services. */
function othersOf(
  codes: readonly DatedCode[],
  facts: RuleFacts,
  { unbillable }: Concerns,
): readonly KnownCode[] {
  if (codes.length === 0) return noCodes;
  const found = codes.map(({ system, code, uses }) => ({
    system,
    code,
    uses: usesOf(system, code, uses, facts),
  }));
  unbillable.push(...found.filter(({ uses }) => !uses.every(isBillable)));
  return found;
}

const noCodes: readonly KnownCode[] = [];

function usesOf(
  system: CodeSystemId,
  code: string,
  dates: readonly DatedUse[],
  facts: RuleFacts,
): readonly KnownUse[] {
  const [only] = dates;
  // Nearly always there is one date: nothing else need be made for it than what is answered.
  if (only && dates.length === 1)
    return [{ date: only.date, on: facts.code(system, code, only.date) }];
  return dates.map((use) => ({ ...use, on: facts.code(system, code, use.date) }));
}

/** What is marked as principal; a claim that marks none lists it first. */
function firstOf(
  diagnoses: readonly DatedDiagnosis[],
  icd10: readonly KnownDiagnosis[],
): KnownDiagnosis | undefined {
  const first =
    diagnoses.find(({ role }) => role === 'principal') ??
    diagnoses.find(({ role }) => role === 'other');
  return first && icd10.find(({ position }) => position === first.position);
}

/** The first date two diagnoses share; undefined when they belong to services of different days. */
export function sharedDate(one: KnownDiagnosis, other: KnownDiagnosis): CalendarDate | undefined {
  return one.uses.find(({ date }) => other.uses.some((use) => use.date === date))?.date;
}
