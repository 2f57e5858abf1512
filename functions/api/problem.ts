// Errors as the API answers them: RFC 9457 problem details, and the one place where error codes become HTTP statuses.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
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
  conflict: 409,
  rejected: 422,
} as const satisfies Record<ErrorCode, number>;

/** Statuses only HTTP itself gives rise to. */
const statusByHttpCode = {
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  internal: 500,
} as const;

/** `code` of a problem: stable, for machines. */
export type ProblemCode = ErrorCode | keyof typeof statusByHttpCode;

const statuses: Readonly<Record<ProblemCode, number>> = { ...statusByCode, ...statusByHttpCode };

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** A problem response: `application/problem+json` with `type`, `title`, `status`, `code`, `detail`, `instance`. */
export function problem(
  c: Context,
  code: ProblemCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const status = statuses[code];
  const body = {
    type: `urn:codewatch:problem:${code}`,
    title: titles[status] ?? 'Error',
    status,
    code,
    detail,
    instance: c.req.path,
  };
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

/** The problem for anything a route threw; what nobody expected is logged and answered without its details. */
export function problemOf(c: Context, error: Error): Response {
  if (error instanceof CodewatchError) {
    const headers: Record<string, string> = {};
    if (error.code === 'unauthorized') headers['www-authenticate'] = 'Bearer realm="codewatch"';
    if (error.retryable) headers['retry-after'] = '1';
    return problem(c, error.code, error.message, headers);
  }
  if (error instanceof HTTPException && error.status === 413) {
    return problem(c, 'too-large', 'the request body is larger than this route takes');
  }
  console.error(`${c.req.method} ${c.req.path}: ${error.stack ?? String(error)}`);
  return problem(c, 'internal', 'an unexpected failure; the log has its cause');
}
