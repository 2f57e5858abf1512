// Tables that only make claims together, as read-intake.ts sees them. They are read by whoever can join them, and refused by
// name elsewhere: the API on AWS takes no file large enough for it to matter, and its bundle is kept small.
import type { Gunzipped } from '../formats/gunzip.ts';
import type { IntakeRecord } from './intake-record.ts';

/** How related tables are read; they come one behind the other in one text, or as files of a zip. */
export type RelatedTables = {
  /** True when a file that begins so is one of them. */
  readonly isOne: (head: Buffer) => boolean;
  /** True when a file that begins so is a zip that may hold some. */
  readonly isZip: (head: Buffer) => boolean;
  /** The tables in a zip, one behind the other. */
  readonly unpack: (packed: AsyncIterable<Uint8Array>) => Gunzipped;
  readonly read: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<IntakeRecord>;
};
