// `POST /v1/scrub` of the real process: with the Medicare Code Editor's lists that `codewatch edits` took in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type Served, startServe } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-scrub-'));
const data = join(folder, 'data');
const list = join(folder, 'mce-43.1-flags.csv');
const rows = ['table,code,from,to,flags', 'dx,M5450,2015-10-01,2026-09-30,UNACCEPTABLE'];

describe('infra/local/commands/serve.ts and the lists scrub rules ask', () => {
  let served: Served;

  beforeAll(async () => {
    writeFileSync(list, `${rows.join('\n')}\n`);
    expect(await run(['edits', list, '--data', data])).toMatchObject({ code: 0 });
    served = await startServe(['--data', data]);
  }, 120_000);

  afterAll(async () => {
    await served?.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('an inpatient claim whose principal diagnosis CMS does not accept is told so', async () => {
    const response = await fetch(new URL('/v1/scrub', served.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${served.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        setting: 'inpatient',
        dateOfService: '2025-11-03',
        codes: ['M54.50'],
      }),
    });
    expect(response.status).toBe(200);
    const { items } = JSON.parse(await response.text());
    expect(items).toContainEqual(
      expect.objectContaining({
        rule: 'principal-unacceptable',
        code: 'M54.50',
        source: 'Medicare Code Editor v43.1, unacceptable principal diagnosis',
      }),
    );
  });
});
