// Where published snapshots lie: gzipped SQLite files by name, beside the archive. Nothing is ever overwritten.
import type { SnapshotSeqs } from './snapshot-writer.ts';

/** Which snapshot is published, and all that is needed to fetch, check and open it. */
export type SnapshotPointer = {
  /** Names the state it holds; answers change only when it does. */
  readonly stamp: string;
  /**
   * Its name in the {@link SnapshotStore}: `<stamp>_<12 digits of sha256>.sqlite.gz`. The hash, because two builds of one
   * state need not be the same bytes (SQLite notes its own version in the file).
   */
  readonly name: string;
  /** Version of the file's schema. */
  readonly form: number;
  /** Size of the SQLite file, and of what is stored. */
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** Lower-case hex sha256 of the SQLite file itself, not of the gzipped bytes. */
  readonly sha256: string;
  /** The heads it was built from. */
  readonly seqs: SnapshotSeqs;
  /** ISO instant. */
  readonly publishedAt: string;
};

/** What readers of snapshots need. */
export type SnapshotReader = {
  /** The gzipped bytes; throws `archive-missing` when there is none of this name. */
  read(name: string): Promise<Uint8Array>;
  /**
   * An address under which anyone can fetch the gzipped bytes for some minutes. Absent where the bytes are handed out
   * by the process itself.
   */
  readonly link?: (name: string) => Promise<string>;
};

/** Adapters: S3 (`snapshot/` in the archive bucket) and memory. */
export type SnapshotStore = SnapshotReader & {
  /** Keeps a gzipped snapshot under a name. Keeping the same name again changes nothing. */
  keep(name: string, gzipped: Uint8Array): Promise<void>;
};
