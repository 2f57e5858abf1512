// One partition of the item store in memory: items in the order of their sort keys, and pages of them.

import { compareUtf8 } from '../core/utf8-order.ts';
import type { Item, ItemPage, ItemQuery } from '../ports/item-store.ts';
import { placeInRange, type QueryRange, queryRange } from './query-range.ts';

/** A partition without items. */
export const emptyPartition = (): Partition => ({ keys: [], texts: new Map(), isSorted: true });

/**
 * Sort keys, in UTF-8 order whenever they are read as a list, and each item as JSON: copied in and out, undefined
 * attributes dropped.
 */
export type Partition = {
  readonly keys: string[];
  readonly texts: Map<string, string>;
  isSorted: boolean;
};

const itemBytesMax = 400 * 1024;
const pageBytesMax = 1024 * 1024;

/** Index of the first sort key for which `holds`, which is false up to some place and true from there on. */
function firstIndex(keys: readonly string[], holds: (sk: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(keys[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The sort keys in their order: sorted now if writes have left them in another. */
function sortedKeys(partition: Partition): string[] {
  if (!partition.isSorted) partition.keys.sort(compareUtf8);
  partition.isSorted = true;
  return partition.keys;
}

const placeOf = (keys: readonly string[], sk: string): number =>
  firstIndex(keys, (other) => compareUtf8(other, sk) >= 0);

/** Puts the item in its place, or replaces it. Throws a RangeError over 400 KB, as DynamoDB refuses it. */
export function putIn(partition: Partition, item: Item): void {
  const text = JSON.stringify(item);
  if (text.length > itemBytesMax) {
    throw new RangeError(`item ${item.pk} ${item.sk} is larger than DynamoDB's 400 KB`);
  }
  if (!partition.texts.has(item.sk)) {
    const { keys } = partition;
    const newest = keys[keys.length - 1];
    if (newest !== undefined && compareUtf8(newest, item.sk) > 0) partition.isSorted = false;
    keys.push(item.sk);
  }
  partition.texts.set(item.sk, text);
}

const copyOf = (text: string): Item => JSON.parse(text);

/** A copy of the item of a sort key. */
export function itemIn(partition: Partition | undefined, sk: string): Item | undefined {
  const text = partition?.texts.get(sk);
  return text === undefined ? undefined : copyOf(text);
}

/** Removes the item of a sort key, if there is one. */
export function deleteIn(partition: Partition | undefined, sk: string): void {
  if (!partition?.texts.delete(sk)) return;
  const keys = sortedKeys(partition);
  keys.splice(placeOf(keys, sk), 1);
}

/** Copies of all items, in order. */
export function itemsIn(partition: Partition): Item[] {
  return sortedKeys(partition).map((sk) => copyOf(partition.texts.get(sk) ?? ''));
}

/** Index of the first item of the page; the one before the array or behind it when there is none. */
function startIndex(keys: readonly string[], range: QueryRange, descending: boolean): number {
  const { after } = range;
  if (descending) {
    const isBehind = (sk: string): boolean =>
      after === undefined ? placeInRange(range, sk) > 0 : compareUtf8(sk, after) >= 0;
    return firstIndex(keys, isBehind) - 1;
  }
  return firstIndex(keys, (sk) =>
    after === undefined ? placeInRange(range, sk) >= 0 : compareUtf8(sk, after) > 0,
  );
}

/** One page of a query, as DynamoDB gives it. */
export function pageOf(partition: Partition, query: ItemQuery): ItemPage {
  const { texts } = partition;
  const keys = sortedKeys(partition);
  const range = queryRange(query);
  const items: Item[] = [];
  if (!range) return { items };
  const descending = query.descending ?? false;
  const step = descending ? -1 : 1;
  let bytes = 0;
  for (let index = startIndex(keys, range, descending); ; index += step) {
    const sk = keys[index];
    if (sk === undefined || placeInRange(range, sk) !== 0) return { items };
    const text = texts.get(sk) ?? '';
    items.push(copyOf(text));
    bytes += text.length;
    // As DynamoDB does: a page that is full names where to go on, though nothing may follow.
    if (items.length === query.limit || bytes > pageBytesMax) return { items, next: sk };
  }
}
