import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { isCosmetic, kindOfChange } from '../../shared/core/diff.ts';
import type { GateLimits } from '../../shared/core/gate.ts';
import { type ReleaseContent, releaseId } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import { assess } from '../../shared/steps/assess.ts';
import type { AssessLimits } from '../../shared/steps/assess-run.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { notify } from '../../shared/steps/notify.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { candidateOf } from '../support/candidates.ts';
import { createFuse, survive } from './crash.ts';
import { anyHistory, pool } from './histories.ts';

const gateLimits: GateLimits = {
  lostShareMax: 1,
  addedShareMax: 1,
  retitledShareMax: 1,
  changesFree: 10,
};
const tenants = ['north', 'south'] as const;

type Stored = { readonly tenant: string; readonly artifact: Artifact };

const anyCodes = fc
  .uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 })
  .map((codes) => codes.map((code) => ({ system: 'icd10cm' as const, code })));

const anyDate = fc.constantFrom('2020-09-30', '2020-10-01', '2021-11-15', '2022-10-01');

const anyArtifact: fc.Arbitrary<Artifact> = fc.oneof(
  anyCodes.map((codes): Artifact => ({ type: 'template', id: 'template', codes })),
  fc.tuple(anyCodes, anyDate).map(
    ([codes, date]): Artifact => ({
      type: 'claim',
      id: 'claim',
      codes,
      dateOfService: calendarDate(date),
      billedCents: 10_000,
    }),
  ),
);

/** Ids tell the type, so that the model can count by it. */
const anyStored: fc.Arbitrary<Stored[]> = fc
  .array(fc.record({ tenant: fc.constantFrom(...tenants), artifact: anyArtifact }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((all) =>
    all.map(({ tenant, artifact }, index) => ({
      tenant,
      artifact: { ...artifact, id: `${artifact.type}-${index}` },
    })),
  );

/** How badly one message fares: where its handling is killed, and how often it is delivered in all. */
const anyFate = fc.record({
  kills: fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
  deliveries: fc.integer({ min: 1, max: 3 }),
});

/** Findings by the naive model: `tenant release code artifact`, history taken in order, everything stored before. */
function expectedFindings(history: readonly ReleaseContent[], stored: readonly Stored[]): string[] {
  const expected: string[] = [];
  for (const [index, content] of history.entries()) {
    const before = history[index - 1];
    if (!before) continue;
    for (const code of pool) {
      const old = before.rows.find((row) => row.code === code) ?? null;
      const now = content.rows.find((row) => row.code === code) ?? null;
      const kind = kindOfChange(old, now);
      const lost = (kind === 'ended' || kind === 'expanded') && old?.billable;
      const renamed = kind === 'retitled' && old && now && !isCosmetic(old, now);
      for (const { tenant, artifact } of stored) {
        if (!artifact.codes.some((use) => use.code === code)) continue;
        const hit =
          artifact.type === 'template'
            ? lost || renamed
            : lost && (artifact.dateOfService ?? '') >= content.effective;
        if (hit)
          expected.push(
            [tenant, releaseId('icd10cm', content.effective), code, artifact.id].join(' '),
          );
      }
    }
  }
  return expected.sort();
}

/** How little one message may look at, and how many parts of a tenant may be at work at once. */
const anyLimits = fc.record({
  uses: fc.constantFrom(1, 2, 3, 5_000),
  lanes: fc.integer({ min: 1, max: 4 }),
});

function world(limits: AssessLimits) {
  const fuse = createFuse();
  const code = createMemoryItemStore({ beforeWrite: fuse.beforeWrite });
  const tenantItems = createMemoryItemStore({ beforeWrite: fuse.beforeWrite });
  const clock = { now: () => '2022-12-01T00:00:00.000Z' };
  return {
    fuse,
    code,
    clock,
    archive: createMemoryArchive(),
    limits,
    assessQueue: createMemoryQueue(),
    assessTenantQueue: createMemoryQueue({ beforeSend: fuse.beforeWrite }),
    notifyQueue: createMemoryQueue({ beforeSend: fuse.beforeWrite }),
    publisher: createMemoryPublisher(),
    codeTable: createCodeTable(code),
    changesOf: createChangeReader(createCodeTable(code)),
    tenantItems,
    tenants: createTenantStore(tenantItems),
    assessments: createAssessmentStore(tenantItems),
  };
}

type World = ReturnType<typeof world>;
type Fate = { readonly kills: readonly number[]; readonly deliveries: number };

/** Handles a queue's messages, each killed and delivered again as fate has it. */
async function handle(
  mine: World,
  queue: World['assessQueue'],
  fateOf: (index: number) => Fate,
  step: (body: never) => Promise<unknown>,
): Promise<void> {
  for (const [index, message] of queue.messages.splice(0).entries()) {
    const { kills, deliveries } = fateOf(index);
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      await survive(mine.fuse, delivery === 0 ? kills : [], () =>
        step(JSON.parse(message.body) as never),
      );
    }
  }
}

/**
 * Handles the messages to tenants until none is left: of any group the next one, as chance has it,
 * each killed and delivered again as fate has it, and now and then one that was handled long ago.
 */
async function handleTenants(mine: World, fates: readonly Fate[]): Promise<void> {
  const { messages } = mine.assessTenantQueue;
  const old: string[] = [];
  for (let turn = 0; messages.length > 0; turn += 1) {
    const { kills, deliveries } = fates[turn % fates.length] ?? { kills: [], deliveries: 1 };
    const first = messages.filter(
      ({ groupId }, index) => messages.findIndex((other) => other.groupId === groupId) === index,
    );
    const chosen = first[(turn * 7 + deliveries) % first.length];
    if (!chosen) throw new Error('a queue with messages has a first one');
    const handleOne = (body: string) => assessTenant(mine, JSON.parse(body));
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      await survive(mine.fuse, delivery === 0 ? kills : [], () => handleOne(chosen.body));
    }
    messages.splice(messages.indexOf(chosen), 1);
    old.push(chosen.body);
    const again = old[(turn * 5) % old.length];
    if (deliveries > 1 && again !== undefined) await handleOne(again);
  }
}

