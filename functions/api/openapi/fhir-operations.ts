// The FHIR face: its operations with the parameters they declare, and what a client of any FHIR server expects beside
// them. The CapabilityStatement says the rest.
import * as z from 'zod';
import { fhirOperations as declared } from '../fhir/fhir-operations.ts';
import type { Operation as FhirOperation } from '../fhir/operation.ts';
import { resourceTypes } from '../fhir/operation.ts';
import type { ParameterType } from '../fhir/parameter-types.ts';
import { fhirBodyBytesMax } from '../fhir/read-fhir-body.ts';
import type { Declaration, Declarations } from '../fhir/read-parameters.ts';
import { searchParameters } from '../fhir/search-resources.ts';
import type { JsonSchema, Parameters } from '../read-query.ts';
import type { Answer, Operation, PathParameter } from './operation.ts';

const base = '/fhir/R4';
const type = 'application/fhir+json';
const system = 'http://hl7.org/fhir/sid/icd-10-cm';
const asked = { code: 'M54.5', date: '2021-10-01' };

/** What each operation is for, and an example of its query. */
const told: Readonly<
  Record<string, { summary: string; example: Readonly<Record<string, string>> }>
> = {
  'CodeSystem/lookup': {
    summary: 'Look a code up ($lookup)',
    example: { system, ...asked },
  },
  'CodeSystem/validate-code': {
    summary: 'Validate a code in its code system ($validate-code)',
    example: { url: system, ...asked },
  },
  'CodeSystem/subsumes': {
    summary: 'Ask which of two codes lies under the other ($subsumes)',
    example: { system, codeA: 'M54', codeB: 'M54.5', date: asked.date },
  },
  'ValueSet/expand': {
    summary: 'List or search the codes of a value set ($expand)',
    example: {
      url: `${system}?fhir_vs=isa/M54`,
      filter: 'low back',
      date: asked.date,
      count: '10',
    },
  },
  'ValueSet/validate-code': {
    summary: 'Validate a code in a value set ($validate-code)',
    example: { url: `${system}?fhir_vs`, system, ...asked },
  },
  'ConceptMap/translate': {
    summary: 'Translate a code to what replaces it ($translate)',
    example: { system, ...asked },
  },
};

const schemas: Readonly<Record<string, JsonSchema>> = {
  boolean: { type: 'boolean' },
  integer: { type: 'integer', minimum: 0 },
  dateTime: { anyOf: ['date', 'date-time'].map((format) => ({ type: 'string', format })) },
};

function inQuery(declarations: Declarations): Parameters {
  const known = Object.entries(declarations).flatMap(([name, one]: [string, Declaration]) =>
    'type' in one && one.type.fromText ? [[name, parameterOf(one)]] : [],
  );
  return Object.fromEntries(known);
}

function parameterOf({
  type: { fhir, expected, fromText },
  many,
  about,
}: {
  readonly type: ParameterType<unknown>;
  readonly many: boolean;
  readonly about: string;
}) {
  const schema = schemas[fhir] ?? { type: 'string' };
  return {
    expected,
    parse: (text: string) => fromText?.(text),
    schema: many ? { type: 'array', items: schema } : schema,
    description: `${about.slice(0, 1).toUpperCase()}${about.slice(1)}.`,
  };
}

const resource = (name: string) => z.looseObject({ resourceType: z.literal(name) });
const answerOf = (name: string): Readonly<Record<number, Answer>> => ({
  200: { description: `A ${name} resource.`, schema: resource(name), type },
});

function bothWays({ resource: on, name, parameters }: FhirOperation): Operation[] {
  const { summary, example } = told[`${on}/${name}`] ?? { summary: `$${name}`, example: {} };
  const id = `fhir${on}${name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())}`;
  const common = {
    path: `${base}/${on}/$${name}`,
    tag: 'FHIR',
    answers: answerOf(name === 'expand' ? 'ValueSet' : 'Parameters'),
  } as const;
  return [
    {
      ...common,
      id,
      method: 'get',
      summary,
      description: `Also on an instance: \`${base}/${on}/{id}/$${name}\`.`,
      query: inQuery(parameters),
      example,
    },
    {
      ...common,
      id: `${id}ByPost`,
      method: 'post',
      summary: `${summary}, by POST`,
      body: {
        schema: resource('Parameters'),
        bytesMax: fhirBodyBytesMax,
        type,
        example: {
          resourceType: 'Parameters',
          parameter: Object.entries(example).map(([one, text]) =>
            one === 'count'
              ? { name: one, valueInteger: Number(text) }
              : { name: one, [valueMember(one)]: text },
          ),
        },
      },
    },
  ];
}

const valueMember = (name: string): string =>
  name === 'date' ? 'valueDate' : ['system', 'url'].includes(name) ? 'valueUri' : 'valueCode';

const typeInPath: PathParameter = {
  description: 'The resource type.',
  schema: { type: 'string', enum: resourceTypes },
  example: 'CodeSystem',
};

/** The operations, and metadata, search and read. */
export const fhirOperations: readonly Operation[] = [
  {
    id: 'fhirMetadata',
    method: 'get',
    path: `${base}/metadata`,
    tag: 'FHIR',
    summary: 'Read the CapabilityStatement',
    description: '`mode=terminology` answers the TerminologyCapabilities.',
    answers: answerOf('CapabilityStatement'),
  },
  ...declared.flatMap(bothWays),
  {
    id: 'fhirSearch',
    method: 'get',
    path: `${base}/{type}`,
    tag: 'FHIR',
    summary: 'Search code systems, value sets and concept maps',
    description: 'Also by POST, as a form: `/fhir/R4/{type}/_search`.',
    inPath: { type: typeInPath },
    query: inQuery(searchParameters),
    answers: answerOf('Bundle'),
    example: { url: system },
  },
  {
    id: 'fhirRead',
    method: 'get',
    path: `${base}/{type}/{id}`,
    tag: 'FHIR',
    summary: 'Read a code system, value set or concept map',
    inPath: {
      type: typeInPath,
      id: { description: 'The id.', schema: { type: 'string' }, example: 'icd10cm' },
    },
    answers: {
      200: {
        description: 'The resource.',
        schema: z.looseObject({ resourceType: z.enum(resourceTypes) }),
        type,
      },
    },
  },
];
