// What every answer of the API has to be, whatever was asked: a success that is what the description says, or a
// well-formed refusal. Never a failure, never slow, never telling of the inside.
import { operations } from '../../functions/api/openapi/operations.ts';
import { problemStatuses } from '../../functions/api/problem.ts';
import type { HostileRequest } from './hostile-requests.ts';

/** An answer as it came. */
export type GivenAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the answer to a request; undefined when nothing is. */
export function faultOf(request: HostileRequest, answer: GivenAnswer): string | undefined {
  const { status, headers, text } = answer;
  if (status >= 500) return `status ${status}`;
  if (status < 200 || (status > 204 && status < 300)) return `strange status ${status}`;
  if (!headers.get('cache-control')) return 'does not say whether it may be kept';
  if (/\n\s+at .+:\d+:\d+|node_modules|SQLITE|\.ts\b/.test(text)) return 'tells of the inside';
  if (request.method === 'HEAD') return text === '' ? undefined : 'a body for HEAD';
  if (status === 204 || status === 304) return text === '' ? undefined : 'a body for none';
  return status < 400 ? faultOfSuccess(request, answer) : faultOfRefusal(request, answer);
}

function faultOfSuccess(request: HostileRequest, answer: GivenAnswer): string | undefined {
  const { status, headers, text } = answer;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const body: unknown = type.endsWith('json') ? parsed(text) : text;
  if (body === unreadable) return 'not JSON';
  const operation = operations.find(({ id }) => id === request.operationId);
  if (operation?.method.toUpperCase() !== request.method) return undefined;
  const said = operation.answers[status];
  // A part of the path may have led to another operation.
  if (!said?.schema || (said.type ?? 'application/json') !== type) return undefined;
  const { pathname } = new URL(`http://localhost${request.target}`);
  if (!patternOf(operation.path).test(pathname)) return undefined;
  const { error } = said.schema.safeParse(body);
  return error && `not what ${operation.id} says: ${error.message.slice(0, 500)}`;
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.$]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);

function faultOfRefusal(request: HostileRequest, answer: GivenAnswer): string | undefined {
  const { status, headers, text } = answer;
  if (status >= 400 && headers.get('cache-control') !== 'no-store') return 'a refusal to be kept';
  if (text.length > 4000) return `a refusal of ${text.length} characters`;
  const body = parsed(text);
  if (!isObject(body)) return 'no JSON object';
  const type = headers.get('content-type')?.split(';')[0];
  if (new URL(`http://localhost${request.target}`).pathname.startsWith('/fhir/')) {
    if (type !== 'application/fhir+json') return `type ${type}`;
    return outcomeFault(body);
  }
  if (type !== 'application/problem+json') return `type ${type}`;
  if (body.status !== status) return `status ${status}, and in the body ${body.status}`;
  const codes = Object.entries(problemStatuses).filter(([, one]) => one === status);
  if (!codes.some(([code]) => code === body.code)) return `code ${body.code} with status ${status}`;
  if (typeof body.detail !== 'string' || body.detail.length < 5) return 'no detail';
  return typeof body.title === 'string' && body.title !== 'Error' ? undefined : 'no title';
}

function outcomeFault(body: Readonly<Record<string, unknown>>): string | undefined {
  if (body.resourceType !== 'OperationOutcome') return `a ${body.resourceType}`;
  const [issue] = Array.isArray(body.issue) ? body.issue : [];
  if (!isObject(issue)) return 'an outcome without an issue';
  if (issue.severity !== 'error') return `severity ${issue.severity}`;
  const { details } = issue;
  return isObject(details) && typeof details.text === 'string' ? undefined : 'no text';
}

const unreadable = Symbol('unreadable');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}
