// A JSON schema in a few words, as it stands in the tables of the page about the API.
import { html } from 'hono/html';
import type { Html } from './docs-text.ts';
import type { JsonSchema } from './read-query.ts';

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const joined = (parts: readonly Html[], between: string): Html =>
  html`${parts.map((part, i) => (i === 0 ? part : html`${between}${part}`))}`;

/** The schema in words, named ones as links to their table. */
export function schemaText(schema: JsonSchema): Html {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (Array.isArray(schema.enum)) {
    return joined(
      schema.enum.map((word) => html`<code>${String(word)}</code>`),
      ', ',
    );
  }
  if ('const' in schema) return html`<code>${String(schema.const)}</code>`;
  const either = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(either)) return joined(either.filter(isSchema).map(schemaText), ' or ');
  if (schema.type === 'array') return arrayText(schema);
  if (schema.type === 'object') return objectText(schema);
  if (Array.isArray(schema.type)) return html`${schema.type.join(' or ')}`;
  return html`${scalarText(schema)}`;
}

function arrayText({ items, prefixItems }: JsonSchema): Html {
  if (Array.isArray(prefixItems)) {
    return html`[${joined(prefixItems.filter(isSchema).map(schemaText), ', ')}]`;
  }
  return isSchema(items) ? html`list of ${schemaText(items)}` : html`list`;
}

function objectText({ properties, additionalProperties }: JsonSchema): Html {
  if (isSchema(additionalProperties)) return html`map to ${schemaText(additionalProperties)}`;
  if (!isSchema(properties)) return html`object`;
  const fields = Object.entries(properties).map(
    ([name, inner]) => html`${name}: ${isSchema(inner) ? schemaText(inner) : 'any'}`,
  );
  return html`{ ${joined(fields, ', ')} }`;
}

const formats: Readonly<Record<string, string>> = {
  date: 'date (YYYY-MM-DD)',
  'date-time': 'instant (ISO 8601)',
};

function scalarText(schema: JsonSchema): string {
  const { type, format, minimum, maximum, maxLength } = schema;
  if (typeof format === 'string') return formats[format] ?? format;
  if (type === 'integer') {
    return maximum === undefined ? 'whole number' : `whole number, ${minimum} to ${maximum}`;
  }
  if (type === 'string') {
    return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
  }
  return type === undefined ? 'any' : String(type);
}
