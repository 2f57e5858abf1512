// Request bodies: FHIR JSON for operations, forms for searches, within a size limit.
import type { Context } from 'hono';
import { FhirError, invalid } from './fhir-error.ts';

/** Bytes of a body at most: some thousand codes of a value set sent along. */
export const fhirBodyBytesMax = 262_144;

const jsonTypes: ReadonlySet<string> = new Set(['application/fhir+json', 'application/json']);
const formType = 'application/x-www-form-urlencoded';

const typeOf = (c: Context): string | undefined =>
  c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();

const unsupported = (message: string): FhirError => new FhirError(415, 'not-supported', message);

/** The body as JSON; undefined when it is empty. Throws 415 for other formats, 400 for what is not JSON. */
export async function readFhirBody(c: Context): Promise<unknown> {
  const text = await c.req.text();
  const type = typeOf(c);
  if (type === undefined ? text !== '' : !jsonTypes.has(type)) {
    throw unsupported('Content-Type: only application/fhir+json is supported');
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('body: not JSON');
  }
}

/** The body of `POST …/_search`, added to the query. */
export async function readSearchForm(c: Context, query: URLSearchParams): Promise<URLSearchParams> {
  const text = await c.req.text();
  if (text !== '' && typeOf(c) !== formType) {
    throw unsupported(`Content-Type: a search by POST is sent as ${formType}`);
  }
  return new URLSearchParams([...query, ...new URLSearchParams(text)]);
}
