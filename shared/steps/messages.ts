// The messages between the steps, as JSON on the queues. pull → ingest carries a Candidate (shared/core/candidate.ts).
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';

/** ingest → assess: this release was committed under this sequence number. */
export type AssessMessage = {
  readonly system: CodeSystemId;
  readonly release: ReleaseId;
  readonly seq: number;
};

/** ingest → publish: the head of this system was moved to this sequence number. */
export type PublishMessage = { readonly system: CodeSystemId; readonly seq: number };

/** assess → notify: this alert is stored and waits to be published. */
export type NotifyMessage = { readonly tenant: string; readonly alert: string };
