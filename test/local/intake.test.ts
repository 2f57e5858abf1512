// Files taken in by the real process: through the API of one that serves, from standard input, from the inbox's folder.
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clm, prod } from '../claims/idr/idr-text.ts';
import { run, type Served, start, startServe } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-intake-'));
const data = join(folder, 'data');
const path = (name: string): string => join(folder, name);

let served: Served;
beforeAll(async () => {
  mkdirSync(path('empty'));
  served = await startServe(['--data', data]);
});
afterAll(async () => {
  await served.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const claim = async (id: string) => {
  const response = await fetch(new URL(`/v1/claims/${id}`, served.url), {
    headers: { authorization: `Bearer ${served.token}` },
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const professional = (id: string, frequency = '1'): string =>
  [
    'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *220101*1200*^*00501*000000001*0*T*:',
    'GS*HC*S*R*20220101*1200*1*X*005010X222A1',
    'ST*837*0001*005010X222A1',
    'HL*1**20*1',
    'HL*2*1*22*0',
    'SBR*P*18*******CI',
    'NM1*IL*1*MARKERNAME*ZEBULON****MI*MARKERMEMBER',
    `CLM*${id}*120***11:B:${frequency}*Y*A*Y*Y`,
    'HI*ABK:M545',
    'LX*1',
    'SV1*HC:99213*120*UN*1***1',
    'DTP*472*D8*20220110',
    'SE*11*0001',
    'GE*1*1',
    'IEA*1*000000001',
  ].join('~');

const ndjson = (count: number): string =>
  [...Array(count).keys()]
    .map((n) => `${JSON.stringify({ type: 'claim', id: `n${n}`, codes: ['M54.2'] })}\n`)
    .join('');

describe('infra/local/commands/intake.ts', () => {
  test('tells by file what became of its records, for people and for machines', async () => {
    writeFileSync(path('a.837'), professional('A1'));
    writeFileSync(path('b.ndjson'), `${ndjson(1500)}no JSON\n`);
    const first = await run(['intake', path('a.837'), path('b.ndjson'), '--data', data]);
    expect(first.code).toBe(1);
    expect(first.out).toContain('line 1501: record: no JSON (unreadable)');
    expect(first.out).toMatch(/a\.837\s*│\s*1\s*│\s*1\s*│\s*0\s*│\s*0/);
    expect(first.out).toMatch(/1,501 records stored, 0 unchanged, 1 refused; 1 finding on them\n$/);
    expect(first.out + first.err).not.toMatch(/MARKER|ZEBULON/);
    writeFileSync(path('c.ndjson'), ndjson(1501));
    const more = await run(['intake', path('c.ndjson'), '--data', data]);
    expect(more.out).toMatch(
      /\n1 record stored, 1,500 unchanged, 0 refused; 0 findings on them\n$/,
    );
    const again = await run(['intake', path('a.837'), path('b.ndjson'), '--json', '--data', data]);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out)).toMatchObject({
      ...{ records: 1502, accepted: 1501, created: 0, unchanged: 1501, rejectedCount: 1 },
      rejected: [{ where: `${path('b.ndjson')}, line 1501`, code: 'unreadable' }],
      files: [{ file: path('a.837'), findings: 1, atRisk: { claims: 1, billedCents: 12_000 } }, {}],
    });
  });

  test('a void removes what was sent, and exit code 0 says that nothing was refused', async () => {
    writeFileSync(path('void.837'), professional('A1', '8'));
    const voided = await run(['intake', path('void.837'), '--json', '--data', data]);
    expect([voided.code, JSON.parse(voided.out).removed]).toEqual([0, 1]);
    expect((await claim('A1')).status).toBe(404);
  });

  test('reads standard input', async () => {
    const child = start(['intake', '-', '--json', '--data', data]);
    let out = '';
    child.stdout?.on('data', (bytes) => (out += bytes));
    child.stdin?.end(professional('STDIN1'));
    const [code] = await once(child, 'close');
    expect([code, JSON.parse(out).files[0].file]).toEqual([0, 'standard input']);
    expect((await claim('STDIN1')).status).toBe(200);
  });

  test('a mapping is given once and kept', async () => {
    writeFileSync(path('theirs.csv'), 'Nr,Patient,Dx,Seen\nT1,Zebulon Marker,M54.5,01/10/2022\n');
    const refused = await run(['intake', path('theirs.csv'), '--data', data]);
    expect(refused.code).toBe(1);
    expect(refused.out).not.toContain('Zebulon');
    const mapping = { columns: { id: 'Nr', codes: 'Dx', dateOfService: 'Seen' } };
    writeFileSync(path('mapping.json'), JSON.stringify(mapping));
    const mapped = ['intake', path('theirs.csv'), '--mapping', path('mapping.json')];
    expect((await run([...mapped, '--data', data])).code).toBe(0);
    expect((await claim('T1')).body).toMatchObject({ dateOfService: '2022-01-10' });
    const kept = await run(['intake', path('theirs.csv'), '--json', '--data', data]);
    expect([kept.code, JSON.parse(kept.out).unchanged]).toEqual([0, 1]);
  });

  test('the tables of a folder that belong together are one intake, each refusal at its file and line', async () => {
    const tables = path('idr');
    mkdirSync(tables);
    writeFileSync(
      join(tables, 'my-claims.csv'),
      clm({ CLM_TYPE_CD: '71' }, { CLM_TYPE_CD: '1', CLM_UNIQ_ID: '9002' }),
    );
    writeFileSync(join(tables, 'my-codes.csv'), prod(['P M545'], { CLM_TYPE_CD: '71' }));
    writeFileSync(join(tables, 'other.837'), professional('BESIDE1'));
    const first = await run(['intake', tables, '--json', '--data', data]);
    expect(first.code).toBe(1);
    expect(JSON.parse(first.out)).toMatchObject({
      ...{ records: 3, accepted: 2, created: 2, rejectedCount: 1 },
      files: [
        { rejected: [{ where: 'my-claims.csv line 3', code: 'codes-missing' }] },
        { file: join(tables, 'other.837') },
      ],
    });
    expect((await claim('9001')).body).toMatchObject({ payer: 'medicare' });
    const again = await run(['intake', tables, '--json', '--data', data]);
    expect(JSON.parse(again.out)).toMatchObject({ created: 0, unchanged: 2 });
    const alone = await run(['intake', join(tables, 'my-codes.csv'), '--data', data]);
    expect([alone.code, alone.out]).toEqual([1, expect.stringContaining('missing: CLM;')]);
  });

  test.each([
    [['intake'], 'intake takes one or more files or folders, - for standard input'],
    [['intake', path('none.837')], 'cannot be read (ENOENT)'],
    [['intake', path('empty')], 'is a folder without files'],
  ])('%j is told in one line', async (args, message) => {
    const { code, err } = await run([...args, '--data', data]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('infra/local/watch-inbox.ts', () => {
  test('takes in what is put into the folder, tells it beside, and leaves unfinished files alone', async () => {
    const inbox = join(data, 'inbox', 'local');
    writeFileSync(join(inbox, 'coming.part'), professional('PART1'));
    writeFileSync(join(inbox, 'Zebulon März.837'), professional('INBOX1'));
    const result = join(data, 'results', 'local', 'Zebulon März.837.json');
    for (let n = 0; n < 200 && !existsSync(result); n += 1) await sleep(100);
    expect(JSON.parse(readFileSync(result, 'utf8'))).toMatchObject({ accepted: 1, findings: 1 });
    for (let n = 0; n < 50 && existsSync(join(inbox, 'Zebulon März.837')); n += 1) await sleep(100);
    expect(existsSync(join(inbox, 'Zebulon März.837'))).toBe(false);
    expect(existsSync(join(inbox, 'coming.part'))).toBe(true);
    expect((await claim('INBOX1')).status).toBe(200);
    expect((await claim('PART1')).status).toBe(404);
    expect(served.text()).toMatch(/inbox: 1 record, 1 stored, 0 refused/);
    expect(served.text()).not.toMatch(/MARKER|Zebulon/i);
  });

  test('takes in a list of the Medicare Code Editor that is put into its folder, and refuses a damaged one by name', async () => {
    const list = 'table,code,from,to,flags\ndx,A1814,2015-10-01,2024-09-30,MALE|ADULT\n';
    writeFileSync(join(data, 'edits', 'mce-43.1-flags.csv'), list);
    writeFileSync(
      join(data, 'edits', 'mce-44-flags.csv'),
      `${list}dx,A1815,2015-10-01,never,MALE\n`,
    );
    const result = (name: string) => join(data, 'edits-results', `${name}.json`);
    const names = ['mce-43.1-flags.csv', 'mce-44-flags.csv'];
    for (let n = 0; n < 200 && !names.every((name) => existsSync(result(name))); n += 1) {
      await sleep(100);
    }
    const [good, bad] = names.map((name) => JSON.parse(readFileSync(result(name), 'utf8')));
    expect(good).toMatchObject({ version: '43.1', takenIn: 'yes', counts: { rows: 1 } });
    expect(bad).toMatchObject({ takenIn: 'no', findings: [{ code: 'edit-dates' }] });
    for (let n = 0; n < 50 && existsSync(join(data, 'edits', names[1] ?? '')); n += 1)
      await sleep(100);
    expect(readdirSync(join(data, 'edits'))).toEqual([]);
    expect(served.text()).toContain('edits: mce-43.1-flags.csv taken in');
    expect(served.text()).toMatch(
      /edits: mce-44-flags\.csv refused: .*line 3: "2015-10-01" to "never"/,
    );
  });
});
