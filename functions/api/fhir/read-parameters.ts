// Reads operation and search parameters, from GET queries, POST queries and POST bodies alike, strictly: one that is
// unknown, repeated, malformed or known but not supported is refused by name. None is ever ignored.
import { invalid, notSupported } from './fhir-error.ts';
import { formParameters } from './fhir-response.ts';
import type { ParameterType } from './parameter-types.ts';

/** A parameter: its type and cardinality, or why FHIR knows it and it is not done here. */
export type Declaration =
  | { readonly type: ParameterType<unknown>; readonly many: boolean; readonly about: string }
  | { readonly refused: string };

/** The parameters of an operation by name. */
export type Declarations = Readonly<Record<string, Declaration>>;

/** A parameter that may be given once. `about` is for people: what it does. */
export const one = <T>(type: ParameterType<T>, about: string) =>
  ({ type, many: false, about }) as const;

/** A parameter that may be repeated. */
export const many = <T>(type: ParameterType<T>, about: string) =>
  ({ type, many: true, about }) as const;

/** A parameter of FHIR or the terminology ecosystem that is refused, and why. */
export const refused = (why: string) => ({ refused: why }) as const;

type ValueOf<D> = D extends { readonly type: ParameterType<infer T>; readonly many: infer M }
  ? M extends true
    ? readonly T[]
    : T
  : never;

/** What was given. */
export type Values<S> = { readonly [K in keyof S]?: ValueOf<S[K]> };

/** A parameter as it came: text of a query, or an element of a Parameters resource. */
export type Given = { readonly name: string } & (
  | { readonly text: string }
  | { readonly json: Readonly<Record<string, unknown>> }
);

const parametersMax = 200;
const shownMax = 80;

/** The parameters of a query, those about the form of the answer left out. */
export const givenInQuery = (query: URLSearchParams): readonly Given[] =>
  [...query].flatMap(([name, text]) => (formParameters.has(name) ? [] : [{ name, text }]));

/** The parameters of a body: a Parameters resource, or the one resource an operation takes, by itself. */
export function givenInBody(body: unknown, known: Declarations): readonly Given[] {
  if (!isRecord(body)) throw invalid('body: not a FHIR resource; send a Parameters resource');
  const { resourceType, parameter } = body;
  const alone = Object.keys(known).find((name) => {
    const declared = known[name];
    return declared && 'type' in declared && declared.type.fhir === resourceType;
  });
  if (alone !== undefined) return [{ name: alone, json: { name: alone, resource: body } }];
  if (resourceType !== 'Parameters') throw invalid('body: resourceType is not Parameters');
  if (parameter === undefined) return [];
  if (!Array.isArray(parameter)) throw invalid('Parameters.parameter: not a list');
  return parameter.map((json: unknown, at) => {
    if (isRecord(json) && typeof json.name === 'string') return { name: json.name, json };
    throw invalid(`Parameters.parameter[${at}]: has no name`);
  });
}

/** What was given, checked against what the operation declares. `operation` names it in refusals. */
export function readParameters<S extends Declarations>(
  operation: string,
  known: S,
  given: readonly Given[],
): Values<S> {
  if (given.length > parametersMax) throw invalid(`over ${parametersMax} parameters`);
  const values = new Map<string, unknown>();
  for (const one of given) {
    const { name } = one;
    const declared = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!declared) throw unknownParameter(operation, known, name);
    if ('refused' in declared) throw notSupported(`${name}: not supported; ${declared.refused}`);
    const value = readValue(one, declared.type);
    const before = values.get(name);
    if (declared.many) values.set(name, Array.isArray(before) ? [...before, value] : [value]);
    else if (before !== undefined) throw invalid(`${name}: given more than once`);
    else values.set(name, value);
  }
  return Object.fromEntries(values) as Values<S>;
}

function unknownParameter(operation: string, known: Declarations, name: string) {
  const names = Object.entries(known).flatMap(([one, declared]) =>
    'type' in declared ? [one] : [],
  );
  const taken = names.length > 0 ? `it takes ${names.join(', ')}` : 'it takes none';
  return invalid(`${shown(name)}: not a parameter of ${operation}; ${taken}`);
}

function readValue(given: Given, type: ParameterType<unknown>): unknown {
  if ('json' in given) return readJsonValue(given.name, given.json, type);
  if (!type.fromText) {
    throw invalid(`${given.name}: a ${type.fhir} cannot be in a query; POST it in Parameters`);
  }
  const value = type.fromText(given.text);
  if (value !== undefined) return value;
  throw invalid(`${given.name}: "${shown(given.text)}" is not ${type.expected}`);
}

/** Members of a parameter that carry no value. */
const withoutValue: ReadonlySet<string> = new Set(['name', 'id', 'extension']);

function readJsonValue(
  name: string,
  json: Readonly<Record<string, unknown>>,
  type: ParameterType<unknown>,
): unknown {
  const [member, ...more] = Object.keys(json).filter((key) => !withoutValue.has(key));
  if (member === undefined) throw invalid(`${name}: has no value`);
  if (more.length > 0)
    throw invalid(`${name}: has ${shown(more[0] ?? '')} beside ${shown(member)}`);
  if (!type.members.includes(member)) {
    throw invalid(`${name}: ${shown(member)} given, ${type.members[0]} expected`);
  }
  const value = type.fromJson(json[member]);
  if (value !== undefined) return value;
  throw invalid(`${name}: not ${type.expected}`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (text: string): string =>
  text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
