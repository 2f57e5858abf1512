// From zod schemas to the schemas of the OpenAPI document: named ones as components, and nothing that only takes room.
import * as z from 'zod';
import type { JsonSchema } from '../read-query.ts';

/** Collects components on the way. */
export type SchemaWriter = {
  /** The schema of what is answered. Callers must take fields that are added later: none is ruled out. */
  readonly answered: (schema: z.ZodType) => JsonSchema;
  /** The schema of what is sent, as senders write it. Other fields are refused. */
  readonly sent: (schema: z.ZodType) => JsonSchema;
  /** Every named schema met so far, by name. */
  readonly components: () => Readonly<Record<string, JsonSchema>>;
};

/** A writer with no components yet. */
export function createSchemaWriter(): SchemaWriter {
  const components: Record<string, JsonSchema> = {};
  const write = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    // As a property even a named schema becomes a reference.
    const whole = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any' });
    const dropped = io === 'output' ? [...noise, 'additionalProperties'] : noise;
    for (const [name, named] of Object.entries(whole.$defs ?? {})) {
      components[name] = lean(named, dropped) as JsonSchema;
    }
    return lean(whole.properties?.it ?? {}, dropped) as JsonSchema;
  };
  return {
    answered: (schema) => write(schema, 'output'),
    sent: (schema) => write(schema, 'input'),
    components: () =>
      Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const noise: readonly string[] = ['$schema', 'id'];

/** The schema with references into the document, and without what says nothing to a reader. */
function lean(value: unknown, dropped: readonly string[], isProperties = false): unknown {
  if (Array.isArray(value)) return value.map((one) => lean(one, dropped));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (!isProperties && isNoise(key, inner, value, dropped)) return [];
    if (key === '$ref') return [[key, String(inner).replace('#/$defs/', '#/components/schemas/')]];
    return [[key, lean(inner, dropped, !isProperties && key === 'properties')]];
  });
  return Object.fromEntries(entries);
}

function isNoise(key: string, inner: unknown, schema: object, dropped: readonly string[]): boolean {
  if (dropped.includes(key)) return !(key === 'additionalProperties' && typeof inner === 'object');
  // A format says it already, and the patterns of dates are long.
  if (key === 'pattern') return 'format' in schema;
  return Math.abs(Number(inner)) === Number.MAX_SAFE_INTEGER;
}
