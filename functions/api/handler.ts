// Lambda face of the API: one request of API Gateway in, one answer out, within Lambda's limit on answers.
import { Hono } from 'hono';
import { type APIGatewayProxyResult, handle, type LambdaEvent } from 'hono/aws-lambda';
import { compress } from 'hono/compress';
import {
  type ApiEdge,
  apiPortsFromEnvironment,
} from '../../shared/edge/api-ports-from-environment.ts';
import { createReferenceSource } from '../../shared/edge/reference-source.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import type { ApiPorts } from './api-ports.ts';
import { type ApiOptions, createApp } from './app.ts';
import { createStoredCallerOf } from './authenticate.ts';
import { problem } from './problem.ts';

/** Lambda takes 6 MB for an answer with all that is around it (AWS: "Lambda quotas", synchronous payload). */
const answerBytesMax = 6_000_000;

/** Nothing but an intake takes longer; the function's own time is longer still (`infra/topology.ts`). */
const answerMsMax = 9_000;

/** A body in base64 and what is around it fit Lambda's 6 MB; the gateway waits 30 s. */
const intakeLimits = {
  bytesMax: 4_000_000,
  msMax: 22_000,
  elsewhere:
    'put it into the S3 inbox, under inbox/<tenant>/ (docs/intake.md), or send it in parts',
};

/** Small answers are not worth the time to pack them. */
const packedBytesMin = 2048;

/** What the function that takes files in has besides. */
type Intake = Pick<ApiOptions, 'intake'> & Pick<ApiPorts, 'related'>;

/** The handler over given ports. What is open stays open between requests. */
export function createHandler(
  edge: ApiEdge,
  { intake, related }: Intake = {},
): (event: LambdaEvent) => Promise<APIGatewayProxyResult> {
  const { codeItems, tenantItems, snapshots, log } = edge;
  const codeTable = createCodeTable(codeItems);
  const reference = createReferenceSource({
    codeTable,
    policies: createPolicyTable(codeItems),
    pointer: () => readSnapshotPointer(codeItems),
    snapshots,
    open: openSnapshot,
    log,
  });
  const app = createApp({
    ports: {
      ...{ ...edge, codeTable, reference, tenants: createTenantStore(tenantItems) },
      ...(related && { related }),
    },
    ...(intake && { intake }),
    callerOf: createStoredCallerOf(tenantItems),
    ready: () => true,
    // The gateway throttles before anything is paid for; buckets of one copy of many would say little.
    limits: { rate: null, answerMsMax, intake: intakeLimits },
  });
  const packing = new Hono()
    .use(compress({ encoding: 'gzip', threshold: packedBytesMin }))
    .all('*', (c) => app.fetch(c.req.raw));
  const answer = handle(packing);
  return async (event) => {
    const result = await answer(event);
    return fits(result) ? result : handle(refusal)(event);
  };
}

/** Whether an answer gets through; only long ones are counted exactly, as the JSON they travel in. */
function fits(result: APIGatewayProxyResult): boolean {
  if (result.body.length * 2 < answerBytesMax) return true;
  return Buffer.byteLength(JSON.stringify(result)) <= answerBytesMax;
}

/** A refusal in the API's own words, without what was too long. */
const refusal = new Hono().all('*', (c) =>
  problem(
    c,
    'too-large',
    'the answer is over 6 MB: ask for fewer items, or send Accept-Encoding: gzip',
  ),
);

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first request. */
export const handler: ReturnType<typeof createHandler> = (event) => {
  ready ??= createHandler(apiPortsFromEnvironment(process.env));
  return ready(event);
};
