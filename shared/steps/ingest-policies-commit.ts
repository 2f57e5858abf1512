// Second part of ingest of policies: what an edition changed, archived and written under the next number of its source;
// then the edition itself, whose item is the commit.
import type { CalendarDate } from '../core/calendar-date.ts';
import { CodewatchError } from '../core/errors.ts';
import {
  isMeaningful,
  type PolicyChange,
  type PolicyDocument,
  type PolicyEdition,
  type PolicyVersion,
  type ReviewItem,
} from '../core/policy.ts';
import { diffEdition, diffPolicy, type Seen } from '../core/policy-diff.ts';
import { proceduresOf } from '../core/policy-meaning.ts';
import { policyLine } from '../core/policy-normal-form.ts';
import { compareRefs, compareVersions } from '../core/policy-pages.ts';
import type { QualityFinding } from '../core/release.ts';
import type { PolicyFile } from '../feeds/policy-feed.ts';
import type { Archive } from '../ports/archive.ts';
import type { Item, ItemStore } from '../ports/item-store.ts';
import { noteAttempt, noteNothingNew } from '../store/policy-attempts.ts';
import {
  type DeltaLine,
  keepLines,
  readStateLines,
  type StateLine,
} from '../store/policy-contents.ts';
import { commitEdition } from '../store/policy-editions.ts';
import {
  policyChangeItems,
  policyListItem,
  policyVersionItems,
  procedureItem,
  reviewItems,
} from '../store/policy-items.ts';
import { createPolicyTable } from '../store/policy-table.ts';
import {
  type ArrangedPolicies,
  type KnownVersion,
  knownAfter,
  type OtherVersion,
} from './ingest-policies-arrange.ts';

/** What is known of a source after an edition. */
export type KnownState = {
  readonly known: ReadonlyMap<string, readonly KnownVersion[]>;
  /** Ids of bulletins seen. */
  readonly reviews: ReadonlySet<string>;
};

/** An edition that passed the gate. */
export type AcceptedPolicies = Pick<
  PolicyEdition,
  'id' | 'source' | 'feed' | 'published' | 'collected' | 'documents' | 'approval'
> & {
  readonly files: readonly PolicyFile[];
  /** Hash of the files. */
  readonly arrival: string;
  /** Hash of the message that brought them. */
  readonly message: string;
  /** The edition before. */
  readonly head: PolicyEdition | undefined;
  readonly state: KnownState;
  /** Day it tells the state of. */
  readonly day: CalendarDate;
  readonly arranged: ArrangedPolicies;
  readonly reviews: readonly ReviewItem[];
  readonly findings: readonly QualityFinding[];
  /** ISO instant. */
  readonly now: string;
};

/** What an edition comes to. */
type PolicyDelta = {
  readonly seen: Seen;
  readonly versions: readonly PolicyVersion[];
  readonly changes: readonly PolicyChange[];
  readonly reviews: readonly ReviewItem[];
  /** Of each document the version that counts now. */
  readonly state: readonly PolicyDocument[];
};

/** Findings kept with an edition: an item holds 400 KB, a finding has about 300 bytes. */
export const findingsMax = 500;

/** Items made at once: a first edition has a hundred thousand, and a version may have 240 KB. */
const itemsAtOnce = 500;

/** Reads the state that an edition left; nothing is known before the first. */
export async function readKnownState(
  archive: Archive,
  head: PolicyEdition | undefined,
): Promise<KnownState> {
  const known = new Map<string, KnownVersion[]>();
  const reviews = new Set<string>();
  if (!head) return { known, reviews };
  for await (const line of readStateLines(archive, head.stateSha256)) {
    if ('review' in line) {
      reviews.add(line.review);
      continue;
    }
    const { id } = line.document;
    const versions = known.get(id);
    if (versions) versions.push(line);
    else known.set(id, [line]);
  }
  return { known, reviews };
}

/** Whether a version was recorded before: in these very words, or at all when it only fills a gap in the past. */
async function isRecorded(items: ItemStore, { document, isPast }: OtherVersion): Promise<boolean> {
  const recorded = await createPolicyTable(items).versions(document);
  const same = recorded.findLast(({ version }) => version === document.version);
  return same !== undefined && (isPast || policyLine(same) === policyLine(document));
}

const later = (a: CalendarDate, b: CalendarDate | undefined): CalendarDate =>
  b !== undefined && b > a ? b : a;

