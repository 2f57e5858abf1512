// Stores that note what a step asks of them in the words of IAM, to hold against what its role permits.
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import type { SnapshotStore } from '../../shared/ports/snapshot-store.ts';

/** One thing a step did: to an item of a partition of a table, or to an archived object. */
export type Use =
  | { readonly table: string; readonly action: string; readonly partition: string }
  | { readonly object: string; readonly action: string };

/** The store, noting each use; `table` as in the construct path, e.g. `CodeTable`. */
export function recordItems(items: ItemStore, table: string, uses: Use[]): ItemStore {
  const note = (action: string, ...on: readonly { readonly pk: string }[]): ItemStore => {
    for (const { pk } of on) uses.push({ table, action, partition: pk });
    return items;
  };
  return {
    get: (key) => note('GetItem', key).get(key),
    put: (item) => note('PutItem', item).put(item),
    putIfAbsent: (item) => note('PutItem', item).putIfAbsent(item),
    putIfEquals: (item, ...condition) => note('PutItem', item).putIfEquals(item, ...condition),
    putMany: (all) => note('BatchWriteItem', ...all).putMany(all),
    delete: (key) => note('DeleteItem', key).delete(key),
    deleteMany: (keys) => note('BatchWriteItem', ...keys).deleteMany(keys),
    query: (query) => note('Query', query).query(query),
  };
}

/** The archive, noting each use; writing looks first whether the object is there, which takes GetObject. */
export function recordArchive(archive: Archive, uses: Use[]): Archive {
  const note = (action: string, ...prefixes: readonly string[]): Archive => {
    for (const object of prefixes) uses.push({ object, action });
    return archive;
  };
  const write = (...prefixes: readonly string[]): Archive => {
    note('s3:GetObject', ...prefixes);
    return note('s3:PutObject', ...prefixes);
  };
  return {
    keep: (bytes, about) => write('raw/', 'note/').keep(bytes, about),
    read: (sha256) => note('s3:GetObject', 'raw/').read(sha256),
    keepNormalForm: (bytes) => write('normal/').keepNormalForm(bytes),
    readNormalForm: (sha256) => note('s3:GetObject', 'normal/').readNormalForm(sha256),
  };
}

/** The snapshot store, noting each use; keeping looks first whether the object is there. */
export function recordSnapshots(snapshots: SnapshotStore, uses: Use[]): SnapshotStore {
  const note = (...actions: readonly string[]): SnapshotStore => {
    for (const action of actions) uses.push({ object: 'snapshot/', action });
    return snapshots;
  };
  return {
    keep: (name, gzipped) => note('s3:GetObject', 's3:PutObject').keep(name, gzipped),
    read: (name) => note('s3:GetObject').read(name),
  };
}
