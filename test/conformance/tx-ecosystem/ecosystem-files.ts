// The tests of the HL7 terminology ecosystem as they are stored beside the official files: suites, requests, answers.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { officialFiles } from '../../support/official-files.ts';

const folder = join(officialFiles, 'conformance/tx-ecosystem/tests');

const testSchema = z.looseObject({
  name: z.string(),
  operation: z.string(),
  mode: z.string().optional(),
  request: z.string().optional(),
  response: z.string().optional(),
  'response:flat': z.string().optional(),
});

const casesSchema = z.looseObject({
  suites: z.array(
    z.looseObject({ name: z.string(), mode: z.string().optional(), tests: z.array(testSchema) }),
  ),
});

/** One of their tests, with its suite. */
export type EcosystemTest = z.infer<typeof testSchema> & {
  readonly suite: string;
  /** Mode of the suite, or of the test itself: `general`, or a kind of server it is meant for. */
  readonly mode?: string | undefined;
};

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

const jsonSchema = z.record(z.string(), z.unknown());

/** True when their tests are here. */
export const haveEcosystemTests: boolean = existsSync(join(folder, 'test-cases.json'));

/** Every test of `test-cases.json`, in its order. */
export function readEcosystemTests(): readonly EcosystemTest[] {
  const text = readFileSync(join(folder, 'test-cases.json'), 'utf8');
  return casesSchema
    .parse(JSON.parse(text))
    .suites.flatMap(({ name: suite, mode, tests }) =>
      tests.map((test) => ({ ...test, suite, mode: test.mode ?? mode })),
    );
}

/** A request or answer of theirs, parsed; undefined when the file is not stored. */
export function readEcosystemFile(name: string | undefined): Json | undefined {
  if (name === undefined || !existsSync(join(folder, name))) return undefined;
  return jsonSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
}
