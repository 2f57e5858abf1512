// Examples of requests, from what the OpenAPI document gives as examples: command lines, and links to follow.
import type { DocumentOperation } from './openapi-document.ts';

/** Path and query of the example request. */
export function examplePath(path: string, { parameters }: DocumentOperation): string {
  let filled = path;
  const query = new URLSearchParams();
  for (const { name, in: place, example } of parameters) {
    if (example === undefined) continue;
    if (place === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(String(example)));
    else query.append(name, String(example));
  }
  // Commas and colons may stand in a query, and read better there.
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? filled : `${filled}?${text}`;
}

/** Where a reader can try an operation by following a link: reads that need no token. */
export function tryPathOf(
  method: string,
  path: string,
  operation: DocumentOperation,
): string | undefined {
  if (method !== 'get' || operation.security.length > 0) return undefined;
  return examplePath(path, operation);
}

const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The example request as a command line for curl. */
export function curlOf(
  method: string,
  path: string,
  operation: DocumentOperation,
  origin: string,
): string {
  const parts = ['curl -s'];
  if (method !== 'get' && method !== 'post') parts[0] += ` -X ${method.toUpperCase()}`;
  parts[0] += ` ${shellText(origin + examplePath(path, operation))}`;
  if (operation.security.length > 0) parts.push('-H "Authorization: Bearer $TOKEN"');
  for (const [type, { example }] of Object.entries(operation.requestBody?.content ?? {})) {
    // A file has no example.
    if (example === undefined) continue;
    parts.push(`-H 'Content-Type: ${type}'`, `-d ${shellText(JSON.stringify(example))}`);
  }
  return parts.join(' \\\n  ');
}