async function live(
  mine: World,
  history: readonly ReleaseContent[],
  stored: readonly Stored[],
  fates: readonly Fate[],
): Promise<void> {
  for (const { tenant, artifact } of stored) await mine.tenants.putArtifact(tenant, artifact);
  const fateOf = (index: number): Fate =>
    fates[index % fates.length] ?? { kills: [], deliveries: 1 };
  for (const [index, content] of history.entries()) {
    const candidate = await candidateOf(mine.archive, content, {
      approval: { by: 'simulation', at: '2020-01-01T00:00:00.000Z', reason: 'random history' },
    });
    const ports = { ...mine, items: mine.code, limits: gateLimits };
    await survive(mine.fuse, fateOf(index).kills, () => ingest(ports, candidate));
    await handle(
      mine,
      mine.assessQueue,
      (each) => fateOf(index + each + 1),
      (body) => assess(mine, body),
    );
    await handleTenants(mine, fates.length > 0 ? fates : [{ kills: [], deliveries: 1 }]);
    await handle(
      mine,
      mine.notifyQueue,
      (each) => fateOf(index + each + 2),
      (body) => notify({ ...mine, baseUrl: 'http://127.0.0.1' }, body),
    );
  }
}

/** What the alerts say is hit, of those that say anything is: `tenant release templates claims`. */
const toldOf = async (mine: World): Promise<string[]> => {
  const all: string[] = [];
  for (const tenant of tenants) {
    for (const { release, totals } of (await mine.tenants.listAlerts(tenant, { limit: 100 }))
      .items) {
      if (totals.templates + totals.claims === 0) continue;
      all.push([tenant, release, totals.templates, totals.claims].join(' '));
    }
  }
  return all.sort();
};

/** The same by the naive model: artifacts count once, however many of their codes are hit. */
function expectedTotals(findings: readonly string[]): string[] {
  const artifacts = new Map<string, Set<string>>();
  for (const line of findings) {
    const [tenant, release, , artifact = ''] = line.split(' ');
    const key = `${tenant} ${release}`;
    artifacts.set(key, (artifacts.get(key) ?? new Set()).add(artifact));
  }
  return [...artifacts]
    .map(([key, ids]) => {
      const templates = [...ids].filter((id) => id.startsWith('template')).length;
      return `${key} ${templates} ${ids.size - templates}`;
    })
    .sort();
}

/** Parts of assessments that are still stored. */
const partsLeft = (mine: World): string[] =>
  mine.tenantItems
    .allItems()
    .filter(({ pk, sk }) => pk.endsWith('#ASSESS') && sk.includes('#'))
    .map(({ sk }) => sk);

const findingsOf = async (mine: World): Promise<string[]> => {
  const all: string[] = [];
  for (const tenant of tenants) {
    const { items } = await mine.tenants.listFindings(tenant, { limit: 1000 });
    all.push(
      ...items.map(({ release, code, artifact }) => [tenant, release, code, artifact.id].join(' ')),
    );
  }
  return all.sort();
};

describe('the steps from ingest to notify, simulated', () => {
  test('I3 and I5: killed and delivered again, every hit is found once and every tenant alerted once a release', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        anyStored,
        fc.array(anyFate, { minLength: 1, maxLength: 6 }),
        anyLimits,
        async (history, stored, fates, limits) => {
          const mine = world(limits);
          await live(mine, history, stored, fates);
          const expected = expectedFindings(history, stored);
          expect(await findingsOf(mine)).toEqual(expected);
          const published = mine.publisher.publications.map(
            ({ attributes }) => `${attributes.tenant} ${attributes.release}`,
          );
          expect(new Set(published).size).toBe(published.length);
          const hit = new Set(expected.map((line) => line.split(' ').slice(0, 2).join(' ')));
          expect([...hit].filter((each) => !published.includes(each))).toEqual([]);
          expect(await toldOf(mine)).toEqual(expectedTotals(expected));
          expect(partsLeft(mine)).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('I8: no artifact id reaches what is published', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, anyStored, anyLimits, async (history, stored, limits) => {
        const mine = world(limits);
        const marked = stored.map(({ tenant, artifact }, index) => ({
          tenant,
          artifact:
            artifact.type === 'claim' ? { ...artifact, id: `CLAIM-MARK-${index}` } : artifact,
        }));
        const sent: unknown[] = [];
        const { assessTenantQueue } = mine;
        const { send } = assessTenantQueue;
        const told = {
          ...assessTenantQueue,
          send(message: QueueMessage) {
            sent.push(message);
            return send(message);
          },
        };
        await live({ ...mine, assessTenantQueue: told }, history, marked, []);
        expect(JSON.stringify(sent)).not.toContain('CLAIM-MARK');
        expect(JSON.stringify(mine.publisher.publications)).not.toContain('CLAIM-MARK');
      }),
      { numRuns: 200 },
    );
  });
});
