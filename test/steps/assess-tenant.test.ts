// A register too large for one message is gone through part by part: whatever happens on the way, the
// tenant is told what one message would have told it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Alert } from '../../shared/core/finding.ts';
import { claimOf, clinicTemplates, until2022 } from './spine-story.ts';
import { firstOfGroups, handleAll, type TenantWorld, tenantWorld } from './tenant-world.ts';
import { billable, changeOf, header, type ToldRelease } from './told-code-table.ts';

const release = 'icd10cm-2022';
const both = (...codes: string[]) => codes.map((code) => ({ system: 'icd10cm' as const, code }));

const alertsOf = async ({ tenants }: TenantWorld, tenant = 'a'): Promise<readonly Alert[]> =>
  (await tenants.listAlerts(tenant, { limit: 20 })).items;

const findingsOf = async ({ tenants }: TenantWorld): Promise<readonly string[]> =>
  (await tenants.listFindings('a', { limit: 1000 })).items.map(({ id }) => id);

const partsLeft = ({ items }: TenantWorld): string[] =>
  items
    .allItems()
    .filter(({ pk, sk }) => pk.endsWith('#ASSESS') && sk.includes('#'))
    .map(({ sk }) => sk);

/** FY2022 recorded again under a later sequence number, with J06.9 lost too. */
function corrected(seq: number): ToldRelease[] {
  const [baseline, fy2022] = until2022;
  if (!baseline || !fy2022) throw new Error('the story has two releases');
  const lostToo = changeOf('expanded', 'J069', '2021-10-01', {
    before: billable('Cold'),
    after: header('Cold'),
  });
  return [baseline, { ...fy2022, seq, changes: [...fy2022.changes, lostToo] }];
}

const anyArtifact: fc.Arbitrary<Artifact> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom('M545', 'R05', 'J069', 'I10'), { minLength: 1 })
    .map(
      (codes): Artifact => ({ type: 'template', id: 't', name: 'Sheet', codes: both(...codes) }),
    ),
  fc
    .tuple(
      fc.uniqueArray(fc.constantFrom('M545', 'R05', 'J069', 'I10'), { minLength: 1 }),
      fc.constantFrom('2020-10-19', '2020-12-01', '2021-09-30', '2021-10-01', '2021-10-19'),
      fc.nat(5),
    )
    .map(
      ([codes, date, dollars]): Artifact => ({
        type: 'claim',
        id: 'c',
        codes: both(...codes),
        dateOfService: calendarDate(date),
        billedCents: dollars * 100,
      }),
    ),
);

/** Ids in which UTF-8 order, UTF-16 order and the order of keys differ. */
const ends = ['', '!', '\u{1F600}', '\uff5e', '#'.replace('#', '$'), 'z'];
const anyRegister = fc
  .array(fc.tuple(anyArtifact, fc.constantFrom(...ends)), { minLength: 1, maxLength: 14 })
  .map((all) =>
    all.map(
      ([artifact, end], i): Artifact => ({ ...artifact, id: `${artifact.id}${i % 4}${end}` }),
    ),
  );

async function store(world: TenantWorld, register: readonly Artifact[]): Promise<void> {
  for (const artifact of register) await world.tenants.putArtifact('a', artifact);
}

