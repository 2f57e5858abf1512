// Stores, replaces and removes artifacts so that a run killed after any write leaves no use that
// could produce a false hit, and the next try leaves no trace of it.
// docs/decisions/0006-uses-before-artifact.md says why it works.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Artifact, type CodeUse, codesMax } from '../core/artifact.ts';
import { CodewatchError } from '../core/errors.ts';
import { type Item, type ItemKey, type ItemStore, queryAll } from '../ports/item-store.ts';
import type { Page, TenantStore } from '../ports/tenant-store.ts';
import { artifactSort, pendingPartition, pendingPrefix, tenantPartition } from './keys.ts';
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

/** The part of the tenant store that keeps artifacts. */
export type ArtifactStore = Pick<
  TenantStore,
  'putArtifact' | 'getArtifact' | 'deleteArtifact' | 'listArtifacts'
>;

/** Tries before a replacement gives up against others of the same artifact. */
const triesMax = 5;

/**
 * "Who uses" items remembered as written, so that a common code's are not written for every claim.
 */
const rememberedMax = 50_000;

const keyOf = ({ pk, sk }: ItemKey): ItemKey => ({ pk, sk });
const keyText = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;
const without = (keys: readonly ItemKey[], kept: readonly ItemKey[]): ItemKey[] => {
  const texts = new Set(kept.map(keyText));
  const left = keys.filter((key) => !texts.has(keyText(key)));
  return [...new Map(left.map((key) => [keyText(key), key])).values()];
};

/** What is there of an artifact: itself, and what earlier tries left unfinished. */
type Present = {
  readonly record: ArtifactRecord | undefined;
  readonly pending: readonly Item[];
  /** Keys of all use items that may exist. */
  readonly uses: readonly ItemKey[];
};

async function present(items: ItemStore, tenant: string, ref: ArtifactRef): Promise<Present> {
  const item = await items.get(artifactKey(tenant, ref));
  const record = item && itemArtifact(item);
  const pending: Item[] = [];
  const query = {
    pk: pendingPartition(tenantId(tenant)),
    prefix: pendingPrefix(ref.type, artifactId(ref.id)),
  };
  for await (const each of queryAll(items, query)) pending.push(each);
  const noted = pending.flatMap((each) => (each as Item & { uses: readonly ItemKey[] }).uses);
  return { record, pending, uses: [...(record?.uses ?? []), ...noted] };
}

/**
 * Notes which use items a try may write or remove, before it does either. Each try has a note of
 * its own.
 */
async function notePending(
  items: ItemStore,
  tenant: string,
  ref: ArtifactRef,
  note: { readonly name: string; readonly uses: readonly ItemKey[] },
): Promise<ItemKey> {
  const key = {
    pk: pendingPartition(tenantId(tenant)),
    sk: `${pendingPrefix(ref.type, artifactId(ref.id))}${note.name}`,
  };
  await items.put({ ...key, uses: without(note.uses, []) });
  return key;
}

const sameUse = (a: CodeUse, b: CodeUse): boolean => a.system === b.system && a.code === b.code;

/** Codes that earlier revisions used and this one does not; bounded, the latest kept. */
function droppedCodes(record: ArtifactRecord | undefined, artifact: Artifact): CodeUse[] {
  const earlier = record ? [...record.dropped, ...record.artifact.codes] : [];
  return earlier
    .filter((use, i) => earlier.findIndex((other) => sameUse(use, other)) === i)
    .filter((use) => !artifact.codes.some((other) => sameUse(use, other)))
    .slice(-codesMax);
}

/** Name of the note of a try: what it stores, as which revision. */
function noteName(revision: number, artifact: Artifact): string {
  const content = createHash('sha256').update(JSON.stringify(artifact)).digest('hex');
  return `${revision}-${content.slice(0, 16)}`;
}

/**
 * Last part of every try: what may be left of earlier revisions goes, then the notes that list it.
 */
async function clear(
  items: ItemStore,
  uses: readonly ItemKey[],
  notes: readonly ItemKey[],
): Promise<void> {
  await items.deleteMany(without(uses, []));
  await items.deleteMany(without(notes, []));
}

