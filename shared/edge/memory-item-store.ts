// The item store in memory, with DynamoDB's order and pages, for simulation: a hook can crash it before any write.

import { compareUtf8 } from '../core/utf8-order.ts';
import type { Item, ItemKey, ItemStore } from '../ports/item-store.ts';
import {
  deleteIn,
  emptyPartition,
  itemIn,
  itemsIn,
  type Partition,
  pageOf,
  putIn,
} from './memory-partition.ts';

/** What a store was asked to do; grows with every call. A refused conditional write counts as a request only. */
export type ItemCounts = { itemsRead: number; itemsWritten: number; requests: number };

/** An item store in memory whose work can be counted and whose content can be listed. */
export type MemoryItemStore = ItemStore & {
  readonly counts: ItemCounts;
  /** Every item, by partition key and sort key in UTF-8 order: to compare two stores. */
  allItems(): Item[];
};

const batchItems = 25;

function assertKey(key: ItemKey): void {
  if (key.pk === '' || key.sk === '') throw new RangeError('an item key is never empty');
}

type Write = { readonly put: Item } | { readonly remove: ItemKey };

/**
 * An empty store. `beforeWrite` is called before every single write and delete, those of `putMany` and `deleteMany`
 * one by one; when it throws, the earlier writes stay and the later ones never happen, as in a crash.
 */
export function createMemoryItemStore(
  options: { readonly beforeWrite?: (item: Item | ItemKey) => void } = {},
): MemoryItemStore {
  const partitions = new Map<string, Partition>();
  const counts: ItemCounts = { itemsRead: 0, itemsWritten: 0, requests: 0 };
  const find = (key: ItemKey): Item | undefined => itemIn(partitions.get(key.pk), key.sk);
  const apply = (writes: readonly Write[]): void => {
    counts.requests += Math.ceil(writes.length / batchItems);
    for (const write of writes) {
      const key = 'put' in write ? write.put : write.remove;
      assertKey(key);
      options.beforeWrite?.(key);
      const partition = partitions.get(key.pk) ?? emptyPartition();
      if ('put' in write) putIn(partition, write.put);
      else deleteIn(partition, key.sk);
      partitions.set(key.pk, partition);
      counts.itemsWritten += 1;
    }
  };
  const applyIf = (holds: boolean, write: Write): boolean => {
    if (holds) apply([write]);
    else counts.requests += 1;
    return holds;
  };
  const read = <T>(found: T, items: number): T => {
    counts.requests += 1;
    counts.itemsRead += items;
    return found;
  };
  return {
    counts,
    allItems: () =>
      [...partitions].sort(([a], [b]) => compareUtf8(a, b)).flatMap(([, items]) => itemsIn(items)),
    async get(key) {
      assertKey(key);
      const item = find(key);
      return read(item, item ? 1 : 0);
    },
    put: async (item) => apply([{ put: item }]),
    putIfAbsent: async (item) => applyIf(!find(item), { put: item }),
    putIfEquals: async (item, attribute, expected) =>
      applyIf(find(item)?.[attribute] === expected, { put: item }),
    putMany: async (items) => apply(items.map((item) => ({ put: item }))),
    delete: async (key) => apply([{ remove: key }]),
    deleteMany: async (keys) => apply(keys.map((key) => ({ remove: key }))),
    async query(query) {
      const page = pageOf(partitions.get(query.pk) ?? emptyPartition(), query);
      return read(page, page.items.length);
    },
  };
}
