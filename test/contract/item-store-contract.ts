// What every item store must do, as a suite to run on each: the contract of shared/ports/item-store.ts.
import { beforeAll, expect, test } from 'vitest';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { type ItemStoreGaps, itemQueryContract, sortKeys } from './item-query-contract.ts';

/** Adds the contract's tests for the stores that `makeStore` makes, each of them empty. */
export function itemStoreContract(
  makeStore: () => Promise<ItemStore>,
  gaps: ItemStoreGaps = {},
): void {
  let store: ItemStore;
  beforeAll(async () => {
    store = await makeStore();
  });
  singleItems(() => store);
  conditionalWrites(() => store);
  manyItems(() => store);
  itemQueryContract(() => store, gaps);
}

function singleItems(store: () => ItemStore): void {
  test('an item that was never written is not there', async () => {
    expect(await store().get({ pk: 'none', sk: 'none' })).toBeUndefined();
    expect(await store().query({ pk: 'none' })).toEqual({ items: [] });
  });

  test('every kind of value comes back as it went in', async () => {
    const item = {
      pk: 'values',
      sk: 'all',
      text: 'Low back pain',
      empty: '',
      unicode: 'Ménière’s disease 中耳 \u{1F9BB} \uffff',
      control: 'a\u0000b\r\n\t"\\',
      whole: 74_719,
      negative: -0.5,
      big: Number.MAX_SAFE_INTEGER,
      yes: true,
      no: false,
      nothing: null,
      list: ['M5450', 1, [], {}, null, ['deep', { deeper: [true] }]],
      map: { code: 'M545', 'a name with blanks': { empty: '' } },
      emptyList: [],
      emptyMap: {},
    };
    await store().put(item);
    expect(await store().get({ pk: 'values', sk: 'all' })).toEqual(item);
    expect((await store().query({ pk: 'values' })).items).toEqual([item]);
  });

  test('undefined attributes are not stored, at any depth', async () => {
    const item = { pk: 'undefined', sk: '1', kept: 1, gone: undefined, map: { gone: undefined } };
    await store().put(item);
    const found = await store().get(item);
    expect(Object.keys(found ?? {}).sort()).toEqual(['kept', 'map', 'pk', 'sk']);
    expect(found?.map).toStrictEqual({});
  });

  test('a large attribute value comes back whole', async () => {
    const long = 'ä'.repeat(190_000);
    await store().put({ pk: 'large', sk: '1', long });
    expect((await store().get({ pk: 'large', sk: '1' }))?.long).toBe(long);
  });

  test('an item over 400 KB is refused', async () => {
    const put = store().put({ pk: 'large', sk: 'too', long: 'x'.repeat(410 * 1024) });
    await expect(put).rejects.toThrow();
    expect(await store().get({ pk: 'large', sk: 'too' })).toBeUndefined();
  });

  test('an empty key is refused', async () => {
    await expect(store().put({ pk: '', sk: 'x' })).rejects.toThrow();
    await expect(store().put({ pk: 'x', sk: '' })).rejects.toThrow();
    await expect(store().get({ pk: 'x', sk: '' })).rejects.toThrow();
  });

  test('a later write replaces the whole item', async () => {
    await store().put({ pk: 'replace', sk: '1', first: 1, both: 1 });
    await store().put({ pk: 'replace', sk: '1', both: 2 });
    expect(await store().get({ pk: 'replace', sk: '1' })).toEqual({
      pk: 'replace',
      sk: '1',
      both: 2,
    });
  });

  test('what was written or read can be changed without changing the store', async () => {
    const codes = ['M545'];
    await store().put({ pk: 'copy', sk: '1', codes });
    codes.push('M546');
    const read = await store().get({ pk: 'copy', sk: '1' });
    expect(read?.codes).toEqual(['M545']);
    Object.assign(read ?? {}, { codes: [] });
    expect((await store().get({ pk: 'copy', sk: '1' }))?.codes).toEqual(['M545']);
  });

  test('a deleted item is gone, and deleting it again does no harm', async () => {
    await store().put({ pk: 'delete', sk: '1' });
    await store().put({ pk: 'delete', sk: '2' });
    await store().delete({ pk: 'delete', sk: '1' });
    await store().delete({ pk: 'delete', sk: '1' });
    expect(await store().get({ pk: 'delete', sk: '1' })).toBeUndefined();
    expect(await sortKeys(store(), { pk: 'delete' })).toEqual(['2']);
  });
}

