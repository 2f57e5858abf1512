// The schemas that docs ship are those the code reads by, and fit what is shipped and documented.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shippedSchemas } from '../../infra/local/shipped-schemas.ts';

const readText = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('infra/local/shipped-schemas.ts', () => {
  it.each(Object.entries(shippedSchemas))('is what %s holds (npm run schemas)', (path, schema) => {
    expect(JSON.parse(readText(path))).toEqual(JSON.parse(JSON.stringify(schema)));
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });

  const fits = (path: string, value: unknown): boolean =>
    z.fromJSONSchema(JSON.parse(readText(path))).safeParse(value).success;

  it('fits the documented example of payer rules, and not one with a field more', () => {
    const text = /```json\n([\s\S]*?)```/.exec(readText('docs/payer-rules.md'))?.[1] ?? '';
    const path = 'docs/payer-rules.schema.json';
    expect(fits(path, JSON.parse(text))).toBe(true);
    expect(fits(path, { ...JSON.parse(text), pages: 3 })).toBe(false);
    expect(fits(path, JSON.parse(text.replace('"M51.*"', '"51"')))).toBe(false);
  });

  it('fits the configuration that is shipped, and no feed of another kind', () => {
    const text = readText('infra/feeds.json');
    expect(fits('docs/feeds.schema.json', JSON.parse(text))).toBe(true);
    expect(fits('docs/feeds.schema.json', JSON.parse(text.replace('built-in', 'other')))).toBe(
      false,
    );
  });
});
