// What a table becomes: its header decides which reader takes its rows.
import type { Refusal } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';

/** Takes rows as wide as the header, one after the other; a record may take several. */
export type TableReader = {
  /** `number` is the line the row begins on. */
  readonly take: (cells: readonly string[], number: number) => readonly ReadRecord[];
  /** The records that waited for rows that never came. */
  readonly finish: () => readonly ReadRecord[];
};

/** A reader, or why the table has none. */
export type TableChoice =
  | { readonly reader: TableReader; readonly refusal?: undefined }
  | { readonly reader?: undefined; readonly refusal: Refusal };