/**
 * True when this very artifact is stored and at most its own clearing up is unfinished; finishes
 * that. Notes of other tries make it false: only a new revision keeps them from committing.
 */
async function isStored(items: ItemStore, artifact: Artifact, now: Present): Promise<boolean> {
  const { record, pending, uses } = now;
  if (!record || !isDeepStrictEqual(record.artifact, artifact)) return false;
  const own = `#${noteName(record.revision, artifact)}`;
  if (!pending.every(({ sk }) => sk.endsWith(own))) return false;
  await clear(items, without(uses, record.uses), pending.map(keyOf));
  return true;
}

/**
 * One try: note, uses, artifact, stale uses away, note away. False when another replacement came
 * first.
 */
async function tryPut(
  items: ItemStore,
  tenant: string,
  artifact: Artifact,
  now: Present,
  markUsed: (hints: readonly Item[]) => Promise<void>,
): Promise<boolean> {
  const revision = (now.record?.revision ?? 0) + 1;
  const uses = useItems(tenant, artifact, revision);
  const record: ArtifactRecord = {
    artifact,
    revision,
    dropped: droppedCodes(now.record, artifact),
    uses: uses.map(keyOf),
  };
  const all = [...now.uses, ...record.uses];
  const name = noteName(revision, artifact);
  const note = await notePending(items, tenant, artifact, { name, uses: all });
  await markUsed(usedItems(tenant, artifact));
  await items.putMany(uses);
  const item = artifactItem(tenant, record);
  if (!(await items.putIfEquals(item, 'revision', now.record?.revision))) return false;
  await clear(items, without(all, record.uses), [...now.pending.map(keyOf), note]);
  return true;
}

async function listPage(
  items: ItemStore,
  tenant: string,
  type: Artifact['type'],
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<Page<Artifact>> {
  const page = await items.query({
    pk: tenantPartition(tenantId(tenant)),
    prefix: artifactSort(type, ''),
    limit,
    ...(after === undefined ? {} : { after: artifactSort(type, after) }),
  });
  const found = page.items.map((item) => itemArtifact(item).artifact);
  const next = page.next === undefined ? undefined : found.at(-1)?.id;
  return { items: found, ...(next === undefined ? {} : { next }) };
}

/** Artifacts over any ItemStore. */
export function createArtifactStore(items: ItemStore): ArtifactStore {
  const marked = new Set<string>();
  const markUsed = async (hints: readonly Item[]): Promise<void> => {
    const fresh = hints.filter((hint) => !marked.has(keyText(hint)));
    await items.putMany(fresh);
    if (marked.size > rememberedMax) marked.clear();
    for (const hint of fresh) marked.add(keyText(hint));
  };
  return {
    async putArtifact(tenant, artifact) {
      if (artifact.codes.length > codesMax) {
        throw new CodewatchError('invalid-request', `codes: at most ${codesMax} an artifact`);
      }
      for (let tries = 0; tries < triesMax; tries += 1) {
        const now = await present(items, tenant, artifact);
        const stored = await isStored(items, artifact, now);
        if (stored || (await tryPut(items, tenant, artifact, now, markUsed))) {
          const dropped = droppedCodes(now.record, artifact);
          return { replaced: now.record !== undefined, dropped };
        }
      }
      throw new CodewatchError(
        'unavailable',
        'the artifact is being replaced by others; try again',
      );
    },
    async getArtifact(tenant, type, id) {
      const item = await items.get(artifactKey(tenant, { type, id }));
      return item && itemArtifact(item).artifact;
    },
    async deleteArtifact(tenant, type, id) {
      const ref = { type, id };
      const now = await present(items, tenant, ref);
      if (!now.record && now.pending.length === 0) return false;
      const note = await notePending(items, tenant, ref, { name: 'removed', uses: now.uses });
      // Uses first: what is left of the artifact then is a note, and the next try finds its way
      // from there.
      await items.deleteMany(without(now.uses, []));
      await items.delete(artifactKey(tenant, ref));
      await clear(items, [], [...now.pending.map(keyOf), note]);
      return now.record !== undefined;
    },
    listArtifacts: (tenant, type, page) => listPage(items, tenant, type, page),
  };
}
