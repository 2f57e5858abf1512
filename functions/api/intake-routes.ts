// Takes files of claims and templates in, as they are sent: 837, FHIR, tables, our own records. The body is read as it
// arrives and stored as it is read.
import { type Context, Hono } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import { intakeBody } from '../../shared/steps/intake-summary.ts';
import { takeInFile } from '../../shared/steps/take-in-file.ts';
import type { ApiPorts } from './api-ports.ts';
import type { TenantOf } from './authenticate.ts';
import { HttpRefusal } from './problem.ts';
import { refuseEncoded } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { registering } from './registering.ts';

/** What one intake may take; what is larger goes another way. */
export type IntakeLimits = {
  readonly bytesMax: number;
  readonly msMax: number;
  /** Where to send what is larger, as an order: `send it in parts`. */
  readonly elsewhere: string;
};

/**
 * Media types that are taken. The content decides what a file is; the type is asked only where the content says nothing,
 * so `application/octet-stream` does for any.
 */
export const intakeTypes = [
  'application/json',
  'application/edi-x12',
  'application/fhir+json',
  'application/fhir+ndjson',
  'application/x-ndjson',
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/sql',
  'application/gzip',
  'application/octet-stream',
] as const;

/** `POST /v1/intake`. Needs the token. */
export function intakeRoutes(apiPorts: ApiPorts, tenantOf: TenantOf, limits: IntakeLimits): Hono {
  const ports = registering(apiPorts);
  return new Hono().post('/intake', async (c) => {
    const tenant = await tenantOf(c);
    readQuery(c, {});
    const contentType = typeOf(c);
    refuseEncoded(c);
    refuseLong(c, limits);
    const bytes = bytesOf(c.req.raw.body, limits);
    const deadline = performance.now() + limits.msMax;
    const { summary, isWhole } = await takeInFile(
      ports,
      tenant,
      { bytes, contentType },
      { mayGoOn: () => performance.now() < deadline },
    );
    if (isWhole) return c.json(intakeBody(summary));
    const seconds = Math.round(limits.msMax / 1000);
    throw new HttpRefusal(
      'unavailable',
      `not through after ${seconds} s; ${summary.records} records are stored: send the file again, what is stored is ` +
        `recognised and passes quickly, or ${limits.elsewhere}`,
      { 'retry-after': '1' },
    );
  });
}

function typeOf(c: Context): string {
  const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const known = intakeTypes.find((type) => type === given);
  if (known) return known;
  throw new HttpRefusal(
    'unsupported-media-type',
    `send the file as one of ${intakeTypes.join(', ')}; its content decides how it is read`,
  );
}

const tooLong = ({ bytesMax, elsewhere }: IntakeLimits): CodewatchError => {
  const most = bytesMax.toLocaleString('en');
  return new CodewatchError('too-large', `the request body is over ${most} bytes; ${elsewhere}`);
};

/** Refuses at once what says itself that it is too long, before any of it is stored. */
function refuseLong(c: Context, limits: IntakeLimits): void {
  if (Number(c.req.header('content-length') ?? 0) > limits.bytesMax) throw tooLong(limits);
}

async function* bytesOf(
  body: ReadableStream<Uint8Array> | null,
  limits: IntakeLimits,
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  let count = 0;
  for await (const piece of body) {
    count += piece.byteLength;
    if (count > limits.bytesMax) throw tooLong(limits);
    yield piece;
  }
}
