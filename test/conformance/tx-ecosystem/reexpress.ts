// Turns a stored test of the HL7 terminology ecosystem into one about ICD-10-CM: their names become ours by the table of
// re-expressions, everything else of request and answer stays as they wrote it.
import type { EcosystemTest, Json } from './ecosystem-files.ts';
import type { Reexpression } from './reexpressions.ts';
import { ours, type StandIn, standIns } from './value-sets.ts';

/** A request to send and the answer their rules call for. */
export type ReexpressedTest = {
  readonly path: string;
  readonly request: Json;
  readonly expected: Json;
};

type Titles = (code: string) => string;
type Parameter = Json & { readonly name: string };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const parametersIn = (value: unknown): readonly Parameter[] =>
  objectsIn(value).map((one) => ({ ...one, name: String(one.name) }));

const paths: Readonly<Record<string, string>> = {
  expand: 'ValueSet/$expand',
  'validate-code': 'ValueSet/$validate-code',
  lookup: 'CodeSystem/$lookup',
  translate: 'ConceptMap/$translate',
};

/** Re-expresses a test. */
export function reexpress(
  test: EcosystemTest,
  theirs: { readonly request: Json; readonly response: Json },
  by: Reexpression,
  titles: Titles,
): ReexpressedTest {
  const path = paths[test.operation];
  if (path === undefined) throw new Error(`${test.name}: no path for ${test.operation}`);
  const set: StandIn | undefined = by.set && standIns[by.set];
  const given = parametersIn(theirs.request.parameter);
  const request = {
    resourceType: 'Parameters',
    parameter: given.map((one) => requestParameter(one, by, set)),
  };
  const expected =
    theirs.response.resourceType === 'ValueSet'
      ? expansion(theirs.response, given, by, set, titles)
      : {
          resourceType: 'Parameters',
          parameter: [
            ...parametersIn(theirs.response.parameter).flatMap((one) =>
              responseParameter(one, by, titles),
            ),
            ...(by.family ? familyProperties(by.family) : []),
          ],
        };
  return { path, request, expected };
}

function requestParameter(one: Parameter, by: Reexpression, set: StandIn | undefined): Json {
  const { name } = one;
  if (set && (name === 'url' || name === 'valueSet')) {
    return set.url === undefined
      ? {
          name: 'valueSet',
          resource: { resourceType: 'ValueSet', status: 'active', compose: set.compose },
        }
      : { name: 'url', valueUri: set.url };
  }
  return mapped(one, by);
}

/** Codes, systems and words in an element become ours, at any depth. */
function mapped(value: Json, by: Reexpression): Json {
  const map = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(map);
    if (isObject(each)) return mapped(each, by);
    return typeof each === 'string' ? wordOf(each, by) : each;
  };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, map(each)]));
}

