// Which findings on policies there may be of an artifact: items that lead from it to them. Of many artifacts at once, those
// between the first and the last by id are read together: files come sorted, and most artifacts have none.

import { compareUtf8 } from '../core/utf8-order.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { queryAll } from '../ports/item-store.ts';
import type { KnownPolicyFinding } from '../ports/tenant-store.ts';
import { last, policyFindingPartition, policyFindingPrefix } from './keys.ts';
import { type ArtifactRef, artifactId, itemPolicyFinding, tenantId } from './tenant-items.ts';

/** Up to so many artifacts are asked for one by one. */
const apartMax = 3;
/** Items read together at most; what lies behind them is asked for one by one. */
const togetherMax = 100;

const prefixOf = ({ type, id }: ArtifactRef): string => policyFindingPrefix(type, artifactId(id));

async function readApart(
  items: ItemStore,
  pk: string,
  prefix: string,
): Promise<readonly KnownPolicyFinding[]> {
  const found: KnownPolicyFinding[] = [];
  for await (const item of queryAll(items, { pk, prefix })) found.push(itemPolicyFinding(item));
  return found;
}

/** By prefix those that one read of all between the first and the last prefix tells completely. */
async function readTogether(
  items: ItemStore,
  pk: string,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownPolicyFinding[]>> {
  const sorted = [...new Set(prefixes)].sort(compareUtf8);
  const [from = '', to = ''] = [sorted[0], sorted.at(-1)];
  const page = await items.query({ pk, from, to: `${to}${last}`, limit: togetherMax });
  const found = Map.groupBy(page.items, ({ sk }) => sk.slice(0, sk.lastIndexOf('#') + 1));
  const isTold = (prefix: string): boolean =>
    page.next === undefined || compareUtf8(`${prefix}${last}`, page.next) < 0;
  return new Map(
    sorted
      .filter(isTold)
      .map((prefix) => [prefix, (found.get(prefix) ?? []).map(itemPolicyFinding)]),
  );
}

/** The findings on policies of each of the artifacts. */
export async function readPolicyFindings(
  items: ItemStore,
  tenant: string,
  artifacts: readonly ArtifactRef[],
): Promise<readonly (readonly KnownPolicyFinding[])[]> {
  const pk = policyFindingPartition(tenantId(tenant));
  const prefixes = artifacts.map(prefixOf);
  const told =
    prefixes.length > apartMax ? await readTogether(items, pk, prefixes) : new Map<string, never>();
  return Promise.all(
    prefixes.map(async (prefix) => told.get(prefix) ?? readApart(items, pk, prefix)),
  );
}
