// A snapshot while it is made: a place of its own to write it in, and the packed bytes that come out.
import type { CreateSnapshotWriter } from './snapshot-writer.ts';

/** A finished snapshot, packed. */
export type PackedSnapshot = {
  /** Size of the SQLite file. */
  readonly bytes: number;
  /** Lower-case hex sha256 of the SQLite file. */
  readonly sha256: string;
  readonly gzipped: Uint8Array;
  /** Milliseconds since it was begun. */
  readonly ms: number;
};

/** A file under way. */
export type SnapshotDraft = {
  /** Where the file is to be. */
  readonly path: string;
  readonly createWriter: CreateSnapshotWriter;
  /** Packs the complete file. */
  pack(): Promise<PackedSnapshot>;
  /** Removes the file, complete or not. */
  discard(): Promise<void>;
};

/** Begins a file. Adapter: `edge/snapshot-draft.ts`, in the system's temporary folder. */
export type NewSnapshotDraft = () => Promise<SnapshotDraft>;
