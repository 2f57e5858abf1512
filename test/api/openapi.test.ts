// The OpenAPI document: sound by the rules of OpenAPI 3.1, generated from the routes that are there, and true of what they
// answer.
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fhirOperations } from '../../functions/api/fhir/fhir-operations.ts';
import { buildDocument } from '../../functions/api/openapi/document.ts';
import { operations } from '../../functions/api/openapi/operations.ts';
import { openApiDocument } from '../../functions/api/openapi-document.ts';
import { problemStatuses } from '../../functions/api/problem.ts';
import { routePolicies } from '../../functions/api/route-policies.ts';
import { apiWithSnapshot } from './api-under-test.ts';
import { askExample } from './ask-example.ts';

const document = await openApiDocument();
const placed = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

/** Every value anywhere in the document that stands under a key. */
function valuesUnder(key: string, value: unknown = document): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesUnder(key, one));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesUnder(key, inner),
  ]);
}

const at = (pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
      document,
    );

describe('functions/api/openapi.json', () => {
  test('is what the generator makes of the routes now (npm run openapi writes it)', () => {
    const built = buildDocument(operations, document.info.version);
    expect(document).toEqual(built);
    const file = new URL('../../functions/api/openapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(built);
  });

  test('describes every route there is, and no other', async () => {
    const { app } = await apiWithSnapshot();
    const routes = app.routes
      // What is used on every route is no route.
      .filter(({ method, path }) => method !== 'ALL' && path !== '/fhir/R4/*')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}`);
    const described = placed.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const isFhir = (route: string): boolean => route.includes(' /fhir/R4/');
    expect(described.filter((one) => !isFhir(one)).toSorted()).toEqual(
      [...new Set(routes)].toSorted(),
    );
    // FHIR paths are one route, which finds the operation itself.
    expect(app.routes.map(({ method, path }) => `${method} ${path}`)).toContain('ALL /fhir/R4/*');
    for (const { resource, name } of fhirOperations) {
      expect(described).toContain(`GET /fhir/R4/${resource}/$${name}`);
      expect(described).toContain(`POST /fhir/R4/${resource}/$${name}`);
    }
  });

  test('resolves every reference it makes', () => {
    const references = valuesUnder('$ref').map(String);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((one) => at(one.replace(/^#/, '')) === undefined)).toEqual([]);
  });

  test('refers to every component it has', () => {
    const references = new Set(valuesUnder('$ref').map(String));
    const { schemas, responses } = document.components;
    const components = [
      ...Object.keys(schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses).map((name) => `#/components/responses/${name}`),
    ];
    expect(components.filter((one) => !references.has(one))).toEqual([]);
  });

  test('names every operation once, as a name in programs, under a tag it explains', () => {
    const ids = placed.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
    const tags = document.tags.map(({ name }) => name);
    const used = new Set(placed.flatMap(({ operation }) => operation.tags));
    expect([...used].toSorted()).toEqual(tags.toSorted());
  });

  test('declares exactly the parts of each path, and they are required', () => {
    for (const { path, operation } of placed) {
      const inPath = operation.parameters.filter((one) => one.in === 'path');
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(inPath.map(({ name }) => name).toSorted(), path).toEqual(parts.toSorted());
      expect(inPath.every(({ required, example }) => required && example)).toBe(true);
    }
  });

  test('gives examples of the type their schema has', () => {
    for (const { path, operation } of placed) {
      for (const { name, schema, example } of operation.parameters) {
        const given = Array.isArray(schema.examples) ? schema.examples : [];
        const values = [example, schema.default, ...given].filter((one) => one !== undefined);
        const type = schema.type === 'integer' ? 'number' : 'string';
        expect([path, name, values.filter((one) => typeof one !== type)]).toEqual([path, name, []]);
      }
    }
  });

  test('gives every parameter, answer and operation its words', () => {
    const texts = placed.flatMap(({ operation }) => [
      operation.summary,
      ...operation.parameters.map(({ description }) => description),
      ...Object.values(operation.responses).map(({ $ref, description }) => $ref ?? description),
    ]);
    expect(texts.filter((text) => !text || text.length < 3)).toEqual([]);
  });

  test('names no parameter of an operation twice', () => {
    for (const { path, operation } of placed) {
      const names = operation.parameters.map((one) => `${one.in} ${one.name}`);
      expect(new Set(names).size, path).toBe(names.length);
    }
  });

  test('has only the fields OpenAPI 3.1 has', () => {
    const known = {
      operation: 'operationId tags summary description parameters requestBody responses security',
      parameter: 'name in required description schema example',
      answer: '$ref description content',
      media: 'schema example',
    };
    const strange = (value: object, kind: keyof typeof known): string[] =>
      Object.keys(value).filter((key) => !known[kind].split(' ').includes(key));
    const found = placed.flatMap(({ operation }) => [
      ...strange(operation, 'operation'),
      ...operation.parameters.flatMap((one) => strange(one, 'parameter')),
      ...Object.values(operation.responses).flatMap((one) => [
        ...strange(one, 'answer'),
        ...Object.values(one.content ?? {}).flatMap((media) => strange(media, 'media')),
      ]),
    ]);
    expect(found).toEqual([]);
  });

  test('is of the version of the package', () => {
    const file = new URL('../../package.json', import.meta.url);
    expect(document.info.version).toBe(JSON.parse(readFileSync(file, 'utf8')).version);
  });

  test('takes little room in the bundle', () => {
    const file = new URL('../../functions/api/openapi-packed.json', import.meta.url);
    expect(statSync(file).size).toBeLessThan(20_000);
  });
});

