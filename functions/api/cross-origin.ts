// Who may read answers from a page of another site: any script, where the answer is public.
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { isComplete, prepareHeaders } from './answer.ts';

const exposed = ['ETag', 'Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After'];

/** No credentials: a token is nothing for a foreign page to send. */
const answersPreflight = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'POST'],
  allowHeaders: ['Accept', 'Content-Type', 'If-None-Match'],
  exposeHeaders: exposed,
  maxAge: 7200,
});

const headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposed.join(','),
};

/**
 * Lets scripts of any site read the answers of a route. Hono's own middleware answers the preflight only: it sets its
 * headers before the route runs, and then Hono copies every answer into a stream, which costs more than a look-up.
 */
export const readableAnywhere: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'OPTIONS') return answersPreflight(c, next);
  prepareHeaders(c, headers);
  await next();
  if (isComplete(c)) return;
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
};
