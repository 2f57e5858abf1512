// How often one client may ask: a token bucket each, in this process. On AWS the gateway throttles before it.
import type { Context, MiddlewareHandler } from 'hono';
import { HttpRefusal } from './problem.ts';

/** A token bucket: `burst` requests at once, then `perSecond`. */
export type RateLimit = {
  readonly burst: number;
  readonly perSecond: number;
  /** Clients remembered at once; beyond, the one silent longest is forgotten, to its favour. */
  readonly clientsMax: number;
};

/** What a bucket says: a request may pass, or how long to wait. */
export type Take = { readonly passes: true } | { readonly passes: false; readonly waitMs: number };

/** Token buckets by client. `now` in ms, monotonic. */
export function createTokenBuckets(limit: RateLimit, now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    /** Takes one token of a client's bucket. */
    take(client: string): Take {
      const at = now();
      const before = buckets.get(client) ?? { tokens: limit.burst, at };
      const refilled = before.tokens + ((at - before.at) / 1000) * limit.perSecond;
      const tokens = Math.min(limit.burst, refilled);
      const passes = tokens >= 1;
      // Taken out and put in again: the map then lists clients by when they last asked.
      buckets.delete(client);
      buckets.set(client, { tokens: passes ? tokens - 1 : tokens, at });
      if (buckets.size > limit.clientsMax) {
        for (const [silent] of buckets) {
          buckets.delete(silent);
          break;
        }
      }
      if (passes) return { passes };
      return { passes, waitMs: Math.ceil(((1 - tokens) / limit.perSecond) * 1000) };
    },
    /** Clients remembered. */
    size: (): number => buckets.size,
  };
}

/** Address of the peer when served by @hono/node-server; undefined in tests without a socket, and on Lambda. */
export function remoteAddress(c: Context): string | undefined {
  const incoming: unknown = c.env?.incoming;
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming))
    return undefined;
  const { socket } = incoming;
  if (typeof socket !== 'object' || socket === null || !('remoteAddress' in socket))
    return undefined;
  return typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined;
}

/**
 * Refuses clients that ask too often with 429, Retry-After and the RateLimit headers of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers). A client is an address: a token would have to be looked up first, and one
 * made up for every request must not get a bucket of its own. Requests without an address are not counted.
 */
export function rateLimited(
  limit: RateLimit,
  addressOf: (c: Context) => string | undefined = remoteAddress,
  now: () => number = () => performance.now(),
): MiddlewareHandler {
  const buckets = createTokenBuckets(limit, now);
  const windowSeconds = Math.ceil(limit.burst / limit.perSecond);
  const policy = `"default";q=${limit.burst};w=${windowSeconds}`;
  return async (c, next) => {
    const client = addressOf(c);
    if (client === undefined) return next();
    const taken = buckets.take(client);
    if (taken.passes) return next();
    const seconds = String(Math.ceil(taken.waitMs / 1000));
    const { burst, perSecond } = limit;
    throw new HttpRefusal(
      'too-many-requests',
      `over ${burst} requests at once or ${perSecond} a second; wait ${seconds} s, or send many codes in one POST /v1/check`,
      {
        'retry-after': seconds,
        'ratelimit-policy': policy,
        ratelimit: `"default";r=0;t=${seconds}`,
      },
    );
  };
}
