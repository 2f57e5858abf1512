// Random requests to an API, from its own description: some as they should be, most with something wrong. New operations
// are asked as soon as they are described, and the description is held to the routes by another test.
import fc from 'fast-check';
import type {
  DocumentOperation,
  DocumentParameter,
  OpenApiDocument,
} from '../../functions/api/openapi-document.ts';
import type { JsonSchema } from '../../functions/api/read-query.ts';
import { tokens } from './api-under-test.ts';
import { codeTexts, hostileTexts, searchTexts } from './hostile-texts.ts';

/** One request, and the operation it is a likeness of (none for a path that is made up). */
export type HostileRequest = {
  readonly operationId: string | undefined;
  readonly method: string;
  /** Path and query as they are sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

const dates = ['2021-09-30', '2021-10-01', '2026-02-01', '2015-09-30', '2031-01-01'];

const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
);

/** A text the schema of a parameter takes, as far as the schema says. */
function fitting({ name, schema, example }: DocumentParameter): fc.Arbitrary<string> {
  const given = [...listIn(schema, 'enum'), ...listIn(schema, 'examples')].map(String);
  if (example !== undefined) given.push(String(example));
  if (/^code/.test(name)) given.push(...codeTexts);
  if (/^(?:q|terms|filter)$/.test(name)) given.push(...searchTexts);
  if (/date|known|from|to$/.test(name)) given.push(...dates);
  if (schema.type === 'boolean') given.push('true', 'false');
  const some = given.length > 0 ? [fc.constantFrom(...given)] : [];
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 500 } = schema;
    some.push(fc.integer({ min: Number(minimum), max: Number(maximum) }).map(String));
  }
  return some.length > 0 ? fc.oneof(...some) : fc.constantFrom(...codeTexts);
}

const listIn = (schema: JsonSchema, key: string): readonly unknown[] => {
  const list = schema[key];
  return Array.isArray(list) ? list : [];
};

/** As a client sends it; now and then with a broken escape. */
const sent = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: text.map((one) => encodeURIComponent(one.toWellFormed())) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%f', '%ff', '%zz', '%C0%AE', '%00', '%2e%2e') },
  );

function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, oddness: number): fc.Arbitrary<T> {
  return fc.oneof({ weight: 100 - oddness, arbitrary: usual }, { weight: oddness, arbitrary: odd });
}

function pathOf(path: string, parameters: readonly DocumentParameter[]): fc.Arbitrary<string> {
  const parts = path.split(/(\{\w+\})/).map((part): fc.Arbitrary<string> => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    if (!parameter) return fc.constant(part);
    return sent(mostly(fitting(parameter), anyText, 20));
  });
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

function queryOf(parameters: readonly DocumentParameter[], oddness: number): fc.Arbitrary<string> {
  const inQuery = parameters.filter((one) => one.in === 'query');
  const known = inQuery.map((one) => {
    const pair = sent(mostly(fitting(one), anyText, oddness)).map((text) => `${one.name}=${text}`);
    // What the example has is mostly needed.
    const share = one.required || one.example !== undefined ? 90 : 25;
    return mostly(
      fc.constant<string[]>([]),
      pair.map((text) => [text]),
      share,
    );
  });
  const odd = fc.oneof(
    sent(anyText).chain((name) => sent(anyText).map((value) => [`${name}=${value}`])),
    sent(anyText).map((name) => [name]),
    fc.constantFrom(...inQuery, ...more).map(({ name }) => [`${name}=1`, `${name}=1`]),
    fc.constant(Array.from({ length: 400 }, (_, i) => `p${i}=1`)),
  );
  const extra = mostly(fc.constant<string[]>([]), odd, oddness);
  return fc
    .tuple(fc.tuple(...known), extra)
    .map(([pairs, others]) => [...pairs.flat(), ...others].join('&'));
}

const more = ['_format', '_pretty', '_summary', '_elements', '__proto__', 'date'].map((name) => ({
  name,
}));

/** JSON with one place of it changed: another value, one more, one less. */
function damaged(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return anyValue;
  const keys = Object.keys(value);
  if (keys.length === 0) return anyValue;
  return fc.constantFrom(...keys).chain((key) =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: damaged(Reflect.get(value, key)).map((inner) => put(value, key, inner)),
      },
      { weight: 1, arbitrary: fc.constant(put(value, key, undefined)) },
      {
        weight: 1,
        arbitrary: anyText.chain((name) => anyValue.map((inner) => put(value, name, inner))),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  );
}

function put(value: object, key: string, inner: unknown): unknown {
  if (!Array.isArray(value)) return Object.fromEntries([...Object.entries(value), [key, inner]]);
  return value.map((one, i) => (String(i) === key ? inner : one));
}

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, true, -1, 1e308, 0.1, [], {}, [[]], nested(500)),
  fc.integer(),
  fc.array(fc.constantFrom('M54.5', 1, null, {}), { maxLength: 200 }),
);

