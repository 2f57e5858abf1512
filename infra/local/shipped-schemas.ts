// The JSON Schemas that docs ship, made from the schemas that the code reads by.
import * as z from 'zod';
import { feedConfigurationFile } from '../../shared/feeds/feed-configuration-file.ts';
import { rulesFile } from '../../shared/feeds/payer-rules/rules-schema.ts';

const jsonSchemaOf = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });

/** Every one, by its path from the repository's root. JSON Schema 2020-12, for writers of such files. */
export const shippedSchemas: Readonly<Record<string, object>> = {
  'docs/payer-rules.schema.json': jsonSchemaOf(rulesFile),
  'docs/feeds.schema.json': jsonSchemaOf(feedConfigurationFile),
};
