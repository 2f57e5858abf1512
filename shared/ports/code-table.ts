// The effective-date code table as everything else sees it: one contract, several adapters.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Change, ChangeKind, Version } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseId, ReleaseRecord } from '../core/release.ts';

/** Where a code system stands: the pointer whose move is the commit. */
export type SystemHead = {
  readonly system: CodeSystemId;
  /** Everything recorded up to this sequence number is visible, the abandoned ones apart. */
  readonly seq: number;
  /** Sequence numbers a failed ingest claimed and never committed: their items stay invisible. */
  readonly abandoned: readonly number[];
  /** Effective dates of the oldest and newest committed release. */
  readonly from: CalendarDate;
  readonly newest: CalendarDate;
};

/** Reads of the code table. `known` is a sequence number: what was believed then; the head when absent. */
export type CodeTable = {
  head(system: CodeSystemId): Promise<SystemHead | undefined>;
  /** The version in force on a date; undefined when nothing is recorded on or before it. One Query, Limit 1. */
  versionAsOf(
    system: CodeSystemId,
    code: string,
    date: CalendarDate,
    known?: number,
  ): Promise<Version | undefined>;
  /** The visible version at each date, ascending: of several at one date, the last recorded. */
  versions(system: CodeSystemId, code: string, known?: number): Promise<readonly Version[]>;
  /** The sequence number that was the head at an instant (ISO 8601); undefined when nothing was committed by then. */
  knownAt(system: CodeSystemId, instant: string): Promise<number | undefined>;
  /** Current record of each release by effective date, and after it what waits in quarantine for the same date. */
  releases(system: CodeSystemId): Promise<readonly ReleaseRecord[]>;
  /** Current record of one release: the committed one, else the newest quarantined. */
  release(id: ReleaseId): Promise<ReleaseRecord | undefined>;
  /** Changes of a release, by kind and code. `after` is the cursor a page gave. */
  changes(
    record: ReleaseRecord,
    page: { kind?: ChangeKind; limit: number; after?: string },
  ): Promise<{ readonly items: readonly Change[]; readonly next?: string }>;
};
