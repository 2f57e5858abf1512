// The API's description as one page for people, made from the OpenAPI document: it needs no script and nothing from
// elsewhere, so that it works without a network and under a strict content security policy.
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { curlOf, tryPathOf } from './docs-examples.ts';
import { schemaText } from './docs-schema-text.ts';
import { docsStyle } from './docs-style.ts';
import { answersTable, parametersTable, schemaTable } from './docs-tables.ts';
import { type Html, withCode } from './docs-text.ts';
import type { DocumentOperation, OpenApiDocument } from './openapi-document.ts';

/** Value of Content-Security-Policy: the page's own style, and nothing else at all. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Whose token an operation needs. */
function tokenText([needed]: DocumentOperation['security']): string {
  if (!needed) return '';
  return ` – needs ${needed.token.includes('operator') ? 'an operator’s' : 'the'} token`;
}

/** One operation and where it is. */
type Placed = {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentOperation;
};

/** The page. `origin` begins the addresses in its examples. */
export function docsPage(document: OpenApiDocument, origin: string): Html {
  const { info, tags, components } = document;
  const placed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Placed => ({ method, path, operation })),
  );
  const groups = tags
    .map(({ name, description }) => ({
      name,
      description,
      operations: placed.filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter(({ operations }) => operations.length > 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API</title>
<link rel="icon" href="data:,">
<style>${raw(docsStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="frame">
<nav aria-label="Contents">
<p>${info.title} ${info.version}</p>
${groups.map(
  ({ name, operations }) => html`<p>${name}</p>
<ul>${operations.map(
    ({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`,
  )}</ul>`,
)}
<p>Reference</p>
<ul><li><a href="#schemas">Schemas</a></li><li><a href="/openapi.json">OpenAPI document</a></li></ul>
</nav>
<main id="main" tabindex="-1">
<header>
<h1>${info.title} API</h1>
<p class="soft">${info.summary}</p>
${info.description.split('\n\n').map((paragraph) => html`<p>${paragraph}</p>`)}
<p>The same for programs: <a href="/openapi.json">OpenAPI ${document.openapi}</a>.</p>
</header>
${groups.map(
  ({ name, description, operations }) => html`<section aria-labelledby="${anchorOf(name)}">
<h2 id="${anchorOf(name)}">${name}</h2>
<p>${withCode(description)}</p>
${operations.map((one) => operationPart(one, document, origin))}
</section>`,
)}
<section aria-labelledby="schemas">
<h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas).map(([name, schema]) => schemaTable(name, schema))}
</section>
</main>
</div>
</body>
</html>
`;
}

const anchorOf = (name: string): string => `group-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`;

function bodyPart({ description, content }: NonNullable<DocumentOperation['requestBody']>): Html {
  const types = Object.entries(content);
  const files = types.filter(([, { example }]) => example === undefined).map(([type]) => type);
  const bodies = types.filter(([, { example }]) => example !== undefined);
  return html`<h4>Body</h4>
${bodies.map(
  ([type, { schema }]) =>
    html`<p>${schemaText(schema)} <span class="soft">${type}</span></p><p>${description}</p>`,
)}${files.length === 0 ? '' : html`<p>Or a file: <span class="soft">${files.join(', ')}</span></p>`}`;
}

function operationPart(
  { method, path, operation }: Placed,
  document: OpenApiDocument,
  origin: string,
): Html {
  const { operationId, summary, description, requestBody, security } = operation;
  const tryPath = tryPathOf(method, path, operation);
  const isRead = method === 'get';
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}">${summary}</h3>
<p class="route"><b class="${isRead ? 'get' : 'write'}">${method.toUpperCase()}</b> <code>${path}</code>${tokenText(
    security,
  )}</p>
${description === undefined ? '' : html`<p>${withCode(description)}</p>`}
${parametersTable(operation)}
${requestBody ? bodyPart(requestBody) : ''}
<h4>Example</h4>
<pre tabindex="0"><code>${curlOf(method, path, operation, origin)}</code></pre>
${tryPath === undefined ? '' : html`<p><a href="${tryPath}">Try it: ${summary}</a></p>`}
${answersTable(operation, document)}
</article>
`;
}
