// The bundles as they are deployed, built by esbuild: each loads by itself and its handler answers.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configurationFor } from '../../infra/configuration-variables.ts';
import { resource, type Synthesized, synthesizeStack } from '../support/synthesized-stack.ts';

type Handler = (event: unknown) => Promise<unknown>;

const bundled = [
  ...['Pull', 'Ingest', 'IngestPolicies', 'Assess', 'AssessTenant', 'Publish', 'Notify'],
  ...['Intake', 'Edits', 'Api', 'IntakeApi'],
];
/** Those that read a queue. */
const queued = bundled.filter((step) => !/^Pull$|Api$/.test(step));
/** Pull reads every listing, file and answer there is; readers wait for the API after a pause. */
const bytesMax = (step: string): number =>
  ({ Api: 700_000, IntakeApi: 800_000, Pull: 1_100_000 })[step] ?? 1_000_000;
let stack: Synthesized;
const lines: string[] = [];

beforeAll(() => {
  stack = synthesizeStack({}, { bundles: true });
  for (const step of bundled) {
    const { Environment } = resource(stack, `Functions${step}Function`).Properties as {
      readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
    };
    for (const name of Object.keys(Environment.Variables)) {
      if (name.startsWith('CODEWATCH_')) vi.stubEnv(name, givenFor(name));
    }
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(stack.folder, { recursive: true });
});

/** The configuration as it is deployed; of all else a value of its form will do. */
const givenFor = (name: string): string =>
  ({ ...configurationFor('feeds'), ...configurationFor('payers') })[name] ??
  'https://sqs.example.org/x.fifo';

/** `AssessTenant` → `assess tenant`, as its log says it. */
const wordsOf = (step: string): string => step.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const fileOf = (step: string): string => {
  const { Code } = resource(stack, `Functions${step}Function`).Properties as {
    readonly Code: { readonly S3Key: string };
  };
  return join(stack.folder, `asset.${Code.S3Key.replace('.zip', '')}`, 'index.mjs');
};

const load = async (step: string): Promise<Handler> => {
  const bundle: { readonly handler: Handler } = await import(
    /* @vite-ignore */ pathToFileURL(fileOf(step)).href
  );
  return bundle.handler;
};

describe('functions/*/handler.ts, bundled', () => {
  it.each(queued)('%s keeps a message that is none and says so', async (step) => {
    const handler = await load(step);
    const event = { Records: [{ messageId: 'm', body: 'no JSON: claim 4711' }] };
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    const said = lines.filter((line) => line.includes(`"${wordsOf(step)} failed"`));
    expect(said).toHaveLength(1);
    expect(said.join()).not.toContain('4711');
  });

  it('Pull refuses a request that is none', async () => {
    const handler = await load('Pull');
    await expect(handler({ feeds: 7 })).rejects.toThrow('feeds');
  });

  it.each(bundled)('%s is one small module with its map', (step) => {
    const folder = join(fileOf(step), '..');
    expect(readdirSync(folder).toSorted()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(statSync(fileOf(step)).size).toBeLessThan(bytesMax(step));
  });

  it.each(bundled)(
    '%s takes its credentials from where Lambda puts them, and brings no other way',
    (step) => {
      const text = readFileSync(fileOf(step), 'utf8');
      expect(text.includes('AWS_SESSION_TOKEN')).toBe(true);
      expect(/AssumeRoleWithWebIdentity|GetRoleCredentials/.test(text)).toBe(false);
    },
  );

  it('Api brings neither the S3 nor the SNS client', () => {
    const text = readFileSync(fileOf('Api'), 'utf8');
    expect(/CreateMultipartUpload|PublishCommand/.test(text)).toBe(false);
  });

  it('Api answers what needs no engine, and says so when one is away', async () => {
    vi.stubEnv('CODEWATCH_DYNAMODB', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
    const handler = await load('Api');
    const event = (rawPath: string) => ({
      ...{ version: '2.0', rawPath, rawQueryString: '', headers: { host: 'a.example' } },
      requestContext: { http: { method: 'GET', path: rawPath } },
    });
    expect(await handler(event('/nowhere'))).toMatchObject({ statusCode: 404 });
    expect(await handler(event('/openapi.json'))).toMatchObject({ statusCode: 200 });
    expect(await handler(event('/v1/alerts'))).toMatchObject({ statusCode: 401 });
  });
});
