// What a release is: the rows of one order file (HCPCS: of one quarterly file), from one date on, and what is recorded about taking it in.
import { type CalendarDate, fiscalYearOf } from './calendar-date.ts';
import type { ChangeCounts } from './change.ts';
import { type CodeSystemId, isIcd10 } from './code-system.ts';

/**
 * One row of an order file (CMS "ICD-10-CM/PCS Order File" layout): everything but its own columns dropped. HCPCS has no
 * headers: each code valid on the day is a billable row, in the file's order.
 */
export type Row = {
  /** Columns 1–5, 1..n without gaps: the tabular order. */
  readonly order: number;
  /** Columns 7–13, no dot. */
  readonly code: string;
  /** Column 15: 1 = valid for submission, 0 = header. */
  readonly billable: boolean;
  /** Columns 17–76. */
  readonly short: string;
  /** Column 78 to the end. */
  readonly long: string;
};

/** The codes a conversion table names as predecessors; `none` when it says None, `unreadable` keeps the cell. */
export type PreviousCodes =
  | { readonly kind: 'none' }
  | { readonly kind: 'codes'; readonly parts: readonly PreviousPart[] }
  | { readonly kind: 'unreadable'; readonly text: string };

/** One part of a predecessor cell: a code, a range of codes, or one category or a range of them. */
export type PreviousPart =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'category'; readonly from: string; readonly to: string };

/** One row of a conversion table: this code, effective then, took over from those. Codes without dot. */
export type Conversion = {
  readonly code: string;
  readonly effective: CalendarDate;
  readonly previous: PreviousCodes;
};

/** A code and the first day on which it is no longer listed. Without dot. */
export type CodeEnd = { readonly code: string; readonly effective: CalendarDate };

/** The normal form of one release: what is archived, diffed and published. Rows in tabular order. */
export type ReleaseContent = {
  readonly system: CodeSystemId;
  readonly effective: CalendarDate;
  readonly rows: readonly Row[];
  /** Conversion table rows known with it (cumulative; may be empty). */
  readonly conversions: readonly Conversion[];
  /** HCPCS: codes that ended within the last year, by the file's own dates. Absent where the publisher tells none. */
  readonly ends?: readonly CodeEnd[];
};

/**
 * `icd10cm-2026` for 1 October 2025 (its fiscal year; HCPCS has none: `hcpcs-2025-10`), `icd10cm-2021-01` for 1 January
 * 2021, the whole date off a month's first.
 */
export type ReleaseId = string;

/** The id of the release of a system that takes effect on a date. */
export function releaseId(system: CodeSystemId, effective: CalendarDate): ReleaseId {
  if (isIcd10(system) && effective.endsWith('-10-01'))
    return `${system}-${fiscalYearOf(effective)}`;
  return `${system}-${effective.endsWith('-01') ? effective.slice(0, 7) : effective}`;
}

/** Where bytes came from: the archived original behind a fact. */
export type Source = {
  readonly url: string;
  readonly sha256: string;
  readonly role: SourceRole;
  /** Member inside a zip, when there is one. */
  readonly member?: string;
};

/** What a file is to its release. */
export type SourceRole =
  | 'order'
  | 'codes'
  | 'addenda'
  | 'codes-addenda'
  | 'conversion'
  | 'archive'
  | 'second-source'
  | 'hcpcs';

/** Something wrong or noteworthy in upstream data: a value, stored and shown, never thrown. */
export type QualityFinding = {
  /** Stable kebab-case code, e.g. `order-number-gap`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** URL, member, line or column: as exact as known. */
  readonly where: string;
  /** What is wrong and what to do. */
  readonly message: string;
};

/** What became of a release that arrived. */
export type ReleaseStatus = 'committed' | 'quarantined' | 'superseded';

/** What is recorded about one release: the release item of the code table. */
export type ReleaseRecord = {
  readonly id: ReleaseId;
  readonly system: CodeSystemId;
  readonly effective: CalendarDate;
  /** Sequence number that recorded this state of it. */
  readonly seq: number;
  readonly status: ReleaseStatus;
  readonly rows: number;
  readonly billable: number;
  readonly changes: ChangeCounts;
  /** Where its change items lie: the sequence number they were written under. */
  readonly changesSeq: number;
  readonly sources: readonly Source[];
  readonly findings: readonly QualityFinding[];
  /** Day the publisher put it out, as far as known. */
  readonly published: CalendarDate;
  /** ISO instant when this record was made. */
  readonly recordedAt: string;
  /** sha256 of the normal form in the archive. */
  readonly contentSha256: string;
  /** Identity of the candidate (same sources, same candidate): makes ingest idempotent. */
  readonly candidate: string;
  /** True when nothing of this system lay before it: a baseline has no changes and alerts nobody. */
  readonly baseline: boolean;
  /** The release whose rows it repeats unchanged (the April re-issues). */
  readonly reissueOf?: ReleaseId;
  /** True when made by undoing an update's addenda, because only the update is still published. */
  readonly reconstructed?: boolean;
  readonly approval?: Approval;
};

/** Who lifted a quarantine, when and why. */
export type Approval = { readonly by: string; readonly at: string; readonly reason: string };