function bodyOf(operation: DocumentOperation, oddness: number): fc.Arbitrary<string | undefined> {
  const [content] = Object.values(operation.requestBody?.content ?? {});
  if (!content) return mostly(fc.constant(undefined), anyText, oddness);
  const text = fc.oneof(
    { weight: 6, arbitrary: damaged(content.example).map((one) => JSON.stringify(one)) },
    { weight: 2, arbitrary: anyValue.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constant('['.repeat(50_000)) },
    { weight: 1, arbitrary: fc.constant('{"__proto__":{"items":[]},"constructor":1}') },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  return mostly(fc.constant(JSON.stringify(content.example)), text, 3 * oddness);
}

const headerTexts = hostileTexts.filter((text) => /^[\x20-\x7e]*$/.test(text));
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    'accept',
    'accept-encoding',
    'content-encoding',
    'content-type',
    'if-none-match',
    'if-modified-since',
    'origin',
    'range',
    'x-forwarded-for',
    'x-http-method-override',
    'prefer',
  ),
  fc.oneof(
    fc.constantFrom(...headerTexts),
    fc.constantFrom(
      'text/xml',
      'application/fhir+xml',
      '*/*;q=0',
      '"x", W/"y"',
      '*',
      'gzip',
      'bytes=0-',
    ),
  ),
  { maxKeys: 3 },
);

function headersOf(operation: DocumentOperation, oddness: number) {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  const [needed] = operation.security;
  const isOperators = needed?.token.includes('operator');
  const usual: Record<string, string> = {
    ...(type !== undefined && { 'content-type': type }),
    ...(needed && { authorization: `Bearer ${tokens[isOperators ? 'operator' : 'clinic']}` }),
  };
  const authorization = fc
    .constantFrom('Bearer ', 'Basic Og==', `Bearer ${'x'.repeat(900)}`, `bearer ${tokens.other}`)
    .map((text) => ({ authorization: text }));
  return mostly(
    fc.constant(usual),
    fc.oneof(oddHeaders, authorization).map((odd) => ({ ...usual, ...odd })),
    oddness,
  );
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'];

function likenessOf(path: string, method: string, operation: DocumentOperation) {
  const usual = method.toUpperCase();
  return fc.constantFrom(0, 10, 30).chain((oddness) =>
    fc
      .record({
        method: mostly(fc.constant(usual), fc.constantFrom(...methods), oddness / 2),
        path: pathOf(path, operation.parameters),
        query: queryOf(operation.parameters, oddness),
        headers: headersOf(operation, oddness),
        body: bodyOf(operation, oddness),
      })
      .map(
        ({ query, path: filled, ...rest }): HostileRequest => ({
          ...rest,
          operationId: operation.operationId,
          target: query === '' ? filled : `${filled}?${query}`,
        }),
      ),
  );
}

const madeUp = fc
  .record({
    method: fc.constantFrom(...methods),
    start: fc.constantFrom(
      '/',
      '/v1/',
      '/v1/codes/',
      '/api/',
      '/fhir/R4/',
      '/fhir/R4/CodeSystem/',
      '/docs/',
    ),
    rest: fc.array(sent(anyText), { maxLength: 5 }),
    query: queryOf([], 30),
    headers: oddHeaders,
    body: fc.option(anyText, { nil: undefined }),
  })
  .map(
    ({ start, rest, query, ...others }): HostileRequest => ({
      ...others,
      operationId: undefined,
      target: `${start}${rest.join('/')}${query && `?${query}`}`,
    }),
  );

/** Requests to every operation of a document alike, FHIR's instance level and paths that are made up among them. */
export function hostileRequests(document: OpenApiDocument): fc.Arbitrary<HostileRequest> {
  const likenesses = Object.entries(document.paths).flatMap(([path, all]) =>
    Object.entries(all).flatMap(([method, operation]) => [
      likenessOf(path, method, operation),
      ...(path.includes('/$') ? [likenessOf(instancePath(path), method, operation)] : []),
    ]),
  );
  return fc.oneof(...likenesses, madeUp, madeUp);
}

/** `/fhir/R4/CodeSystem/icd10cm/$lookup`. */
function instancePath(path: string): string {
  const ids: Readonly<Record<string, string>> = {
    CodeSystem: 'icd10cm',
    ValueSet: 'icd10cm-billable',
    ConceptMap: 'icd10cm-replaced-by',
  };
  return path.replace(/\/(\w+)\/\$/, (_, type: string) => `/${type}/${ids[type]}/$`);
}
