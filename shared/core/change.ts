// Changes and versions: what differs between two releases, and what the code table says from a date on.
import type { CalendarDate } from './calendar-date.ts';
import type { CodeSystemId } from './code-system.ts';

/** What a release says of a code, order number aside. */
export type Facts = { readonly billable: boolean; readonly short: string; readonly long: string };

/**
 * How a code changed: `added` (not listed before), `ended` (no longer listed), `expanded` (billable became
 * header), `collapsed` (header became billable), `retitled` (only titles differ).
 */
export type ChangeKind = 'added' | 'ended' | 'expanded' | 'collapsed' | 'retitled';

/** Kinds in the order everything lists them. */
export const changeKinds: readonly ChangeKind[] = [
  'added',
  'ended',
  'expanded',
  'collapsed',
  'retitled',
];

/** Number of changes of each kind. */
export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

/** What takes a code's place: `official` from the conversion table, `inferred` from children or siblings. */
export type Replacement = {
  readonly code: string;
  readonly source: 'official' | 'inferred';
  readonly effective: CalendarDate;
};

/** One code's change in one release. Codes without dot. */
export type Change = {
  readonly code: string;
  readonly kind: ChangeKind;
  readonly effective: CalendarDate;
  readonly before: Facts | null;
  readonly after: Facts | null;
  /** For `ended` and `expanded`; empty when neither source names one. */
  readonly replacedBy: readonly Replacement[];
  /** For `added` and `collapsed`: what it takes over from. */
  readonly replaces?: readonly Replacement[];
  /** For `retitled`: true when the wording differs only in case, blanks, punctuation or abbreviation. */
  readonly cosmetic?: boolean;
};

/**
 * What a version says a code is from its date on. `withdrawn` stands for an earlier record that a correction took
 * back where nothing had held before: as if never listed. Readers of the code table never see it.
 */
export type VersionStatus = 'billable' | 'header' | 'ended' | 'withdrawn';

/** A point: from `effective` on, these facts, as recorded by sequence number `seq`. Append-only. */
export type Version = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly effective: CalendarDate;
  readonly seq: number;
  readonly status: VersionStatus;
  /** Titles; of an ended code the last ones it had. */
  readonly short: string;
  readonly long: string;
  /** The change that made it; `baseline` for the first release of a system, `restated` for a mere restatement. */
  readonly kind: ChangeKind | 'baseline' | 'restated';
  readonly release: string;
  readonly replacedBy: readonly Replacement[];
  /** Codes this one takes over from, when it was added or collapsed. */
  readonly replaces: readonly Replacement[];
};