describe('shared/steps/assess-tenant', () => {
  it('however little a message may look at, findings and alert are those of one message', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRegister,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (register, uses, lanes) => {
          const whole = tenantWorld(until2022, { uses: 5_000 });
          const parted = tenantWorld(until2022, { uses, lanes });
          for (const world of [whole, parted]) {
            await store(world, register);
            await world.announce(release);
            await handleAll(world);
          }
          expect(whole.sent.length).toBeLessThanOrEqual(1);
          expect(await findingsOf(parted)).toEqual(await findingsOf(whole));
          expect(await alertsOf(parted)).toEqual(await alertsOf(whole));
          expect(partsLeft(parted)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a claim or template with several lost codes counts once, though months and messages part them', async () => {
    const world = tenantWorld(until2022);
    for (const [id, date] of ['2021-10-05', '2021-10-06', '2021-11-02'].entries()) {
      const claim = claimOf(String(id), 'M545', date, 10_000);
      await world.tenants.putArtifact('a', { ...claim, codes: both('M545', 'R05') });
    }
    const template = { type: 'template', id: 't', codes: both('M545', 'R05') } as const;
    await world.tenants.putArtifact('a', template);
    await world.announce(release);
    await handleAll(world);
    const [alert] = await alertsOf(world);
    expect(alert?.totals).toEqual({
      codes: 2,
      templates: 1,
      claims: 3,
      billedCents: 30_000,
      reworkCents: { min: 7_500, max: 30_000 },
      habitCodes: 0,
      // 365 days after the first of them.
      fileBy: '2022-10-05',
    });
    expect(alert?.codes.map(({ code, claims }) => [code, claims.count])).toEqual([
      ['M545', 3],
      ['R05', 3],
    ]);
  });

  it('a message looks at no more uses than it may, and one artifact to its end', async () => {
    const world = tenantWorld(until2022, { uses: 10 });
    for (let i = 0; i < 200; i += 1) {
      const claim = claimOf(`c${i}`, 'M545', i % 2 === 0 ? '2021-10-05' : '2021-11-05', 100);
      await world.tenants.putArtifact('a', { ...claim, codes: both('M545', 'R05') });
    }
    await world.announce(release);
    const perMessage: number[] = [];
    await handleAll(world, ({ hits }) => void perMessage.push(hits.claims));
    expect(perMessage.reduce((sum, hits) => sum + hits, 0)).toBe(400);
    expect(Math.max(...perMessage)).toBe(10);
    // 200 uses a month in tens; at the last end of each part a message may find nothing left.
    expect(perMessage.length).toBeGreaterThanOrEqual(40);
    expect(perMessage.length).toBeLessThanOrEqual(43);
  });

  it('reads little more than it looks at, however many messages that takes', async () => {
    const world = tenantWorld(until2022, { uses: 100 });
    for (let i = 0; i < 3_000; i += 1) {
      await world.tenants.putArtifact('a', claimOf(`c${i}`, 'M545', '2021-10-05', 100));
    }
    await world.announce(release);
    world.items.counts.itemsRead = 0;
    let messages = 0;
    await handleAll(world, () => {
      messages += 1;
    });
    expect(messages).toBeGreaterThanOrEqual(30);
    // A use each; half a message's share read in vain where it stops; what is stored of the parts.
    expect(world.items.counts.itemsRead).toBeLessThanOrEqual(3_000 * 1.5 + messages * 4);
  });

  it('at most so many parts of a tenant are at work at once, and its own messages name no claim', async () => {
    const world = tenantWorld(until2022, { uses: 1, lanes: 3, now: '2022-09-20T06:00:00.000Z' });
    for (let month = 1; month <= 9; month += 1) {
      for (const n of [1, 2]) {
        const claim = claimOf(`CLAIM-MARK-${month}-${n}`, 'M545', `2022-0${month}-05`, 100);
        await world.tenants.putArtifact('a', claim);
      }
    }
    await world.announce(release);
    await handleAll(world);
    const groups = new Set(world.sent.map(({ groupId }) => groupId));
    // Its main group and three lanes.
    expect(groups.size).toBe(4);
    expect(JSON.stringify(world.sent)).not.toContain('CLAIM-MARK');
    expect(JSON.stringify(world.notifyQueue.messages)).not.toContain('CLAIM-MARK');
    expect((await alertsOf(world))[0]?.totals.claims).toBe(18);
  });

  it('I3 killed before any write or send of any message, and delivered again: the same table and messages', async () => {
    for (const seq of [2, 5]) {
      const run = async (n: number) => {
        const kill = { left: -1 };
        const world = tenantWorld(until2022, {
          beforeWrite() {
            if (kill.left === 0) {
              kill.left = -1;
              throw new Error('killed');
            }
            kill.left -= 1;
          },
        });
        for (const template of clinicTemplates) await world.tenants.putArtifact('a', template);
        for (const date of ['2021-03-01', '2021-10-04', '2021-10-05', '2021-11-06']) {
          const claim = claimOf(date, 'R05', date, 1_000);
          await world.tenants.putArtifact('a', { ...claim, codes: both('R05', 'J069') });
        }
        if (seq > 2) {
          await world.announce(release);
          await handleAll(world);
          world.tell(corrected(seq));
        }
        kill.left = n;
        let killed = false;
        const again = async (step: () => Promise<unknown>): Promise<void> => {
          try {
            await step();
          } catch (error) {
            if (killed || (error as Error).message !== 'killed') throw error;
            killed = true;
            await step();
          }
        };
        await again(() => world.announce(release));
        const { messages } = world.assessTenantQueue;
        for (let next = messages[0]; next; next = messages[0]) {
          const message = next;
          await again(() => world.handle(message));
          messages.splice(messages.indexOf(message), 1);
        }
        return { killed, items: world.items.allItems(), told: world.notifyQueue.messages };
      };
      const clean = await run(-1);
      expect(clean.told).toHaveLength(seq > 2 ? 2 : 1);
      for (let n = 0; ; n += 1) {
        const { killed, items, told } = await run(n);
        expect(items).toEqual(clean.items);
        expect(told).toEqual(clean.told);
        if (!killed) break;
      }
    }
  });

  it('two deliveries of one message at the same time count what it finds once', async () => {
    const world = tenantWorld(until2022, { uses: 2, lanes: 4 });
    for (let i = 0; i < 24; i += 1) {
      const date = i % 2 === 0 ? '2021-10-04' : '2021-11-04';
      await world.tenants.putArtifact('a', claimOf(`c${i}`, 'M545', date, 100));
    }
    await world.announce(release);
    const { messages } = world.assessTenantQueue;
    while (messages.length > 0) {
      // All that may be at work at once, and each of it twice.
      const now = firstOfGroups(messages);
      await Promise.all([...now, ...now].map((message) => world.handle(message)));
      for (const message of now) messages.splice(messages.indexOf(message), 1);
    }
    expect((await alertsOf(world)).map(({ totals }) => totals.claims)).toEqual([24]);
    expect(partsLeft(world)).toEqual([]);
    expect(world.notifyQueue.messages).toHaveLength(1);
  });

  it('a message that comes when all is long over changes nothing and sends nothing', async () => {
    const world = tenantWorld(until2022);
    for (const template of clinicTemplates) await world.tenants.putArtifact('a', template);
    await world.tenants.putArtifact('a', claimOf('1', 'R05', '2021-10-04', 100));
    await world.announce(release);
    await handleAll(world);
    const { sent, notifyQueue, items } = world;
    const [count, told] = [sent.length, notifyQueue.messages.length];
    const before = items.allItems();
    for (const message of [...sent]) await world.handle(message);
    expect(items.allItems()).toEqual(before);
    expect([sent.length, notifyQueue.messages.length]).toEqual([count, told]);
  });

  it('every hit is told in exactly one alert, corrections committed and messages delivered as chance has it', async () => {
    const chance = fc.record({
      pick: fc.nat(7),
      again: fc.boolean(),
      together: fc.boolean(),
      kill: fc.option(fc.nat(6), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        anyRegister,
        fc.integer({ min: 1, max: 4 }),
        fc.array(chance, { minLength: 1, maxLength: 20 }),
        fc.uniqueArray(fc.nat(12), { minLength: 1, maxLength: 2 }),
        async (register, uses, chances, commits) => {
          const kill = { left: -1 };
          const world = tenantWorld(until2022, {
            uses,
            beforeWrite() {
              if (kill.left === 0) throw new Error('killed');
              kill.left -= 1;
            },
          });
          await store(world, register);
          await world.announce(release);
          const { messages } = world.assessTenantQueue;
          const seqs = [...commits].sort((a, b) => a - b).map((turn) => ({ turn, seq: turn + 3 }));
          for (let turn = 0; messages.length > 0 || turn <= 12; turn += 1) {
            const commit = seqs.find((each) => each.turn === turn);
            if (commit) {
              world.tell(corrected(commit.seq));
              await world.announce(release);
            }
            const {
              pick,
              again,
              together,
              kill: at,
            } = chances[turn % chances.length] ?? {
              pick: 0,
            };
            const may = firstOfGroups(messages);
            if (together) {
              await Promise.all(may.map(world.handle));
              for (const each of may) messages.splice(messages.indexOf(each), 1);
              continue;
            }
            const message = may[pick % Math.max(1, may.length)];
            if (!message) continue;
            // A message that is killed comes again some time later.
            kill.left = turn < 60 ? (at ?? -1) : -1;
            const isDone = await world.handle(message).then(
              () => true,
              (error: Error) => {
                if (error.message !== 'killed') throw error;
                return false;
              },
            );
            kill.left = -1;
            if (!isDone) continue;
            if (again) await world.handle(message);
            messages.splice(messages.indexOf(message), 1);
          }
          const alerts = await alertsOf(world);
          const templates = alerts.flatMap(({ codes }) => codes.flatMap((code) => code.templates));
          const claims = alerts.flatMap(({ codes }) => codes.map((code) => code.claims.count));
          const findings = await findingsOf(world);
          const whole = tenantWorld(corrected(20), { uses: 5_000 });
          await store(whole, register);
          await whole.announce(release);
          await handleAll(whole);
          expect(findings).toEqual(await findingsOf(whole));
          expect(new Set(templates.map(({ finding }) => finding)).size).toBe(templates.length);
          expect(templates.length + claims.reduce((sum, count) => sum + count, 0)).toBe(
            findings.length,
          );
          expect(partsLeft(world)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
