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
import { dateParameter, describedAs, readQuery, required, textParameter } from './read-query.ts';

/** Bytes of a batch: a thousand questions of some 120 bytes, with room for blanks. */
export const coverageBytesMax = 250_000;

const text = z.string().min(1).max(64);

/** Body of a batch. */
export const coverageSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        procedure: text,
        diagnosis: text,
        payer: text.exactOptional(),
        state: text.exactOptional(),
        date: dateInBody.exactOptional(),
      }),
    )
    .meta({ maxItems: coverageItemsMax }),
});

/** Query of one question. */
export const coverageQuery = {
  procedure: required(describedAs(textParameter, 'The HCPCS or CPT code, like 62323 or A9585.')),
  diagnosis: required(describedAs(textParameter, 'The ICD-10-CM code, with or without dot.')),
  payer: describedAs(
    textParameter,
    'The payer, by its id in the configuration; `medicare` when absent.',
  ),
  state: describedAs(
    textParameter,
    'Where the service is rendered, as USPS abbreviates it; without it the documents of every contractor speak.',
  ),
  date: dateParameter,
};

/** `GET /v1/coverage`, `POST /v1/coverage`. Public. */
export function coverageRoutes({ reference, clock, payers }: ApiPorts): Hono {
  const ports = () => ({ ...reference.now(), clock, payers });
  return new Hono()
    .get('/coverage', async (c) => {
      const { date, payer, state, procedure, diagnosis } = readQuery(c, coverageQuery);
      const request = {
        procedure,
        diagnosis,
        ...(payer !== undefined && { payer }),
        ...(state !== undefined && { state }),
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
