// Routes about coverage: does a payer's policy support this procedure by this diagnosis, one question or many.
import { Hono } from 'hono';
import * as z from 'zod';
import {
  checkCoverage,
  checkCoverages,
  coverageItemsMax,
} from '../../shared/operations/check-coverage.ts';
import { answerJson } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import { dateInBody } from './date-in-body.ts';
import { jsonBody, readBody } from './read-body.ts';
import {
  dateParameter,
  describedAs,
  type Parameter,
  readQuery,
  required,
  textParameter,
} from './read-query.ts';

/** Bytes of a batch: a thousand questions of some 120 bytes, with room for blanks. */
export const coverageBytesMax = 250_000;

const text = z.string().min(1).max(64);

/** Characters of a plan's name, as docs/payer-rules.md limits it. */
const planLengthMax = 100;

/** Body of a batch. */
export const coverageSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        procedure: text,
        diagnosis: text,
        payer: text.exactOptional(),
        state: text.exactOptional(),
        plan: z.string().min(1).max(planLengthMax).exactOptional(),
        date: dateInBody.exactOptional(),
      }),
    )
    .meta({ maxItems: coverageItemsMax }),
});

/** Query of one question. */
export const coverageQuery = {
  procedure: required(describedAs(textParameter, 'HCPCS or CPT code, like A9585.')),
  diagnosis: required(describedAs(textParameter, 'The ICD-10-CM code, with or without dot.')),
  payer: describedAs(
    textParameter,
    'Id of the payer in the configuration; `medicare` when absent.',
  ),
  state: describedAs(
    textParameter,
    'Where the service is rendered (USPS abbreviation); without it every contractor speaks.',
  ),
  plan: {
    expected: `a text of 1 to ${planLengthMax} characters`,
    parse: (text) => (text.length >= 1 && text.length <= planLengthMax ? text : undefined),
    schema: { type: 'string', minLength: 1, maxLength: planLengthMax },
    description: 'The plan as policies name it; without it all plans speak.',
  } satisfies Parameter<string>,
  date: dateParameter,
};

/** `GET /v1/coverage`, `POST /v1/coverage`. Public. */
export function coverageRoutes({ reference, clock, payers }: ApiPorts): Hono {
  const ports = () => ({ ...reference.now(), clock, payers });
  return new Hono()
    .get('/coverage', async (c) => {
      const { date, payer, state, plan, procedure, diagnosis } = readQuery(c, coverageQuery);
      const request = {
        procedure,
        diagnosis,
        ...(payer !== undefined && { payer }),
        ...(state !== undefined && { state }),
        ...(plan !== undefined && { plan }),
        ...(date && { date }),
      };
      return answerJson(c, await checkCoverage(ports(), request));
    })
    .post('/coverage', jsonBody(coverageBytesMax), async (c) => {
      readQuery(c, {});
      const { items } = await readBody(c, coverageSchema);
      return answerJson(c, { results: await checkCoverages(ports(), items) });
    });
}
