// How far a tenant's assessment of an edition of policies has come, when one message does not get through it. One chain of
// messages: each goes on where the one before left off.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Tally } from '../core/impact-tally.ts';

/** Where the chain stands. */
export type PolicyAssessment = {
  readonly edition: string;
  /** Messages that were handled to the end. */
  readonly step: number;
  /** The day it began, for all its messages: deadlines are counted from it. */
  readonly today: CalendarDate;
  /** What the tenant may use of what moved, as in its message; absent when it is too much to be kept. */
  readonly uses?: readonly string[];
  /** Month gone through last, `open` for templates, and in it the last artifact. */
  readonly month: string;
  readonly after?: string;
  /** Of the artifacts gone through. */
  readonly tally: Tally;
  /** The tenant was told. */
  readonly closed: boolean;
};

/** Implemented over an ItemStore in `store/policy-assessments.ts`. */
export type PolicyAssessments = {
  get(tenant: string, edition: string): Promise<PolicyAssessment | undefined>;
  /** Stores it in place of one of this step (0: none yet); false when another delivery was faster. */
  put(tenant: string, assessment: PolicyAssessment, before: number): Promise<boolean>;
};
