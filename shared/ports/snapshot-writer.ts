// What a snapshot is written through: the history of each system goes in as it was committed, the file comes out.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Change, Version } from '../core/change.ts';
import { type CodeSystemId, codeSystemIds } from '../core/code-system.ts';
import type {
  PolicyChange,
  PolicyEdition,
  PolicySourceId,
  PolicyVersion,
  ReviewItem,
} from '../core/policy.ts';
import type { ReleaseId, ReleaseRecord, Row } from '../core/release.ts';
import type { SystemHead } from './code-table.ts';

/** Number of the file's schema, kept in its `user_version`: raise it whenever a reader of before would misread it. */
export const snapshotForm = 2;

/**
 * The sequence number of each system that a snapshot holds everything up to, none of a system without releases; and of each
 * source of policies that has an edition, absent when none has.
 */
export type SnapshotSeqs = { readonly [system in CodeSystemId]?: number } & {
  readonly policies?: Readonly<Record<PolicySourceId, number>>;
};

/** Sources of policies with their numbers, ascending. */
export const policySeqs = ({ policies = {} }: SnapshotSeqs): [PolicySourceId, number][] =>
  Object.entries(policies).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Names a snapshot: `f2_icd10cm-16_icd10pcs-13_hcpcs-0_mcd-2`, with 0 for a system without releases, and every source of policies
 * that has an edition. Equal names, equal answers.
 */
export const snapshotStamp = (seqs: SnapshotSeqs): string =>
  [
    `f${snapshotForm}`,
    ...codeSystemIds.map((system) => `${system}-${seqs[system] ?? 0}`),
    ...policySeqs(seqs).map(([source, seq]) => `${source}-${seq}`),
  ].join('_');

/** A sequence number that was committed: by which candidate's release, and the instant it was claimed. */
export type SnapshotCommit = {
  readonly system: CodeSystemId;
  readonly seq: number;
  /** ISO instant. */
  readonly at: string;
  readonly release: ReleaseId;
};

/**
 * Adapter: SQLite (`edge/sqlite/snapshot-writer.ts`). Systems come one after the other, then sources of policies; of each,
 * sequence numbers ascend. Nothing is there to be read before `finish`.
 */
export type SnapshotWriter = {
  /** Begins a system; what follows belongs to it. */
  beginSystem(head: SystemHead): void;
  addCommit(commit: SnapshotCommit): void;
  /** One state of a release: every one that was ever committed, superseded ones too. */
  addRelease(record: ReleaseRecord): void;
  /** The change list of a release as recorded under a sequence number. */
  addChanges(release: ReleaseId, seq: number, changes: readonly Change[]): void;
  addVersions(points: readonly Version[]): void;
  /** Every version of a code added so far, withdrawn ones included. */
  recorded(code: string): readonly Version[];
  /** The rows of a release, a correction's after those it corrects: where codes stand in the tabular order. */
  addRows(effective: CalendarDate, rows: readonly Row[]): void;
  /** Works out what holds when, orders and indexes all of it. Gives way to other work in between. */
  endSystem(): Promise<void>;
  /** A committed edition of a source of policies, ascending; what it brought belongs to it. */
  addEdition(edition: PolicyEdition): void;
  addPolicyVersion(version: PolicyVersion): void;
  addPolicyChange(change: PolicyChange): void;
  addReview(review: ReviewItem): void;
  /** Completes the file under its name and closes it. */
  finish(): Promise<void>;
  /** Gives up and removes what was written. Harmless after `finish`. */
  discard(): void;
};

/** Starts a snapshot that will be the file at `path`; nothing is at `path` before it is complete. */
export type CreateSnapshotWriter = (path: string) => SnapshotWriter;
