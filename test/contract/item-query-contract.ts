// What every item store must answer to queries: ranges, order and pages. Part of item-store-contract.ts.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type Item,
  type ItemQuery,
  type ItemStore,
  queryAll,
} from '../../shared/ports/item-store.ts';

/** Sort keys of all items a query gives, over all its pages. */
export async function sortKeys(store: ItemStore, query: ItemQuery): Promise<string[]> {
  const keys: string[] = [];
  for await (const item of queryAll(store, query)) keys.push(item.sk);
  return keys;
}

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Where an engine is known to differ from DynamoDB, so that the suite says so instead of passing by luck. */
export type ItemStoreGaps = {
  /** Checks `after` against the bounds in UTF-16 order: refuses some that hold characters above U+FFFF. */
  readonly startKeyInUtf16?: true;
};

/** Adds the tests of queries. */
export function itemQueryContract(store: () => ItemStore, gaps: ItemStoreGaps): void {
  ranges(store);
  order(store);
  pages(store);
  anyQuery(store, gaps);
}

function ranges(store: () => ItemStore): void {
  const dates = ['2015-10-01', '2020-10-01', '2021-10-01', '2022-10-01'];
  const pk = 'CODE#icd10cm#G430';
  const sks = dates.map((date, n) => `${date}#00000000${n + 1}`);
  beforeAll(() => store().putMany(sks.map((sk) => ({ pk, sk }))));

  test.each<[string, Omit<ItemQuery, 'pk'>, number[]]>([
    ['all, ascending', {}, [0, 1, 2, 3]],
    ['all, descending', { descending: true }, [3, 2, 1, 0]],
    ['from an existing key on', { from: '2021-10-01#000000003' }, [2, 3]],
    ['from between two keys on', { from: '2021-10-01' }, [2, 3]],
    ['up to an existing key', { to: '2020-10-01#000000002' }, [0, 1]],
    ['up to between two keys', { to: '2021-10-01' }, [0, 1]],
    ['between two keys', { from: '2020', to: '2021-10-01#\uffff' }, [1, 2]],
    ['between two keys, descending', { from: '2020', to: '2022', descending: true }, [2, 1]],
    ['exactly one key', { from: sks[1] ?? '', to: sks[1] ?? '' }, [1]],
    ['between crossed keys: none', { from: '2022', to: '2021' }, []],
    ['beyond the last: none', { from: '2030' }, []],
    ['up to the empty text: none', { to: '' }, []],
    ['from the empty text: all', { from: '' }, [0, 1, 2, 3]],
    ['by prefix', { prefix: '2021-10-01#' }, [2]],
    ['by prefix, descending', { prefix: '202', descending: true }, [3, 2, 1]],
    ['by the empty prefix: all', { prefix: '' }, [0, 1, 2, 3]],
    ['by a prefix no key has', { prefix: '2021-11' }, []],
    ['after a key', { after: sks[1] ?? '' }, [2, 3]],
    ['after a key that is not there', { after: '2020-12-31' }, [2, 3]],
    ['after a key, descending', { after: sks[2] ?? '', descending: true }, [1, 0]],
    ['after a key within a prefix', { prefix: '202', after: sks[1] ?? '' }, [2, 3]],
    ['after a key before the prefix: all of it', { prefix: '2021', after: sks[0] ?? '' }, [2]],
    ['after a key behind the prefix: none', { prefix: '2021', after: sks[3] ?? '' }, []],
    ['after a key before the bounds', { from: '2021', to: '2022', after: '2016' }, [2]],
    ['after a key behind the bounds: none', { from: '2020', to: '2021', after: '2023' }, []],
    ['after the far bound itself: none', { to: sks[2] ?? '', after: sks[2] ?? '' }, []],
    [
      'descending, after the far bound itself: none',
      { from: sks[1] ?? '', after: sks[1] ?? '', descending: true },
      [],
    ],
    ['page by page up to a bound that is a key', { to: sks[1] ?? '', limit: 1 }, [0, 1]],
    ['after the last: none', { after: sks[3] ?? '' }, []],
    [
      'descending, after a key behind the bounds',
      { to: '2021', after: '2022', descending: true },
      [1, 0],
    ],
    [
      'descending, after a key before them: none',
      { from: '2021', after: '2016', descending: true },
      [],
    ],
    ['at most two', { limit: 2 }, [0, 1, 2, 3]],
    [
      'one page of one, the latest on a date',
      { to: '2021-12-31#\uffff', descending: true, limit: 1 },
      [2, 1, 0],
    ],
  ])('a query gives %s', async (_, query, expected) => {
    expect(await sortKeys(store(), { pk, ...query })).toEqual(expected.map((n) => sks[n]));
  });

  test('the version in force on a date is one query of one item', async () => {
    const latest = await store().query({ pk, to: '2021-09-30#\uffff', descending: true, limit: 1 });
    expect(latest.items.map(({ sk }) => sk)).toEqual(['2020-10-01#000000002']);
  });
}

