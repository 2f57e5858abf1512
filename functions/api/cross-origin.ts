// Who may read answers from a page of another site: any script, where the answer is public.
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

const exposed = ['ETag', 'Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After'];

/** No credentials: a token is nothing for a foreign page to send. */
const answersPreflight = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'POST'],
  allowHeaders: ['Accept', 'Content-Type', 'If-None-Match'],
  exposeHeaders: exposed,
  maxAge: 7200,
});

/**
 * Lets scripts of any site read the answers of a route. Hono's own middleware answers the preflight only: it sets its
 * headers before the route runs, and then Hono copies every answer into a stream, which costs more than a look-up.
 */
export const readableAnywhere: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'OPTIONS') return answersPreflight(c, next);
  await next();
  c.res.headers.set('access-control-allow-origin', '*');
  c.res.headers.set('access-control-expose-headers', exposed.join(','));
};
