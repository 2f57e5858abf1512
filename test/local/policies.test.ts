// Policies on the real process: two editions of the export, one after the other, what is answered from them, a payer's own rules,
// and an edition that waits for somebody to approve it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleEarlierFolder, sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { exportFile } from '../../infra/local/sample/spec/policies.ts';
import { haveOfficialFiles, mirrorFolder, officialFiles } from '../support/official-files.ts';
import { type Outcome, run, startServe } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-policies-'));
const mirror = join(folder, 'mirror');
const data = join(folder, 'data');
const now = ['--now', '2026-09-07'];
const own = ['--data', data, '--source', mirror, ...now];
const official = haveOfficialFiles
  ? [
      resolve(officialFiles, 'policy/editions/2025-08/current_article.zip'),
      join(mirrorFolder, exportFile),
    ]
  : [join(sampleEarlierFolder, exportFile), join(sampleMirrorFolder, exportFile)];
const offer = (path: string | undefined): void => cpSync(path ?? '', join(mirror, exportFile));
const json = ({ out }: Outcome) => JSON.parse(out);
const codewatch = (...words: string[]) => run([...words, ...own]);

beforeAll(() => cpSync(sampleMirrorFolder, mirror, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('infra/local/codewatch.mjs, policies', () => {
  test('two editions of the export are taken in as they are offered, and nothing a third time', async () => {
    offer(official[0]);
    const first = await codewatch('pull', '--json');
    expect(first.code, first.err).toBe(0);
    expect(json(first).editions).toEqual([expect.stringMatching(/^mcd-2025-08-17-[0-9a-f]{6}$/)]);
    expect(first.err).toContain('documents of policies; the baseline');

    offer(official[1]);
    const second = await codewatch('pull', '--json');
    expect(json(second).editions).toEqual([expect.stringMatching(/^mcd-2026-09-06-[0-9a-f]{6}$/)]);
    expect(json(second).releases).toEqual([]);
    expect(second.err).toMatch(/│ policies +│ feed +│ collected +│ documents/);

    const third = await codewatch('pull', '--json');
    expect(json(third)).toMatchObject({ editions: [], releases: [], alerts: [] });
    expect(third.err).toContain('nothing new since');
    expect(third.err).toContain('cms-mcd-export: 2 files asked for, 0 downloaded, 1 unchanged');
  });

  test('coverage is answered by the version in force on the day, and refusals have exit code 1', async () => {
    const ask = (on: string, ...more: string[]) =>
      codewatch('coverage', '62323', 'M54.18', '--on', on, '--json', ...more);
    const since = await ask('2026-04-01', '--state', 'MA');
    expect([since.code, json(since).answer]).toEqual([0, 'covered']);
    expect(json(since).policies).toMatchObject([{ id: 'A58745', version: '21' }]);
    const before = await ask('2026-03-31', '--state', 'MA');
    expect([before.code, json(before).answer]).toEqual([1, 'not-listed']);
    // The contractor of Massachusetts says nothing of Ohio.
    const elsewhere = await ask('2026-04-01', '--state', 'OH');
    expect([elsewhere.code, json(elsewhere).answer]).toEqual([0, 'no-policy']);
    // M54.5 was divided in October 2021: whatever A57791 still lists, it is denied.
    const divided = await codewatch(
      'coverage',
      '62323',
      'M54.5',
      '--state',
      'CT',
      '--on',
      '2025-12-31',
    );
    expect([divided.code, divided.out.split('\n', 1)]).toEqual([
      1,
      [expect.stringContaining('denied whatever a policy says, for M54.5 is a category then')],
    ]);
    const wrong = await codewatch('coverage', '62323');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('a procedure and a')]);
  });

  test('a policy is shown with its history and the code it lists although it ended', async () => {
    const shown = await codewatch('policies', 'a57791', '--on', '2025-06-01');
    expect(shown.code, shown.err).toBe(0);
    expect(shown.out).toContain('mcd/A57791 version 11 on 2025-06-01: in force');
    expect(shown.out).toContain('still lists M54.5, not billable since 2021-10-01');
    expect(shown.out).toContain('12  effective 2026-01-01');
    const all = json(await codewatch('policies', '--json'));
    expect(all.items.map(({ id }: { id: string }) => id)).toContain('A58745');
  });

  test('verify compares policies with the editions, too', async () => {
    const verified = json(await codewatch('verify', '--json'));
    expect(verified.agrees).toBe(true);
    expect(verified.policies).toMatchObject([{ source: 'mcd', editions: 2, disagreements: [] }]);
    expect(verified.policies[0].compared).toBeGreaterThan(1);
  });

  test('rules of a configured payer are handed over, and wrong ones refused with their place', async () => {
    const none = await codewatch('rules', join(folder, 'rules.json'));
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('cannot be read')]);
    const text = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/payer-rules.md', 'utf8'))?.[1];
    writeFileSync(join(folder, 'rules.json'), text ?? '');
    const feeds = JSON.parse(readFileSync('infra/feeds.json', 'utf8'));
    const configuration = {
      payers: [...feeds.payers, { id: 'acme', title: 'Acme', sources: ['acme'] }],
      policyFeeds: [
        ...feeds.policyFeeds,
        {
          ...{ id: 'acme-rules', kind: 'payer-rules', title: 'Rules of Acme' },
          ...{ payer: 'acme', source: 'acme', schedule: { at: '07:45' } },
        },
      ],
    };
    const config = join(folder, 'feeds.json');
    writeFileSync(config, JSON.stringify(configuration));
    const taken = await codewatch('rules', join(folder, 'rules.json'), '--config', config);
    expect(taken.code, taken.err).toBe(0);
    expect(taken.out).toMatch(/^acme-2025-11-15-[0-9a-f]{6}: 1 document of policies; the baseline/);
    const again = await codewatch('rules', join(folder, 'rules.json'), '--config', config);
    expect(again.code, again.err).toBe(0);
    const asked = ['coverage', '62323', 'M54.16', '--payer', 'acme', '--state', 'CA'];
    const covered = await codewatch(...asked, '--on', '2026-02-01', '--config', config, '--json');
    // The example is limited to a plan.
    expect(json(covered)).toMatchObject({ answer: 'conditional', payer: 'acme', plan: null });
    const ofPlan = await codewatch(
      ...[...asked, '--plan', 'gold ppo', '--on', '2026-02-01', '--config', config],
    );
    expect(ofPlan.out).toContain(
      '62323 for M54.16, acme in CA, plan gold ppo, on 2026-02-01: covered',
    );
    expect(ofPlan.out).toContain('limited to the plan Gold PPO');
    const shown = await codewatch(
      ...['policies', 'ACME-SPINE-12', '--collection', 'acme', '--config', config],
    );
    expect(shown.out).toContain('applies in CA NV, to the plan Gold PPO only');
    const listed = await codewatch('policies', '--collection', 'acme', '--config', config);
    expect(listed.out).toContain('Epidural steroid injections (plan Gold PPO)');

    writeFileSync(join(folder, 'wrong.json'), (text ?? '').replace('"M54.16"', '"62323"'));
    const refused = await codewatch('rules', join(folder, 'wrong.json'), '--config', config);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('wrong.json');
    expect(refused.out).toContain('quarantined');
    const unnamed = await codewatch('rules', join(folder, 'rules.json'));
    expect([unnamed.code, unnamed.err]).toEqual([2, expect.stringContaining('--config FILE')]);
  });

  test('rules that were handed over before count again, at the same instant too', async () => {
    const config = ['--config', join(folder, 'feeds.json')];
    const ofAllPlans = readFileSync(join(folder, 'rules.json'), 'utf8').replace(/"plan": .*,/, '');
    writeFileSync(join(folder, 'a.json'), ofAllPlans);
    writeFileSync(join(folder, 'b.json'), ofAllPlans.replace('"M54.16", ', ''));
    const answers: string[] = [];
    const hand = async (file: string) => {
      const taken = await codewatch('rules', join(folder, file), ...config);
      expect(taken.code, taken.err + taken.out).toBe(0);
      const asked = ['62323', 'M54.16', '--payer', 'acme', '--state', 'CA', '--on', '2026-02-01'];
      answers.push(json(await codewatch('coverage', ...asked, ...config, '--json')).answer);
      return taken.out;
    };
    expect(await hand('a.json')).toMatch(/: 1 document of policies; 1 changed/);
    expect(await hand('b.json')).toMatch(/: 1 document of policies; 1 changed/);
    expect(await hand('a.json')).toMatch(/: 1 document of policies; 1 changed/);
    expect(await hand('a.json')).toContain('these files say nothing new');
    expect(answers).toEqual(['covered', 'not-listed', 'covered', 'covered']);
  });

  test('rules that take a stored claim’s coverage away print the alert they led to', async () => {
    const config = ['--config', join(folder, 'feeds.json')];
    const line = { procedure: '62323', dateOfService: '2026-02-01', billed: 250, pointers: [1] };
    const claim = {
      ...{ type: 'claim', id: 'spine-1', payer: 'acme', state: 'CA', codes: ['M54.16'] },
      ...{ dateOfService: '2026-02-01', billed: 250, lines: [line] },
    };
    writeFileSync(join(folder, 'claims.ndjson'), `${JSON.stringify(claim)}\n`);
    const stored = await codewatch('intake', join(folder, 'claims.ndjson'), ...config);
    expect(stored.code, stored.err + stored.out).toBe(0);
    const rules = readFileSync(join(folder, 'b.json'), 'utf8');
    writeFileSync(join(folder, 'c.json'), rules.replace('"version": 3', '"version": 4'));
    const taken = await codewatch('rules', join(folder, 'c.json'), ...config);
    expect(taken.code, taken.err + taken.out).toBe(0);
    const [edition, alert] = taken.out.trim().split('\n');
    const id = edition?.split(':', 1)[0];
    expect(alert).toBe(`alert on ${id}: ACME-SPINE-12; 0 templates, 1 claim, $250.00 billed`);
    writeFileSync(join(folder, 'd.json'), rules.replace('"version": 3', '"version": 5'));
    const review = json(await codewatch('rules', join(folder, 'd.json'), ...config, '--json'));
    expect(review).toMatchObject({ source: 'acme', status: 'committed', alerts: [] });
  });

  test.skipIf(!haveOfficialFiles)(
    'an edition in which most documents are gone waits, is seen, and is taken in once approved',
    async () => {
      // The sample's export: two of the six articles.
      offer(join(sampleMirrorFolder, exportFile));
      const pulled = await codewatch('pull', '--json');
      expect(pulled.code, pulled.err).toBe(1);
      const [id] = json(pulled).editions;
      expect(pulled.err).toContain(`${id}: 2 documents of policies; quarantined`);

      const served = await startServe(own);
      try {
        const get = async (path: string) =>
          JSON.parse(await (await fetch(new URL(path, served.url))).text());
        const { items } = await get('/v1/policies/editions?status=quarantined&source=mcd');
        expect(items).toMatchObject([{ id, approvable: true, seq: null }]);
        expect(items[0].findings.length).toBeGreaterThan(0);
        const health = await get('/health');
        expect(health.policies).toContainEqual(
          expect.objectContaining({ source: 'mcd', editions: 2, quarantined: 1 }),
        );
        const lag = health.feeds.find((feed: { id: string }) => feed.id === 'cms-mcd-export');
        expect(lag).toMatchObject({ lagDays: 0 });
        const before = await get('/v1/coverage?procedure=64490&diagnosis=M53.86&date=2026-10-01');
        expect(before.answer).not.toBe('no-policy');
      } finally {
        await served.end('SIGTERM');
      }
      const unknown = await codewatch('approve', 'mcd-2026-09-06-000000', '--reason', 'why not');
      expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('in quarantine')]);
      const approved = await codewatch('approve', id, '--reason', 'CMS retired the others');
      expect(approved.code, approved.err).toBe(0);
      expect(approved.out).toContain(`${id}: 2 documents of policies;`);
      expect(approved.out).toContain('changed');
      expect(approved.out).toMatch(/; approved by .+: CMS retired the others$/m);
      expect((await codewatch('verify')).code).toBe(0);
    },
  );
});
