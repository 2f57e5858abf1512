// Writes the JSON Schemas that docs ship (`npm run schemas`, after a change to the format of payer rules or of
// infra/feeds.json). A test compares them with what the code reads by.
import { writeFileSync } from 'node:fs';
import { shippedSchemas } from './shipped-schemas.ts';

for (const [path, schema] of Object.entries(shippedSchemas)) {
  const target = new URL(`../../${path}`, import.meta.url);
  writeFileSync(target, `${JSON.stringify(schema, null, 2)}\n`);
}
