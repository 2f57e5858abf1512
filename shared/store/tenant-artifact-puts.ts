// Stores and replaces artifacts, one or many at once, so that a run killed after any write leaves no
// use that could produce a false hit, and the next try leaves no trace of it.
// docs/decisions/0006-uses-before-artifact.md says why it works.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Artifact, type CodeUse, codesMax, keptUses } from '../core/artifact.ts';
import { CodewatchError } from '../core/errors.ts';
import { type Item, type ItemKey, type ItemStore, queryAll } from '../ports/item-store.ts';
import type { PutOutcome } from '../ports/tenant-store.ts';
import { pendingPartition, pendingPrefix } from './keys.ts';
import {
  type ArtifactRecord,
  type ArtifactRef,
  artifactId,
  artifactItem,
  artifactKey,
  itemArtifact,
  tenantId,
  usedItems,
  useItems,
} from './tenant-items.ts';

/** Tries before a replacement gives up against others of the same artifact. */
const triesMax = 5;

/** From so many artifacts on, all notes of the tenant are read at once: there are few, or none. */
const notesApartMax = 3;

const keyText = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;

/** The key of an item. */
export const keyOf = ({ pk, sk }: ItemKey): ItemKey => ({ pk, sk });

/** The keys that are not among `kept`, each once. */
export const without = (keys: readonly ItemKey[], kept: readonly ItemKey[]): ItemKey[] => {
  const texts = new Set(kept.map(keyText));
  const left = keys.filter((key) => !texts.has(keyText(key)));
  return [...new Map(left.map((key) => [keyText(key), key])).values()];
};

/** What is there of an artifact: itself, and what earlier tries left unfinished. */
export type Present = {
  readonly record: ArtifactRecord | undefined;
  readonly pending: readonly Item[];
  /** Keys of all use items that may exist. */
  readonly uses: readonly ItemKey[];
};

/** Notes of unfinished tries, each under the prefix of its artifact. */
async function readNotes(
  items: ItemStore,
  tenant: string,
  refs: readonly ArtifactRef[],
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const pk = pendingPartition(tenantId(tenant));
  const prefixes = new Set(refs.map(({ type, id }) => pendingPrefix(type, artifactId(id))));
  const queries =
    prefixes.size <= notesApartMax ? [...prefixes].map((prefix) => ({ pk, prefix })) : [{ pk }];
  const notes = new Map<string, Item[]>();
  for (const query of queries) {
    for await (const note of queryAll(items, query)) {
      const prefix = note.sk.slice(0, note.sk.lastIndexOf('#') + 1);
      if (!prefixes.has(prefix)) continue;
      const own = notes.get(prefix);
      if (own) own.push(note);
      else notes.set(prefix, [note]);
    }
  }
  return notes;
}

/** What is there of each of the artifacts. */
export async function present(
  items: ItemStore,
  tenant: string,
  refs: readonly ArtifactRef[],
): Promise<readonly Present[]> {
  const found = await Promise.all(refs.map((ref) => items.get(artifactKey(tenant, ref))));
  const notes = await readNotes(items, tenant, refs);
  return refs.map(({ type, id }, at) => {
    const item = found[at];
    const record = item && itemArtifact(item);
    const pending = notes.get(pendingPrefix(type, id)) ?? [];
    const noted = pending.flatMap((each) => (each as Item & { uses: readonly ItemKey[] }).uses);
    return { record, pending, uses: [...(record?.uses ?? []), ...noted] };
  });
}

/**
 * The note of which use items a try may write or remove, to be written before it does either. Each
 * try has a note of its own.
 */
export const noteItem = (
  tenant: string,
  ref: ArtifactRef,
  note: { readonly name: string; readonly uses: readonly ItemKey[] },
): Item => ({
  pk: pendingPartition(tenantId(tenant)),
  sk: `${pendingPrefix(ref.type, artifactId(ref.id))}${note.name}`,
  uses: without(note.uses, []),
});

/** Codes that earlier revisions used and this one does not; bounded, the latest kept. */
function droppedCodes(record: ArtifactRecord | undefined, artifact: Artifact): CodeUse[] {
  const earlier = record ? [...record.dropped, ...record.artifact.codes] : [];
  const dropped = new Map(earlier.map((use) => [`${use.system}#${use.code}`, use]));
  for (const { system, code } of artifact.codes) dropped.delete(`${system}#${code}`);
  return [...dropped.values()].slice(-codesMax);
}

/** Name of the note of a try: what it stores, as which revision. */
function noteName(revision: number, artifact: Artifact): string {
  const content = createHash('sha256').update(JSON.stringify(artifact)).digest('hex');
  return `${revision}-${content.slice(0, 16)}`;
}

/**
 * Last part of every try: what may be left of earlier revisions goes, then the notes that list it.
 */
export async function clear(
  items: ItemStore,
  uses: readonly ItemKey[],
  notes: readonly ItemKey[],
): Promise<void> {
  await items.deleteMany(without(uses, []));
  await items.deleteMany(without(notes, []));
}

