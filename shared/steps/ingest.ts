// Ingest: a candidate's archived bytes → gate → plan → points and changes → commit. Every write may be repeated, the
// head's move is the commit, and a kill anywhere before it leaves the table as it was.

import type { Candidate } from '../core/candidate.ts';
import { defaultGateLimits, type GateLimits, gate, passes } from '../core/gate.ts';
import { fitsSide } from '../core/gate-addenda.ts';
import type { QualityFinding, ReleaseContent, ReleaseRecord } from '../core/release.ts';
import { releaseId } from '../core/release.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { createCodeTable } from '../store/code-table.ts';
import {
  claimSequence,
  heldClaim,
  noteOutcome,
  putApproval,
  putQuarantined,
  readHead,
} from '../store/ingest-state.ts';
import { createReleaseContents, type ReleaseContents } from '../store/release-contents.ts';
import { commitRelease } from './commit-release.ts';
import type { AssessMessage, PublishMessage } from './messages.ts';
import { countRows, newRecord } from './new-record.ts';
import { type ReadCandidate, readCandidate } from './read-candidate.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

/** What ingest needs. */
export type IngestPorts = {
  /** The code table's items. */
  readonly items: ItemStore;
  readonly archive: Archive;
  readonly assessQueue: Queue;
  /** Told of every commit; absent where no snapshot is published. */
  readonly publishQueue?: Queue;
  readonly clock: Clock;
  readonly limits?: GateLimits;
  readonly progress?: (line: string) => void;
};

/** What became of a candidate; `repeated` when it had been committed before. */
export type IngestOutcome = {
  readonly record: ReleaseRecord;
  readonly repeated: boolean;
};

// Normal forms stay in memory between invocations of one process: the next release is diffed against the last.
const contentsOf = new WeakMap<Archive, ReleaseContents>();

function contentsFor(archive: Archive): ReleaseContents {
  const known = contentsOf.get(archive);
  if (known) return known;
  const contents = createReleaseContents(archive);
  contentsOf.set(archive, contents);
  return contents;
}

/** The release a candidate's addenda start from: the newest earlier one with the counts they state. */
async function addendaBase(
  contents: ReleaseContents,
  read: ReadCandidate,
  around: Surroundings,
): Promise<ReleaseContent | undefined> {
  const base = read.addenda?.base;
  // Errata state no counts: they start from the very file they correct.
  if (!base) return around.current ?? around.previous;
  const { effective } = read.content;
  const fitting = around.records.findLast(
    (record) => record.effective < effective && fitsSide(base, record),
  );
  return fitting && contents.read(fitting.contentSha256);
}

/** Findings that no approval lifts: there is nothing sound to take in. */
const isSound = (read: ReadCandidate): boolean =>
  read.content.rows.length > 0 && passes(read.findings.filter((finding) => !isDoubt(finding)));

/** Doubts about which file this is, raised before it was read; a person may know better. */
const isDoubt = (finding: QualityFinding): boolean => finding.code.startsWith('effective-date');

async function judge(
  ports: IngestPorts,
  contents: ReleaseContents,
  read: ReadCandidate,
  around: Surroundings,
): Promise<QualityFinding[]> {
  if (read.content.rows.length === 0) return [...read.findings];
  const { addenda } = read;
  const checks = gate({
    incoming: read.content,
    previous: around.previous,
    codesFile: read.codesFile,
    secondSource: read.secondSource,
    addenda: addenda && { addenda, base: await addendaBase(contents, read, around) },
    limits: ports.limits ?? defaultGateLimits,
  });
  return [...read.findings, ...checks];
}

async function quarantine(
  ports: IngestPorts,
  candidate: Candidate,
  read: ReadCandidate,
  findings: readonly QualityFinding[],
): Promise<IngestOutcome> {
  const recordedAt = ports.clock.now();
  const record: ReleaseRecord = {
    ...newRecord(candidate, read.content, findings),
    status: 'quarantined',
    recordedAt,
  };
  await putQuarantined(ports.items, { record, candidate, approvable: isSound(read) });
  await noteOutcome(ports.items, candidate.id, 'quarantined');
  const reasons = findings.filter((finding) => finding.severity === 'error');
  ports.progress?.(
    `${record.id} quarantined: ${reasons.map((finding) => finding.code).join(', ')}`,
  );
  return { record, repeated: false };
}

async function sendAssess(ports: IngestPorts, messages: readonly AssessMessage[]): Promise<void> {
  for (const message of messages) {
    await ports.assessQueue.send({
      body: JSON.stringify(message),
      deduplicationId: `${message.release}#${message.seq}`,
      groupId: message.system,
    });
  }
}

/** One group for all systems: one snapshot holds them all, and two builders at once would only compete. */
async function sendPublish(
  ports: IngestPorts,
  message: Extract<PublishMessage, { readonly system: unknown }>,
): Promise<void> {
  await ports.publishQueue?.send({
    body: JSON.stringify(message),
    deduplicationId: `${message.system}#${message.seq}`,
    groupId: 'snapshot',
  });
}

/** Finishes what a killed run had committed but not announced. */
async function repeat(
  ports: IngestPorts,
  candidate: Candidate,
  seq: number,
): Promise<IngestOutcome> {
  const { system } = candidate;
  const records = await createCodeTable(ports.items).releases(system);
  const id = releaseId(system, candidate.effective);
  const record = records.find((each) => each.id === id && each.status !== 'quarantined');
  if (!record) throw new Error(`${id} is committed under ${seq} but has no record`);
  const restated = records.filter((each) => each.seq === seq && each.id !== id);
  await sendAssess(
    ports,
    [record, ...restated].map((each) => ({ system, release: each.id, seq: each.seq })),
  );
  await sendPublish(ports, { system, seq });
  await noteOutcome(ports.items, candidate.id, record.status);
  return { record, repeated: true };
}

/**
 * Takes a candidate in, quarantines it, or, when it is committed already, only announces it again. Changes nothing in
 * the table unless the gate passes or the candidate carries an approval.
 *
 * @throws CodewatchError `unavailable` or `archive-missing`; the message comes again
 */
export async function ingest(ports: IngestPorts, candidate: Candidate): Promise<IngestOutcome> {
  const { items, archive, clock } = ports;
  const head = await readHead(items, candidate.system);
  const held = await heldClaim(items, candidate.id, head);
  if (held?.committed) return repeat(ports, candidate, held.seq);
  const contents = contentsFor(archive);
  const read = await readCandidate(archive, candidate);
  const around = await readSurroundings(items, contents, candidate);
  const findings = await judge(ports, contents, read, around);
  const approved = candidate.approval !== undefined && isSound(read);
  if (!passes(findings) && !approved) return quarantine(ports, candidate, read, findings);
  if (candidate.approval) await putApproval(items, candidate.id, candidate.approval);
  const claimant = { system: candidate.system, candidate: candidate.id, head, now: clock.now() };
  const claim = await claimSequence(items, claimant);
  const committed = await commitRelease(
    { items, contents, head },
    { candidate, content: read.content, findings, around, claim },
  );
  await sendAssess(ports, committed.assess);
  await sendPublish(ports, { system: candidate.system, seq: committed.record.seq });
  await noteOutcome(items, candidate.id, committed.record.status);
  const { record } = committed;
  ports.progress?.(`${record.id} ${record.status}: ${countRows(record)}`);
  return { record, repeated: false };
}
