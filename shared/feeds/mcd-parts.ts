// A document of the Medicare Coverage Database in parts, as its tables and its API give them: what both feeds make, and what
// one assembly (mcd-document.ts) reads. Dates and HTML as written; descriptions of codes are dropped before this.
import type { CalendarDate } from '../core/calendar-date.ts';

/** A group of codes of one table, `article_x_hcpc_code` and the like, with its paragraph. */
export type McdGroup = {
  /** As the table numbers it, `1`. */
  readonly group: string;
  /** HTML; empty when there is none. */
  readonly paragraph: string;
  /** `icd10_covered_ast`: HTML of what its asterisk means; empty when there is none. */
  readonly asterisk: string;
  /** As written, in the order of the table; `XX000` among them. */
  readonly codes: readonly string[];
  /** Codes said to bound a range (`range` = Y): the first of each and its last in turn. */
  readonly bounds: readonly string[];
  /** Codes with an asterisk, as written. */
  readonly asterisked: readonly string[];
};

/** A contractor of a document. */
export type McdContractor = {
  /** `contractor_bus_name`. */
  readonly name: string;
  /** Abbreviations of `state_lookup` it is responsible for. */
  readonly states: readonly string[];
  /** Last day of the last of its states, when it has none left. */
  readonly ended?: CalendarDate;
};

/** An entry of a revision history; date and HTML as written. */
export type McdRevision = {
  readonly number: string;
  readonly date: string;
  readonly text: string;
};

/** One version of an article or LCD. */
export type McdParts = {
  readonly kind: 'article' | 'lcd';
  /** Digits: `57791`. */
  readonly number: string;
  /** `A57791`; empty when not given. */
  readonly displayId: string;
  /** Digits. */
  readonly version: string;
  readonly title: string;
  /** Dates as written ({@link McdDate}); the first of `effective` that is one counts, and of `ends` the earliest. */
  readonly published: string;
  readonly effective: readonly string[];
  readonly ends: readonly string[];
  readonly contractors: readonly McdContractor[];
  /** Abbreviations of the states it is limited to (`x_primary_jurisdiction`); none: all of its contractors' states. */
  readonly primaryStates: readonly string[];
  /** `x_hcpc_code` with `x_hcpc_code_group`. */
  readonly procedures: readonly McdGroup[];
  /** `x_icd10_covered` with `x_icd10_covered_group`. */
  readonly covered: readonly McdGroup[];
  /** `x_icd10_noncovered` with `x_icd10_noncovered_group`. */
  readonly notCovered: readonly McdGroup[];
  readonly revisions: readonly McdRevision[];
  /** Display ids of the documents named as belonging to it. */
  readonly related: readonly string[];
  /** HTML by name; groups' paragraphs are added under `procedures-1`, `covered-1`, `not-covered-1`. */
  readonly texts: Readonly<Record<string, string>>;
};
