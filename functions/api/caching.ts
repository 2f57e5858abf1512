// Caching of reference answers: ETag, Cache-Control and 304. An answer from a snapshot is determined by the snapshot,
// the day and the program, so a matching tag is answered before anything is looked up.
import { hash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { etag } from 'hono/etag';
import { today } from '../../shared/ports/clock.ts';
import { answerAgain, answeredWith, isComplete, prepareHeaders } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** How answers of a route may be kept. */
export type Caching = {
  /** `reference`: determined by the snapshot where there is one; `body`: known only once it is made. */
  readonly by: 'reference' | 'body';
  /** Seconds an answer may be used without asking again; 0 for always asking. */
  readonly maxAgeSeconds: number;
  /** Request headers the answer depends on. */
  readonly vary?: readonly string[];
};

const tagOfBody = etag({ weak: true });

/**
 * Names the program: answers of another build may look otherwise. Bundled, this file is the whole program, and its
 * hash the name; unbundled, every start is a build of its own.
 */
export function buildName(): string {
  const file = import.meta.filename;
  if (file.endsWith('.ts')) return randomUUID();
  return hash('sha1', readFileSync(file), 'base64url');
}

/**
 * Lets GET and HEAD answers be kept and asked again with If-None-Match. Only answers with status 200 get a tag; those a
 * snapshot determines are kept here too.
 */
export function cached(
  ports: Pick<ApiPorts, 'reference' | 'clock'>,
  { build, kept }: { readonly build: string; readonly kept: KeptAnswers },
  caching: Caching,
): MiddlewareHandler {
  const { maxAgeSeconds, vary = [] } = caching;
  const headers = {
    'cache-control': maxAgeSeconds === 0 ? 'no-cache' : `public, max-age=${maxAgeSeconds}`,
    ...(vary.length > 0 && { vary: vary.join(', ') }),
  };
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const stamp = caching.by === 'reference' ? ports.reference.now().stamp : undefined;
    if (stamp === undefined) return keepByBody(c, next, headers);
    const state = `${stamp} ${ports.clock.now().slice(0, 'YYYY-MM-DD'.length)}`;
    const address = addressOf(c, vary);
    const before = kept.get(state, address);
    const tag = before?.headers.etag ?? tagOf(c, [build, stamp, dayOf(c, ports)], vary);
    if (names(c.req.header('if-none-match'), tag)) {
      return new Response(null, { status: 304, headers: { etag: tag, ...headers } });
    }
    if (before) return answerAgain(before);
    prepareHeaders(c, { etag: tag, ...headers });
    await next();
    const answered = answeredWith(c);
    if (answered) kept.keep(state, address, answered);
    if (answered || c.res.status !== 200) return;
    c.res.headers.set('etag', tag);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

async function keepByBody(
  c: Context,
  next: Next,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  await tagOfBody(c, next);
  if (c.res.status !== 200 && c.res.status !== 304) return;
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
}

/** The day the answer is about when the request names none; a date in the request determines it for good. */
const dayOf = (c: Context, { clock }: Pick<ApiPorts, 'clock'>): string =>
  c.req.query('date') ? '' : today(clock);

/** All an answer depends on besides the state: the host too, which FHIR resources name. */
const addressOf = (c: Context, vary: readonly string[]): string =>
  vary.length === 0
    ? c.req.url
    : [c.req.url, ...vary.map((name) => c.req.header(name) ?? '')].join('\n');

/**
 * Weak: the same answer, however it may be compressed on its way. It names its own address too, so that a tag got
 * from one address never stands for another, which may be no good.
 */
function tagOf(c: Context, state: readonly string[], vary: readonly string[]): string {
  const { url } = c.req;
  const chosen = vary.map((name) => c.req.header(name) ?? '');
  const parts = [...state, url.slice(url.indexOf('/', 8)), ...chosen];
  return `W/"${hash('sha1', parts.join('\n'), 'base64url')}"`;
}

/** Whether If-None-Match names a tag (weak comparison). `*` names what is there, which only the route can tell. */
function names(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = tag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque);
}

/** What is said of nothing else may not be kept: tenants' data, errors, health. Types are as declared, never guessed. */
export const notKeptUnlessSaid: MiddlewareHandler = async (c, next) => {
  await next();
  if (isComplete(c)) return;
  const { headers } = c.res;
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
};
