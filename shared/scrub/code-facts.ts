// What the code table and the titles beside it tell of a code on a date, as scrub rules need it.
import type { TitledCode } from '../core/advice-peel.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import type { SidedCode } from '../core/code-family.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { NearMissReason } from '../core/near-misses.ts';

/** What might have been meant by a code no release lists. `code` in normal form. */
export type MeantCode = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly reason: NearMissReason | 'other-system';
  /** What it is on the date. */
  readonly status: 'billable' | 'header' | 'future' | 'ended';
};

/** A code on a date, as rules need it. Codes in normal form; titles are long ones. */
export type CodeFacts = {
  readonly status: 'billable' | 'header' | 'ended' | 'future' | 'unknown' | 'outside-horizon';
  readonly title: string | null;
  /**
   * First day of the present status (of a future code: when it begins; of an ended one: since when it is gone). Null of a
   * billable code: no rule asks, and finding out takes a read.
   */
  readonly since: CalendarDate | null;
  /** Of a code that ended or became a header: billable on the date in its place, with their titles then. */
  readonly replacedBy: readonly (Replacement & { readonly title?: string })[];
  /** Of a future code: what it takes over from. */
  readonly replaces: readonly Replacement[];
  /**
   * Billable codes below a header, at most a hundred. Of an unknown code those that differ from it in the seventh
   * character alone, else those below the header it begins with, where that is the likeliest near miss.
   */
  readonly below: readonly TitledCode[];
  /** Of an unknown code, the likeliest first. */
  readonly nearMisses: readonly MeantCode[];
  /** Billable codes under the same parent, itself left out, at most a hundred; empty for headers. */
  readonly siblings: readonly TitledCode[];
  /** The side a billable code's title says, `unspecified` where it leaves open one that others say; null: none. */
  readonly side: SidedCode['side'] | null;
  /** The same condition on other sides. */
  readonly otherSides: readonly SidedCode[];
  /** Billable codes that leave less unspecified than this one's title does, besides the side; at most a hundred. */
  readonly moreSpecific: readonly TitledCode[];
};
