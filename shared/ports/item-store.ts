// The key-value table both tables live in: the small part of DynamoDB the product uses, and nothing else.

/** A value as stored: what JSON can say. */
export type ItemValue =
  | string
  | number
  | boolean
  | null
  | readonly ItemValue[]
  | { readonly [name: string]: ItemValue | undefined };

/** Partition and sort key. */
export type ItemKey = { readonly pk: string; readonly sk: string };

/** One item: its key and its attributes; an undefined attribute is not stored. */
export type Item = ItemKey & { readonly [name: string]: ItemValue | undefined };

/** One page of a partition, in sort-key order. */
export type ItemQuery = {
  readonly pk: string;
  /** Lowest sort key, inclusive. */
  readonly from?: string;
  /** Highest sort key, inclusive. */
  readonly to?: string;
  /** Only sort keys that begin with this; excludes `from` and `to`. */
  readonly prefix?: string;
  /** Highest sort key first. */
  readonly descending?: boolean;
  /** Items a page at most; without it, what the engine gives (1 MB). */
  readonly limit?: number;
  /** Go on after this sort key (exclusive), in the direction of the query. */
  readonly after?: string;
};

/** A page; `next` is the sort key to pass as `after`, absent at the end. */
export type ItemPage = { readonly items: readonly Item[]; readonly next?: string };

/**
 * Adapters: DynamoDB (`edge/dynamodb-item-store.ts`) and memory (`edge/memory-item-store.ts`); one contract suite
 * runs on all. Reads are strongly consistent. Every method throws a retryable `unavailable` error when the engine
 * stays unreachable or throttles past the adapter's own back-off. There is no scan, on purpose.
 */
export type ItemStore = {
  get(key: ItemKey): Promise<Item | undefined>;
  /** Writes unconditionally: for items whose key determines their bytes. */
  put(item: Item): Promise<void>;
  /** Writes unless the key exists; false when it did. */
  putIfAbsent(item: Item): Promise<boolean>;
  /** Writes if the stored item's `attribute` equals `expected` (undefined: the item or attribute is absent). */
  putIfEquals(
    item: Item,
    attribute: string,
    expected: string | number | undefined,
  ): Promise<boolean>;
  /** Writes many (any number), batched, unprocessed ones retried with back-off; not atomic, safe to repeat. */
  putMany(items: readonly Item[]): Promise<void>;
  delete(key: ItemKey): Promise<void>;
  deleteMany(keys: readonly ItemKey[]): Promise<void>;
  query(query: ItemQuery): Promise<ItemPage>;
};

/** Every item of a query, page after page. */
export async function* queryAll(store: ItemStore, query: ItemQuery): AsyncGenerator<Item> {
  let after = query.after;
  for (;;) {
    const page = await store.query(after === undefined ? query : { ...query, after });
    yield* page.items;
    if (page.next === undefined) return;
    after = page.next;
  }
}
