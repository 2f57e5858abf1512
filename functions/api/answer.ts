// Answers that leave with all their headers at once. What policies say of a request is written down before its route
// runs; headers added to a finished response cost more than most look-ups.
import type { Context } from 'hono';

type Headers = Readonly<Record<string, string>>;

const prepared = new WeakMap<Context, Headers>();
const complete = new WeakSet<Response>();

/** Headers (lower case) a successful answer to this request is to carry. */
export function prepareHeaders(c: Context, headers: Headers): void {
  prepared.set(c, { ...prepared.get(c), ...headers });
}

/** A 200 with a body of a media type and every header prepared for it. */
export function answer(c: Context, body: string, type: string): Response {
  const headers = {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...prepared.get(c),
  };
  const response = new Response(body, { headers });
  complete.add(response);
  return response;
}

/** The same as JSON. */
export const answerJson = (c: Context, body: unknown): Response =>
  answer(c, JSON.stringify(body), 'application/json');

/** Whether the answer carries its headers already: nothing is to be added to it. */
export const isComplete = (c: Context): boolean => complete.has(c.res);
