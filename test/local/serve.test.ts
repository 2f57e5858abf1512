// The real process, end to end on the shipped sample: pull to notify, the API, a restart, a kill, the command line.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type Served, start, startServe } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-serve-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = async ({ url, token }: Served, path: string) => {
  const response = await fetch(new URL(path, url), {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

type Alert = { release: string; codes: { code: string }[] };

describe('infra/local/codewatch.mjs serve', () => {
  let served: Served;
  beforeAll(async () => {
    served = await startServe(['--data', data]);
  });

  test('the start-up run takes in the sample, and health says that it is through', async () => {
    const { status, body } = await ask(served, '/health');
    expect([status, body.status]).toEqual([200, 'ok']);
    expect(body.systems[0]).toMatchObject({ system: 'icd10cm', newestRelease: 'icd10cm-2026' });
    const lag = (id: string) =>
      body.feeds.find((feed: { id: string; lagDays: number | null }) => feed.id === id)?.lagDays;
    expect([lag('cms-icd10cm'), lag('cms-icd10pcs')]).toEqual([0, 0]);
    // The sample has no HCPCS page: the feed says so, and nothing else suffers.
    expect(lag('cms-hcpcs')).toBeNull();
  });

  test('the M54.5 and M51.36 stories are told, on the terminal and by the API', async () => {
    expect(served.text()).toMatch(/Since 1 October 2021[\s\S]*M54\.5/);
    const { body } = await ask(served, '/v1/alerts');
    const of = (release: string) =>
      body.items
        .find((alert: Alert) => alert.release === release)
        ?.codes.map((one: { code: string }) => one.code);
    expect(of('icd10cm-2022')).toContain('M54.5');
    expect(of('icd10cm-2025')).toContain('M51.36');
    // The oldest release is a baseline: it alerts nobody.
    const { items: releases } = (await ask(served, '/v1/releases?system=icd10cm')).body;
    expect(releases[0].baseline).toBe(true);
    expect(of(releases[0].id)).toBeUndefined();
  });

  test('M54.5 is billable on 30 September 2021 and replaced by three codes on 1 October', async () => {
    const before = (await ask(served, '/v1/codes/icd10cm/M54.5?date=2021-09-30')).body;
    expect([before.status, before.effective.to]).toEqual(['billable', '2021-09-30']);
    const after = (await ask(served, '/v1/codes/icd10cm/M54.5?date=2021-10-01')).body;
    expect(
      after.replacedBy.map((one: { code: string; source: string }) => [one.code, one.source]),
    ).toEqual([
      ['M54.50', 'official'],
      ['M54.51', 'official'],
      ['M54.59', 'official'],
    ]);
  });

  test('commands go through the serving process; what needs the folder itself says who holds it', async () => {
    const answered = await run(['lookup', 'M54.5', '--on', '2021-10-01', '--json', '--data', data]);
    expect(answered.code).toBe(0);
    expect(JSON.parse(answered.out)).toMatchObject({ code: 'M54.5', status: 'header' });
    const held = await run(['pull', '--data', data]);
    expect(held.code).toBe(2);
    expect(held.err).toContain(served.url);
  });

  test('a taken port is said in one line', async () => {
    const port = new URL(served.url).port;
    const taken = await run(['serve', '--port', port, '--data', ':memory:']);
    expect(taken.code).toBe(2);
    expect(taken.err).toMatch(new RegExp(`^codewatch: port ${port} is taken.*\n$`));
  });

  test('templates are stored by intake and checked before it, with exit codes for machines', async () => {
    const file = join(folder, 'templates.csv');
    const rows = [
      'type,id,name,codes',
      'template,lumbar,Lumbar,M54.5 M54.2',
      'template,,None,M54.2',
    ];
    writeFileSync(file, `${rows.join('\n')}\n`);
    const checked = await run(['check', file, '--on', '2021-10-01', '--json', '--data', data]);
    expect(checked.code).toBe(1);
    const { problems, rejected } = JSON.parse(checked.out);
    expect(problems.map((one: { code: string }) => one.code)).toEqual(['M54.5']);
    expect(rejected).toHaveLength(1);
    const stored = await run(['intake', file, '--json', '--data', data]);
    expect(stored.code).toBe(1);
    expect(JSON.parse(stored.out)).toMatchObject({ accepted: 1, findings: 1 });
    expect((await ask(served, '/v1/templates/lumbar')).body.codes).toHaveLength(2);
  });

  test('after a stop the next start finds nothing new and everything kept', async () => {
    const before = (await ask(served, '/v1/alerts')).body;
    expect(await served.end('SIGTERM')).toBe(0);
    served = await startServe(['--data', data]);
    expect(served.text()).toContain('nothing new since');
    expect((await ask(served, '/v1/alerts')).body).toEqual(before);
    expect((await ask(served, '/v1/templates/lumbar')).status).toBe(200);
  });

  test('after a kill the folder can be taken again at once, and the table agrees with the archive', async () => {
    await served.end('SIGKILL');
    const verified = await run(['verify', '--json', '--data', data]);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out).agrees).toBe(true);
  });
});

describe('infra/local/codewatch.mjs', () => {
  test('a stop in the middle of the start-up run ends it cleanly', async () => {
    const child = start(['serve', '--port', '0', '--data', join(folder, 'stopped')]);
    await new Promise((printed) => child.stdout?.once('data', printed));
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });

  test('I3 killed again and again in the middle of the work, it ends where an undisturbed run ends', async () => {
    const killed = join(folder, 'killed');
    for (const ms of [900, 1300, 1700]) {
      const child = start(['pull', '--data', killed]);
      await sleep(ms);
      child.kill('SIGKILL');
      await new Promise((ended) => child.once('close', ended));
    }
    const resumed = await run(['pull', '--data', killed, '--json']);
    expect(resumed.code, resumed.err).toBe(0);
    const compare = async (folder_: string) => {
      const { systems } = JSON.parse((await run(['verify', '--json', '--data', folder_])).out);
      return systems.map((one: { fingerprint: string; releases: number }) => [
        one.releases,
        one.fingerprint,
      ]);
    };
    expect(await compare(killed)).toEqual(await compare(data));
  });

  test.each([
    [[], 'no command given'],
    [['dance'], 'no command "dance"'],
    [['lookup', 'M54.5', '--when', '2021-10-01'], "Unknown option '--when'"],
    [['lookup', 'M54.5', '--on', '2021-13-01'], '--on: "2021-13-01" is not a date'],
    [['lookup'], 'lookup takes one code'],
    [['diff', 'icd10cm-2021'], 'diff takes two release ids'],
    [['check', '/nowhere/at/all.csv'], '/nowhere/at/all.csv cannot be read (ENOENT)'],
    [['approve', 'icd10cm-2022'], 'approve needs --reason'],
    [['serve', '--now', 'soon'], '--now: "soon"'],
  ])('%j is refused in one line and with exit code 2', async (args, message) => {
    const refused = await run(args);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`codewatch: ${message}`);
    expect(refused.err.trim().split('\n')).toHaveLength(1);
  });

  test('--help answers on standard output', async () => {
    const help = await run(['--help']);
    expect([help.code, help.err]).toEqual([0, '']);
    expect(help.out).toContain('lookup CODE');
  });

  test('in memory, a first question fills the table from the sample and keeps nothing', async () => {
    const answered = await run([
      'lookup',
      'M54.5',
      '--on',
      '2021-10-01',
      '--json',
      '--data',
      ':memory:',
    ]);
    expect(JSON.parse(answered.out)).toMatchObject({ status: 'header' });
    expect(answered.err).toContain('icd10cm-2022');
  });
});
