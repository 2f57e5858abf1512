// A committed release is matched against what tenants store: who is hit, who is told, and how
// often.
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/core/finding.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { assess } from '../../shared/steps/assess.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { claimOf, clinicTemplates, until2022, until2025 } from './spine-story.ts';
import { billable, changeOf, header, type ToldRelease, toldCodeTable } from './told-code-table.ts';

const messageOf = (release: string) => ({ system: 'icd10cm', release, seq: 1 }) as const;

/** A tenant table, a queue and a clock around a told code table. */
function world(releases: readonly ToldRelease[], now = '2021-07-09T06:00:00.000Z') {
  const items = createMemoryItemStore();
  const tenants = createTenantStore(items);
  const notifyQueue = createMemoryQueue();
  const clock = { now: () => now };
  return { items, tenants, notifyQueue, clock, codeTable: toldCodeTable(releases) };
}

const alertsOf = async (tenants: TenantStore, tenant: string): Promise<readonly Alert[]> =>
  (await tenants.listAlerts(tenant, { limit: 10 })).items;

describe('shared/steps/assess', () => {
  it('the baseline alerts nobody and reads nothing of any tenant', async () => {
    const ports = world(until2022);
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    ports.items.counts.requests = 0;
    const outcome = await assessToTheEnd(ports, messageOf('icd10cm-2021'));
    expect(outcome).toMatchObject({ changes: 0, tenants: 0, alerts: [] });
    expect(ports.items.counts.requests).toBe(0);
  });

  it('announces a release to each tenant that may use its codes, in its own order, and again the same', async () => {
    const ports = world(until2022, '2021-10-20T06:00:00.000Z');
    for (const template of clinicTemplates) await ports.tenants.putArtifact('b', template);
    await ports.tenants.putArtifact('a', claimOf('CLAIM-MARK', 'M545', '2021-10-05', 10_000));
    for (const date of ['2020-09-30', '2020-10-31', '2021-10-05']) {
      await ports.tenants.putArtifact('a', claimOf(date, 'R05', date, 10_000));
    }
    // Neither a changed code nor, a year and a month ago, a habit.
    await ports.tenants.putArtifact('c', claimOf('3', 'J069', '2021-10-05', 10_000));
    await ports.tenants.putArtifact('c', claimOf('4', 'R05', '2020-09-30', 10_000));
    const before = ports.items.allItems();
    const sent = async () => {
      const assessTenantQueue = createMemoryQueue();
      const changesOf = createChangeReader(ports.codeTable);
      await assess({ ...ports, assessTenantQueue, changesOf }, messageOf('icd10cm-2022'));
      return assessTenantQueue.messages;
    };
    const messages = await sent();
    const release = { release: 'icd10cm-2022', seq: 2 };
    expect(messages.map(({ body, groupId }) => [groupId, JSON.parse(body)])).toEqual([
      ['a', { tenant: 'a', ...release, used: { M545: ['2021-10'], R05: ['2020-10', '2021-10'] } }],
      ['b', { tenant: 'b', ...release, used: { M545: ['open'] } }],
    ]);
    expect(await sent()).toEqual(messages);
    expect(JSON.stringify(messages)).not.toContain('CLAIM-MARK');
    expect(ports.items.allItems()).toEqual(before);
  });

  it('an announced release that has no record is a broken invariant', async () => {
    await expect(assessToTheEnd(world(until2022), messageOf('icd10cm-2030'))).rejects.toThrow(
      'no record',
    );
  });

  it('templates are hit always, claims from the effective date on, the day before never', async () => {
    const ports = world(until2022, '2021-10-20T06:00:00.000Z');
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    for (const date of ['2021-09-30', '2021-10-01', '2021-10-19']) {
      await ports.tenants.putArtifact('a', claimOf(date, 'M545', date, 10_000));
    }
    await ports.tenants.putArtifact('a', {
      type: 'claim',
      id: 'undated',
      codes: [{ system: 'icd10cm', code: 'M545' }],
    });
    await ports.tenants.putArtifact('b', claimOf('other', 'J069', '2021-10-05', 10_000));
    const outcome = await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    expect(outcome).toMatchObject({
      changes: 2,
      tenants: 1,
      hits: { templates: 2, claims: 2 },
      habitCodes: 0,
      newFindings: 4,
    });
    const { items: findings } = await ports.tenants.listFindings('a', { limit: 10 });
    expect(findings.map(({ artifact }) => artifact.id).sort()).toEqual([
      '2021-10-01',
      '2021-10-19',
      'superbill-spine',
      'walk-in',
    ]);
    const [alert, ...others] = await alertsOf(ports.tenants, 'a');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'high',
      kinds: ['expanded'],
      totals: { codes: 1, templates: 2, claims: 2, billedCents: 20_000, habitCodes: 0 },
      codes: [
        {
          code: 'M545',
          title: { before: 'Low back pain', after: 'Low back pain' },
          replacedBy: [
            { code: 'M5450', title: 'Low back pain, unspecified', source: 'official' },
            { code: 'M5451', title: 'Vertebrogenic low back pain' },
            { code: 'M5459', title: 'Other low back pain' },
          ],
          templates: [
            { name: 'Spine superbill', owner: 'Dana Whitfield, billing' },
            { name: 'Walk-in favourites' },
          ],
          claims: { count: 2, billedCents: 20_000 },
          reworkCents: { min: 5_000, max: 20_000 },
        },
      ],
    });
    expect(await alertsOf(ports.tenants, 'b')).toEqual([]);
  });

  it('habit counts the claims of exactly the last twelve months before the change, where no template has the code', async () => {
    const ports = world(until2022, '2021-07-09T06:00:00.000Z');
    const dates = ['2020-07-09', '2020-07-10', '2021-01-15', '2021-07-09', '2021-07-10'];
    for (const date of dates)
      await ports.tenants.putArtifact('a', claimOf(date, 'R05', date, 1_000));
    for (const date of dates)
      await ports.tenants.putArtifact('b', claimOf(date, 'M545', date, 1_000));
    for (const template of clinicTemplates) await ports.tenants.putArtifact('b', template);
    await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    const [habit] = await alertsOf(ports.tenants, 'a');
    expect(habit).toMatchObject({
      severity: 'medium',
      totals: { templates: 0, claims: 0, habitCodes: 1 },
    });
    expect(habit?.codes).toMatchObject([
      {
        code: 'R05',
        habit: { claims: 3, billedCents: 3_000, from: '2020-07-10', to: '2021-07-09' },
      },
    ]);
    expect((await ports.tenants.listFindings('a', { limit: 10 })).items).toEqual([]);
    const [onTemplate] = await alertsOf(ports.tenants, 'b');
    expect(onTemplate?.codes).toHaveLength(1);
    expect(onTemplate?.codes[0]?.habit).toBeUndefined();
  });

  it('habit ends on the eve of a change in force, and a change a year old has none', async () => {
    const ports = world(until2022, '2021-10-20T06:00:00.000Z');
    await ports.tenants.putArtifact('a', claimOf('1', 'R05', '2021-09-30', 1_000));
    await ports.tenants.putArtifact('a', claimOf('2', 'R05', '2021-10-01', 2_000));
    await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    const [alert] = await alertsOf(ports.tenants, 'a');
    expect(alert?.codes).toMatchObject([
      { claims: { count: 1, billedCents: 2_000 }, habit: { claims: 1, billedCents: 1_000 } },
    ]);
    const late = world(until2022, '2022-10-01T06:00:00.000Z');
    await late.tenants.putArtifact('a', claimOf('1', 'R05', '2021-09-30', 1_000));
    expect(await assessToTheEnd(late, messageOf('icd10cm-2022'))).toMatchObject({
      tenants: 0,
      alerts: [],
    });
  });

  it('a title that changed its meaning hits templates only; a cosmetic one and new codes hit nothing', async () => {
    const facts = { before: billable('Old'), after: billable('Entirely new') };
    const ports = world([
      { effective: '2020-10-01', baseline: true, changes: [] },
      {
        effective: '2021-10-01',
        changes: [
          changeOf('retitled', 'I10', '2021-10-01', { ...facts, cosmetic: false }),
          changeOf('retitled', 'J069', '2021-10-01', { ...facts, cosmetic: true }),
          changeOf('added', 'R519', '2021-10-01', { after: billable('New') }),
          changeOf('collapsed', 'Z0000', '2021-10-01', {
            before: header('X'),
            after: billable('X'),
          }),
        ],
      },
    ]);
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    await ports.tenants.putArtifact('a', claimOf('1', 'I10', '2021-10-04', 1_000));
    await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    const [alert] = await alertsOf(ports.tenants, 'a');
    expect(alert).toMatchObject({
      severity: 'low',
      kinds: ['retitled'],
      totals: { codes: 1, templates: 1, claims: 0 },
    });
  });

  it('a release that arrives late hits no claim dated after the code could be billed again', async () => {
    const change = (kind: 'expanded' | 'collapsed', date: string) =>
      changeOf(kind, 'M545', date, {
        before: kind === 'expanded' ? billable('X') : header('X'),
        after: kind === 'expanded' ? header('X') : billable('X'),
      });
    const ports = world(
      [
        { effective: '2020-10-01', baseline: true, changes: [] },
        { effective: '2021-01-01', seq: 3, changes: [change('expanded', '2021-01-01')] },
        { effective: '2021-10-01', seq: 2, changes: [change('collapsed', '2021-10-01')] },
      ],
      '2021-12-01T06:00:00.000Z',
    );
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    await ports.tenants.putArtifact('a', claimOf('in between', 'M545', '2021-09-30', 1_000));
    await ports.tenants.putArtifact('a', claimOf('after', 'M545', '2021-10-01', 1_000));
    await assessToTheEnd(ports, messageOf('icd10cm-2021-01'));
    const { items } = await ports.tenants.listFindings('a', { limit: 10 });
    expect(items.map(({ artifact }) => artifact.id)).toEqual(['in between']);
  });

  it('I5 however often it is redelivered, there is one alert a tenant; it is sent again only while undelivered', async () => {
    const ports = world(until2022);
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    const first = await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    const stored = ports.items.allItems();
    // A queue that remembers nothing: what is sent shows in full.
    const forgetful = {
      ...ports,
      notifyQueue: createMemoryQueue(),
      clock: { now: () => '2021-07-20T00:00:00.000Z' },
    };
    const again = await assessToTheEnd(forgetful, messageOf('icd10cm-2022'));
    expect(again.alerts).toEqual(first.alerts);
    expect(ports.items.allItems()).toEqual(stored);
    expect(forgetful.notifyQueue.messages).toEqual([
      {
        body: JSON.stringify({ tenant: 'a', alert: first.alerts[0] }),
        deduplicationId: first.alerts[0],
        groupId: 'a',
      },
    ]);
    await ports.tenants.recordDelivery('a', first.alerts[0] ?? '', {
      deliveredAt: '2021-07-09T06:00:01.000Z',
      messageIds: ['1'],
    });
    const silent = { ...ports, notifyQueue: createMemoryQueue() };
    await assessToTheEnd(silent, messageOf('icd10cm-2022'));
    expect(silent.notifyQueue.messages).toEqual([]);
  });

  it('a correction tells only the hits nobody was told of, a restatement that changes nothing is silent', async () => {
    const ports = world(until2022);
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    await ports.tenants.putArtifact('a', claimOf('1', 'R05', '2021-01-15', 1_000));
    await assessToTheEnd(ports, messageOf('icd10cm-2022'));
    const [baseline, release] = until2022;
    if (!baseline || !release) throw new Error('the story has two releases');
    const restated = toldCodeTable([baseline, { ...release, seq: 5 }]);
    const before = ports.items.allItems();
    await assessToTheEnd(
      { ...ports, codeTable: restated },
      { ...messageOf('icd10cm-2022'), seq: 5 },
    );
    expect(ports.items.allItems()).toEqual(before);
    const lostToo = changeOf('expanded', 'J069', '2021-10-01', {
      before: billable('Cold'),
      after: header('Cold'),
    });
    const corrected = toldCodeTable([
      baseline,
      { ...release, seq: 7, changes: [...release.changes, lostToo] },
    ]);
    for (const _ of ['first delivery', 'second delivery']) {
      const outcome = await assessToTheEnd(
        { ...ports, codeTable: corrected },
        { ...messageOf('icd10cm-2022'), seq: 7 },
      );
      expect(outcome.alerts).toHaveLength(2);
    }
    const alerts = await alertsOf(ports.tenants, 'a');
    expect(alerts).toHaveLength(2);
    const correction = alerts.find(({ seq }) => seq === 7);
    expect(correction).toMatchObject({ totals: { codes: 1, templates: 1, habitCodes: 0 } });
    expect(correction?.codes).toMatchObject([
      { code: 'J069', templates: [{ name: 'Walk-in favourites' }] },
    ]);
  });

  it('I3 killed after any write or before any send, and run again: the same table, one alert and one message a tenant', async () => {
    const [baseline, release] = until2022;
    if (!baseline || !release) throw new Error('the story has two releases');
    let left = -1;
    const die = (): void => {
      if (left === 0) throw new Error('killed');
      left -= 1;
    };
    const told = async (n: number, seq: number) => {
      const items = createMemoryItemStore({ beforeWrite: die });
      const tenants = createTenantStore(items);
      const notifyQueue = createMemoryQueue({ beforeSend: die });
      const clock = { now: () => '2021-10-20T06:00:00.000Z' };
      const ports = { tenants, notifyQueue, clock, codeTable: toldCodeTable(until2022) };
      left = -1;
      for (const tenant of ['a', 'b']) {
        for (const template of clinicTemplates) await tenants.putArtifact(tenant, template);
        await tenants.putArtifact(tenant, claimOf('1', 'M545', '2021-10-04', 1_000));
      }
      if (seq > 2) await assessToTheEnd(ports, messageOf('icd10cm-2022'));
      const lostToo = changeOf('expanded', 'J069', '2021-10-01', {
        before: billable('Cold'),
        after: header('Cold'),
      });
      const changes = seq > 2 ? [...release.changes, lostToo] : release.changes;
      const codeTable = toldCodeTable([baseline, { ...release, seq, changes }]);
      left = n;
      const run = assessToTheEnd({ ...ports, codeTable }, messageOf('icd10cm-2022'));
      const finished = await run.then(
        () => true,
        () => false,
      );
      left = -1;
      if (!finished) await assessToTheEnd({ ...ports, codeTable }, messageOf('icd10cm-2022'));
      return { finished, items: items.allItems(), messages: notifyQueue.messages };
    };
    for (const seq of [2, 5]) {
      const clean = await told(-1, seq);
      expect(clean.messages).toHaveLength(seq > 2 ? 4 : 2);
      for (let n = 0; ; n += 1) {
        const killed = await told(n, seq);
        expect(killed.items).toEqual(clean.items);
        expect(killed.messages).toEqual(clean.messages);
        if (killed.finished) break;
      }
    }
  });

  it('with 100,000 stored claims it reads at most two items for each claim and template it reports', async () => {
    const ports = world(until2025, '2024-12-15T06:00:00.000Z');
    // A year of claims, evenly. One in fifty of clinic a has the lost code of a template of its
    // own; clinic b has the same claims and no template, so that those before the change are its
    // habit.
    const common = ['E119', 'J069', 'Z0000'];
    const days = Array.from({ length: 366 }, (_, i) =>
      new Date(Date.UTC(2023, 11, 16 + i)).toISOString().slice(0, 10),
    );
    for (let i = 0; i < 100_000; i += 1) {
      const code = i % 50 < 2 ? 'M5136' : (common[i % common.length] ?? '');
      const claim = claimOf(String(i), code, days[Math.floor(i / 50) % days.length] ?? '', 10_000);
      const codes = [...claim.codes, { system: 'icd10cm', code: 'I10' } as const];
      await ports.tenants.putArtifact(i % 2 === 0 ? 'a' : 'b', { ...claim, codes });
    }
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    ports.items.counts.itemsRead = 0;
    const { hits } = await assessToTheEnd(ports, messageOf('icd10cm-2025'));
    const [alert] = await alertsOf(ports.tenants, 'b');
    const habit = alert?.codes[0]?.habit?.claims ?? 0;
    const read = ports.items.counts.itemsRead;
    const reported = hits.claims + hits.templates + habit;
    console.log(
      `assess: ${read} items read for ${hits.claims + hits.templates} hits and ${habit} claims by habit, ${(read / reported).toFixed(3)} each`,
    );
    // 2,000 claims of each clinic, the kth on day k modulo 366: five for each of the 76 days from 1
    // October to 15 December 2024, so 380 hits a clinic, and of clinic b the other 1,620 by habit.
    expect(hits).toEqual({ claims: 760, templates: 1 });
    expect(habit).toBe(1620);
    expect(read / reported).toBeLessThanOrEqual(2);
  });
});
