// Replays the history of one source of policies from the archived deltas of its editions, in order, into a snapshot. Reads
// the edition records and the archive; never an item an edition wrote.
import type { PolicyEdition } from '../core/policy.ts';
import type { Archive } from '../ports/archive.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { SnapshotWriter } from '../ports/snapshot-writer.ts';
import { readDeltaLines } from './policy-contents.ts';
import { readEditions } from './policy-editions.ts';

/** What a replay reads from and writes to. */
export type ReplayPoliciesPorts = {
  readonly items: ItemStore;
  readonly archive: Archive;
  readonly writer: Pick<
    SnapshotWriter,
    'addEdition' | 'addPolicyVersion' | 'addPolicyChange' | 'addReview'
  >;
  readonly progress?: (line: string) => void;
};

/** Lines written before other work gets a turn. */
const linesAtOnce = 100;

/**
 * Replays every committed edition of a source up to `newest`.
 *
 * @throws CodewatchError `archive-missing` or `unavailable`
 */
export async function replayPolicies(
  ports: ReplayPoliciesPorts,
  newest: PolicyEdition,
): Promise<void> {
  const { items, archive, writer } = ports;
  for await (const edition of readEditions(items, newest.source, newest.seq)) {
    writer.addEdition(edition);
    let lines = 0;
    for await (const line of readDeltaLines(archive, edition.deltaSha256)) {
      if ('version' in line) writer.addPolicyVersion(line.version);
      else if ('change' in line) writer.addPolicyChange(line.change);
      else writer.addReview(line.review);
      lines += 1;
      if (lines % linesAtOnce === 0) await giveWay();
    }
    ports.progress?.(`${edition.id} replayed`);
  }
}

const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
