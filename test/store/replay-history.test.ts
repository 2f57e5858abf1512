import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import type { GateLimits } from '../../shared/core/gate.ts';
import type { ReleaseContent, ReleaseRecord } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { buildSnapshot } from '../../shared/store/replay-snapshot.ts';
import { type Stores, takeInContractHistory } from '../contract/code-table-history.ts';
import { createFuse, survive } from '../simulation/crash.ts';
import { anyHistory, pool } from '../simulation/histories.ts';
import { candidateOf } from '../support/candidates.ts';
import { recordItems, type Use } from '../support/recording-stores.ts';
import { openSnapshotOf, openTestReference } from '../support/test-reference.ts';

const limits: GateLimits = {
  lostShareMax: 1,
  addedShareMax: 1,
  retitledShareMax: 1,
  changesFree: 10,
};

/** A release that arrives: how often its ingest is killed and where, whether it is given up then, how old its file is. */
type Arrival = {
  readonly content: ReleaseContent;
  readonly kills: readonly number[];
  readonly givenUp: boolean;
  /** Of one given up: it comes once more, after all the others. */
  readonly comesAgain: boolean;
  readonly published: string;
};

const anyArrival = (content: ReleaseContent): fc.Arbitrary<Arrival> =>
  fc.record({
    content: fc.constant(content),
    kills: fc.array(fc.nat({ max: 25 }), { maxLength: 2 }),
    givenUp: fc.boolean(),
    comesAgain: fc.boolean(),
    published: fc.constantFrom('2019-01-01', '2020-01-01', '2021-01-01'),
  });

/** Two histories shuffled into each other: what has a date in common is a correction, or comes too late to be one. */
const anyArrivals: fc.Arbitrary<Arrival[]> = fc
  .tuple(anyHistory, anyHistory)
  .chain(([one, other]) => fc.shuffledSubarray([...one, ...other], { minLength: 2 }))
  .chain((contents) => fc.tuple(...contents.map(anyArrival)));

