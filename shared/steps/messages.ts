// The messages between the steps, as JSON on the queues. pull → ingest carries a Candidate (shared/core/candidate.ts).
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { PolicySourceId } from '../core/policy.ts';
import type { Approval, ReleaseId } from '../core/release.ts';
import type { PolicyFile } from '../feeds/policy-feed.ts';

/** ingest → assess: this release was committed under this sequence number. */
export type AssessMessage = {
  readonly system: CodeSystemId;
  readonly release: ReleaseId;
  readonly seq: number;
};

/** assess → assess tenant: this tenant may use codes that this record of a release changes. */
export type TenantMessage = {
  readonly tenant: string;
  readonly release: ReleaseId;
  readonly seq: number;
  /** The changed codes it may use, each with the months that matter; without them, it is to be asked for. */
  readonly used?: Readonly<Record<string, readonly string[]>>;
};

/** assess tenant → itself: go on with this part of an assessment, of which so many steps are done. */
export type PartMessage = {
  readonly tenant: string;
  readonly release: ReleaseId;
  readonly seq: number;
  /** Month of service, or `open` for templates. */
  readonly month: string;
  readonly step: number;
};

/** assess → assess tenant → itself: this tenant may use diagnoses or procedures that an edition of policies moves. */
export type PolicyTenantMessage = {
  readonly tenant: string;
  readonly policies: AssessPoliciesMessage;
  /** Those it may use, as `icd10cm#M545` or `cpt#62323`, ascending; without them, all are to be asked for. */
  readonly uses?: readonly string[];
  /** Go on where so many messages left off; absent in the first one. */
  readonly step?: number;
};

/** What the queue of assess tenant carries. */
export type AssessTenantMessage = TenantMessage | PartMessage | PolicyTenantMessage;

/** pull → ingest policies: files of a feed, archived. With an approval, what the gate doubts is taken in. */
export type PolicyMessage = {
  readonly feed: string;
  readonly files: readonly PolicyFile[];
  readonly collected: CalendarDate;
  /**
   * Tells it from another message that brings the same files, for files come back: the same however often it is delivered,
   * another whenever somebody sends them anew. Absent: the day they were collected tells.
   */
  readonly occasion?: string;
  readonly approval?: Approval;
};

/** ingest policies → assess: this edition was committed, and something in it means something for claims. */
export type AssessPoliciesMessage = {
  readonly source: PolicySourceId;
  readonly edition: string;
  readonly seq: number;
};

/** ingest → publish: the head of this system, or of this source of policies, was moved to this sequence number. */
export type PublishMessage =
  | { readonly system: CodeSystemId; readonly seq: number }
  | { readonly source: PolicySourceId; readonly seq: number };

/** assess → notify: this alert is stored and waits to be published. */
export type NotifyMessage = { readonly tenant: string; readonly alert: string };
