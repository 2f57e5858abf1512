// Errors as the API answers them: RFC 9457 problem details, and the one place where error codes become HTTP statuses.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { CodewatchError, type ErrorCode } from '../../shared/core/errors.ts';

/** Status of each expected failure. */
const statusByCode = {
  unavailable: 503,
  'upstream-unavailable': 502,
  'too-large': 413,
  'redirect-refused': 502,
  'archive-missing': 500,
  'not-found': 404,
  'invalid-request': 400,
  unauthorized: 401,
  forbidden: 403,
  conflict: 409,
  rejected: 422,
} as const satisfies Record<ErrorCode, number>;

/** Statuses only HTTP itself gives rise to. */
const statusByHttpCode = {
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'uri-too-long': 414,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  internal: 500,
} as const;

/** `code` of a problem: stable, for machines. */
export type ProblemCode = ErrorCode | keyof typeof statusByHttpCode;

/** The HTTP status of each code. */
export const problemStatuses: Readonly<Record<ProblemCode, number>> = {
  ...statusByCode,
  ...statusByHttpCode,
};

/** What RFC 9110 and 6585 call each status. */
export const problemTitles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** Longest detail answered: it may repeat what was asked, and nobody reads more. */
const detailLengthMax = 600;
const instanceLengthMax = 300;

/** A refusal of HTTP itself (too long, too often, not acceptable), thrown so that each face words it its own way. */
export class HttpRefusal extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'HttpRefusal';
    this.code = code;
    this.headers = headers;
  }
}

/** A problem response: `application/problem+json` with `type`, `title`, `status`, `code`, `detail`, `instance`. */
export function problem(
  c: Context,
  code: ProblemCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const status = problemStatuses[code];
  const instance = new URL(c.req.url).pathname;
  const body = {
    type: `urn:codewatch:problem:${code}`,
    title: problemTitles[status] ?? 'Error',
    status,
    code,
    detail: detail.length > detailLengthMax ? `${detail.slice(0, detailLengthMax)}…` : detail,
    ...(instance.length <= instanceLengthMax && { instance }),
  };
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

/** What any failure is to HTTP; what nobody expected is logged and told without its details. */
export function refusalOf(c: Context, error: Error): HttpRefusal {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof CodewatchError) {
    return new HttpRefusal(error.code, error.message, {
      ...challengeOf(error.code),
      ...(error.retryable && { 'retry-after': '1' }),
    });
  }
  if (error instanceof HTTPException && error.status === 413) {
    return new HttpRefusal('too-large', 'the request body is larger than this route takes');
  }
  if (error instanceof HTTPException && error.status === 503) {
    return new HttpRefusal('unavailable', error.message, { 'retry-after': '1' });
  }
  if (isBrokenOff(error)) {
    return new HttpRefusal('invalid-request', 'body: ended before it was whole');
  }
  // The route, not the path: a path can name a claim.
  const route = matchedRoutes(c).at(-1)?.path ?? 'no route';
  console.error(`${c.req.method} ${route}: ${error.stack ?? String(error)}`);
  return new HttpRefusal('internal', 'an unexpected failure; the log has its cause');
}

/** What a refused token is told to send instead (RFC 6750, section 3). */
function challengeOf(code: ErrorCode): Readonly<Record<string, string>> {
  const realm = 'Bearer realm="codewatch"';
  if (code === 'unauthorized') return { 'www-authenticate': realm };
  if (code !== 'forbidden') return {};
  return { 'www-authenticate': `${realm}, error="insufficient_scope"` };
}

/** Whether the client went away while its body was read (Node's name for it): nobody is left to be answered. */
const isBrokenOff = (error: Error): boolean =>
  error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

/** The problem for anything a route threw. */
export function problemOf(c: Context, error: Error): Response {
  const { code, message, headers } = refusalOf(c, error);
  return problem(c, code, message, headers);
}