/** What is new in an edition. Days first seen never go back, so that whoever follows the changes misses none. */
async function deltaOf(items: ItemStore, accepted: AcceptedPolicies): Promise<PolicyDelta> {
  const { arranged, head, state } = accepted;
  const firstSeen = later(accepted.collected, head?.collected);
  const seen: Seen = { edition: accepted.id, seq: (head?.seq ?? 0) + 1, firstSeen };
  const { complete, before, current, others } = arranged;
  const diff = diffEdition(before, current, { ...seen, complete });
  const versions = [...diff.versions];
  const changes = [...diff.changes];
  for (const other of others) {
    if (await isRecorded(items, other)) continue;
    const { document, base, isPast } = other;
    versions.push({ ...document, ...seen });
    const change = isPast ? undefined : diffPolicy(base, document, seen);
    if (change) changes.push(change);
  }
  const news = new Map(accepted.reviews.map((review) => [review.id, review]));
  return {
    seen,
    versions: versions.sort((a, b) => compareRefs(a, b) || compareVersions(a, b)),
    changes: changes.sort((a, b) => compareRefs(a, b) || compareVersions(a, b)),
    reviews: [...news.values()]
      .filter(({ id }) => !state.reviews.has(id))
      .map((review) => ({ ...review, firstSeen })),
    state: diff.state,
  };
}

function* deltaLines({ versions, changes, reviews }: PolicyDelta): Generator<DeltaLine> {
  for (const version of versions) yield { version };
  for (const change of changes) yield { change };
  for (const review of reviews) yield { review };
}

function* stateLines(accepted: AcceptedPolicies, delta: PolicyDelta): Generator<StateLine> {
  const { state, arranged } = accepted;
  yield* knownAfter(state.known, accepted, arranged, delta.state);
  const seen = new Set([...state.reviews, ...delta.reviews.map(({ id }) => id)]);
  for (const review of [...seen].sort()) yield { review };
}

/** The items of a delta: each version whole, and what of it is not in the indexes yet. */
function* itemsOf(accepted: AcceptedPolicies, delta: PolicyDelta): Generator<Item> {
  const { known } = accepted.state;
  const { seen } = delta;
  const stamp = { seq: seen.seq, edition: seen.edition };
  const named = new Map<string, Set<string>>();
  for (const version of delta.versions) {
    const { source, id } = version;
    yield* policyVersionItems(version);
    const before = known.get(id);
    if (!before && !named.has(id)) yield policyListItem({ source, id, ...stamp });
    const old = before?.flatMap(({ document }) => proceduresOf(document));
    const procedures = named.get(id) ?? new Set(old);
    named.set(id, procedures);
    for (const procedure of proceduresOf(version)) {
      if (!procedures.has(procedure)) yield procedureItem(procedure, version, stamp);
      procedures.add(procedure);
    }
  }
  for (const change of delta.changes) yield* policyChangeItems(change);
  for (const review of delta.reviews) yield* reviewItems(review, accepted.source, stamp);
}

async function writeItems(items: ItemStore, all: Iterable<Item>): Promise<void> {
  let batch: Item[] = [];
  for (const item of all) {
    batch.push(item);
    if (batch.length < itemsAtOnce) continue;
    await items.putMany(batch);
    batch = [];
  }
  if (batch.length > 0) await items.putMany(batch);
}

/**
 * Writes what an edition changed and commits it; undefined when it changed nothing, and only that was noted. Safe to repeat:
 * every key and every byte but the instant of the commit follows from the files and the edition before.
 *
 * @throws CodewatchError `unavailable` when another edition took the number meanwhile (the message comes again)
 */
export async function commitPolicies(
  { items, archive }: { readonly items: ItemStore; readonly archive: Archive },
  accepted: AcceptedPolicies,
): Promise<PolicyEdition | undefined> {
  const { id, source, feed, published, arranged, arrival, message } = accepted;
  const delta = await deltaOf(items, accepted);
  const attempt = { source, arrival, message, edition: id };
  if (delta.versions.length === 0 && delta.reviews.length === 0) {
    const seq = accepted.head?.seq ?? 0;
    await noteNothingNew(items, { ...attempt, seq }, accepted.now);
    return undefined;
  }
  const { seen, changes } = delta;
  await noteAttempt(items, { ...attempt, seq: seen.seq });
  const stateSha256 = await keepLines(archive, stateLines(accepted, delta));
  const deltaSha256 = await keepLines(archive, deltaLines(delta));
  await writeItems(items, itemsOf(accepted, delta));
  const holder = await commitEdition(items, {
    ...{ id, source, feed, seq: seen.seq },
    ...(published === undefined ? {} : { published }),
    ...{ collected: seen.firstSeen, recordedAt: accepted.now, complete: arranged.complete },
    sources: accepted.files.map(({ url, sha256 }) => ({ url, sha256 })),
    documents: accepted.documents,
    changed: changes.length,
    meaningful: changes.filter(isMeaningful).length,
    ...{ stateSha256, deltaSha256 },
    ...(accepted.findings.length === 0
      ? {}
      : { findings: accepted.findings.slice(0, findingsMax) }),
    ...(accepted.approval && { approval: accepted.approval }),
  });
  if (holder.id === id) return holder;
  throw new CodewatchError(
    'unavailable',
    `${holder.id} was committed while ${id} was being taken in; it will be tried again`,
  );
}
