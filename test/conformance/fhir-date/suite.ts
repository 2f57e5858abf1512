// Reads the suite of `date` cases and its settings from the JSON beside this file: data that needs no program of ours.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const responseSchema = z.strictObject({
  /** HTTP status, or `4xx` where the specification leaves open which. */
  status: z.union([z.number().int(), z.literal('4xx')]),
  body: z.record(z.string(), z.unknown()),
  /** What there must be no more of than expected: names of parameters, or `contains`. */
  exactly: z.array(z.string()).optional(),
  /** Names of parameters there must be none of. */
  absent: z.array(z.string()).optional(),
});

const caseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** `required` follows from FHIR R4 and the official files; `choice` is left open by FHIR and explained in `why`. */
  level: z.enum(['required', 'choice']),
  why: z.string().min(20),
  facts: z.array(z.string()),
  request: z.strictObject({
    method: z.enum(['GET', 'POST']),
    path: z.string(),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    body: z.record(z.string(), z.unknown()).optional(),
  }),
  response: responseSchema,
});

const settingsSchema = z.strictObject({
  system: z.string(),
  instance: z.string(),
  map: z.string(),
  valueSets: z.strictObject({ all: z.string(), billable: z.string(), isa: z.string() }),
});

const manifestSchema = z.strictObject({
  name: z.string(),
  fhirVersion: z.string(),
  description: z.string(),
  releases: z.array(z.strictObject({ effective: z.string(), file: z.string() })),
  conversionTable: z.string(),
  settings: settingsSchema,
  files: z.array(z.string()),
});

/** One case: a request, the answer it must get, why, and the official facts that say so. */
export type Case = z.infer<typeof caseSchema>;
/** What a case expects. */
export type ExpectedResponse = z.infer<typeof responseSchema>;
/** What differs between servers: the names of the code system, its value sets and its map. */
export type Settings = z.infer<typeof settingsSchema>;
/** The suite's manifest. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A case with the file it stands in. */
export type FiledCase = Case & { readonly file: string };

const readJson = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/** Reads manifest and cases; throws when a file does not have the form the readme gives. */
export function readSuite(): {
  readonly manifest: Manifest;
  readonly cases: readonly FiledCase[];
} {
  const manifest = manifestSchema.parse(readJson('cases.json'));
  const fileSchema = z.strictObject({ about: z.string(), cases: z.array(caseSchema) });
  const cases = manifest.files.flatMap((file) =>
    fileSchema.parse(readJson(file)).cases.map((one) => ({ ...one, file })),
  );
  return { manifest, cases };
}

/** Settings of another server: those of a JSON text over the suite's own. */
export function settingsOver(own: Settings, text: string): Settings {
  const given = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return settingsSchema.parse({ ...own, ...given });
}
