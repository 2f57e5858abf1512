// Content negotiation: each face answers one media type, and says so to whoever would not take it.
import type { MiddlewareHandler } from 'hono';
import { HttpRefusal } from './problem.ts';

/** Refuses requests whose Accept rules a media type out. */
export function answers(type: string): MiddlewareHandler {
  return async (c, next) => {
    const accept = c.req.header('accept');
    if (accept === undefined || accepts(accept, type)) return next();
    throw new HttpRefusal('not-acceptable', `this route answers ${type}; ask for it, or for */*`);
  };
}

/** Whether an Accept header takes a media type: the most specific range that fits it decides (RFC 9110, 12.5.1). */
export function accepts(accept: string, type: string): boolean {
  const [main = ''] = type.split('/');
  // What nearly every client sends.
  if (accept === '*/*' || accept === type || accept.trim() === '') return true;
  const wanted = [type, `${main}/*`, '*/*'];
  const ranges = accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((one) => one.startsWith('q='))?.slice(2);
    return { place: wanted.indexOf(name), isRuledOut: q !== undefined && Number(q) === 0 };
  });
  const fitting = ranges.filter(({ place }) => place >= 0).toSorted((a, b) => a.place - b.place);
  return fitting[0] !== undefined && !fitting[0].isRuledOut;
}
