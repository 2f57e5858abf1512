// The route of the adviser: what the record must state to code more specifically.
import { Hono } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import { advise } from '../../shared/operations/advise.ts';
import { openRuleBook } from '../../shared/operations/open-rule-book.ts';
import type { ApiPorts } from './api-ports.ts';
import { codeInPath } from './code-in-path.ts';
import { systemInPath } from './path-system.ts';
import { dateParameter, readQuery } from './read-query.ts';

/** Query of an advice. */
export const adviceQuery = { date: dateParameter };

/** `GET /v1/advice/{system}/{code}?date=`, ICD-10-CM only. Public; 503 until a snapshot is there. */
export function adviceRoutes(ports: ApiPorts): Hono {
  return new Hono().get('/advice/:system/:code', async (c) => {
    if (systemInPath(c.req.param('system')) !== 'icd10cm') throw noAdvice();
    const code = codeInPath(c.req.param('code'));
    const { date } = readQuery(c, adviceQuery);
    const known = { ...(await referenceOf(ports)), clock: ports.clock };
    return c.json(await advise(known, { code, ...(date && { date }) }));
  });
}

/** One state of the reference data, with the tabular lists where this process has any. */
async function referenceOf({ reference, codeItems, archive, clock }: ApiPorts) {
  const known = await reference.withCatalogue();
  if (!archive) return known;
  return { ...known, ruleBook: await openRuleBook({ codeItems, archive, clock }) };
}

const noAdvice = (): CodewatchError =>
  new CodewatchError(
    'not-found',
    'there is advice on icd10cm only: ICD-10-PCS codes are built from tables, character by character',
  );
