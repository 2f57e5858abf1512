// Answers that leave with all their headers at once. What policies say of a request is written down before its route
// runs; headers added to a finished response cost more than most look-ups.
import type { Context } from 'hono';

type Headers = Readonly<Record<string, string>>;

const prepared = new WeakMap<Context, Headers>();
const complete = new WeakMap<Response, Answered>();

/** A successful answer as it left: enough to give it again. */
export type Answered = { readonly body: string; readonly headers: Headers };

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
  return answerAgain({ body, headers });
}

/** A 200 that was given before. The server may add to the headers it is handed: they are a copy. */
export function answerAgain(answered: Answered): Response {
  const response = new Response(answered.body, { headers: { ...answered.headers } });
  complete.set(response, answered);
  return response;
}

/** The same as JSON. */
export const answerJson = (c: Context, body: unknown): Response =>
  answer(c, JSON.stringify(body), 'application/json');

/** Whether the answer carries its headers already: nothing is to be added to it. */
export const isComplete = (c: Context): boolean => complete.has(c.res);

/** The answer that carries its headers already, as it left. */
export const answeredWith = (c: Context): Answered | undefined => complete.get(c.res);
