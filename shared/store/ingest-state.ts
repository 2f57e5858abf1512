// What ingest remembers between its writes: sequence numbers, the head, candidates and quarantine. The head's move is
// the commit; everything before it is invisible and everything in it can be repeated.

import type { Candidate } from '../core/candidate.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Approval, ReleaseRecord } from '../core/release.ts';
import type { SystemHead } from '../ports/code-table.ts';
import { type Item, type ItemStore, queryAll } from '../ports/item-store.ts';
import { releaseItem } from './code-table-items.ts';
import {
  candidateApprovalKey,
  candidateKey,
  candidateSequenceKey,
  headKey,
  quarantinePartition,
  seqText,
  sequencePartition,
} from './keys.ts';

/** A sequence number held by a candidate, with the instant it was first claimed (kept through retries). */
export type Claim = { readonly seq: number; readonly at: string; readonly committed: boolean };

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The head of a system; undefined before its first commit. */
export async function readHead(
  items: ItemStore,
  system: CodeSystemId,
): Promise<SystemHead | undefined> {
  const item = (await items.get(headKey(system))) as { head?: SystemHead } | undefined;
  return item?.head;
}

/**
 * The claim of a candidate that still counts. A number claimed under an earlier head is dead: what a killed run wrote
 * under it was planned against other neighbours, and would become visible with it.
 */
export async function heldClaim(
  items: ItemStore,
  candidate: string,
  head: SystemHead | undefined,
): Promise<Claim | undefined> {
  const item = (await items.get(candidateSequenceKey(candidate))) as
    | { seq?: number; at?: string; under?: number }
    | undefined;
  if (item?.seq === undefined || item.at === undefined) return undefined;
  const { seq, at, under } = item;
  const now = head?.seq ?? 0;
  if (seq > now) return under === now ? { seq, at, committed: false } : undefined;
  // Passed over by a later commit: this number is dead, a new one is needed.
  return head?.abandoned.includes(seq) ? undefined : { seq, at, committed: true };
}

/** Who claims: `head` is the one the candidate's plan is made under, `now` the instant. */
export type Claimant = {
  readonly system: CodeSystemId;
  readonly candidate: string;
  readonly head: SystemHead | undefined;
  readonly now: string;
};

/**
 * The sequence number of a candidate under a head: the one it holds, else the next free one. Two writers can never hold
 * the same number; a number whose holder never committed is skipped and recorded as abandoned when the head moves past.
 */
export async function claimSequence(items: ItemStore, claimant: Claimant): Promise<Claim> {
  const { system, candidate, head, now } = claimant;
  const held = await heldClaim(items, candidate, head);
  if (held) return held;
  const under = head?.seq ?? 0;
  const pk = sequencePartition(system);
  for (let seq = under + 1; ; seq += 1) {
    const sk = seqText(seq);
    let at = now;
    if (!(await items.putIfAbsent({ pk, sk, candidate, under, at: now }))) {
      const other = await items.get({ pk, sk });
      if (other?.candidate !== candidate || other.under !== under) continue;
      at = String(other.at);
    }
    await items.put({ ...candidateSequenceKey(candidate), seq, under, at });
    return { seq, at, committed: false };
  }
}

/**
 * Commits: moves the head to a sequence number.
 *
 * @throws CodewatchError `unavailable` when another writer moved it meanwhile (the message comes again)
 */
export async function moveHead(
  items: ItemStore,
  record: ReleaseRecord,
  before: SystemHead | undefined,
): Promise<SystemHead> {
  const { system, seq, effective } = record;
  const abandoned = [...(before?.abandoned ?? [])];
  for (let skipped = (before?.seq ?? 0) + 1; skipped < seq; skipped += 1) abandoned.push(skipped);
  const head: SystemHead = {
    system,
    seq,
    abandoned,
    from: before && before.from < effective ? before.from : effective,
    newest: before && before.newest > effective ? before.newest : effective,
  };
  const moved = await items.putIfEquals(
    { ...headKey(system), seq, head: json(head) },
    'seq',
    before?.seq,
  );
  if (moved) return head;
  throw new CodewatchError(
    'unavailable',
    `the head of ${system} moved while ${record.id} was being taken in; it will be tried again`,
  );
}

/** Notes what became of a candidate, so that pull does not send it again. */
export const noteOutcome = (items: ItemStore, candidate: string, outcome: string): Promise<void> =>
  items.put({ ...candidateKey(candidate), outcome });

/** A candidate in quarantine, with its record and whether anyone may lift it. */
export type Quarantined = {
  readonly record: ReleaseRecord;
  readonly candidate: Candidate;
  readonly approvable: boolean;
};

/** Puts a candidate into quarantine. Nothing else changes. */
export function putQuarantined(items: ItemStore, quarantined: Quarantined): Promise<void> {
  const { record, candidate, approvable } = quarantined;
  const item: Item = {
    ...releaseItem(record),
    pk: quarantinePartition(record.system),
    sk: `${record.effective}#${record.candidate}`,
    candidate: json(candidate),
    approvable,
  };
  return items.put(item);
}

/** Everything ever quarantined of a system, by effective date. */
export async function readQuarantined(
  items: ItemStore,
  system: CodeSystemId,
): Promise<Quarantined[]> {
  const all: Quarantined[] = [];
  for await (const item of queryAll(items, { pk: quarantinePartition(system) })) {
    all.push(item as Item & Quarantined);
  }
  return all;
}

/** Records an approval for good, before the candidate is sent again. */
export const putApproval = (
  items: ItemStore,
  candidate: string,
  approval: Approval,
): Promise<void> => items.put({ ...candidateApprovalKey(candidate, approval.at), ...approval });
