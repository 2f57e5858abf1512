// The FHIR R4 terminology operations: parameters in, operation, resource out. Every answer is a FHIR resource, the
// refusals too.
import type { FhirResource } from 'fhir/r4.js';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiPorts } from '../api-ports.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { FhirContext } from './fhir-context.ts';
import { FhirError, invalid, notFound } from './fhir-error.ts';
import { fhirErrorResponse } from './fhir-error-response.ts';
import { fhirOperations } from './fhir-operations.ts';
import { type Form, fhirAnswer, readForm, requireNoCount, requireWhole } from './fhir-response.ts';
import { type Operation, type ResourceType, resourceTypes } from './operation.ts';
import { wordType } from './parameter-types.ts';
import { fhirBodyBytesMax, readFhirBody, readSearchForm } from './read-fhir-body.ts';
import { givenInBody, givenInQuery, one, readParameters } from './read-parameters.ts';
import { readResource } from './read-resource.ts';
import { searchResources } from './search-resources.ts';
import { terminologyCapabilities } from './terminology-capabilities.ts';

/** Where the routes are mounted; canonical references may name artifacts by host and this. */
const basePath = '/fhir/R4';

/** One request as the routes below see it. */
type FhirRequest = {
  readonly c: Context;
  readonly context: FhirContext;
  readonly query: URLSearchParams;
  readonly form: Form;
};

/** Everything under the FHIR base. Public. */
export function fhirRoutes(ports: Pick<ApiPorts, 'reference' | 'clock'>): Hono {
  const routes = new Hono();
  const size = bodyLimit({
    maxSize: fhirBodyBytesMax,
    onError: (c) =>
      fhirErrorResponse(
        c,
        new FhirError(413, 'too-long', `the request body is over ${fhirBodyBytesMax} bytes`),
      ),
  });
  // Of POST alone: to see that a GET has no body costs more than to validate a code.
  routes.post('/*', size);
  routes.all('/*', (c) => answer(c, ports));
  routes.onError((error, c) => fhirErrorResponse(c, error));
  return routes;
}

async function answer(
  c: Context,
  { reference, clock }: Pick<ApiPorts, 'reference' | 'clock'>,
): Promise<Response> {
  const url = new URL(c.req.url);
  const at = url.pathname.indexOf(basePath);
  const path = url.pathname.slice(at + basePath.length);
  const form = readForm(c, url.searchParams);
  const context: FhirContext = {
    reference: reference.now(),
    withCatalogue: () => reference.withCatalogue(),
    clock,
    base: `${url.origin}${basePath}`,
  };
  const request = { c, context, query: url.searchParams, form };
  const resource = await route(request, segmentsOf(path));
  return fhirAnswer(c, resource, form);
}

function segmentsOf(path: string): readonly string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw invalid('path: not percent-encoded UTF-8');
  }
}

function route(request: FhirRequest, segments: readonly string[]): Promise<FhirResource> {
  const [first, second, third, ...more] = segments;
  if (first === undefined) return refuseBase(request);
  if (more.length > 0) throw noRoute(request);
  if (first === 'metadata' && second === undefined) return metadata(request);
  const type = resourceTypes.find((one) => one === first);
  if (!type) throw noRoute(request);
  if (second === undefined) return search(request, type);
  if (third === undefined) {
    if (second === '_search') return searchByPost(request, type);
    if (second.startsWith('$')) return operate(request, operationOf(type, second));
    return read(request, type, second);
  }
  if (!third.startsWith('$')) throw noRoute(request);
  return operate(request, operationOf(type, third), second);
}

function noRoute({ c }: FhirRequest): FhirError {
  const ways = ['metadata', ...resourceTypes.map((type) => `${type}/{id}`)].join(', ');
  return notFound(`no route ${c.req.path.slice(0, 200)}; there are ${ways} and operations on them`);
}

function operationOf(type: ResourceType, segment: string): Operation {
  const found = fhirOperations.find((one) => one.resource === type && `$${one.name}` === segment);
  if (found) return found;
  const names = fhirOperations.flatMap((one) => (one.resource === type ? [`$${one.name}`] : []));
  throw new FhirError(
    404,
    'not-supported',
    `${type}/${segment.slice(0, 64)} is no operation here; ${type} has ${names.join(', ')}`,
  );
}

/** Throws 405 when the method is none of those allowed. */
function requireMethod({ c }: FhirRequest, ...allowed: readonly string[]): void {
  if (allowed.includes(c.req.method)) return;
  const allow = allowed.join(', ');
  const text = `${c.req.method.slice(0, 20)} is not supported on ${c.req.path.slice(0, 200)}: it takes ${allow}`;
  throw new FhirError(405, 'not-supported', text, undefined, { allow });
}

async function refuseBase(request: FhirRequest): Promise<never> {
  const text =
    'batches, transactions and searches over all types are not supported; GET metadata says what is';
  requireMethod(request, 'GET', 'HEAD', 'POST');
  throw new FhirError(request.c.req.method === 'POST' ? 400 : 404, 'not-supported', text);
}

async function metadata(request: FhirRequest): Promise<FhirResource> {
  requireMethod(request, 'GET', 'HEAD');
  requireWhole(request.form);
  const modes = { mode: one(wordType(['full', 'normative', 'terminology']), 'which capabilities') };
  const { mode } = readParameters('metadata', modes, givenInQuery(request.query));
  if (mode === 'terminology') return terminologyCapabilities(request.context);
  return capabilityStatement(request.context);
}

async function read(request: FhirRequest, type: ResourceType, id: string): Promise<FhirResource> {
  requireMethod(request, 'GET', 'HEAD');
  requireNoCount(request.form);
  readParameters(`reading ${type}`, {}, givenInQuery(request.query));
  return readResource(request.context, type, id);
}

async function search(request: FhirRequest, type: ResourceType): Promise<FhirResource> {
  requireMethod(request, 'GET', 'HEAD');
  const { context, query, form } = request;
  return searchResources(context, type, givenInQuery(query), form.countOnly);
}

async function searchByPost(request: FhirRequest, type: ResourceType): Promise<FhirResource> {
  requireMethod(request, 'POST');
  const { c, context, query, form } = request;
  const given = givenInQuery(await readSearchForm(c, query));
  return searchResources(context, type, given, form.countOnly);
}

async function operate(
  request: FhirRequest,
  { answer: run, parameters }: Operation,
  id?: string,
): Promise<FhirResource> {
  requireMethod(request, 'GET', 'HEAD', 'POST');
  requireWhole(request.form);
  const { c, context, query } = request;
  const inQuery = givenInQuery(query);
  if (c.req.method !== 'POST') return run(context, inQuery, id);
  const body = await readFhirBody(c);
  const inBody = body === undefined ? [] : givenInBody(body, parameters);
  return run(context, [...inQuery, ...inBody], id);
}
