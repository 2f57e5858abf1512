// Publish: what is committed → one SQLite file for readers, packed, kept under its name, then pointed to. The pointer's
// move is the publication: whatever was killed before it left nothing that anybody reads.
import { codeSystemIds } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import { countOf } from '../core/wording.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { NewSnapshotDraft } from '../ports/snapshot-draft.ts';
import type { SnapshotPointer, SnapshotStore } from '../ports/snapshot-store.ts';
import { policySeqs, type SnapshotSeqs, snapshotForm } from '../ports/snapshot-writer.ts';
import { createCodeTable } from '../store/code-table.ts';
import { buildSnapshot, readSnapshotSeqs } from '../store/replay-snapshot.ts';
import { moveSnapshotPointer, readSnapshotPointer } from '../store/snapshot-pointer.ts';
import type { PublishMessage } from './messages.ts';

/** What publishing needs. */
export type PublishPorts = {
  /** The code table's items. */
  readonly items: ItemStore;
  readonly archive: Archive;
  readonly snapshots: SnapshotStore;
  readonly newDraft: NewSnapshotDraft;
  readonly clock: Clock;
  readonly progress?: (line: string) => void;
};

/**
 * What became of it: `published`; `current` when the pointer says it already, or somebody else published meanwhile;
 * `superseded` when a later commit sends a message of its own; `empty` before the first commit.
 */
export type PublishOutcome = {
  readonly outcome: 'published' | 'current' | 'superseded' | 'empty';
  readonly pointer?: SnapshotPointer;
};

/** Digits of the hash in a name: enough that two files never share one. */
const hashDigits = 12;

/** True when a snapshot of `ours` holds everything that one of `theirs` does. */
const covers = (ours: SnapshotSeqs, theirs: SnapshotSeqs): boolean =>
  codeSystemIds.every((system) => (ours[system] ?? 0) >= (theirs[system] ?? 0)) &&
  policySeqs(theirs).every(([source, seq]) => (ours.policies?.[source] ?? 0) >= seq);

/** What a message is about, and up to which number that is committed. */
const committed = (seqs: SnapshotSeqs, message: PublishMessage) =>
  'system' in message
    ? { what: message.system, seq: seqs[message.system] ?? 0 }
    : { what: message.source, seq: seqs.policies?.[message.source] ?? 0 };

const overtaken = (): CodewatchError =>
  new CodewatchError('unavailable', 'a release was committed meanwhile; publishing is tried again');

/** Builds the file of what is committed now and keeps it; nobody reads it before it is pointed to. */
async function build(ports: PublishPorts): Promise<{ pointer: SnapshotPointer; ms: number }> {
  const { items, archive } = ports;
  const draft = await ports.newDraft();
  try {
    const { path, createWriter } = draft;
    const { stamp, seqs } = await buildSnapshot({ items, archive, path, createWriter });
    const { bytes, sha256, gzipped, ms } = await draft.pack();
    const name = `${stamp}_${sha256.slice(0, hashDigits)}.sqlite.gz`;
    await ports.snapshots.keep(name, gzipped);
    const size = { bytes, gzippedBytes: gzipped.length, sha256 };
    const publishedAt = ports.clock.now();
    return { pointer: { stamp, name, form: snapshotForm, ...size, seqs, publishedAt }, ms };
  } finally {
    await draft.discard();
  }
}

/** Points to a kept snapshot, unless what another publisher pointed to meanwhile is as good or better. */
async function pointTo(
  items: ItemStore,
  pointer: SnapshotPointer,
  seen: SnapshotPointer | undefined,
): Promise<PublishOutcome> {
  let before = seen;
  for (;;) {
    if (await moveSnapshotPointer(items, pointer, before)) return { outcome: 'published', pointer };
    before = await readSnapshotPointer(items);
    if (!before) continue;
    // Another form, since this run began: a newer program is at work, which an older one must not undo.
    const isTheirs = before.form !== pointer.form || covers(before.seqs, pointer.seqs);
    if (isTheirs) return { outcome: 'current', pointer: before };
    if (!covers(pointer.seqs, before.seqs)) throw overtaken();
  }
}

async function tell(
  ports: PublishPorts,
  { pointer, ms }: { readonly pointer: SnapshotPointer; readonly ms: number },
): Promise<void> {
  if (!ports.progress) return;
  const table = createCodeTable(ports.items);
  let codes = 0;
  for (const system of codeSystemIds) {
    const records = await table.releases(system);
    codes += records.findLast((one) => one.status === 'committed')?.rows ?? 0;
  }
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const size = `${megabytes(pointer.bytes)} MB, ${megabytes(pointer.gzippedBytes)} MB packed`;
  const seconds = (ms / 1000).toFixed(1);
  ports.progress(
    `snapshot published: ${countOf(codes, 'code')} in force, ${size}, in ${seconds} s`,
  );
}

/**
 * Publishes what is committed, if the pointer does not say it already. A message whose head has moved on since is left
 * to the later commit, which sends its own: of a burst of commits only the last builds a file, and none is missed.
 * Without a message (the daily run) it publishes when the pointer is not what the heads and the form of this program
 * say: after a deployment with a new form, or a message lost for good. Run twice, or killed anywhere and run again, it
 * ends at the same pointer; an older builder never replaces a newer one.
 *
 * @throws CodewatchError `unavailable` when a release was committed in the middle, or an engine is away; run it again
 */
export async function publish(
  ports: PublishPorts,
  message?: PublishMessage,
): Promise<PublishOutcome> {
  const { items } = ports;
  const seqs = await readSnapshotSeqs(items);
  if (message) {
    const { what, seq } = committed(seqs, message);
    if (seq > message.seq) return { outcome: 'superseded' };
    if (seq < message.seq) throw new Error(`${what} ${message.seq} is not committed`);
  }
  if (Object.keys(seqs).length === 0) return { outcome: 'empty' };
  const before = await readSnapshotPointer(items);
  if (before?.form === snapshotForm && covers(before.seqs, seqs)) {
    return { outcome: 'current', pointer: before };
  }
  const built = await build(ports);
  const settled = await pointTo(items, built.pointer, before);
  if (settled.outcome === 'published') await tell(ports, built);
  return settled;
}
