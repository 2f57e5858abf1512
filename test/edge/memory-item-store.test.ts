// What the memory store does beyond the contract: crashes on demand, counts, and a list of all it holds.
import { describe, expect, test } from 'vitest';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';

describe('shared/edge/memory-item-store.ts', () => {
  test('a crash in the middle of a batch leaves the writes before it and none after', async () => {
    let left = 2;
    const store = createMemoryItemStore({
      beforeWrite() {
        if (left === 0) throw new Error('crash');
        left -= 1;
      },
    });
    const items = ['1', '2', '3', '4'].map((sk) => ({ pk: 'p', sk }));
    await expect(store.putMany(items)).rejects.toThrow('crash');
    expect(store.allItems().map(({ sk }) => sk)).toEqual(['1', '2']);
    left = 1;
    await expect(store.deleteMany(items)).rejects.toThrow('crash');
    expect(store.allItems().map(({ sk }) => sk)).toEqual(['2']);
  });

  test('every kind of write can be crashed, and is told what it is about', async () => {
    const seen: string[] = [];
    const store = createMemoryItemStore({ beforeWrite: ({ sk }) => void seen.push(sk) });
    await store.put({ pk: 'p', sk: 'put' });
    await store.putIfAbsent({ pk: 'p', sk: 'absent' });
    await store.putIfEquals({ pk: 'p', sk: 'equals' }, 'seq', undefined);
    await store.putMany([{ pk: 'p', sk: 'many' }]);
    await store.delete({ pk: 'p', sk: 'delete' });
    await store.deleteMany([{ pk: 'p', sk: 'delete many' }]);
    expect(seen).toEqual(['put', 'absent', 'equals', 'many', 'delete', 'delete many']);
  });

  test('a write whose condition does not hold is no write', async () => {
    const seen: string[] = [];
    const store = createMemoryItemStore({ beforeWrite: ({ sk }) => void seen.push(sk) });
    await store.putIfAbsent({ pk: 'p', sk: '1' });
    await store.putIfAbsent({ pk: 'p', sk: '1' });
    await store.putIfEquals({ pk: 'p', sk: '1' }, 'seq', 7);
    expect(seen).toEqual(['1']);
    expect(store.counts).toEqual({ requests: 3, itemsWritten: 1, itemsRead: 0 });
  });

  test('requests, items read and items written are counted as DynamoDB would make them', async () => {
    const store = createMemoryItemStore();
    const items = Array.from({ length: 60 }, (_, n) => ({ pk: 'p', sk: String(n) }));
    await store.putMany(items);
    expect(store.counts).toEqual({ requests: 3, itemsWritten: 60, itemsRead: 0 });
    await store.query({ pk: 'p', limit: 7 });
    await store.get({ pk: 'p', sk: '0' });
    await store.get({ pk: 'p', sk: 'none' });
    expect(store.counts).toEqual({ requests: 6, itemsWritten: 60, itemsRead: 8 });
  });

  test('all items are listed by partition and sort key', async () => {
    const store = createMemoryItemStore();
    await store.putMany([
      { pk: 'b', sk: '1' },
      { pk: 'a', sk: '2' },
      { pk: 'a', sk: '1' },
    ]);
    await store.delete({ pk: 'b', sk: '1' });
    expect(store.allItems()).toEqual([
      { pk: 'a', sk: '1' },
      { pk: 'a', sk: '2' },
    ]);
  });
});
