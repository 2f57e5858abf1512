// Who asks: a bearer token stands for one tenant, and some of them for an operator. Comparison takes the same time however much of a token is right.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { tokenKey } from '../../shared/store/keys.ts';

/** Who sent a request. */
export type Caller = {
  readonly tenant: string;
  /** Whether the caller may do what concerns every tenant: lift a quarantine. */
  readonly operator: boolean;
};

/** Answers who sent a request; throws `unauthorized`. Await it: on AWS it asks the tenant table. */
export type CallerOf = (c: Context) => Caller | Promise<Caller>;

/** Answers the tenant a request speaks for, where nothing else matters; throws `unauthorized`. */
export type TenantOf = (c: Context) => Promise<string>;

/** The tenant alone, of who sent a request. */
export const createTenantOf =
  (callerOf: CallerOf): TenantOf =>
  async (c) =>
    (await callerOf(c)).tenant;

/** Refuses a caller who is no operator; throws `forbidden`. `what` is told: it begins the sentence. */
export function refuseUnlessOperator({ operator }: Caller, what: string): void {
  if (operator) return;
  throw new CodewatchError(
    'forbidden',
    `${what} needs an operator's token; docs/runbook.md, "Give an operator a token", says how to add one`,
  );
}

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

/** Authenticates by a fixed list of tokens, each with whom it stands for. */
export function createCallerOf(callerByToken: ReadonlyMap<string, Caller>): CallerOf {
  const known = [...callerByToken].map(([token, caller]) => ({ digest: digest(token), caller }));
  return (c) => {
    const given = digest(tokenOf(c));
    // Every entry is compared, so that time tells nothing about which one matched.
    const matches = known.filter((one) => timingSafeEqual(one.digest, given));
    const caller = matches[0]?.caller;
    if (caller === undefined) throw unknown();
    return caller;
  };
}

/**
 * Authenticates by the tenant table: an item per token, found by the token's sha256 (docs/runbook.md says how to add
 * one). One GetItem a request, and none is remembered: a token that is taken away is refused at once. Nothing but the
 * boolean `operator: true` makes it an operator's.
 */
export function createStoredCallerOf(tenantItems: Pick<ItemStore, 'get'>): CallerOf {
  return async (c) => {
    const item = await tenantItems.get(tokenKey(digest(tokenOf(c)).toString('hex')));
    if (typeof item?.tenant !== 'string') throw unknown();
    return { tenant: item.tenant, operator: item.operator === true };
  };
}
