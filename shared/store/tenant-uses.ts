// Who uses a code and which stored artifacts do: the reads of the impact step.
import type { KeptUse } from '../core/artifact.ts';
import { type Item, type ItemQuery, type ItemStore, queryAll } from '../ports/item-store.ts';
import type { StoredUse, TenantStore, UsesPart } from '../ports/tenant-store.ts';
import {
  last,
  pendingPartition,
  usedPartition,
  usedSort,
  usePartition,
  useSortPrefix,
  useTypePrefix,
} from './keys.ts';
import { artifactKey, itemArtifact, itemUse, tenantId } from './tenant-items.ts';

/** The part of the tenant store that answers who uses a code. */
export type UseReader = Pick<TenantStore, 'whoUses' | 'usedMonths' | 'uses'>;

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

const monthOf = (usedSortKey: string): string => usedSortKey.split('#')[1] ?? '';

async function* whoUses(
  items: ItemStore,
  { system, code }: KeptUse,
): ReturnType<TenantStore['whoUses']> {
  let of: string | undefined;
  let months: string[] = [];
  // By tenant and month: what is known of a tenant lies together.
  for await (const { sk } of queryAll(items, { pk: usedPartition(system, code) })) {
    const [tenant = ''] = sk.split('#');
    if (of !== undefined && tenant !== of) {
      yield { tenant: of, months };
      months = [];
    }
    of = tenant;
    months.push(monthOf(sk));
  }
  if (of !== undefined) yield { tenant: of, months };
}

/** The query of a part of a use partition. */
function partOf({ type, after, pageItems }: UsesPart): Omit<ItemQuery, 'pk'> {
  return {
    prefix: useTypePrefix(type),
    ...(after === undefined ? {} : { after: `${useSortPrefix(type, after)}${last}` }),
    ...(pageItems === undefined ? {} : { limit: pageItems }),
  };
}

/** Reads of uses over any ItemStore. */
export function createUseReader(items: ItemStore): UseReader {
  return {
    whoUses: (use) => whoUses(items, use),
    async usedMonths(tenant, { system, code }) {
      const months: string[] = [];
      const query = { pk: usedPartition(system, code), prefix: usedSort(tenantId(tenant), '') };
      for await (const { sk } of queryAll(items, query)) months.push(monthOf(sk));
      return months;
    },
    async *uses(tenant, use, month, part) {
      const pk = usePartition(tenantId(tenant), use.system, use.code, month);
      const query = { pk, ...(part ? partOf(part) : {}) };
      let { after } = query;
      do {
        const page = await items.query({ ...query, ...(after === undefined ? {} : { after }) });
        const at = { tenant, use, month };
        const found = page.items.map((item) => ({ item, use: itemUse(item, at) }));
        yield* await settled(items, tenant, found);
        after = page.next;
      } while (after !== undefined);
    },
  };
}
