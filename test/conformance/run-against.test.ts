import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { haveOfficialFiles } from '../support/official-files.ts';
import { readSuite } from './fhir-date/suite.ts';
import { officialApp } from './official-app.ts';

const run = (...args: readonly string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((resolve) => {
    const command = ['test/conformance/run-against.ts', ...args];
    execFile(process.execPath, command, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error });
    });
  });

describe('test/conformance/run-against.ts', () => {
  test('says how it is used', async () => {
    expect(await run()).toMatchObject({ code: 2, error: expect.stringContaining('usage:') });
    expect((await run('tx.example.org')).code).toBe(2);
  });

  test('says so when the server cannot be reached', async () => {
    const { code, error } = await run('http://127.0.0.1:1/fhir/R4');
    expect(code).toBe(2);
    expect(error).toContain('http://127.0.0.1:1/fhir/R4');
  });
});

describe.skipIf(!haveOfficialFiles)('test/conformance/run-against.ts over HTTP', () => {
  let server: ServerType;
  let base = '';
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-settings-'));
  beforeAll(async () => {
    const app = await officialApp();
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
        base = `http://127.0.0.1:${info.port}/fhir/R4`;
        resolve();
      });
    });
  }, 300_000);
  afterAll(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  const { cases } = readSuite();
  const required = cases.filter(({ level }) => level === 'required').length;

  test('every case passes against this server', async () => {
    const choice = cases.length - required;
    expect(await run(`${base}/`)).toEqual({
      code: 0,
      out: `required: ${required} of ${required} passed\nchoice: ${choice} of ${choice} passed\n`,
      error: '',
    });
  });

  test('names in the settings file go before those of the suite', async () => {
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, JSON.stringify({ instance: 'no-such-instance' }));
    const { code, out } = await run(base, settings);
    expect(code).toBe(1);
    const failed = cases.filter(({ request }) => request.path.includes('{instance}'));
    expect(out.match(/^FAILED/gm)).toHaveLength(failed.length);
    expect(out).toContain(`required: ${required - failed.length} of ${required} passed`);
  });
});
