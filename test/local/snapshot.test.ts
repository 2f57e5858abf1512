// The published snapshot on the real process: searched, downloaded, renewed by an approval, made again when it is gone.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRuntime } from '../../infra/local/runtime.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { snapshotKey } from '../../shared/store/keys.ts';
import { run, type Served, startServe } from './codewatch-process.ts';
import { copyMirrorWithQuarantine } from './mirror-with-quarantine.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-snapshot-test-'));
const mirror = join(folder, 'mirror');
const data = join(folder, 'data');

const ask = ({ url }: Served, path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, url), { headers });
const get = async (served: Served, path: string) =>
  JSON.parse(await (await ask(served, path)).text());
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('infra/local/codewatch.mjs, the published snapshot', () => {
  let served: Served;
  beforeAll(async () => {
    // FY2021 waits in quarantine until it is approved.
    copyMirrorWithQuarantine(mirror);
    served = await startServe(['--data', data, '--source', mirror]);
  });
  afterAll(async () => {
    await served.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('a start publishes once, after all it took in, and searches are answered as soon as it is up', async () => {
    expect(served.text().match(/^snapshot published: .*$/gm)).toHaveLength(1);
    const { items } = await get(served, '/v1/search/icd10cm?q=low+back+pain&date=2022-10-01');
    expect(items.map((one: { code: string }) => one.code)).toContain('M54.50');
    const lookup = await get(served, '/v1/codes/icd10cm/M54.5?date=2022-10-01');
    expect(lookup.children.map((one: { code: string }) => one.code)).toEqual([
      'M54.50',
      'M54.51',
      'M54.59',
    ]);
  });

  test('the file comes gzipped under the name the description gives, and never again to who has it', async () => {
    const about = await get(served, '/v1/snapshot');
    // Twelve releases of ICD-10-CM, one of them in quarantine, and three of ICD-10-PCS.
    expect(about).toMatchObject({ form: 2, seqs: { icd10cm: 12, icd10pcs: 3 } });
    const file = await ask(served, about.href);
    expect(file.headers.get('content-type')).toBe('application/gzip');
    const gzipped = new Uint8Array(await file.arrayBuffer());
    expect(gzipped).toHaveLength(about.gzippedBytes);
    expect(sha256(gunzipSync(gzipped))).toBe(about.sha256);
    const etag = file.headers.get('etag') ?? '';
    expect((await ask(served, about.href, { 'if-none-match': etag })).status).toBe(304);
    for (const other of ['f1_icd10cm-1_icd10pcs-0_0123456789ab.sqlite.gz', 'f1.sqlite.gz', '..']) {
      expect((await ask(served, `/v1/snapshot/${other}`)).status).toBe(404);
    }
  });

  test('the command downloads it through the serving process, whole, and replaces nothing unasked', async () => {
    const out = join(folder, 'codes.sqlite');
    const made = await run(['snapshot', '--out', out, '--json', '--data', data]);
    expect(made.code, made.err).toBe(0);
    const answer = JSON.parse(made.out);
    expect(sha256(readFileSync(out))).toBe(answer.sha256);
    const file = new DatabaseSync(out, { readOnly: true });
    expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    file.close();

    const refused = await run(['snapshot', '--out', out, '--data', data]);
    expect([refused.code, refused.err]).toEqual([
      2,
      `codewatch: ${out} is there already; --force replaces it\n`,
    ]);
    writeFileSync(out, 'old');
    const replaced = await run(['snapshot', '--out', out, '--force', '--data', data]);
    expect(replaced.code, replaced.err).toBe(0);
    expect(replaced.out).toContain(answer.stamp);
    expect(sha256(readFileSync(out))).toBe(answer.sha256);
    // Nothing of the download is left beside it.
    expect(readdirSync(folder).toSorted()).toEqual(['codes.sqlite', 'data', 'mirror']);
  });

  test('an approved release is published and answered from before long', async () => {
    const before = await get(served, '/v1/snapshot');
    const approval = ['approve', 'icd10cm-2021', '--reason', 'a typing mistake', '--data', data];
    expect((await run(approval)).code).toBe(0);
    let after = before;
    for (let tries = 0; after.stamp === before.stamp && tries < 200; tries += 1) {
      await sleep(50);
      after = await get(served, '/v1/snapshot');
    }
    expect(after.seqs).toEqual({ icd10cm: 13, icd10pcs: 3, policies: { mcd: 1 } });
    // N18.3 became a category in FY2021, which had to wait: its children are found from then on.
    const search = '/v1/search/icd10cm?q=n18.3&date=2020-12-31';
    const codesFound = async () =>
      (await get(served, search)).items.map((one: { code: string }) => one.code);
    for (let tries = 0; !(await codesFound()).includes('N18.31') && tries < 100; tries += 1) {
      await sleep(50);
    }
    expect(await codesFound()).toContain('N18.31');
  });

  test('a folder without a snapshot gets one from the next command', async () => {
    await served.end('SIGTERM');
    const runtime = await startRuntime({
      data,
      source: { kind: 'mirror', folder: mirror },
      baseUrl: 'http://127.0.0.1',
    });
    await runtime.ports.codeItems.delete(snapshotKey);
    await runtime.stop();
    const out = join(folder, 'again.sqlite');
    const made = await run(['snapshot', '--out', out, '--json', '--data', data]);
    expect(made.code, made.err).toBe(0);
    const opened = openSnapshot(out);
    expect(opened.stamp).toBe('f2_icd10cm-13_icd10pcs-3_hcpcs-0_mcd-1');
    opened.close();
    expect(made.err).toContain('snapshot published');
    served = await startServe(['--data', data, '--source', mirror]);
    // Nothing was taken in: what is published is what is committed.
    expect(served.text()).not.toContain('snapshot published');
  });

  test.each([
    [[], 'snapshot takes --out FILE'],
    [['here.sqlite'], 'snapshot takes --out FILE'],
    [['--out', '/no/such/folder/x.sqlite'], 'there is no folder /no/such/folder'],
  ])('%j is refused in one line and with exit code 2', async (args, message) => {
    const refused = await run(['snapshot', ...args, '--data', data]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`codewatch: ${message}`);
    expect(refused.err.trim().split('\n')).toHaveLength(1);
  });
});
