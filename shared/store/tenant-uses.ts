// Who uses a code and which stored artifacts do: the reads of the impact step.
import { type Item, type ItemStore, queryAll } from '../ports/item-store.ts';
import type { StoredUse, TenantStore } from '../ports/tenant-store.ts';
import { pendingPartition, usedPartition, usePartition } from './keys.ts';
import { artifactKey, itemArtifact, itemUse, tenantId } from './tenant-items.ts';

/** The part of the tenant store that answers who uses a code. */
export type UseReader = Pick<TenantStore, 'whoUses' | 'uses'>;

type Found = { readonly item: Item; readonly use: StoredUse };

/** Artifacts a run is storing or removing now, or was as it was killed: `claim#<id>`. */
async function pendingArtifacts(items: ItemStore, tenant: string): Promise<Set<string>> {
  const pending = new Set<string>();
  for await (const { sk } of queryAll(items, { pk: pendingPartition(tenant) })) {
    pending.add(sk.slice(0, sk.lastIndexOf('#')));
  }
  return pending;
}

/** True when the artifact lists this use item among its own. */
async function isListed(items: ItemStore, { item, use }: Found): Promise<boolean> {
  const artifact = await items.get(artifactKey(use.tenant, use.artifact));
  if (!artifact) return false;
  return itemArtifact(artifact).uses.some(({ pk, sk }) => pk === item.pk && sk === item.sk);
}

/**
 * The uses of one page that count. A use is only as good as its artifact's word: where a put or
 * removal is unfinished, the artifact is read and asked. Everywhere else uses and artifacts agree,
 * and reading a use is enough.
 */
async function settled(
  items: ItemStore,
  tenant: string,
  found: readonly Found[],
): Promise<StoredUse[]> {
  if (found.length === 0) return [];
  // Read after the uses: a use written since was noted before it was written.
  const pending = await pendingArtifacts(items, tenant);
  const kept: StoredUse[] = [];
  for (const each of found) {
    const { type, id } = each.use.artifact;
    if (!pending.has(`${type}#${id}`) || (await isListed(items, each))) kept.push(each.use);
  }
  return kept;
}

/** Reads of uses over any ItemStore. */
export function createUseReader(items: ItemStore): UseReader {
  return {
    async whoUses({ system, code }) {
      const months = new Map<string, string[]>();
      for await (const { sk } of queryAll(items, { pk: usedPartition(system, code) })) {
        const [tenant = '', month = ''] = sk.split('#');
        const list = months.get(tenant);
        if (list) list.push(month);
        else months.set(tenant, [month]);
      }
      return [...months].map(([tenant, list]) => ({ tenant, months: list }));
    },
    async *uses(tenant, use, month) {
      const pk = usePartition(tenantId(tenant), use.system, use.code, month);
      let after: string | undefined;
      do {
        const page = await items.query({ pk, ...(after === undefined ? {} : { after }) });
        const at = { tenant, use, month };
        const found = page.items.map((item) => ({ item, use: itemUse(item, at) }));
        yield* await settled(items, tenant, found);
        after = page.next;
      } while (after !== undefined);
    },
  };
}
