// The pointer to the published snapshot: moved by a conditional put, so that of two publishers at once only one is right.
import type { Item, ItemStore } from '../ports/item-store.ts';
import type { SnapshotPointer } from '../ports/snapshot-store.ts';
import { snapshotKey } from './keys.ts';

/** The published snapshot; undefined before the first. One GetItem. */
export async function readSnapshotPointer(items: ItemStore): Promise<SnapshotPointer | undefined> {
  const item = (await items.get(snapshotKey)) as (Item & { pointer?: SnapshotPointer }) | undefined;
  return item?.pointer;
}

/** Moves the pointer; false when it was moved meanwhile by someone else and no longer is `before`. */
export function moveSnapshotPointer(
  items: ItemStore,
  pointer: SnapshotPointer,
  before: SnapshotPointer | undefined,
): Promise<boolean> {
  const item = { ...snapshotKey, stamp: pointer.stamp, pointer };
  return items.putIfEquals(item, 'stamp', before?.stamp);
}
