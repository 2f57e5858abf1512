// Rows of related tables brought together by key: tables come one after the other, each in an order of its own, and may be
// larger than memory.

/** A row as it is kept: its line in its table, and the cells somebody asked for. */
export type JoinRow = { readonly line: number; readonly cells: readonly string[] };

/** One join. Rows are put first; once anything is read no more may be. */
export type TableJoin = {
  /**
   * Keeps a row. Keys are only compared: an adapter keeps no key as it is, for it may hold an id of a person. False when
   * there is no room for it; nothing can be joined then.
   */
  put(table: string, key: string, row: JoinRow): boolean;
  /** The rows of a table in the order they were put, each with what finds its related rows. */
  rows(table: string): Iterable<JoinRow & { readonly related: RelatedRows }>;
  /** The rows of a table under a key, in the order they were put; the first `max`. */
  find(table: string, key: string, max: number): readonly JoinRow[];
  /** Of every key that rows of `tables` have and none of `table` has: the first of these rows, in the order they were put. */
  strays(
    table: string,
    tables: readonly string[],
  ): Iterable<{ readonly table: string; readonly line: number }>;
  /** Forgets everything. */
  close(): void;
};

/** Rows of another table under the same key, in the order they were put; the first `max`. */
export type RelatedRows = (table: string, max: number) => readonly JoinRow[];

/** Begins a join; it must be closed. */
export type OpenJoin = () => TableJoin;
