// All that rules know of a code on a date, put together once for the whole period in which none of it changes: claims name
// the same codes over and over, and most of them are done with after a glance.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, isIcd10 } from '../core/code-system.ts';
import type { RuleBook, TabularOnDate } from '../ports/rule-book.ts';
import type { CodeFacts } from './code-facts.ts';
import { isExternalCause } from './external-cause.ts';
import { named, written } from './item-wording.ts';
import { type Sought, soughtCode } from './note-reach.ts';
import { type NotesOver, notesOver } from './notes-over.ts';

/** What the notes of a tabular list say of a code. */
export type KnownNotes = NotesOver & { readonly list: TabularOnDate };

/** A code as it is all through a period. */
export type CodeOnDate = {
  readonly known: CodeFacts;
  /** Of the Medicare Code Editor; empty without its lists. */
  readonly flags: ReadonlySet<string>;
  /** Itself, as notes over others look for it. */
  readonly sought: Sought;
  /** Undefined without a tabular list. */
  readonly notes: KnownNotes | undefined;
  /** As officially written; and with its title: `M54.51 (Vertebrogenic low back pain)`. */
  readonly text: string;
  readonly name: string;
  // What rules ask first. Most codes are billable and nothing else.
  readonly isBillable: boolean;
  /** Billable, or a header. */
  readonly isListed: boolean;
  readonly isFlagged: boolean;
  /** There are codes for the same condition on other sides. */
  readonly isSided: boolean;
  /** More specific codes are billable, or CMS lists it as unspecified; of an external cause nobody asks. */
  readonly isUnspecified: boolean;
  /** Notes keep others apart from it. */
  readonly isExcluding: boolean;
  /** Notes say what is coded before it. */
  readonly isFollowing: boolean;
};

const noFlags: ReadonlySet<string> = new Set();

/** Puts together what is known of a code (normal form, or as given) on a date. */
export function codeOnDate(
  { system, code }: { readonly system: CodeSystemId; readonly code: string },
  date: CalendarDate,
  known: CodeFacts,
  book: RuleBook,
): CodeOnDate {
  const flags = (isIcd10(system) && book.edits?.flagsOn(system, code, date)) || noFlags;
  const list = system === 'icd10cm' ? book.tabularOn(date) : undefined;
  const notes = list && { list, ...notesOver(list, code) };
  const isBillable = known.status === 'billable';
  return {
    known,
    flags,
    sought: soughtCode(code),
    notes,
    text: written(system, code),
    name: named(system, code, known.title),
    isBillable,
    isListed: isBillable || known.status === 'header',
    isFlagged: flags.size > 0,
    isSided: known.otherSides.length > 0,
    isUnspecified:
      isBillable &&
      !isExternalCause(code) &&
      (flags.has('UNSPECIFIED') || known.moreSpecific.length > 0),
    isExcluding: notes !== undefined && notes.excluded.size > 0,
    isFollowing: notes !== undefined && notes.codeFirst.length > 0,
  };
}
