// Where published snapshots lie: gzipped SQLite files by name, beside the archive. Nothing is ever overwritten.

/** Adapters: S3 (`snapshot/` in the archive bucket) and memory. */
export type SnapshotStore = {
  /** Keeps a gzipped snapshot under a name. Keeping the same name again changes nothing. */
  keep(name: string, gzipped: Uint8Array): Promise<void>;
  /** The gzipped bytes; throws `archive-missing` when there is none of this name. */
  read(name: string): Promise<Uint8Array>;
};