describe('functions/api/openapi/operations.ts', () => {
  const parameters = operations.flatMap(({ id, query = {}, example = {} }) =>
    Object.entries(query).map(([name, parameter]) => ({
      what: `${id}: ${name}`,
      parameter,
      examples: [
        ...(Array.isArray(parameter.schema.examples) ? parameter.schema.examples : []),
        ...(Array.isArray(parameter.schema.enum) ? parameter.schema.enum : []),
        ...('default' in parameter.schema ? [parameter.schema.default] : []),
        ...(example[name] === undefined ? [] : [example[name]]),
      ].map(String),
    })),
  );

  test.each(parameters)('$what takes its own examples', ({ parameter, examples }) => {
    expect(examples.filter((text) => parameter.parse(text) === undefined)).toEqual([]);
  });

  test.each(parameters)('$what keeps within what its schema says', ({ parameter }) => {
    const { schema } = parameter;
    const outside = [
      ...(Array.isArray(schema.enum) ? ['no-such-word', '', ' '] : []),
      ...(schema.type === 'integer' ? ['-1', '1.5', 'ten', '', '1e3', '99999999999'] : []),
      ...(typeof schema.minimum === 'number' ? [`${schema.minimum - 1}`] : []),
      ...(typeof schema.maximum === 'number' ? [`${schema.maximum + 1}`] : []),
      ...(typeof schema.maxLength === 'number' ? ['a'.repeat(schema.maxLength + 1)] : []),
      ...(typeof schema.minLength === 'number' ? [''] : []),
      ...(schema.format === 'date' ? ['2023-02-29', '20230228', '2023-02-28T00:00:00Z'] : []),
    ];
    expect(outside.filter((text) => parameter.parse(text) !== undefined)).toEqual([]);
    const inside = [schema.minimum, schema.maximum].filter((bound) => bound !== undefined);
    expect(inside.filter((bound) => parameter.parse(String(bound)) === undefined)).toEqual([]);
  });

  test('bodies take their own examples', () => {
    for (const { id, body } of operations) {
      if (body) expect(body.schema.safeParse(body.example).error?.message, id).toBeUndefined();
    }
  });

  test.each(operations)('$id answers what it says, to the last field', async (operation) => {
    const { response, body } = await askExample(operation);
    const answer = operation.answers[response.status];
    expect(answer, `${response.status}: ${JSON.stringify(body)}`).toBeDefined();
    if (!answer?.schema) return expect(body).toBe('');
    const type = response.headers.get('content-type') ?? '';
    expect(type.split(';')[0]).toBe(answer.type ?? 'application/json');
    expect(answer.schema.safeParse(body).error?.message).toBeUndefined();
  });

  test.each(operations)(
    '$id refuses an unknown parameter, and a media type it has not',
    async (operation) => {
      const unknown = await askExample(operation, { query: '__proto=1' });
      expect(unknown.response.status).toBe(400);
      if (operation.path.startsWith('/fhir/') || operation.id === 'downloadSnapshot') return;
      const picky = await askExample(operation, { accept: 'image/png' });
      expect([picky.response.status, picky.body]).toMatchObject([406, { code: 'not-acceptable' }]);
    },
  );

  test('every refusal an operation may give has a status', () => {
    expect(
      operations.flatMap(({ errors = [] }) => errors).every((code) => problemStatuses[code]),
    ).toBe(true);
  });

  test('each policy on caching and media types is of some operation', () => {
    const idle = routePolicies.filter(({ path }) => {
      const prefix = path.replace(/\/\*$/, '');
      return !operations.some((one) => one.path === prefix || one.path.startsWith(`${prefix}/`));
    });
    expect(idle).toEqual([]);
  });
});