function order(store: () => ItemStore): void {
  test('sort keys are in the order of their UTF-8 bytes, whatever they hold', async () => {
    // By hand: UTF-16 units would put U+1F600 (D83D DE00) before U+FF5E and U+FFFF; its UTF-8 bytes come last.
    const ordered = [
      '\u0001',
      ' ',
      '#',
      '/',
      '0',
      'A',
      'Aa',
      'Z',
      'a',
      'a ',
      'a/',
      'ab',
      'a~',
      'a~~',
      '~',
      '\u007f',
      'é',
      '中',
      '\uff5e',
      '\uffff',
      '\u{1F600}',
      '\u{1F600}a',
      '\u{10FFFF}',
    ];
    expect([...ordered].sort(byUtf8)).toEqual(ordered);
    await store().putMany([...ordered].reverse().map((sk) => ({ pk: 'order', sk })));
    expect(await sortKeys(store(), { pk: 'order' })).toEqual(ordered);
    expect(await sortKeys(store(), { pk: 'order', descending: true })).toEqual(
      [...ordered].reverse(),
    );
    expect(await sortKeys(store(), { pk: 'order', prefix: 'a' })).toEqual(
      ordered.filter((sk) => sk.startsWith('a')),
    );
    expect(await sortKeys(store(), { pk: 'order', from: '\uffff' })).toEqual(ordered.slice(-4));
    expect(await sortKeys(store(), { pk: 'order', from: 'a', to: 'a~' })).toEqual([
      'a',
      'a ',
      'a/',
      'ab',
      'a~',
    ]);
  });
}

function pages(store: () => ItemStore): void {
  test('a page holds no more than its limit and says where to go on', async () => {
    const sks = ['1', '2', '3', '4', '5'];
    await store().putMany(sks.map((sk) => ({ pk: 'limit', sk })));
    const first = await store().query({ pk: 'limit', limit: 2 });
    expect(first.items.map(({ sk }) => sk)).toEqual(['1', '2']);
    expect(first.next).toBe('2');
    const second = await store().query({ pk: 'limit', limit: 3, after: '2' });
    expect(second.items.map(({ sk }) => sk)).toEqual(['3', '4', '5']);
    const all = await store().query({ pk: 'limit', limit: 6 });
    expect(all.items).toHaveLength(5);
    expect(all.next).toBeUndefined();
  });

  test('more than 1 MB comes in pages, each item once', async () => {
    const text = 'x'.repeat(50_000);
    const items = Array.from({ length: 50 }, (_, n) => ({
      pk: 'megabytes',
      sk: String(n).padStart(3, '0'),
      text,
    }));
    await store().putMany(items);
    const first = await store().query({ pk: 'megabytes' });
    expect(first.items.length).toBeGreaterThan(15);
    expect(first.items.length).toBeLessThan(25);
    expect(first.next).toBe(first.items.at(-1)?.sk);
    const sks = items.map(({ sk }) => sk);
    expect(await sortKeys(store(), { pk: 'megabytes' })).toEqual(sks);
    expect(await sortKeys(store(), { pk: 'megabytes', descending: true })).toEqual(sks.reverse());
  });
}

function anyQuery(store: () => ItemStore, gaps: ItemStoreGaps): void {
  const letters = ['a', 'b', '~', '#', '\uffff', ...(gaps.startKeyInUtf16 ? [] : ['\u{1F600}'])];
  const text = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(...letters) });
  const where = fc.oneof(
    fc.record({ from: text, to: text }, { requiredKeys: [] }),
    fc.record({ prefix: text }),
  );
  const how = fc.record(
    { descending: fc.boolean(), limit: fc.integer({ min: 1, max: 5 }), after: text },
    { requiredKeys: [] },
  );

  test('any query over any keys gives what sorting and filtering them gives', async () => {
    let run = 0;
    const keys = fc.uniqueArray(text, { maxLength: 12 });
    const property = fc.asyncProperty(keys, where, how, async (sks, bounds, rest) => {
      run += 1;
      const query: ItemQuery = { pk: `any#${run}`, ...bounds, ...rest };
      await store().putMany(sks.map((sk): Item => ({ pk: query.pk, sk })));
      const expected = sks.filter((sk) => isAsked(query, sk)).sort(byUtf8);
      if (query.descending) expected.reverse();
      expect(await sortKeys(store(), query)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 150 });
  });
}

/** The query's definition, read off the port, without order and limit. */
function isAsked(query: ItemQuery, sk: string): boolean {
  const { from, to, prefix, after, descending } = query;
  if (from !== undefined && byUtf8(sk, from) < 0) return false;
  if (to !== undefined && byUtf8(sk, to) > 0) return false;
  if (prefix !== undefined && !sk.startsWith(prefix)) return false;
  if (after === undefined) return true;
  return descending ? byUtf8(sk, after) < 0 : byUtf8(sk, after) > 0;
}
