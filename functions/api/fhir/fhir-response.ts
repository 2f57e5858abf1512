// How a FHIR resource leaves: JSON only, indented on request, in the part asked for.
import type { FhirResource } from 'fhir/r4.js';
import type { Context } from 'hono';
import { answer } from '../answer.ts';
import { FhirError, invalid, notSupported } from './fhir-error.ts';

/** What the caller wants of the form of the answer. */
export type Form = {
  readonly pretty: boolean;
  /** Top-level elements to keep; all when absent. */
  readonly elements?: readonly string[];
  /** Of a search: only the number of matches. */
  readonly countOnly: boolean;
};

/** How answers leave when the request itself could not be read. */
export const plainForm: Form = { pretty: false, countOnly: false };

/** Parameters about the form; everything else is the route's. In the query, never in a Parameters resource. */
export const formParameters: ReadonlySet<string> = new Set([
  '_format',
  '_pretty',
  '_summary',
  '_elements',
]);

const jsonTypes: ReadonlySet<string> = new Set([
  'application/fhir+json',
  'application/json',
  'application/json+fhir',
  'text/json',
]);
const wildcards: ReadonlySet<string> = new Set(['*/*', 'application/*']);
/** Elements every answer keeps, whatever `_elements` says: without them it is no such resource. */
const alwaysKept: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'status',
  'content',
]);

/** Reads the form parameters and `Accept`; throws 406 for XML and Turtle, 400 for what cannot be read. */
export function readForm(c: Context, query: URLSearchParams): Form {
  for (const name of formParameters) {
    if (query.getAll(name).length > 1) throw invalid(`${name}: given more than once`);
  }
  requireJson(query.get('_format'), c.req.header('accept'));
  const pretty = query.get('_pretty') ?? 'false';
  if (pretty !== 'true' && pretty !== 'false') throw invalid(`_pretty: not true or false`);
  const summary = query.get('_summary') ?? 'false';
  if (summary !== 'false' && summary !== 'count') {
    throw notSupported('_summary: only false is supported, and count with a search');
  }
  const elements = query.get('_elements');
  return {
    pretty: pretty === 'true',
    countOnly: summary === 'count',
    ...(elements !== null && { elements: elementsIn(elements) }),
  };
}

function elementsIn(text: string): readonly string[] {
  const names = text.split(',');
  if (names.every((name) => /^[A-Za-z]{1,64}$/.test(name))) return names;
  throw invalid('_elements: not a comma-separated list of top-level elements');
}

function requireJson(format: string | null, accept: string | undefined): void {
  if (format !== null) {
    // A plus sign in a query string arrives as a blank.
    const asked = typeIn(format).replace(' ', '+');
    if (asked === 'json' || jsonTypes.has(asked)) return;
    throw notAcceptable(`_format: only json is supported`);
  }
  const ranges = (accept?.trim() || '*/*').split(',');
  if (!ranges.some(takesJson)) {
    throw notAcceptable('Accept: only application/fhir+json (FHIR 4.0) is supported');
  }
}

function takesJson(range: string): boolean {
  const type = typeIn(range);
  if (!wildcards.has(type) && !jsonTypes.has(type)) return false;
  if (/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range)) return false;
  const version = /;\s*fhirVersion="?([^";\s]*)/i.exec(range)?.[1];
  return version === undefined || /^4\.0(?:\.\d+)?$/.test(version);
}

const typeIn = (text: string): string => text.split(';')[0]?.trim().toLowerCase() ?? '';
const notAcceptable = (message: string): FhirError => new FhirError(406, 'not-supported', message);

/** Refuses what only a read or a search can do, so that no other answer ignores it. */
export function requireWhole({ elements, countOnly }: Form): void {
  if (elements) throw notSupported('_elements: only supported with a read or a search');
  requireNoCount({ countOnly });
}

/** Refuses `_summary=count` where nothing is counted. */
export function requireNoCount({ countOnly }: Pick<Form, 'countOnly'>): void {
  if (countOnly) throw notSupported('_summary: count is only supported with a search');
}

const type = 'application/fhir+json; charset=utf-8';

const textOf = (resource: FhirResource, { elements, pretty }: Form): string =>
  JSON.stringify(elements ? subset(resource, elements) : resource, null, pretty ? 2 : undefined);

/** A successful answer: `application/fhir+json`, UTF-8. */
export const fhirAnswer = (c: Context, resource: FhirResource, form: Form): Response =>
  answer(c, textOf(resource, form), type);

/** An answer of any status: `application/fhir+json`, UTF-8. */
export function fhirResponse(
  resource: FhirResource,
  form: Form,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(textOf(resource, form), {
    status,
    headers: { 'content-type': type, ...headers },
  });
}

/** The named elements of a resource, or of each resource a search found. */
function subset(resource: FhirResource, elements: readonly string[]): object {
  if (resource.resourceType !== 'Bundle') return onlyElements(resource, elements);
  const entry = resource.entry?.map((one) =>
    one.resource ? { ...one, resource: onlyElements(one.resource, elements) } : one,
  );
  return { ...resource, ...(entry && { entry }) };
}

/** The named top-level elements, tagged as a subset (FHIR R4 search, `_elements`). */
function onlyElements(resource: object, elements: readonly string[]): object {
  const kept = Object.entries(resource).filter(
    ([name]) => alwaysKept.has(name) || elements.includes(name),
  );
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
  return { ...Object.fromEntries(kept), meta: { tag: [{ system, code: 'SUBSETTED' }] } };
}
