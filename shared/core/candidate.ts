// A release candidate: the archived files a feed found to make up one release. It is the message from pull to ingest.
import type { CalendarDate } from './calendar-date.ts';
import type { CodeSystemId } from './code-system.ts';
import type { Approval, QualityFinding, Source } from './release.ts';

/** One archived file of a candidate, or one member of an archived zip (whose sha256 is then the zip's). */
export type CandidateFile = Source;

/** What a feed says makes up one release. Everything in it is archived already. */
export type Candidate = {
  /** Determined by system, effective date, files and `reconstruct`: the same input is the same candidate. */
  readonly id: string;
  readonly feed: string;
  readonly system: CodeSystemId;
  readonly effective: CalendarDate;
  /** When the publisher put it out; a later one for the same effective date is a correction. */
  readonly published: CalendarDate;
  readonly files: readonly CandidateFile[];
  /** What discovery and dating found odd; an error among them quarantines the candidate. */
  readonly findings: readonly QualityFinding[];
  /** Undo the addenda of the order file: it is an update, and the release it updates is no longer published. */
  readonly reconstruct?: boolean;
  /** Set when a quarantined candidate is sent again after approval. */
  readonly approval?: Approval;
};
