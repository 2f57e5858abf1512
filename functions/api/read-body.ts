// Request bodies: JSON within a byte limit, checked against a schema, every fault named by its path.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { CodewatchError } from '../../shared/core/errors.ts';
import { fieldWording } from '../../shared/formats/field-wording.ts';
import { HttpRefusal } from './problem.ts';

/** Faults named in one answer. */
const faultsMax = 10;

/** Refuses bodies over a number of bytes, compressed ones, and those that do not say they are JSON. */
export function jsonBody(bytesMax: number): MiddlewareHandler {
  const size = bodyLimit({
    maxSize: bytesMax,
    onError() {
      throw new HttpRefusal('too-large', `the request body is over ${bytesMax} bytes`);
    },
  });
  return async (c, next) => {
    const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (given !== 'application/json') {
      throw new HttpRefusal(
        'unsupported-media-type',
        'send the body as Content-Type: application/json',
      );
    }
    refuseEncoded(c);
    return size(c, next);
  };
}

/** Refuses bodies that are compressed on their way. */
export function refuseEncoded(c: Context): void {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return;
  throw new HttpRefusal(
    'unsupported-media-type',
    'send the body as it is: no Content-Encoding is taken',
    { 'accept-encoding': 'identity' },
  );
}

/** The body as JSON; throws `invalid-request` when it is none. The text itself is never repeated. */
export async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodewatchError('invalid-request', 'body: not JSON', { cause });
  }
}

/** The body as a schema wants it; throws `invalid-request` naming what is wrong, at most ten faults. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(await readJson(c), { error: fieldWording });
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, faultsMax)
    .map(({ path, message }) => `${pathText(path)}: ${message}`);
  throw new CodewatchError('invalid-request', faults.join('; '));
}

function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '') || 'body';
}
