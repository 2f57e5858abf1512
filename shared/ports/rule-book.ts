// What scrub rules know besides the code table: tabular notes and Medicare Code Editor edits, by date. In memory, so that
// a rule asks without waiting.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Icd10Id } from '../core/code-system.ts';
import type { TabularNode, TabularNote } from '../core/tabular.ts';

/** The tabular list that holds on a date, or stands in for it. */
export type TabularOnDate = {
  /** Effective date of the list used. */
  readonly effective: CalendarDate;
  /** False when the list of the fiscal year of the date is not to be had and this older (or newer) one stands in. */
  readonly exact: boolean;
  /** Notes that apply to a code: its own and those of everything above it, each with the node it stands at. */
  notesOf(code: string): readonly { readonly node: TabularNode; readonly note: TabularNote }[];
  /** Seventh characters that apply to a code. */
  seventhOf(code: string): TabularNode['seventh'];
};

/** Answers every rule's questions. Absent parts are unknown, never "no". */
export type RuleBook = {
  /** Names the period of a date: all through it every answer about a code is the same. */
  periodOf(date: CalendarDate): string;
  /** Undefined when no tabular list was taken in. */
  tabularOn(date: CalendarDate): TabularOnDate | undefined;
  /** Undefined when no edit list was taken in. */
  readonly edits?: {
    readonly version: string;
    /** Flags of a code on a date; empty when it has none. Dates outside every row of the list: see `covers`. */
    flagsOn(system: Icd10Id, code: string, date: CalendarDate): ReadonlySet<string>;
    /** Ages of a group on a date. */
    agesOn(
      group: string,
      date: CalendarDate,
    ): { readonly ageMin: number; readonly ageMax: number } | undefined;
    /** Whether the list speaks of this date at all. */
    covers(date: CalendarDate): boolean;
  };
};
