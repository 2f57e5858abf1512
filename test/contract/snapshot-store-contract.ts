// What every store of published snapshots must do, as a suite to run on each: shared/ports/snapshot-store.ts.
import { beforeAll, expect, test } from 'vitest';
import type { SnapshotReader, SnapshotStore } from '../../shared/ports/snapshot-store.ts';

/** A store, how many writes it has seen so far, and whoever else must read what it keeps. */
export type SnapshotStoreUnderTest = {
  readonly store: SnapshotStore;
  readonly readers: readonly SnapshotReader[];
  writes(): number;
};

/** Adds the contract's tests for the store that `make` makes, empty. */
export function snapshotStoreContract(make: () => Promise<SnapshotStoreUnderTest>): void {
  let under: SnapshotStoreUnderTest;
  beforeAll(async () => {
    under = await make();
  });

  test('what is kept comes back as it was, for every reader', async () => {
    const bytes = Uint8Array.from([31, 139, 0, 255]);
    await under.store.keep('a.sqlite.gz', bytes);
    for (const reader of [under.store, ...under.readers]) {
      expect(await reader.read('a.sqlite.gz')).toEqual(bytes);
    }
  });

  test('keeping a name again writes nothing: the first bytes stay', async () => {
    await under.store.keep('b.sqlite.gz', Uint8Array.of(1));
    const before = under.writes();
    await under.store.keep('b.sqlite.gz', Uint8Array.of(2));
    expect(under.writes()).toBe(before);
    expect(await under.store.read('b.sqlite.gz')).toEqual(Uint8Array.of(1));
  });

  test('an unknown name is archive-missing, for every reader', async () => {
    for (const reader of [under.store, ...under.readers]) {
      await expect(reader.read('none.sqlite.gz')).rejects.toMatchObject({
        name: 'CodewatchError',
        code: 'archive-missing',
      });
    }
  });

  test('twenty megabytes come back as they were', async () => {
    const bytes = Uint8Array.from({ length: 20_000_000 }, (_, n) => (n * 31 + (n >> 8)) % 256);
    await under.store.keep('c.sqlite.gz', bytes);
    for (const reader of [under.store, ...under.readers]) {
      expect(Buffer.compare(await reader.read('c.sqlite.gz'), bytes)).toBe(0);
    }
  });
}