/**
 * True when this very artifact is stored, found by all it is to be found by, and at most its own clearing up is unfinished. Notes of
 * other tries make it false: only a new revision keeps them from committing.
 */
function isStored(tenant: string, artifact: Artifact, { record, pending }: Present): boolean {
  if (!record || !isDeepStrictEqual(record.artifact, artifact)) return false;
  // An earlier form may have been found by less.
  const uses = useItems(tenant, artifact, record.revision).map(keyOf);
  if (without(uses, record.uses).length > 0) return false;
  const own = `#${noteName(record.revision, artifact)}`;
  return pending.every(({ sk }) => sk.endsWith(own));
}

/** One artifact on its way into the table. */
type Try = {
  readonly artifact: Artifact;
  readonly now: Present;
  readonly record: ArtifactRecord;
  readonly items: { readonly note: Item; readonly uses: readonly Item[] };
};

function planTry(tenant: string, artifact: Artifact, now: Present): Try {
  const revision = (now.record?.revision ?? 0) + 1;
  const uses = useItems(tenant, artifact, revision);
  const dropped = droppedCodes(now.record, artifact);
  const record = { artifact, revision, dropped, uses: uses.map(keyOf) };
  const name = noteName(revision, artifact);
  const note = noteItem(tenant, artifact, { name, uses: [...now.uses, ...record.uses] });
  return { artifact, now, record, items: { note, uses } };
}

/** Writes "who uses" items that are not known to be there. */
type MarkUsed = (hints: readonly Item[]) => Promise<void>;

/**
 * One try of each: notes, uses, artifacts, stale uses away, notes away. Answers which succeeded;
 * where one did not, another replacement came first.
 */
async function tryPuts(
  items: ItemStore,
  tenant: string,
  tries: readonly Try[],
  markUsed: MarkUsed,
): Promise<readonly boolean[]> {
  if (tries.length === 0) return [];
  await items.putMany(tries.map((each) => each.items.note));
  await markUsed(tries.flatMap(({ artifact }) => usedItems(tenant, artifact)));
  await items.putMany(tries.flatMap((each) => each.items.uses));
  const done = await Promise.all(
    tries.map(({ record, now }) =>
      items.putIfEquals(artifactItem(tenant, record), 'revision', now.record?.revision),
    ),
  );
  const stored = tries.filter((_, at) => done[at]);
  await clear(
    items,
    stored.flatMap(({ now, record }) => without([...now.uses, ...record.uses], record.uses)),
    stored.flatMap((each) => [...each.now.pending, each.items.note].map(keyOf)),
  );
  return done;
}

const outcomeOf = (artifact: Artifact, now: Present, unchanged: boolean): PutOutcome => ({
  replaced: now.record !== undefined,
  unchanged,
  dropped: droppedCodes(now.record, artifact),
});

/** One round over artifacts that are not stored yet: the outcome of each that now is. */
async function putRound(
  items: ItemStore,
  tenant: string,
  artifacts: readonly Artifact[],
  markUsed: MarkUsed,
): Promise<ReadonlyMap<Artifact, PutOutcome>> {
  const there = await present(items, tenant, artifacts);
  const outcomes = new Map<Artifact, PutOutcome>();
  const tries: Try[] = [];
  for (const [at, artifact] of artifacts.entries()) {
    const now = there[at];
    if (!now) continue;
    if (isStored(tenant, artifact, now)) {
      await clear(items, without(now.uses, now.record?.uses ?? []), now.pending.map(keyOf));
      outcomes.set(artifact, outcomeOf(artifact, now, true));
    } else {
      tries.push(planTry(tenant, artifact, now));
    }
  }
  const done = await tryPuts(items, tenant, tries, markUsed);
  for (const [at, { artifact, now }] of tries.entries()) {
    if (done[at]) outcomes.set(artifact, outcomeOf(artifact, now, false));
  }
  return outcomes;
}

/**
 * Stores artifacts, no two of them of one type and id. Several share their notes, uses and clearing
 * up in batches, so that each costs one read and one write of its own. Throws `invalid-request` for
 * one that cannot be stored, before any is; `unavailable` when others keep replacing one.
 */
export async function putAll(
  items: ItemStore,
  tenant: string,
  artifacts: readonly Artifact[],
  markUsed: MarkUsed,
): Promise<readonly PutOutcome[]> {
  if (artifacts.some((artifact) => keptUses(artifact).length > codesMax)) {
    const most = `at most ${codesMax} an artifact, those of lines included`;
    throw new CodewatchError('invalid-request', `codes: ${most}`);
  }
  const outcomes = new Map<Artifact, PutOutcome>();
  for (let tries = 0; tries < triesMax && outcomes.size < artifacts.length; tries += 1) {
    const left = artifacts.filter((artifact) => !outcomes.has(artifact));
    const round = await putRound(items, tenant, left, markUsed);
    for (const [artifact, outcome] of round) outcomes.set(artifact, outcome);
  }
  return artifacts.map((artifact) => {
    const outcome = outcomes.get(artifact);
    if (outcome) return outcome;
    throw new CodewatchError('unavailable', 'the artifact is being replaced by others; try again');
  });
}
