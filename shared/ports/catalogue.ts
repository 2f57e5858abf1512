// What only the snapshot can answer: search, lists and the hierarchy of one code system as they are on a date.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';

/** A code listed on the date asked for, as it is then. `code` in normal form (no dot). */
export type CatalogueEntry = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly status: 'billable' | 'header';
  readonly short: string;
  readonly long: string;
  /** First and last day on which exactly these facts hold; `until` is null while nothing known ends them. */
  readonly effective: CalendarDate;
  readonly until: CalendarDate | null;
  /** The release that began these facts. */
  readonly release: ReleaseId;
};

/** What words are looked for in: the code (with and without dot), the long title. */
export type SearchField = 'code' | 'name';

/** A search. Every word must begin a word of one of the fields; case and accents do not matter. */
export type SearchQuery = {
  readonly words: readonly string[];
  readonly fields: readonly SearchField[];
  /** Only codes listed on this date, with their titles of it. */
  readonly date: CalendarDate;
  readonly billableOnly: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** A list in tabular order. */
export type ListQuery = {
  readonly date: CalendarDate;
  /** Only codes under this one, itself excluded. Normal form. */
  readonly under?: string;
  /** Only this code, if listed, and those under it. Normal form; excludes `under`. */
  readonly within?: string;
  readonly billableOnly: boolean;
  /** As in {@link SearchQuery}, over code and name; all codes when absent. */
  readonly words?: readonly string[];
  readonly offset: number;
  readonly limit: number;
};

/** A page, and how many entries there are in all. */
export type CataloguePage = { readonly total: number; readonly items: readonly CatalogueEntry[] };

/** A search counts no further than this: its `total` is then exactly this. Lists count exactly. */
export const searchTotalMax = 10_000;

/** Adapter: the SQLite snapshot. Reads as of now's belief only; what was believed earlier is the code table's matter. */
export type Catalogue = {
  /**
   * Best first: the code itself, codes that begin with the text, titles that hold every word whole, titles in which
   * every word begins one.
   */
  search(system: CodeSystemId, query: SearchQuery): Promise<CataloguePage>;
  list(system: CodeSystemId, query: ListQuery): Promise<CataloguePage>;
  /** Codes directly under one on a date, headers included, in tabular order. */
  children(
    system: CodeSystemId,
    code: string,
    date: CalendarDate,
  ): Promise<readonly CatalogueEntry[]>;
};
