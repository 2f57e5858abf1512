// What a query asks for, in one form for every item store, with the cases DynamoDB refuses settled beforehand.

import { compareUtf8 } from '../core/utf8-order.ts';
import type { ItemQuery } from '../ports/item-store.ts';

/** Sort keys asked for: by prefix, or between two inclusive bounds, going on after an exclusive start. */
export type QueryRange = {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  /** Lies inside the bounds, so that DynamoDB takes it as a start key. */
  readonly after?: string;
};

/** Where a sort key lies: before (-1), in (0) or behind (1) the asked range, in ascending order. */
export function placeInRange(range: QueryRange, sk: string): -1 | 0 | 1 {
  if (range.prefix !== undefined) {
    if (sk.startsWith(range.prefix)) return 0;
    return compareUtf8(sk, range.prefix) < 0 ? -1 : 1;
  }
  if (range.from !== undefined && compareUtf8(sk, range.from) < 0) return -1;
  return range.to !== undefined && compareUtf8(sk, range.to) > 0 ? 1 : 0;
}

/**
 * The range of a query; undefined when no item can lie in it (bounds crossed, or `after` at or beyond the far end:
 * DynamoDB refuses to start there). An `after` before the near end is dropped. Throws a RangeError for a `limit` below 1 or bounds beside a prefix.
 */
export function queryRange(query: ItemQuery): QueryRange | undefined {
  const { from, to, prefix, after, limit } = query;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(`a query's limit is a whole number from 1, not ${limit}`);
  }
  if (prefix !== undefined && (from !== undefined || to !== undefined)) {
    throw new RangeError('a query has a prefix or bounds, not both');
  }
  if (to === '' || (from !== undefined && to !== undefined && compareUtf8(from, to) > 0)) {
    return undefined;
  }
  const range: QueryRange = {
    ...(prefix ? { prefix } : {}),
    ...(from ? { from } : {}),
    ...(to === undefined ? {} : { to }),
  };
  if (!after) return range;
  if (after === (query.descending ? range.from : range.to)) return undefined;
  const place = placeInRange(range, after);
  if (place === 0) return { ...range, after };
  const begins = query.descending ? 1 : -1;
  return place === begins ? range : undefined;
}
