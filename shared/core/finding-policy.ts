// What a finding says of the payer's policy it is about.
import type { CalendarDate } from './calendar-date.ts';
import type { CoverageVerdict } from './document-coverage.ts';
import type { PolicyRef } from './policy.ts';

/**
 * What a payer's policy does to a stored claim or template: it covers a diagnosis now, no longer, or under a condition; or it
 * says nothing of it any more.
 */
export type PolicyFindingKind =
  | 'coverage-added'
  | 'coverage-removed'
  | 'coverage-conditional'
  | 'policy-retired';

/** The heaviest first. */
export const policyFindingKinds: readonly PolicyFindingKind[] = [
  'coverage-removed',
  'coverage-conditional',
  'policy-retired',
  'coverage-added',
];

/** True for a finding on a payer's policy. */
export const isPolicyKind = (kind: string): kind is PolicyFindingKind =>
  policyFindingKinds.some((one) => one === kind);

/** The policy a finding is about. */
export type FindingPolicy = PolicyRef & {
  readonly version: string;
  readonly title: string;
  /** Page for people. */
  readonly url: string;
  /** Id of the payer in the configuration. */
  readonly payer: string;
  readonly published?: CalendarDate;
  /** Group of diagnoses that gained or lost the code; absent where the whole document is decided otherwise. */
  readonly group?: string;
  /** Of a claim the one of the line; of a template those the document decides otherwise with the diagnosis. Ascending. */
  readonly procedures: readonly string[];
  /** What the document says of the diagnosis and the procedures, before and after. */
  readonly before: CoverageVerdict;
  readonly after: CoverageVerdict;
  /**
   * Set when no list of the document names the diagnosis, before or after: it is decided as all that are not listed. The line is
   * told once, by the first diagnosis it points to.
   */
  readonly unlisted?: true;
  /** Of a claim: false when its state is not known, or the policy applies in a part of it only. */
  readonly stateKnown?: boolean;
};
