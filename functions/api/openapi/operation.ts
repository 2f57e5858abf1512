// What one operation of the API is, as data: the OpenAPI document, its page and the fuzz test are made of these.
import type { z } from 'zod';
import type { ProblemCode } from '../problem.ts';
import type { JsonSchema, Parameters } from '../read-query.ts';

/** Groups of operations, in the order they are shown. */
export const tags = {
  Codes: 'What a code is on a date of service. Public.',
  Releases: 'The releases taken in, and what each changed. Public, but for approval.',
  Policies: 'What payers cover, by their policies, and what changed in these. Public.',
  'NLM Clinical Tables':
    'For widgets that speak to the NLM Clinical Table Search Service; right for a date. Public.',
  FHIR: 'FHIR R4 terminology operations; `GET /fhir/R4/metadata` describes them in full. Public.',
  'Templates and claims': 'What a tenant stores to be watched. Needs the token.',
  Intake: 'Files of claims and templates, and the settings they are read with. Needs the token.',
  'Alerts and findings': 'What a tenant was told. Needs the token.',
  Service: 'The service about itself. Public.',
} as const;

/** One of {@link tags}. */
export type Tag = keyof typeof tags;

/** A part of the path. */
export type PathParameter = {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example: string;
};

/** One successful answer. */
export type Answer = {
  readonly description: string;
  /** Absent for an answer without a body. */
  readonly schema?: z.ZodType;
  /** `application/json` when absent. */
  readonly type?: string;
};

/** The body an operation takes. */
export type Body = {
  readonly schema: z.ZodType;
  readonly bytesMax: number;
  readonly example: unknown;
  /** `application/json` when absent. */
  readonly type?: string;
  /** Other media types the same operation takes, each a file. */
  readonly otherTypes?: readonly string[];
};

/** One operation. */
export type Operation = {
  /** Unique: generated clients name their functions after it. */
  readonly id: string;
  readonly method: 'get' | 'put' | 'post' | 'delete';
  /** With `{name}` for each of `inPath`. */
  readonly path: string;
  readonly tag: Tag;
  /** A few words. */
  readonly summary: string;
  /** What else a caller must know. */
  readonly description?: string;
  readonly inPath?: Readonly<Record<string, PathParameter>>;
  /** The very parameters the route parses its query with. */
  readonly query?: Parameters;
  readonly body?: Body;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of this operation's own; those of every operation are added. */
  readonly errors?: readonly ProblemCode[];
  /** Needs a tenant's token, or one that is an operator's too. */
  readonly needsToken?: true | 'operator';
  /** Query of a request that works on the sample. */
  readonly example?: Readonly<Record<string, string>>;
};
