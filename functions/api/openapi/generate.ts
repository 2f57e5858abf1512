// Writes the OpenAPI document (`npm run openapi`, after any change to a route): functions/api/openapi.json to be read, and
// the same packed, a tenth of the size, for the bundle. A test compares both with what the routes are.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { buildDocument } from './document.ts';
import { operations } from './operations.ts';

const packageFile = new URL('../../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };
const document = buildDocument(operations, version);
const write = (name: string, value: unknown): void =>
  writeFileSync(new URL(`../${name}`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

write('openapi.json', document);
write('openapi-packed.json', {
  brotli: brotliCompressSync(JSON.stringify(document)).toString('base64'),
});
