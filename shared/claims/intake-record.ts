// What every intake format yields while it is read: one record after the other, so that a file of any size passes through
// in constant memory and one bad record never costs its neighbours.
import type { Artifact } from '../core/artifact.ts';
import type { Refusal } from './parse-artifact.ts';

/** Something left out or doubtful in a record that was taken in all the same. */
export type IntakeWarning = Refusal & { readonly where: string };

/**
 * One record of a file; `where` is a line, a segment ("segment 21, HI02") or a JSON path, as exact as known. Never holds
 * anything of a patient: readers drop names, member ids, addresses and birth dates where they meet them.
 */
export type IntakeRecord =
  | {
      readonly kind: 'accepted';
      readonly where: string;
      readonly artifact: Artifact;
      readonly warnings?: readonly IntakeWarning[];
    }
  /** A void: the claim of this id is to be removed. */
  | { readonly kind: 'void'; readonly where: string; readonly type: 'claim'; readonly id: string }
  | ({ readonly kind: 'rejected'; readonly where: string } & Refusal);

/** Reads one format. Yields as it reads; ends after a file-level fault with a last `rejected` record. */
export type IntakeReader = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<IntakeRecord>;