function conditionalWrites(store: () => ItemStore): void {
  test('a write if absent happens once', async () => {
    const key = { pk: 'absent', sk: '1' };
    expect(await store().putIfAbsent({ ...key, by: 'first' })).toBe(true);
    expect(await store().putIfAbsent({ ...key, by: 'second' })).toBe(false);
    expect((await store().get(key))?.by).toBe('first');
  });

  test('of many writes if absent at once, exactly one happens', async () => {
    const attempts = Array.from({ length: 12 }, (_, by) =>
      store().putIfAbsent({ pk: 'race', sk: '1', by }),
    );
    const won = (await Promise.all(attempts)).map(String);
    expect(won.filter((answer) => answer === 'true')).toHaveLength(1);
    expect((await store().get({ pk: 'race', sk: '1' }))?.by).toBe(won.indexOf('true'));
  });

  test('a write if equal happens only over the expected number or text', async () => {
    const head = { pk: 'equals', sk: '1' };
    await store().put({ ...head, seq: 4, state: 'open' });
    expect(await store().putIfEquals({ ...head, seq: 9 }, 'seq', 3)).toBe(false);
    expect(await store().putIfEquals({ ...head, seq: 9 }, 'seq', '4')).toBe(false);
    expect(await store().putIfEquals({ ...head, seq: 5, state: 'open' }, 'seq', 4)).toBe(true);
    expect(await store().putIfEquals({ ...head, seq: 6 }, 'state', 'open')).toBe(true);
    expect(await store().get(head)).toEqual({ ...head, seq: 6 });
  });

  test('expecting undefined means: the item or the attribute is absent', async () => {
    const head = { pk: 'equals', sk: 'new' };
    expect(await store().putIfEquals({ ...head, note: 'x' }, 'seq', undefined)).toBe(true);
    expect(await store().putIfEquals({ ...head, seq: 1 }, 'seq', undefined)).toBe(true);
    expect(await store().putIfEquals({ ...head, seq: 2 }, 'seq', undefined)).toBe(false);
    expect((await store().get(head))?.seq).toBe(1);
  });

  test('a missing item equals nothing', async () => {
    const missing = { pk: 'equals', sk: 'missing', seq: 1 };
    expect(await store().putIfEquals(missing, 'seq', 0)).toBe(false);
    expect(await store().get(missing)).toBeUndefined();
  });

  test('the attribute compared may have any name', async () => {
    const item = { pk: 'equals', sk: 'name', 'valid from #1': 'a' };
    await store().put(item);
    expect(await store().putIfEquals(item, 'valid from #1', 'a')).toBe(true);
    expect(await store().putIfEquals(item, 'valid from #1', 'b')).toBe(false);
  });
}

function manyItems(store: () => ItemStore): void {
  const key = (n: number): string => `${String(n).padStart(5, '0')}`;

  test('a thousand items are written, and deleted, in one call', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => ({ pk: 'many', sk: key(n), n }));
    await store().putMany(items);
    expect(await sortKeys(store(), { pk: 'many' })).toEqual(items.map(({ sk }) => sk));
    await store().putMany(items);
    await store().deleteMany(items.slice(10, 990).map(({ pk, sk }) => ({ pk, sk })));
    expect(await sortKeys(store(), { pk: 'many' })).toEqual(
      [...items.slice(0, 10), ...items.slice(990)].map(({ sk }) => sk),
    );
  });

  test('nothing to write is nothing to do', async () => {
    await store().putMany([]);
    await store().deleteMany([]);
  });

  test('of two items with one key in a call, the later stays', async () => {
    const items = Array.from({ length: 60 }, (_, n) => ({ pk: 'twice', sk: key(n % 40), n }));
    await store().putMany(items);
    const { items: found } = await store().query({ pk: 'twice' });
    expect(found.map(({ n }) => n)).toEqual([
      ...Array.from({ length: 20 }, (_, n) => n + 40),
      ...Array.from({ length: 20 }, (_, n) => n + 20),
    ]);
    await store().deleteMany([...items, ...items]);
    expect(await sortKeys(store(), { pk: 'twice' })).toEqual([]);
  });

  test('items of different partitions stay apart', async () => {
    await store().putMany([
      { pk: 'CODE#icd10cm#M54', sk: '1', of: 'M54' },
      { pk: 'CODE#icd10cm#M545', sk: '1', of: 'M545' },
      { pk: 'CODE#icd10cm#M5', sk: '41', of: 'M5' },
    ]);
    const { items } = await store().query({ pk: 'CODE#icd10cm#M54' });
    expect(items).toEqual([{ pk: 'CODE#icd10cm#M54', sk: '1', of: 'M54' }]);
  });
}
