// Who asks: a bearer token stands for one tenant. Comparison takes the same time however much of a token is right.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { tokenKey } from '../../shared/store/keys.ts';

/** Answers the tenant a request speaks for; throws `unauthorized`. Await it: on AWS it asks the tenant table. */
export type TenantOf = (c: Context) => string | Promise<string>;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Printable ASCII, and no more of it than anybody would issue: it is hashed on every request. */
const tokenCharsMax = 512;

function tokenOf(c: Context): string {
  const header = c.req.header('authorization') ?? '';
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
  if (token !== undefined && token.length <= tokenCharsMax) return token;
  throw new CodewatchError(
    'unauthorized',
    'this route needs the header Authorization: Bearer <token>',
  );
}

const unknown = (): CodewatchError =>
  new CodewatchError('unauthorized', 'the bearer token is not known');

/** Authenticates by a fixed list of tokens, each with its tenant. */
export function createTenantOf(tenantByToken: ReadonlyMap<string, string>): TenantOf {
  const known = [...tenantByToken].map(([token, tenant]) => ({ digest: digest(token), tenant }));
  return (c) => {
    const given = digest(tokenOf(c));
    // Every entry is compared, so that time tells nothing about which one matched.
    const matches = known.filter((one) => timingSafeEqual(one.digest, given));
    const tenant = matches[0]?.tenant;
    if (tenant === undefined) throw unknown();
    return tenant;
  };
}

/**
 * Authenticates by the tenant table: an item per token, found by the token's sha256 (docs/runbook.md says how to add
 * one). One GetItem a request, and none is remembered: a token that is taken away is refused at once.
 */
export function createStoredTenantOf(tenantItems: Pick<ItemStore, 'get'>): TenantOf {
  return async (c) => {
    const item = await tenantItems.get(tokenKey(digest(tokenOf(c)).toString('hex')));
    if (typeof item?.tenant !== 'string') throw unknown();
    return item.tenant;
  };
}
