// Replays the history of one system from the archived releases: every commit once more, in order, into a snapshot.
// Reads the head, the sequence numbers, the release records and the archive's normal forms; never a version item.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type Change, changeKinds } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { countChanges } from '../core/diff.ts';
import { type Neighbours, planRelease, type ReleasePlan } from '../core/plan-release.ts';
import type { ReleaseContent, ReleaseRecord } from '../core/release.ts';
import type { SystemHead } from '../ports/code-table.ts';
import { type ItemStore, queryAll } from '../ports/item-store.ts';
import type { SnapshotWriter } from '../ports/snapshot-writer.ts';
import { itemRelease } from './code-table-items.ts';
import { releasePartition, sequencePartition } from './keys.ts';
import { plannedPoints } from './planned-points.ts';
import type { ReleaseContents } from './release-contents.ts';

/** Points written before other work gets a turn: a first release has a hundred thousand. */
const pointsAtOnce = 5000;

/** What a replay reads from and writes to. */
export type ReplayPorts = {
  readonly items: ItemStore;
  readonly contents: ReleaseContents;
  readonly writer: SnapshotWriter;
  readonly progress?: (line: string) => void;
};

/** One committed sequence number: who held it since when, and the records written under it. */
type Commit = {
  readonly seq: number;
  readonly at: string;
  readonly candidate: string;
  readonly records: readonly ReleaseRecord[];
};

/** Current record of each effective date as of the commit being replayed. */
type InForce = Map<CalendarDate, ReleaseRecord>;

async function recordsBySeq(
  items: ItemStore,
  system: CodeSystemId,
): Promise<Map<number, ReleaseRecord[]>> {
  const records = new Map<number, ReleaseRecord[]>();
  for await (const item of queryAll(items, { pk: releasePartition(system) })) {
    const record = itemRelease(item);
    records.set(record.seq, [...(records.get(record.seq) ?? []), record]);
  }
  return records;
}

/** Committed sequence numbers, ascending. */
async function readCommits(items: ItemStore, head: SystemHead): Promise<Commit[]> {
  const { system } = head;
  const records = await recordsBySeq(items, system);
  const commits: Commit[] = [];
  for await (const item of queryAll(items, { pk: sequencePartition(system) })) {
    const seq = Number(item.sk);
    if (seq > head.seq) break;
    if (head.abandoned.includes(seq)) continue;
    commits.push({
      seq,
      at: String(item.at),
      candidate: String(item.candidate),
      records: records.get(seq) ?? [],
    });
  }
  return commits;
}

/** The record of the release a commit was made for; a next release restated with it has another candidate. */
function ownRecord(system: CodeSystemId, commit: Commit): ReleaseRecord {
  const own = commit.records.find((record) => record.candidate === commit.candidate);
  if (own) return own;
  throw new Error(`${system} ${commit.seq} is committed but has no release record`);
}

const byDate = (a: ReleaseRecord, b: ReleaseRecord): number => (a.effective < b.effective ? -1 : 1);

/** The committed neighbours a release had when it was committed. */
function neighbours(inForce: InForce, { effective }: ReleaseRecord) {
  const records = [...inForce.values()].sort(byDate);
  return {
    previousRecord: records.findLast((record) => record.effective < effective),
    nextRecord: records.find((record) => record.effective > effective),
    currentRecord: inForce.get(effective),
  };
}

type NeighbourRecords = ReturnType<typeof neighbours>;

async function readNeighbours(
  contents: ReleaseContents,
  own: ReleaseRecord,
  around: NeighbourRecords,
): Promise<Neighbours> {
  const read = async (record: ReleaseRecord | undefined): Promise<ReleaseContent | undefined> =>
    record && contents.read(record.contentSha256);
  return {
    previous: await read(around.previousRecord),
    next: await read(around.nextRecord),
    current: await read(around.currentRecord),
    incoming: await contents.read(own.contentSha256),
  };
}

/** What the archive says must be what was recorded: else the file would answer unlike the table. */
function assertRecorded(record: ReleaseRecord, changes: readonly Change[]): void {
  const counts = countChanges(changes);
  const wrong = changeKinds.find((kind) => counts[kind] !== record.changes[kind]);
  if (!wrong) return;
  const [now, then] = [counts[wrong], record.changes[wrong]];
  throw new Error(
    `${record.id}, replayed, has ${now} ${wrong}; under ${record.seq} it had ${then}`,
  );
}

/** The next release as restated with a commit. */
function restatedRecord(commit: Commit, plan: ReleasePlan, next: ReleaseRecord): ReleaseRecord {
  const record = commit.records.find((each) => each.id === next.id);
  if (!record) throw new Error(`${next.id} was restated under ${commit.seq} but has no record`);
  assertRecorded(record, plan.nextChanges ?? []);
  return record;
}

async function replayCommit(
  ports: ReplayPorts,
  commit: Commit,
  own: ReleaseRecord,
  inForce: InForce,
): Promise<void> {
  const { writer, contents } = ports;
  const { seq } = commit;
  const records = neighbours(inForce, own);
  const around = await readNeighbours(contents, own, records);
  const plan = planRelease(around, seq);
  assertRecorded(own, plan.changes);
  const points = await plannedPoints(plan, records, seq, (code) => writer.recorded(code));
  for (let at = 0; at < points.length; at += pointsAtOnce) {
    writer.addVersions(points.slice(at, at + pointsAtOnce));
    await giveWay();
  }
  writer.addChanges(own.id, seq, plan.changes);
  if (records.nextRecord && plan.nextChanges) {
    const next = restatedRecord(commit, plan, records.nextRecord);
    writer.addRelease(next);
    writer.addChanges(next.id, seq, plan.nextChanges);
    inForce.set(next.effective, next);
  }
  inForce.set(own.effective, own);
  writer.addRows(own.effective, around.incoming.rows);
}

/**
 * Replays every committed release of a system up to its head, in the order of their sequence numbers. A superseded one
 * made no points and makes none. Gives way to other work between releases.
 *
 * @throws CodewatchError `archive-missing` or `unavailable`
 */
export async function replayHistory(ports: ReplayPorts, head: SystemHead): Promise<void> {
  const { items, writer } = ports;
  const { system } = head;
  const inForce: InForce = new Map();
  writer.beginSystem(head);
  for (const commit of await readCommits(items, head)) {
    const { seq, at } = commit;
    const own = ownRecord(system, commit);
    writer.addCommit({ system, seq, at, release: own.id });
    writer.addRelease(own);
    if (own.status === 'committed') await replayCommit(ports, commit, own, inForce);
    ports.progress?.(`${own.id} replayed`);
    await giveWay();
  }
  await writer.endSystem();
}

const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
