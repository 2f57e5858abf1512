// Builds the snapshot of the whole reference data: each system's history replayed from the archive into one file.
import { codeSystemIds } from '../core/code-system.ts';
import type { Archive } from '../ports/archive.ts';
import type { SystemHead } from '../ports/code-table.ts';
import type { ItemStore } from '../ports/item-store.ts';
import {
  type CreateSnapshotWriter,
  type SnapshotSeqs,
  snapshotStamp,
} from '../ports/snapshot-writer.ts';
import { readHead } from './ingest-state.ts';
import { createReleaseContents } from './release-contents.ts';
import { replayHistory } from './replay-history.ts';

/** What a snapshot is built from, and where. */
export type BuildSnapshot = {
  /** The code table's items; only heads, sequence numbers and release records are read. */
  readonly items: ItemStore;
  readonly archive: Archive;
  readonly createWriter: CreateSnapshotWriter;
  /** File to make. */
  readonly path: string;
  readonly progress?: (line: string) => void;
};

/** What a snapshot holds: everything up to these sequence numbers. */
export type BuiltSnapshot = { readonly stamp: string; readonly seqs: SnapshotSeqs };

/** A release is diffed against the one before it: both stay decoded, each is decoded once when they came in order. */
const contentsKept = 2;

/** The heads of all systems that have one. */
async function readHeads(items: ItemStore): Promise<SystemHead[]> {
  const heads = await Promise.all(codeSystemIds.map((system) => readHead(items, system)));
  return heads.filter((head) => head !== undefined);
}

/** The sequence numbers a snapshot built now would hold everything up to. */
export async function readSnapshotSeqs(items: ItemStore): Promise<SnapshotSeqs> {
  return Object.fromEntries((await readHeads(items)).map(({ system, seq }) => [system, seq]));
}

/**
 * Builds the file at `path`. What is committed while it is being built is left for the next snapshot. Leaves nothing
 * behind when it fails.
 *
 * @throws CodewatchError `archive-missing` or `unavailable`
 */
export async function buildSnapshot(build: BuildSnapshot): Promise<BuiltSnapshot> {
  const { items, archive, path } = build;
  const heads = await readHeads(items);
  const contents = createReleaseContents(archive, contentsKept);
  const writer = build.createWriter(path);
  const progress = build.progress && { progress: build.progress };
  try {
    for (const head of heads) {
      await replayHistory({ items, contents, writer, ...progress }, head);
    }
    await writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
  const seqs = Object.fromEntries(heads.map(({ system, seq }) => [system, seq]));
  return { stamp: snapshotStamp(seqs), seqs };
}
