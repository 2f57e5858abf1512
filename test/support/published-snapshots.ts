// Publishing for tests: releases taken in by the real steps into memory, and the ports of publish over those stores.
import type { ReleaseContent } from '../../shared/core/release.ts';
import { createMemorySnapshotStore } from '../../shared/edge/memory-snapshot-store.ts';
import { newSnapshotDrafts } from '../../shared/edge/snapshot-draft.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { type PublishPorts, publish } from '../../shared/steps/publish.ts';
import { release } from './releases.ts';
import { takeIn } from './test-reference.ts';

/** M54.5 before its split, and after it. */
export const fy2021 = release('2020-10-01', ['M54 0 Dorsalgia', 'M545 1 Low back pain']);
export const fy2022 = release('2021-10-01', [
  'M54 0 Dorsalgia',
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
]);
export const pcs2021 = release('2020-10-01', ['0DT 0 Resection', '0DTJ4ZZ 1 Appendix'], {
  system: 'icd10pcs',
});

/** Ports of publish over stores in memory that hold these releases. */
export async function publishingOf(releases: readonly ReleaseContent[]) {
  const stores = await takeIn(releases);
  const snapshots = createMemorySnapshotStore();
  const ports: PublishPorts = {
    ...stores,
    snapshots,
    newDraft: newSnapshotDrafts(createSnapshotWriter),
    clock: { now: () => '2026-01-01T00:00:00.000Z' },
  };
  return { ports, snapshots, items: stores.items };
}

/** What is published of these releases: the pointer and the packed bytes. */
export async function publishedOf(releases: readonly ReleaseContent[]) {
  const { ports, snapshots, items } = await publishingOf(releases);
  const { pointer } = await publish(ports);
  if (!pointer) throw new Error('nothing was published');
  return { pointer, gzipped: await snapshots.read(pointer.name), items, snapshots };
}

/** The same items seen through a store that hears of every write before it is done, and may throw. */
export function withFuse(items: ItemStore, beforeWrite: () => void): ItemStore {
  const guarded =
    <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      beforeWrite();
      return write(...args);
    };
  return {
    ...items,
    put: guarded(items.put),
    putIfAbsent: guarded(items.putIfAbsent),
    putIfEquals: guarded(items.putIfEquals),
    putMany: guarded(items.putMany),
  };
}