function wordOf(text: string, { codes = {}, words = {} }: Reexpression): string {
  if (/^http:\/\/hl7\.org\/fhir\/test\/CodeSystem\/[^|]+\|/.test(text)) {
    return `${ours.system}|${ours.version}`;
  }
  if (/^http:\/\/hl7\.org\/fhir\/test\/CodeSystem\//.test(text)) return ours.system;
  return codes[text] ?? words[text] ?? text;
}

/** Elements of a ValueSet that say what it is, not what is in it. */
const describing =
  'id url version name title status experimental immutable date publisher compose contained'.split(
    ' ',
  );

/** Their expansion with our codes in it. What a value set says of itself is its own matter: only the expansion counts. */
function expansion(
  theirs: Json,
  given: readonly Parameter[],
  by: Reexpression,
  set: StandIn | undefined,
  titles: Titles,
): Json {
  if (!set || !isObject(theirs.expansion)) throw new Error('an expansion needs a stand-in');
  // R4 expansions have no properties.
  const { contains, property, total, parameter, ...rest } = theirs.expansion;
  const whole = (name: string): number | undefined => {
    const value = given.find((one) => one.name === name)?.valueInteger;
    return typeof value === 'number' ? value : undefined;
  };
  const offset = whole('offset') ?? 0;
  const count = whole('count');
  const page = set.members.slice(offset, count === undefined ? undefined : offset + count);
  return {
    '$optional-properties$': describing,
    resourceType: 'ValueSet',
    expansion: {
      ...rest,
      total: set.members.length,
      parameter: objectsIn(parameter).map((one) => versioned(mapped(one, by))),
      ...(page.length > 0 && {
        contains: page.map(({ code, ...flags }) => ({
          system: ours.system,
          ...flags,
          code,
          display: titles(code),
        })),
      }),
    },
  };
}

/** Theirs leaves the version out for a code system without one; ours has one. */
const versioned = (one: Json): Json =>
  one.name === 'used-codesystem' && one.valueUri === ours.system
    ? { ...one, valueUri: `${ours.system}|${ours.version}` }
    : one;

/** Texts each server words its own way. */
const freeTexts: ReadonlySet<string> = new Set(['message', 'name']);
/** What only their code systems have: definitions, designations in Old English, a property `prop`. */
const theirContent: ReadonlySet<string> = new Set(['definition', 'designation']);
const theirProperties: ReadonlySet<string> = new Set(['prop', 'status', 'child', 'parent']);

function responseParameter(one: Parameter, by: Reexpression, titles: Titles): readonly Json[] {
  const { name } = one;
  if (theirContent.has(name)) return [];
  if (name === 'property' && theirProperties.has(propertyName(one))) return [];
  if (name === 'property' && propertyName(one) === 'inactive') {
    // Of a code that is listed; theirs has an abstract code that is retired as well, ICD-10-CM has none.
    return [
      { name, part: [part('code', 'valueCode', 'inactive'), part('value', 'valueBoolean', false)] },
    ];
  }
  if (freeTexts.has(name)) return [{ ...one, valueString: '$string$' }];
  if (name === 'version') return [{ ...one, valueString: ours.version }];
  if (name === 'abstract') return [{ ...one, valueBoolean: by.family !== undefined }];
  if (name === 'display') return [{ ...one, valueString: titles(shownCode(by)) }];
  if (name === 'issues') return [{ ...one, resource: withFreeTexts(one.resource) }];
  if (name === 'match') return matches(one, by);
  return [mapped(one, by)];
}

const part = (name: string, member: string, value: unknown): Json => ({ name, [member]: value });

function propertyName({ part: parts }: Parameter): string {
  return String(objectsIn(parts).find(({ name }) => name === 'code')?.valueCode);
}

function shownCode({ codes = {} }: Reexpression): string {
  const [code] = Object.values(codes);
  if (code === undefined) throw new Error('a display needs a code');
  return code;
}

/** Every issue as theirs, its text in whatever words. */
function withFreeTexts(outcome: unknown): Json {
  if (!isObject(outcome)) throw new Error('issues without a resource');
  const issue = objectsIn(outcome.issue).map((one) => {
    const details = isObject(one.details) ? { ...one.details, text: '$string$' } : one.details;
    // A message id is an extension of their own server.
    const { extension, ...rest } = one;
    return { ...rest, details };
  });
  return { ...outcome, issue };
}

function familyProperties({ parent, children }: NonNullable<Reexpression['family']>): Json[] {
  const property = (name: string, code: string): Json => ({
    name: 'property',
    part: [
      part('code', 'valueCode', name),
      part('value', 'valueCode', code),
      { ...part('description', 'valueString', '$string$'), $optional$: true },
    ],
  });
  return [property('parent', parent), ...children.map((child) => property('child', child))];
}

/** One match for each of our targets. R4 says `source` for R5's `originMap`, and how near a target is each map knows. */
function matches(one: Parameter, { targets = [] }: Reexpression): Json[] {
  return targets.map((code) => ({
    name: 'match',
    part: objectsIn(one.part).map((each) => {
      const { name } = each;
      if (name === 'concept') {
        return part('concept', 'valueCoding', { system: ours.system, code });
      }
      if (name === 'originMap') return part('source', 'valueUri', '$string$');
      if (name === 'equivalence') return { ...each, valueCode: '$string$' };
      return { ...each };
    }),
  }));
}
