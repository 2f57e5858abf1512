// Builds the snapshot of the whole reference data: the history of each system and of each source of policies replayed from
// the archive into one file.
import { codeSystemIds } from '../core/code-system.ts';
import type { PolicyEdition } from '../core/policy.ts';
import type { Archive } from '../ports/archive.ts';
import type { SystemHead } from '../ports/code-table.ts';
import type { ItemStore } from '../ports/item-store.ts';
import {
  type CreateSnapshotWriter,
  type SnapshotSeqs,
  snapshotStamp,
} from '../ports/snapshot-writer.ts';
import { readHead } from './ingest-state.ts';
import { readPolicySources } from './policy-editions.ts';
import { createReleaseContents } from './release-contents.ts';
import { replayHistory } from './replay-history.ts';
import { replayPolicies } from './replay-policies.ts';

/** What a snapshot is built from, and where. */
export type BuildSnapshot = {
  /** The code table's items; only heads, sequence numbers, release and edition records are read. */
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

const seqsOf = (
  heads: readonly SystemHead[],
  editions: readonly PolicyEdition[],
): SnapshotSeqs => ({
  ...Object.fromEntries(heads.map(({ system, seq }) => [system, seq])),
  ...(editions.length === 0
    ? {}
    : { policies: Object.fromEntries(editions.map(({ source, seq }) => [source, seq])) }),
});

/** The sequence numbers a snapshot built now would hold everything up to. */
export const readSnapshotSeqs = async (items: ItemStore): Promise<SnapshotSeqs> =>
  seqsOf(await readHeads(items), await readPolicySources(items));

/**
 * Builds the file at `path`. What is committed while it is being built is left for the next snapshot. Leaves nothing
 * behind when it fails.
 *
 * @throws CodewatchError `archive-missing` or `unavailable`
 */
export async function buildSnapshot(build: BuildSnapshot): Promise<BuiltSnapshot> {
  const { items, archive, path } = build;
  const heads = await readHeads(items);
  const editions = await readPolicySources(items);
  const contents = createReleaseContents(archive, contentsKept);
  const writer = build.createWriter(path);
  const progress = build.progress && { progress: build.progress };
  try {
    for (const head of heads) {
      await replayHistory({ items, contents, writer, ...progress }, head);
    }
    for (const edition of editions) {
      await replayPolicies({ items, archive, writer, ...progress }, edition);
    }
    await writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
  const seqs = seqsOf(heads, editions);
  return { stamp: snapshotStamp(seqs), seqs };
}
