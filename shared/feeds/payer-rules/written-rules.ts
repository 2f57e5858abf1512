// Payer rules as a file writes them, whether JSON or CSV: texts still unread, each with its place.
import type { CoverageList } from '../../core/policy.ts';

/** A group of procedures as written. */
export type WrittenProcedures = {
  readonly where: string;
  readonly group: string;
  readonly codes: readonly string[];
};

/** One rule as written. */
export type WrittenRule = {
  readonly where: string;
  readonly rule: CoverageList;
  /** Empty: named by its position. */
  readonly group: string;
  readonly procedureGroup: string;
  readonly diagnoses: readonly string[];
  readonly note: string;
};

/** One version of a policy as written; what is not given is empty. */
export type WrittenPolicy = {
  readonly where: string;
  readonly payer: string;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly plan: string;
  readonly states: readonly string[];
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
  readonly published: string;
  readonly sourceUrl: string;
  readonly procedureGroups: readonly WrittenProcedures[];
  readonly rules: readonly WrittenRule[];
};

/** What a form of the file calls the fields that messages name: a column of CSV is `effective_from`. */
export type FieldNames = Readonly<
  Record<
    | 'payer'
    | 'id'
    | 'version'
    | 'title'
    | 'plan'
    | 'states'
    | 'effectiveFrom'
    | 'effectiveTo'
    | 'published'
    | 'sourceUrl'
    /** Name of a group of procedures, where its codes stand. */
    | 'procedureGroup'
    /** Codes of a group of procedures. */
    | 'codes'
    /** Name of a rule's list. */
    | 'group'
    | 'note',
    string
  >
>;

/** A file: its policies, what its form calls their fields, and the day it says it was put out. */
export type WrittenRules = {
  readonly names: FieldNames;
  readonly published: string;
  readonly policies: readonly WrittenPolicy[];
};
