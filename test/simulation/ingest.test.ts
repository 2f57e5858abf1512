import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/core/calendar-date.ts';
import type { Candidate } from '../../shared/core/candidate.ts';
import type { GateLimits } from '../../shared/core/gate.ts';
import type { ReleaseContent } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { type IngestPorts, ingest } from '../../shared/steps/ingest.ts';
import { verify } from '../../shared/steps/verify.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { candidateOf } from '../support/candidates.ts';
import { createFuse, survive } from './crash.ts';
import { anyHistory, modelAsOf, pool } from './histories.ts';

/** A pool of six codes changes by halves: the shares that fit the real files do not fit here. */
const limits: GateLimits = {
  lostShareMax: 1,
  addedShareMax: 1,
  retitledShareMax: 1,
  changesFree: 10,
};

function world() {
  const fuse = createFuse();
  const items = createMemoryItemStore({ beforeWrite: fuse.beforeWrite });
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const clock = { now: () => '2025-01-01T00:00:00.000Z' };
  const ports: IngestPorts = { items, archive, assessQueue, clock, limits };
  return { fuse, items, archive, assessQueue, ports };
}

type World = ReturnType<typeof world>;

/** Two neighbours with the same rows are refused in October (last year's file again): not what is tested here. */
const changes = (history: readonly ReleaseContent[]): boolean =>
  history.every(
    (content, index) =>
      index === 0 || JSON.stringify(content.rows) !== JSON.stringify(history[index - 1]?.rows),
  );

const anyChangingHistory = anyHistory.filter(changes);
const kills = fc.array(fc.nat({ max: 25 }), { maxLength: 4 });

const candidatesOf = (archive: World['archive'], history: readonly ReleaseContent[]) =>
  Promise.all(history.map((content) => candidateOf(archive, content, approvalOf(content))));

/** Out of order, a conversion table need not fit its neighbours: approve, so that every release is taken in. */
const approvalOf = (content: ReleaseContent): Partial<Candidate> => ({
  approval: { by: 'simulation', at: `${content.effective}T00:00:00.000Z`, reason: 'random order' },
});

async function expectModel({ items }: World, history: readonly ReleaseContent[]): Promise<void> {
  const table = createCodeTable(items);
  for (const { effective } of history) {
    for (const date of [addDays(effective, -1), effective, addDays(effective, 1)]) {
      for (const code of pool) {
        const version = await table.versionAsOf('icd10cm', code, date);
        const listed = version && version.status !== 'ended' ? version : undefined;
        const facts = listed && {
          billable: listed.status === 'billable',
          short: listed.short,
          long: listed.long,
        };
        expect(facts, `${code} on ${date}`).toEqual(modelAsOf(history, code, date));
      }
    }
  }
}

const fingerprint = async ({ items, archive }: World): Promise<string> => {
  const [cm] = await verify({ items, archive });
  expect(cm?.disagreements).toEqual([]);
  return cm?.fingerprint ?? '';
};

describe('shared/steps/ingest.ts, simulated', () => {
  test('I1 and I3: killed after any write and sent again, the table is what the releases say', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChangingHistory,
        fc.array(kills, { maxLength: 6 }),
        async (history, all) => {
          const calm = world();
          const stormy = world();
          for (const candidate of await candidatesOf(calm.archive, history)) {
            expect((await ingest(calm.ports, candidate)).record).toMatchObject({
              status: 'committed',
            });
          }
          for (const [index, candidate] of (
            await candidatesOf(stormy.archive, history)
          ).entries()) {
            await survive(stormy.fuse, all[index] ?? [], () => ingest(stormy.ports, candidate));
          }
          expect(stormy.items.allItems()).toEqual(calm.items.allItems());
          expect(stormy.assessQueue.messages).toEqual(calm.assessQueue.messages);
          await expectModel(stormy, history);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('I1: in any order of arrival the timelines are the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChangingHistory.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        async ([history, shuffled]) => {
          const inOrder = world();
          const mixed = world();
          for (const candidate of await candidatesOf(inOrder.archive, history)) {
            await ingest(inOrder.ports, candidate);
          }
          for (const candidate of await candidatesOf(mixed.archive, shuffled)) {
            await ingest(mixed.ports, candidate);
          }
          expect(await fingerprint(mixed)).toBe(await fingerprint(inOrder));
          await expectModel(mixed, history);
        },
      ),
      { numRuns: 700 },
    );
  });

  test('I3: a candidate given up half-way leaves nothing visible, and can still come later', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChangingHistory.filter((history) => history.length > 2),
        fc.nat({ max: 20 }),
        fc.nat({ max: 5 }),
        async (history, writes, which) => {
          const mine = world();
          const candidates = await candidatesOf(mine.archive, history);
          const lost = which % candidates.length;
          let gaveUp = false;
          for (const [index, candidate] of candidates.entries()) {
            mine.fuse.set(index === lost ? writes : Number.POSITIVE_INFINITY);
            await ingest(mine.ports, candidate).catch(() => {
              gaveUp = true;
            });
          }
          mine.fuse.set(Number.POSITIVE_INFINITY);
          const records = await createCodeTable(mine.items).releases('icd10cm');
          const committed = new Set(records.map((record) => record.effective));
          // Killed before the head moved, it is not there at all; after that, it is there whole.
          expect(committed.size).toBeGreaterThanOrEqual(history.length - (gaveUp ? 1 : 0));
          await expectModel(
            mine,
            history.filter((content) => committed.has(content.effective)),
          );
          const again = candidates[lost];
          if (again) await ingest(mine.ports, again);
          await expectModel(mine, history);
          await fingerprint(mine);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('I2: taking a release in again writes nothing new', async () => {
    await fc.assert(
      fc.asyncProperty(anyChangingHistory, async (history) => {
        const mine = world();
        const candidates = await candidatesOf(mine.archive, history);
        for (const candidate of candidates) await ingest(mine.ports, candidate);
        const before = mine.items.allItems();
        for (const candidate of candidates) {
          expect((await ingest(mine.ports, candidate)).repeated).toBe(true);
        }
        expect(mine.items.allItems()).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  test('a history in order writes about two items a change', async () => {
    await fc.assert(
      fc.asyncProperty(anyChangingHistory, async (history) => {
        const mine = world();
        const [first, ...later] = await candidatesOf(mine.archive, history);
        if (first) await ingest(mine.ports, first);
        for (const candidate of later) {
          const before = mine.items.counts.itemsWritten;
          const { record } = await ingest(mine.ports, candidate);
          const changed = Object.values(record.changes).reduce((sum, count) => sum + count, 0);
          // Beside version and change: approval, two claims, record, head, outcome.
          expect(mine.items.counts.itemsWritten - before).toBe(2 * changed + 6);
        }
      }),
      { numRuns: 100 },
    );
  });
});
