// The tabular list of one release (CDC's icd10cm_tabular XML): what stands beside a code besides its title.
import type { CalendarDate } from './calendar-date.ts';
import type { CodeRange } from './code-range.ts';

/** Instructional notes, as the tabular XML names them. */
export const noteKinds = [
  'includes',
  'inclusionTerm',
  'excludes1',
  'excludes2',
  'codeFirst',
  'useAdditionalCode',
  'codeAlso',
  'sevenChrNote',
  'notes',
] as const;

/** A kind of note. */
export type NoteKind = (typeof noteKinds)[number];

/** One note as printed, and the codes it names. */
export type TabularNote = {
  readonly kind: NoteKind;
  readonly text: string;
  readonly targets: readonly CodeRange[];
};

/** A node of the list: chapter and section by the range they hold, everything below by its code. */
export type TabularNode = {
  /** Normal form; of a chapter or section its range. */
  readonly at: CodeRange;
  readonly level: 'chapter' | 'section' | 'diag';
  readonly title: string;
  readonly notes: readonly TabularNote[];
  /** Seventh characters and what each says; inherited by every code below. */
  readonly seventh: readonly { readonly char: string; readonly meaning: string }[];
};

/** One release's tabular list: nodes that carry a note or a seventh character, parents first. */
export type TabularList = {
  readonly effective: CalendarDate;
  readonly nodes: readonly TabularNode[];
};

/** What was read of a tabular list. */
export type TabularCounts = {
  /** Codes listed, whether or not anything stands at them. */
  readonly codes: number;
  /** Nodes that carry a note or a seventh character. */
  readonly nodes: number;
  readonly notes: number;
  readonly notesByKind: { readonly [kind in NoteKind]?: number };
  /** Notes with at least one target. */
  readonly targets: number;
  /** Places in notes that seem to name codes but cannot be read for certain; such a note has no target. */
  readonly unreadable: number;
};
