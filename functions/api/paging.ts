// Pages of lists: `limit` and opaque cursors. A cursor names its list, so that one of another list is refused.
import type { Context } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { Page } from '../../shared/ports/tenant-store.ts';
import type { Parameter } from './read-query.ts';

/** Items a page holds at most, and when nothing is asked for. */
const limitMax = 1000;
const limitDefault = 100;

const limitParameter: Parameter<number> = {
  expected: `a whole number from 1 to ${limitMax}`,
  parse(text) {
    const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= limitMax ? limit : undefined;
  },
  schema: { type: 'integer', minimum: 1, maximum: limitMax, default: limitDefault, examples: [10] },
  description: `Items a page holds at most; ${limitDefault} when absent.`,
};

const cursorParameter: Parameter<string> = {
  expected: 'a cursor of this list',
  parse: (text) => (/^[A-Za-z0-9_-]{1,6000}$/.test(text) ? text : undefined),
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,6000}$' },
  description: 'The `nextCursor` of the page before of this list, unchanged.',
};

/** A place in most lists becomes part of a key, and a table refuses one over 1,024 bytes. */
const keyBytesMax = 900;

/** A place in a feed of several sources: one place each. */
export const feedPlaceBytesMax = 4_400;

/** The parameters of every list; spread them into a route's own. */
export const pageParameters = { limit: limitParameter, cursor: cursorParameter };

/** What an operation is asked for. */
export type PageRequest = { readonly limit: number; readonly after?: string };

/** The page asked for; throws `invalid-request` for a cursor that this list (path and filters aside) did not give. */
export function pageRequest(
  c: Context,
  query: { readonly limit?: number; readonly cursor?: string },
  placeBytesMax = keyBytesMax,
): PageRequest {
  const limit = query.limit ?? limitDefault;
  if (query.cursor === undefined) return { limit };
  const after = readCursor(c.req.path, query.cursor);
  if (Buffer.byteLength(after) > placeBytesMax) throw notACursor();
  return { limit, after };
}

/** The body of a list: `{items, nextCursor?}`. */
export function listBody<T, U>(
  c: Context,
  page: Page<T>,
  shown: (item: T) => U,
): { items: U[]; nextCursor?: string } {
  const items = page.items.map(shown);
  if (page.next === undefined) return { items };
  return { items, nextCursor: cursorOf(c, page.next) };
}

/** The body of a list that grows at its end: `{items, nextCursor}`, and on the last page `{items, resumeCursor}`. */
export function feedBody<T>(
  c: Context,
  page: Page<T> & { readonly resume?: string },
): { items: T[]; nextCursor?: string; resumeCursor?: string } {
  const body = listBody(c, page, (item) => item);
  return page.resume === undefined ? body : { ...body, resumeCursor: cursorOf(c, page.resume) };
}

const cursorOf = (c: Context, place: string): string =>
  Buffer.from(JSON.stringify([c.req.path, place])).toString('base64url');

/** A page of a list that is read whole; the cursor is the position to go on at. */
export function pageOfAll<T>(all: readonly T[], { limit, after }: PageRequest): Page<T> {
  const start = after === undefined ? 0 : Number(after);
  if (!Number.isInteger(start) || start < 0) throw notACursor();
  const items = all.slice(start, start + limit);
  return start + limit < all.length ? { items, next: String(start + limit) } : { items };
}

function readCursor(list: string, cursor: string): string {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 2 && parts[0] === list) {
      if (typeof parts[1] === 'string') return parts[1];
    }
  } catch {
    // Falls through: whatever it is, this list did not give it.
  }
  throw notACursor();
}

const notACursor = (): CodewatchError =>
  new CodewatchError('invalid-request', 'cursor: not one this list gave; begin again without it');
