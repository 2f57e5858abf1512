// What one request may cost: how long its address may be, how it must be encoded, how long an answer may take.
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { IntakeLimits } from './intake-routes.ts';
import { HttpRefusal } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

/** Limits of every request; each route says itself how large a body it takes. */
export type Limits = {
  /** Characters of path and query, percent-encoded as sent. */
  readonly urlLengthMax: number;
  /** Longest an answer may take before it is `unavailable`. */
  readonly answerMsMax: number;
  /** Characters of addresses and bodies of answers kept in memory; 0 keeps none. */
  readonly keptLengthMax: number;
  /** Null for none. */
  readonly rate: RateLimit | null;
  /** Of `POST /v1/intake`: a file takes longer than an answer may. */
  readonly intake: IntakeLimits;
};

/** Limits where nothing else is said: a busy office behind one address stays below them. */
export const defaultLimits: Limits = {
  urlLengthMax: 8192,
  answerMsMax: 10_000,
  keptLengthMax: 16_000_000,
  rate: { burst: 5000, perSecond: 1000, clientsMax: 10_000 },
  intake: { bytesMax: 50_000_000, msMax: 600_000, elsewhere: 'send it in parts' },
};

/** Refuses addresses that are too long, not percent-encoded UTF-8, or hold characters no name has. */
export function soundAddress(urlLengthMax: number): MiddlewareHandler {
  return async (c, next) => {
    const { url } = c.req;
    // The path begins after "https://" and the host.
    const target = url.slice(url.indexOf('/', 8));
    if (target.length > urlLengthMax) {
      throw new HttpRefusal(
        'uri-too-long',
        `path and query are over ${urlLengthMax} characters; send a batch as POST`,
      );
    }
    if (target.includes('%')) refuseUnsound(target);
    return next();
  };
}

function refuseUnsound(target: string): void {
  const at = target.indexOf('?');
  const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
  if (/\p{Cc}/u.test(decoded('path', path))) {
    throw new CodewatchError('invalid-request', 'path: holds a control character');
  }
  if (decoded('query', query).includes('\0')) {
    throw new CodewatchError('invalid-request', 'query: holds a NUL character');
  }
}

function decoded(part: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new CodewatchError(
      'invalid-request',
      `${part}: not percent-encoded UTF-8 (a % stands for itself as %25)`,
      { cause },
    );
  }
}

/** Paths that mind their time themselves. */
const ownTime: ReadonlySet<string> = new Set(['/v1/intake']);

/**
 * Answers `unavailable` when a route takes longer, give or take a quarter of the time. What it was doing goes on, and
 * its result is dropped. One timer looks after all requests: one each costs a third of a look-up.
 */
export function answeredWithin(ms: number): MiddlewareHandler {
  const waiting = new Set<{ readonly since: number; readonly giveUp: () => void }>();
  const giveUpLate = (): void => {
    const latest = performance.now() - ms;
    for (const request of waiting) if (request.since <= latest) request.giveUp();
  };
  setInterval(giveUpLate, ms / 4).unref();
  return (c, next) => {
    if (ownTime.has(c.req.path)) return next();
    return new Promise((resolve, reject) => {
      const giveUp = (): void =>
        reject(new HTTPException(503, { message: `no answer within ${ms} ms; try again` }));
      const request = { since: performance.now(), giveUp };
      waiting.add(request);
      next()
        .then(resolve, reject)
        .finally(() => waiting.delete(request));
    });
  };
}