async function live(arrivals: readonly Arrival[]) {
  const fuse = createFuse();
  const items = createMemoryItemStore({ beforeWrite: fuse.beforeWrite });
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const again: (() => Promise<unknown>)[] = [];
  for (const [hour, arrival] of arrivals.entries()) {
    const { content, kills, givenUp, comesAgain, published } = arrival;
    const now = `2024-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
    const candidate = await candidateOf(archive, content, {
      published: calendarDate(published),
      approval: { by: 'simulation', at: now, reason: 'random history' },
    });
    const ports = { items, archive, assessQueue, limits, clock: { now: () => now } };
    const run = () => ingest(ports, candidate);
    if (givenUp) {
      fuse.set(kills[0] ?? 3);
      await run().catch(() => undefined);
      fuse.set(Number.POSITIVE_INFINITY);
      if (comesAgain) again.push(run);
    } else await survive(fuse, kills, run);
  }
  for (const run of again) await run();
  return { items, archive };
}

/** Every date something can differ on: the day of each release, the day before and the day after. */
const datesOf = (arrivals: readonly Arrival[]) =>
  [...new Set(arrivals.map(({ content }) => content.effective))].flatMap((date) => [
    addDays(date, -1),
    date,
    addDays(date, 1),
  ]);

const codes = ['M54', 'M544', ...pool, 'M999'];
const system: CodeSystemId = 'icd10cm';

/** Every answer a table gives on these dates, believed now and at every time before. */
async function everything(table: CodeTable, arrivals: readonly Arrival[]) {
  const head = await table.head(system);
  const knowns = [undefined, ...Array.from({ length: (head?.seq ?? 0) + 1 }, (_, seq) => seq)];
  const versions: unknown[] = [];
  for (const code of codes) {
    for (const known of knowns) {
      versions.push([code, known, await table.versions(system, code, known)]);
      for (const date of datesOf(arrivals)) {
        const version = await table.versionAsOf(system, code, date, known);
        versions.push([code, known, date, version]);
      }
    }
  }
  const instants = arrivals.map((_, hour) => `2024-01-01T${String(hour).padStart(2, '0')}:30:00Z`);
  const knownAt = await Promise.all(instants.map((at) => table.knownAt(system, at)));
  const releases = await table.releases(system);
  const changes: unknown[] = [];
  for (const record of releases) {
    changes.push(await changesOf(table, record, head?.abandoned ?? []));
  }
  return { head, versions, knownAt, releases, changes };
}

/** The change lists a release ever had; no record points to what an abandoned number left. */
async function changesOf(table: CodeTable, record: ReleaseRecord, abandoned: readonly number[]) {
  const lists = [];
  for (let changesSeq = 1; changesSeq <= record.changesSeq; changesSeq += 1) {
    if (abandoned.includes(changesSeq)) continue;
    lists.push((await table.changes({ ...record, changesSeq }, { limit: 1000 })).items);
  }
  return lists;
}

describe('shared/store/replay-history.ts', () => {
  test('I9: the snapshot answers as the table does, whatever happened to the releases', async () => {
    await fc.assert(
      fc.asyncProperty(anyArrivals, async (arrivals) => {
        const stores = await live(arrivals);
        const snapshot = await openSnapshotOf(stores);
        const expected = await everything(createCodeTable(stores.items), arrivals);
        expect(await everything(snapshot.codeTable, arrivals)).toEqual(expected);
        snapshot.close();
      }),
      { numRuns: 200 },
    );
  });

  test('it reads heads, sequence numbers and release records, and no version', async () => {
    const { items, archive } = await takeInContractHistory(createMemoryItemStore());
    const uses: Use[] = [];
    const snapshot = await openSnapshotOf({ items: recordItems(items, 'table', uses), archive });
    snapshot.close();
    const read = uses.map((use) => ('partition' in use ? `${use.action} ${use.partition}` : ''));
    expect([...new Set(read)].sort()).toEqual([
      'GetItem SYSTEM',
      'Query POLICYSOURCE',
      'Query RELEASE#icd10cm',
      'Query SEQUENCE#icd10cm',
    ]);
  });

  test('what is committed while it is being built is left for the next one', async () => {
    const { items, archive } = await takeInContractHistory(createMemoryItemStore());
    const head = { system, seq: 4, abandoned: [2], from: '2020-10-01', newest: '2022-10-01' };
    const then: ItemStore = {
      ...items,
      get: async (key) => (key.sk === system ? { ...key, head } : items.get(key)),
    };
    const snapshot = await openSnapshotOf({ items: then, archive });
    expect(snapshot.stamp).toBe('f2_icd10cm-4_icd10pcs-0_hcpcs-0');
    const versions = await snapshot.codeTable.versions(system, 'M5450');
    expect(versions).toEqual(await createCodeTable(items).versions(system, 'M5450', 4));
    const records = await snapshot.codeTable.releases(system);
    // The release of 2022-10-01, itself recorded under 3, was restated by 4.
    expect(records.map(({ seq }) => seq)).toEqual([1, 4, 4]);
    snapshot.close();
  });

  test('a table without releases gives a snapshot without codes', async () => {
    const snapshot = await openTestReference([]);
    expect(snapshot.stamp).toBe('f2_icd10cm-0_icd10pcs-0_hcpcs-0');
    expect(await snapshot.codeTable.head(system)).toBeUndefined();
    const page = { date: calendarDate('2021-10-01'), billableOnly: false, offset: 0, limit: 5 };
    expect(await snapshot.catalogue.list(system, page)).toEqual({ total: 0, items: [] });
    snapshot.close();
  });

  describe('when it cannot be built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'codewatch-replay-'));
    const build = (stores: Stores) =>
      buildSnapshot({
        ...stores,
        path: join(folder, 'snapshot.sqlite'),
        createWriter: createSnapshotWriter,
      });
    afterEach(() => expect(readdirSync(folder)).toEqual([]));
    afterAll(() => rmSync(folder, { recursive: true }));

    test('because the archive has lost a normal form, nothing is left behind', async () => {
      const { items } = await takeInContractHistory(createMemoryItemStore());
      const archive = createMemoryArchive();
      await expect(build({ items, archive })).rejects.toMatchObject({ code: 'archive-missing' });
    });

    test('because a release record is missing, it says which', async () => {
      const { items, archive } = await takeInContractHistory(createMemoryItemStore());
      await items.delete({ pk: 'RELEASE#icd10cm', sk: '2022-10-01#000000003' });
      await expect(build({ items, archive })).rejects.toThrow(
        'icd10cm 3 is committed but has no release record',
      );
    });

    test('because a replayed release changes what its record does not say, it says what', async () => {
      const { items, archive } = await takeInContractHistory(createMemoryItemStore());
      const key = { pk: 'RELEASE#icd10cm', sk: '2022-10-01#000000003' };
      const item = await items.get(key);
      const was = item?.record as ReleaseRecord;
      const record = { ...was, changes: { ...was.changes, added: 7 } };
      await items.put({ ...key, record: JSON.parse(JSON.stringify(record)) });
      await expect(build({ items, archive })).rejects.toThrow(
        'icd10cm-2023, replayed, has 1 added; under 3 it had 7',
      );
    });
  });
});
