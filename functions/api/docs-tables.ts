// The tables of the page about the API: parameters, answers and schemas.
import { html } from 'hono/html';
import { schemaText } from './docs-schema-text.ts';
import { type Html, withCode } from './docs-text.ts';
import type { DocumentAnswer, DocumentOperation, OpenApiDocument } from './openapi-document.ts';
import type { JsonSchema } from './read-query.ts';

/** A table with a visible caption; `of` is added for those who hear it out of its place. */
const table = (
  caption: string,
  of: string,
  heads: readonly string[],
  rows: readonly Html[],
): Html =>
  html`<div class="wide" tabindex="0" role="region" aria-label="${caption} ${of}"><table>
<caption>${caption}<span class="heard"> ${of}</span></caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;

/** The parameters of an operation; nothing when it has none. */
export function parametersTable({ summary, parameters }: DocumentOperation): Html {
  if (parameters.length === 0) return html``;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) => html`<tr>
<th scope="row"><code>${name}</code><br><span class="soft">${place}${required ? ', required' : ''}</span></th>
<td>${schemaText(schema)}</td><td>${withCode(description)}</td></tr>`,
  );
  return table('Parameters', `of “${summary}”`, ['Name', 'Takes', 'Meaning'], rows);
}

/** What an operation answers, refusals included. */
export function answersTable(operation: DocumentOperation, document: OpenApiDocument): Html {
  const rows = Object.entries(operation.responses).map(([status, given]) => {
    const answer = resolved(given, document);
    const body = Object.entries(answer.content ?? {}).map(
      ([type, { schema }]) => html`${schemaText(schema)} <span class="soft">${type}</span>`,
    );
    return html`<tr><th scope="row">${status === 'default' ? 'other' : status}</th>
<td>${withCode(answer.description ?? '')}</td><td>${body}</td></tr>`;
  });
  return table('Answers', `of “${operation.summary}”`, ['Status', 'When', 'Body'], rows);
}

function resolved(answer: DocumentAnswer, { components }: OpenApiDocument): DocumentAnswer {
  const name = answer.$ref?.split('/').at(-1);
  return name === undefined ? answer : (components.responses[name] ?? answer);
}

/** The fields of a named schema. */
export function schemaTable(name: string, schema: JsonSchema): Html {
  const needed: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const fields: [string, JsonSchema][] = Object.entries(schema.properties ?? {});
  const isExplained = fields.some(([, inner]) => inner.description !== undefined);
  const rows = fields.map(
    ([field, inner]) => html`<tr><th scope="row"><code>${field}</code></th>
<td>${schemaText(inner)}${needed.includes(field) ? '' : ', may be absent'}</td>
${isExplained ? html`<td>${withCode(String(inner.description ?? ''))}</td>` : ''}</tr>`,
  );
  const heads = ['Field', 'Type', ...(isExplained ? ['Meaning'] : [])];
  return html`<section aria-labelledby="schema-${name}"><h3 id="schema-${name}">${name}</h3>
${schema.description === undefined ? '' : html`<p>${String(schema.description)}</p>`}
${table('Fields', `of ${name}`, heads, rows)}</section>`;
}
