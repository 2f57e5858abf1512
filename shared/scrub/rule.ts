// What a scrub rule is: one check of one claim or template, with its source and the dates between which it holds.
import type { ClaimSetting, DiagnosisRole } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { Payer } from '../core/payer.ts';
import type { PolicyVersion } from '../core/policy.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import type { CodeOnDate } from './code-on-date.ts';

/** Every rule's id: stable, for machines. */
export type ScrubRuleId =
  | 'code-unknown'
  | 'code-ended'
  | 'code-future'
  | 'code-header'
  | 'code-outside-horizon'
  | 'seventh-character'
  | 'code-set-mismatch'
  | 'principal-external-cause'
  | 'principal-manifestation'
  | 'principal-unacceptable'
  | 'age-conflict'
  | 'sex-conflict'
  | 'unspecified'
  | 'laterality'
  | 'duplicate'
  | 'excludes1'
  | 'code-first'
  | 'pointer'
  | 'coverage'
  /** A rule could not be applied, because something it needs is not known. */
  | 'not-checked';

/** `error`: a payer denies it. `warning`: many do, or ask for records. `info`: said, not guessed. */
export type ScrubSeverity = 'error' | 'warning' | 'info';

/** One thing found. Codes with the official dot. */
export type ScrubItem = {
  readonly rule: ScrubRuleId;
  readonly severity: ScrubSeverity;
  readonly code?: string;
  /** Line of the claim, from 1. */
  readonly line?: number;
  readonly message: string;
  /** What to do, phrased for the person who does it. */
  readonly remedy: string;
  /** The publication it rests on, with its version or release. */
  readonly source: string;
  readonly replacedBy?: readonly Replacement[];
};

/** A diagnosis in its place. `code` in normal form, or as given in upper case when it cannot be one. */
export type SubjectDiagnosis = {
  /** From 1, in the claim's order; pointers mean this. */
  readonly position: number;
  readonly system: 'icd10cm' | 'icd9cm';
  readonly code: string;
  readonly role: DiagnosisRole;
};

/** What is scrubbed. Whatever is absent is unknown. */
export type Subject = {
  readonly type: 'claim' | 'template';
  readonly setting?: ClaimSetting;
  /** Governs every code that no line dates otherwise; of a template the date it is checked for. */
  readonly date?: CalendarDate;
  readonly diagnoses: readonly SubjectDiagnosis[];
  /** ICD-10-PCS codes. */
  readonly procedures: readonly string[];
  /** HCPCS Level II codes listed besides those of the lines. */
  readonly hcpcs?: readonly string[];
  readonly lines: readonly {
    readonly number: number;
    /** A HCPCS or CPT code in upper case; what can be neither, as it was given. */
    readonly procedure?: string;
    /** Governs the codes of the line; absent where the discharge does. */
    readonly date?: CalendarDate;
    /** Its own date whatever governs its codes: policies are applied by it. */
    readonly dateOfService?: CalendarDate;
    readonly pointers?: readonly number[];
  }[];
  readonly payer?: string;
  /** Claim filing indicator (X12 SBR09). */
  readonly claimFiling?: string;
  readonly state?: string;
  readonly age?: number;
  readonly sex?: 'female' | 'male';
};

/** Policies of payers on the procedures of the claims at hand. */
export type CoverageFacts = {
  /** Whose the claim is; undefined when it is nobody's of those configured. */
  payerOf(subject: Subject): Payer | undefined;
  /** Documents in force on a date, of every payer, that name a procedure. */
  documentsOn(procedure: string, date: CalendarDate): readonly PolicyVersion[];
};

/** What rules look things up in: loaded beforehand for the claims at hand, so that rules are plain functions. */
export type RuleFacts = {
  /** A code (normal form, or as given) on a date; throws where nobody loaded it. */
  code(system: CodeSystemId, code: string, date: CalendarDate): CodeOnDate;
  /** Effective date of the release in force on a date; null when there is none. */
  editionOn(system: CodeSystemId, date: CalendarDate): CalendarDate | null;
  readonly book: RuleBook;
  /** Absent where no policies are kept, or no payer is configured. */
  readonly coverage?: CoverageFacts;
  /** False while no snapshot is at hand: codes below headers, siblings and sides are then not known. */
  readonly knowsTree: boolean;
  /** Beginning of ICD-10: the day before is the last of ICD-9-CM. */
  readonly icd10Begins: CalendarDate;
};

/** One rule. `check` is pure and answers nothing for what it does not concern. */
export type ScrubRule = {
  readonly id: ScrubRuleId;
  /** What it finds, in one sentence, for lists of rules. */
  readonly finds: string;
  /** The publication behind it, for people. */
  readonly source: string;
  readonly severity: ScrubSeverity;
  /** Dates of service it holds for; open when absent. */
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
  check(subject: Subject, facts: RuleFacts): readonly ScrubItem[];
};
