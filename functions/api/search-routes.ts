// Routes that search: codes by words of their titles or the beginning of the code, on a date of service.
import { Hono } from 'hono';
import { codeSystems } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { type SearchAnswer, searchCodes } from '../../shared/operations/search-codes.ts';
import type { Page } from '../../shared/ports/tenant-store.ts';
import { answerJson } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import { listBody, pageParameters, pageRequest } from './paging.ts';
import { systemInPath } from './path-system.ts';
import {
  dateParameter,
  describedAs,
  type Parameter,
  readQuery,
  required,
  wordParameter,
} from './read-query.ts';

/** Longest text searched for: longer than most titles. */
const textLengthMax = 200;

const searchTextParameter: Parameter<string> = {
  expected: `a text of 1 to ${textLengthMax} characters with a letter or digit in it`,
  parse: (text) => (text.length <= textLengthMax && /[\p{L}\p{N}]/u.test(text) ? text : undefined),
  schema: { type: 'string', minLength: 1, maxLength: textLengthMax, examples: ['low back pain'] },
  description:
    'Words, or the beginning of a code. Every word must begin a word of the long title or the code; case and accents ' +
    'do not matter.',
};

/** Query of a search. */
export const searchQuery = {
  q: required(searchTextParameter),
  date: describedAs(
    dateParameter,
    'Only codes listed on this date of service, with their titles of it; today in UTC when absent.',
  ),
  billable: wordParameter(
    ['true', 'false'],
    '`true` finds billable codes only; `false`, the default, categories as well.',
  ),
  ...pageParameters,
};

/** `GET /v1/search/{system}?q=&date=&billable=&limit=&cursor=`. Public; 503 until a snapshot is there. */
export function searchRoutes(ports: ApiPorts): Hono {
  return new Hono().get('/search/:system', async (c) => {
    const system = systemInPath(c.req.param('system'));
    const { q, date, billable, limit, cursor } = readQuery(c, searchQuery);
    const page = pageRequest(c, { ...(limit && { limit }), ...(cursor && { cursor }) });
    const offset = offsetOf(page.after);
    const reference = await ports.reference.withCatalogue();
    const answer = await searchCodes(
      { ...reference, clock: ports.clock },
      {
        system,
        text: q,
        ...(date && { date }),
        billableOnly: billable === 'true',
        offset,
        limit: page.limit,
      },
    );
    if (answer.outsideHorizon) throw outsideHorizon(answer);
    const { total } = answer;
    const list = listBody(c, pageAt(answer, offset + page.limit), (one) => one);
    return answerJson(c, { system, date: answer.date, total, ...list });
  });
}

/** Where a page begins; throws `invalid-request` for a cursor no search gave. */
function offsetOf(after: string | undefined): number {
  if (after === undefined) return 0;
  if (/^[1-9]\d{0,4}$/.test(after)) return Number(after);
  throw new CodewatchError(
    'invalid-request',
    'cursor: not one this list gave; begin again without it',
  );
}

function pageAt<T>(
  { items, total }: { items: readonly T[]; total: number },
  next: number,
): Page<T> {
  return next < total ? { items, next: String(next) } : { items };
}

const outsideHorizon = ({ system, date }: SearchAnswer): CodewatchError =>
  new CodewatchError(
    'not-found',
    `no release of ${codeSystems[system].title} covers ${date}; GET /v1/releases lists them`,
  );
