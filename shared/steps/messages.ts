// The messages between the steps, as JSON on the queues. pull → ingest carries a Candidate (shared/core/candidate.ts).
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';

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

/** What the queue of assess tenant carries. */
export type AssessTenantMessage = TenantMessage | PartMessage;

/** ingest → publish: the head of this system was moved to this sequence number. */
export type PublishMessage = { readonly system: CodeSystemId; readonly seq: number };

/** assess → notify: this alert is stored and waits to be published. */
export type NotifyMessage = { readonly tenant: string; readonly alert: string };
