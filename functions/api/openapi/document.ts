// Builds the OpenAPI 3.1 document from the operations: parameters from what the routes parse with, bodies and answers
// from their schemas.
import type {
  DocumentAnswer,
  DocumentOperation,
  DocumentParameter,
  OpenApiDocument,
} from '../openapi-document.ts';
import { problemStatuses } from '../problem.ts';
import type { JsonSchema } from '../read-query.ts';
import { routePolicies } from '../route-policies.ts';
import { createSchemaWriter, type SchemaWriter } from './json-schema.ts';
import { type Operation, tags } from './operation.ts';
import { answerName, problemAnswer, problemComponents, refusalsOf } from './problem-answers.ts';

const description = `Whether an ICD-10 or HCPCS Level II code may be billed on a date of service, and if not, why and what instead; and whether a payer’s policies cover a procedure for a diagnosis.

Codes are taken with or without dot, in any case, and answered as officially written. Dates are days, YYYY-MM-DD. A parameter or field that is unknown, malformed or repeated is refused by name, never ignored. Answers may gain fields: ignore those you do not know.

Errors are problem details (RFC 9457) with a stable code. Lists answer items and nextCursor; give it as cursor for the next page. Public answers carry an ETag: send it as If-None-Match, and 304 says nothing has changed. Path and query may be 8,192 characters long.`;

/** The document of these operations. `version` is the product's. */
export function buildDocument(operations: readonly Operation[], version: string): OpenApiDocument {
  const writer = createSchemaWriter();
  const paths: Record<string, Record<string, DocumentOperation>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: documentOperation(operation, writer),
    };
  }
  const responses = problemComponents(writer.answered(problemAnswer));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Codewatch',
      version,
      summary: 'Medical codes and payer policies by date of service, and who a change hits.',
      description,
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A tenant’s, or an operator’s.',
        },
      },
      schemas: writer.components(),
      responses,
    },
  };
}

function documentOperation(operation: Operation, writer: SchemaWriter): DocumentOperation {
  const { id, tag, summary, description: more, body, needsToken } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(more !== undefined && { description: more }),
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: true,
        description: `At most ${body.bytesMax.toLocaleString('en')} bytes, not compressed.`,
        content: {
          [body.type ?? 'application/json']: {
            schema: writer.sent(body.schema),
            example: body.example,
          },
          ...Object.fromEntries((body.otherTypes ?? []).map((type) => [type, { schema: file }])),
        },
      },
    }),
    responses: answersOf(operation, writer),
    // OpenAPI 3.1: of a bearer token, the names here are roles.
    security: needsToken ? [{ token: needsToken === 'operator' ? [needsToken] : [] }] : [],
  };
}

/** Bytes as they are (OpenAPI 3.1: an empty schema under a media type that is no JSON). */
const file: JsonSchema = {};

function parametersOf({ inPath = {}, query = {}, example = {} }: Operation): DocumentParameter[] {
  return [
    ...Object.entries(inPath).map(([name, one]) => ({ name, in: 'path', required: true, ...one })),
    ...Object.entries(query).map(([name, parameter]) => ({
      name,
      in: 'query',
      ...(parameter.required && { required: true }),
      description: parameter.description,
      schema: parameter.schema,
      ...(example[name] !== undefined && {
        example: exampleValue(example[name], parameter.schema),
      }),
    })),
  ];
}

/** The value a text of a query stands for. */
const exampleValue = (text: string, { type }: JsonSchema): string | number =>
  type === 'integer' ? Number(text) : text;

function answersOf(
  operation: Operation,
  writer: SchemaWriter,
): Readonly<Record<string, DocumentAnswer>> {
  const given = Object.entries(operation.answers).map(
    ([status, { description: text, schema, type = 'application/json' }]): [
      string,
      DocumentAnswer,
    ] => [
      status,
      {
        description: text,
        ...(schema && { content: { [type]: { schema: writer.answered(schema) } } }),
      },
    ],
  );
  const kept = isKept(operation) ? [['304', component('NotModified')]] : [];
  if (operation.tag === 'FHIR') {
    return Object.fromEntries([...given, ...kept, ['default', component('Outcome')]]);
  }
  const statuses = new Set(refusalsOf(operation).map((code) => problemStatuses[code]));
  const refused = [...statuses].map((status) => [String(status), component(answerName(status))]);
  return Object.fromEntries([...given, ...kept, ...refused, ['default', component('Unexpected')]]);
}

const component = (name: string): DocumentAnswer => ({ $ref: `#/components/responses/${name}` });

/** Whether answers of an operation carry an ETag. */
function isKept({ method, path, needsToken }: Operation): boolean {
  if (method !== 'get' || needsToken) return false;
  return routePolicies.some(({ path: pattern, caching }) => {
    const prefix = pattern.replace(/\/\*$/, '');
    return caching && (path === prefix || (pattern !== prefix && path.startsWith(`${prefix}/`)));
  });
}
