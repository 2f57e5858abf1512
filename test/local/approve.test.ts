// Quarantine and approval on the real process: a release whose codes file disagrees waits until someone says why not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type Served, startServe } from './codewatch-process.ts';
import { copyMirrorWithQuarantine } from './mirror-with-quarantine.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-approve-'));
const mirror = join(folder, 'mirror');
const data = join(folder, 'data');

const get = async ({ url }: Served, path: string) =>
  JSON.parse(await (await fetch(new URL(path, url))).text());

describe('infra/local/codewatch.mjs, a release in quarantine', () => {
  let served: Served;
  beforeAll(async () => {
    copyMirrorWithQuarantine(mirror);
    served = await startServe(['--data', data, '--source', mirror]);
  });
  afterAll(async () => {
    await served.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('it is shown with its reason and changes nothing; later releases go on', async () => {
    const release = await get(served, '/v1/releases/icd10cm-2021');
    expect(release).toMatchObject({ status: 'quarantined' });
    expect(release.findings.map((finding: { code: string }) => finding.code)).toContain(
      'codes-file-mismatch',
    );
    expect(served.text()).toContain('icd10cm-2021');
    expect((await get(served, '/health')).systems[0]).toMatchObject({ quarantined: 1 });
    expect(await get(served, '/v1/releases/icd10cm-2022')).toMatchObject({ status: 'committed' });
    // N18.3 became a category in FY2021: not so while that release waits.
    expect(await get(served, '/v1/codes/icd10cm/N18.3?date=2020-12-31')).toMatchObject({
      status: 'billable',
    });
  });

  test('without a reason it stays; with one it is taken in through the same path, and says who and why', async () => {
    const refused = await run(['approve', 'icd10cm-2021', '--reason', ' ', '--data', data]);
    expect(refused.code).toBe(2);
    const reason = 'CMS confirmed the misprint';
    const approved = await run([
      'approve',
      'icd10cm-2021',
      '--reason',
      reason,
      '--by',
      'Ada',
      '--data',
      data,
    ]);
    expect(approved.code, approved.err).toBe(0);
    let release = await get(served, '/v1/releases/icd10cm-2021');
    for (let tries = 0; release.status !== 'committed' && tries < 100; tries += 1) {
      await sleep(100);
      release = await get(served, '/v1/releases/icd10cm-2021');
    }
    expect(release).toMatchObject({
      status: 'committed',
      rows: 333,
      approval: { by: 'Ada (local)', reason },
    });
    // Codes are answered from the published snapshot, which follows the commit.
    const lookup = () => get(served, '/v1/codes/icd10cm/N18.3?date=2020-12-31');
    for (let tries = 0; (await lookup()).status !== 'header' && tries < 100; tries += 1) {
      await sleep(100);
    }
    expect(await lookup()).toMatchObject({ status: 'header' });
    expect(await get(served, '/v1/codes/icd10cm/N18.3?date=2020-09-30')).toMatchObject({
      status: 'billable',
    });
  });
});
