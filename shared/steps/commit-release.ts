// Second part of ingest: write what the plan says under the claimed sequence number, then move the head.

import type { Candidate } from '../core/candidate.ts';
import { countChanges } from '../core/diff.ts';
import { planRelease, type ReleasePlan } from '../core/plan-release.ts';
import type { QualityFinding, ReleaseContent, ReleaseRecord } from '../core/release.ts';
import type { SystemHead } from '../ports/code-table.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { readRecordedVersions } from '../store/code-table.ts';
import { changeItem, releaseItem, versionItem } from '../store/code-table-items.ts';
import { type Claim, moveHead } from '../store/ingest-state.ts';
import { plannedPoints } from '../store/planned-points.ts';
import type { ReleaseContents } from '../store/release-contents.ts';
import type { AssessMessage } from './messages.ts';
import { newRecord } from './new-record.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a release is committed. */
export type CommitPorts = {
  readonly items: ItemStore;
  readonly contents: ReleaseContents;
  readonly head: SystemHead | undefined;
};

/** A release that passed the gate. */
export type Accepted = {
  readonly candidate: Candidate;
  readonly content: ReleaseContent;
  readonly findings: readonly QualityFinding[];
  readonly around: Surroundings;
  readonly claim: Claim;
};

/** The committed record, and which releases are to be assessed. */
export type Committed = {
  readonly record: ReleaseRecord;
  readonly assess: readonly AssessMessage[];
};

/** Items made at once: a first release has a hundred thousand. */
const itemsAtOnce = 5000;

/** An older state of a release whose correction is in force already: recorded, and nothing else. */
const isSuperseded = (accepted: Accepted): boolean => {
  const { currentRecord } = accepted.around;
  return currentRecord !== undefined && currentRecord.published > accepted.candidate.published;
};

/** The next release's record, restated against this one. */
function restatedNext(accepted: Accepted, plan: ReleasePlan): ReleaseRecord | undefined {
  const { nextRecord } = accepted.around;
  if (!nextRecord || !plan.nextChanges) return undefined;
  const { seq, at } = accepted.claim;
  const { reissueOf, ...kept } = nextRecord;
  return {
    ...kept,
    seq,
    changesSeq: seq,
    changes: countChanges(plan.nextChanges),
    baseline: false,
    recordedAt: at,
    ...(plan.nextChanges.length === 0 ? { reissueOf: ownId(accepted) } : {}),
  };
}

const ownId = (accepted: Accepted): string =>
  newRecord(accepted.candidate, accepted.content, []).id;

/**
 * Writes versions, change lists and records, then moves the head. Safe to repeat with the same claim: every key and
 * every byte follows from the plan.
 */
export async function commitRelease(ports: CommitPorts, accepted: Accepted): Promise<Committed> {
  const { items, contents } = ports;
  const { candidate, content, findings, around, claim } = accepted;
  const base = newRecord(candidate, content, findings);
  const contentSha256 = await contents.keep(content);
  const stamp = { seq: claim.seq, changesSeq: claim.seq, recordedAt: claim.at, contentSha256 };
  if (isSuperseded(accepted)) {
    const record: ReleaseRecord = { ...base, ...stamp, status: 'superseded' };
    await items.put(releaseItem(record));
    await moveHead(items, record, ports.head);
    return { record, assess: [] };
  }
  const plan = planRelease({ ...around, incoming: content }, claim.seq);
  const { previousRecord } = around;
  const record: ReleaseRecord = {
    ...base,
    ...stamp,
    changes: countChanges(plan.changes),
    baseline: plan.baseline,
    ...(previousRecord && plan.changes.length === 0 ? { reissueOf: previousRecord.id } : {}),
  };
  const next = restatedNext(accepted, plan);
  const points = await plannedPoints(plan, around, claim.seq, (code) =>
    readRecordedVersions(items, ports.head, { system: candidate.system, code }),
  );
  for (let i = 0; i < points.length; i += itemsAtOnce) {
    await items.putMany(points.slice(i, i + itemsAtOnce).map(versionItem));
  }
  await items.putMany(plan.changes.map((change) => changeItem(record.id, claim.seq, change)));
  if (next) {
    const list = plan.nextChanges ?? [];
    await items.putMany(list.map((change) => changeItem(next.id, claim.seq, change)));
    await items.put(releaseItem(next));
  }
  await items.put(releaseItem(record));
  await moveHead(items, record, ports.head);
  const changed = [record, ...(next ? [next] : [])];
  return {
    record,
    assess: changed.map(({ system, id, seq }) => ({ system, release: id, seq })),
  };
}
