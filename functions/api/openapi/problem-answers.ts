// The refusals of the API as components of the OpenAPI document: one answer a status, naming its codes.
import * as z from 'zod';
import type { DocumentAnswer } from '../openapi-document.ts';
import { type ProblemCode, problemStatuses, problemTitles } from '../problem.ts';
import type { JsonSchema } from '../read-query.ts';
import type { Operation } from './operation.ts';

/** RFC 9457, as `functions/api/problem.ts` writes it. */
export const problemAnswer = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z
      .string()
      .meta({ description: 'Stable, for machines.', examples: ['invalid-request', 'not-found'] }),
    detail: z.string().meta({ description: 'What, where, and what to do; for people.' }),
    instance: z.string().exactOptional(),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 has it.' });

/** What any operation may answer. */
const everywhere: readonly ProblemCode[] = [
  'invalid-request',
  'not-acceptable',
  'uri-too-long',
  'too-many-requests',
  'unavailable',
];
const withBody: readonly ProblemCode[] = ['too-large', 'unsupported-media-type'];

/** The refusals of an operation, each once, by status. */
export function refusalsOf({ errors = [], body, needsToken }: Operation): readonly ProblemCode[] {
  const codes = new Set([
    ...everywhere,
    ...errors,
    ...(body ? withBody : []),
    ...(needsToken ? (['unauthorized'] as const) : []),
    ...(needsToken === 'operator' ? (['forbidden'] as const) : []),
  ]);
  return [...codes].toSorted((a, b) => problemStatuses[a] - problemStatuses[b]);
}

/** Name of the component for a status: `NotFound`. */
export const answerName = (status: number): string =>
  (problemTitles[status] ?? 'Error').replaceAll(' ', '');

const says: Partial<Record<ProblemCode, string>> = {
  'invalid-request': 'A parameter or the body is unknown, malformed or missing; `detail` names it.',
  unauthorized: 'No token, or one nobody was given.',
  forbidden: 'The token is no operator’s.',
  'not-found': 'There is none of this name.',
  'not-acceptable': '`Accept` rules out what this route answers.',
  conflict: 'It is not in a state in which this can be done.',
  'too-large': 'The body, or the batch in it, is larger than this route takes.',
  'uri-too-long': 'Path and query are too long.',
  'unsupported-media-type': 'The body is not sent as `application/json`, or compressed.',
  rejected: 'Understood, and refused for what it says.',
  'too-many-requests': 'Asked too often; `Retry-After` says how many seconds to wait.',
  unavailable: 'Not now; try again after `Retry-After` seconds.',
};

/** The components by name, and `Unexpected` for everything else. */
export function problemComponents(schema: JsonSchema): Readonly<Record<string, DocumentAnswer>> {
  const content = { 'application/problem+json': { schema } };
  const named = Object.entries(says).map(([code, description]): [string, DocumentAnswer] => [
    answerName(problemStatuses[code as ProblemCode]),
    { description: `${description} Code \`${code}\`.`, content },
  ]);
  return {
    ...Object.fromEntries(named),
    NotModified: { description: 'What If-None-Match names is still what would be answered.' },
    Outcome: {
      description: 'A refusal or failure, as an OperationOutcome.',
      content: { 'application/fhir+json': { schema: { type: 'object' } } },
    },
    Unexpected: { description: 'Any other failure.', content },
  };
}
