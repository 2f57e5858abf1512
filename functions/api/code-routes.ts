// Routes about one code or a batch of them: look-up, history, check.
import { Hono } from 'hono';
import * as z from 'zod';
import { codeSystemIds } from '../../shared/core/code-system.ts';
import { type CheckItem, checkCodes } from '../../shared/operations/check-codes.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { showHistory } from '../../shared/operations/show-history.ts';
import { answerJson } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import { codeInPath, codeLengthMax } from './code-in-path.ts';
import { dateInBody } from './date-in-body.ts';
import { systemInPath } from './path-system.ts';
import { jsonBody, readBody } from './read-body.ts';
import { dateParameter, instantParameter, readQuery } from './read-query.ts';

/** Bytes of a check's body: 10,000 items of some 70 bytes, with room for blanks. */
export const checkBytesMax = 2_000_000;

/** Body of a check. The number of items is the operation's to limit: a batch too large has its own answer. */
export const checkSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      system: z.enum(codeSystemIds),
      code: z.string().min(1).max(codeLengthMax),
      date: dateInBody,
    }),
  ),
}) satisfies z.ZodType<{ items: CheckItem[] }>;

/** Query of a look-up. */
export const lookUpQuery = { date: dateParameter, known: instantParameter };

/** Query of a history. */
export const historyQuery = { known: instantParameter };

/** Query of a check: none. */
export const checkQuery = {};

/** `GET /v1/codes/{system}/{code}`, `…/history`, `POST /v1/check`. Public. */
export function codeRoutes(ports: ApiPorts): Hono {
  return new Hono()
    .get('/codes/:system/:code', async (c) => {
      const { date, known } = readQuery(c, lookUpQuery);
      const request = {
        system: systemInPath(c.req.param('system')),
        code: codeInPath(c.req.param('code')),
        ...(date && { date }),
        ...(known && { known }),
      };
      return answerJson(c, await lookUpCode(portsNow(ports), request));
    })
    .get('/codes/:system/:code/history', async (c) => {
      const { known } = readQuery(c, historyQuery);
      const request = {
        system: systemInPath(c.req.param('system')),
        code: codeInPath(c.req.param('code')),
        ...(known && { known }),
      };
      return answerJson(c, await showHistory(ports.reference.now(), request));
    })
    .post('/check', jsonBody(checkBytesMax), async (c) => {
      readQuery(c, checkQuery);
      const { items } = await readBody(c, checkSchema);
      return answerJson(c, { results: await checkCodes(ports.reference.now(), items) });
    });
}

/** One state of the reference data for one request. */
const portsNow = ({ reference, clock }: ApiPorts) => ({ ...reference.now(), clock });
