// Artifacts of a tenant: put (tenant-artifact-puts.ts), read, listed and removed.
import type { Artifact } from '../core/artifact.ts';
import type { Item, ItemKey, ItemStore } from '../ports/item-store.ts';
import type { Page, TenantStore } from '../ports/tenant-store.ts';
import { artifactSort, tenantPartition } from './keys.ts';
import { clear, keyOf, noteItem, present, putAll, without } from './tenant-artifact-puts.ts';
import { type ArtifactRef, artifactKey, itemArtifact, tenantId } from './tenant-items.ts';

/** The part of the tenant store that keeps artifacts. */
export type ArtifactStore = Pick<
  TenantStore,
  'putArtifact' | 'putArtifacts' | 'getArtifact' | 'deleteArtifact' | 'listArtifacts'
>;

/**
 * "Who uses" items remembered as written, so that a common code's are not written for every claim.
 */
const rememberedMax = 50_000;

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

async function removeOne(items: ItemStore, tenant: string, ref: ArtifactRef): Promise<boolean> {
  const [now] = await present(items, tenant, [ref]);
  if (!now || (!now.record && now.pending.length === 0)) return false;
  const note = noteItem(tenant, ref, { name: 'removed', uses: now.uses });
  await items.put(note);
  // Uses first: what is left of the artifact then is a note, and the next try finds its way
  // from there.
  await items.deleteMany(without(now.uses, []));
  await items.delete(artifactKey(tenant, ref));
  await clear(items, [], [...now.pending, note].map(keyOf));
  return now.record !== undefined;
}

/** Writes "who uses" items, each once while it is remembered. */
function createMarkUsed(items: ItemStore): (hints: readonly Item[]) => Promise<void> {
  const marked = new Set<string>();
  const text = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;
  return async (hints) => {
    const fresh = new Map(hints.map((hint) => [text(hint), hint]));
    for (const key of fresh.keys()) if (marked.has(key)) fresh.delete(key);
    await items.putMany([...fresh.values()]);
    if (marked.size > rememberedMax) marked.clear();
    for (const key of fresh.keys()) marked.add(key);
  };
}

/** Artifacts over any ItemStore. */
export function createArtifactStore(items: ItemStore): ArtifactStore {
  const markUsed = createMarkUsed(items);
  return {
    async putArtifact(tenant, artifact) {
      const [outcome] = await putAll(items, tenant, [artifact], markUsed);
      if (!outcome) throw new Error('an artifact was put without an outcome');
      return outcome;
    },
    putArtifacts: (tenant, artifacts) => putAll(items, tenant, artifacts, markUsed),
    async getArtifact(tenant, type, id) {
      const item = await items.get(artifactKey(tenant, { type, id }));
      return item && itemArtifact(item).artifact;
    },
    deleteArtifact: (tenant, type, id) => removeOne(items, tenant, { type, id }),
    listArtifacts: (tenant, type, page) => listPage(items, tenant, type, page),
  };
}
