import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { Candidate } from '../../shared/core/candidate.ts';
import type { Change, ChangeKind } from '../../shared/core/change.ts';
import type { ReleaseRecord } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { feeds } from '../../shared/feeds/registry.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { haveOfficialFiles, mirrorFolder } from '../support/official-files.ts';
import {
  type OfficialRow,
  officialReleases,
  officialRows,
} from '../support/official-order-files.ts';

const now = '2025-11-01T12:00:00.000Z';
const items = createMemoryItemStore();
const archive = createMemoryArchive();
const ingestQueue = createMemoryQueue();
const assessQueue = createMemoryQueue();
const clock = { now: () => now };
const table = createCodeTable(items);
const taken: Candidate[] = [];

const pullMirror = () =>
  pull(
    {
      fetcher: createMirrorFetcher({ folder: mirrorFolder, now: clock.now }),
      archive,
      items,
      ingestQueue,
      clock,
    },
    {},
  );

/** Takes in what the queue holds, in order. */
async function ingestAll(): Promise<ReleaseRecord[]> {
  const records: ReleaseRecord[] = [];
  for (const message of ingestQueue.messages.splice(0)) {
    const candidate: Candidate = JSON.parse(message.body);
    const { record } = await ingest({ items, archive, assessQueue, clock }, candidate);
    taken.push(candidate);
    records.push(record);
  }
  return records;
}

/** Every change of a release as the table lists it. */
async function changesOf(record: ReleaseRecord) {
  const changes: Change[] = [];
  let after: string | undefined;
  do {
    const page = await table.changes(record, { limit: 1000, ...(after ? { after } : {}) });
    changes.push(...page.items);
    after = page.next;
  } while (after);
  return changes;
}

const byId = async (id: string): Promise<ReleaseRecord> => {
  const record = await table.release(id);
  if (!record) throw new Error(`${id} is not in the table`);
  return record;
};

/** The kind of a change worked out from two rows: written apart from the product's diff. */
function kindOf(
  before: OfficialRow | undefined,
  after: OfficialRow | undefined,
): ChangeKind | undefined {
  if (!before) return 'added';
  if (!after) return 'ended';
  if (before.flag === '1' && after.flag === '0') return 'expanded';
  if (before.flag === '0' && after.flag === '1') return 'collapsed';
  return before.short === after.short && before.long === after.long ? undefined : 'retitled';
}

describe.skipIf(!haveOfficialFiles)('the official releases, from listing to table', () => {
  const official = new Map<string, Map<string, OfficialRow>>();
  const everChanged = new Set<string>();

  beforeAll(async () => {
    await pullMirror();
    await ingestAll();
    for (const release of officialReleases) official.set(release.id, officialRows(release));
    for (const [index, release] of officialReleases.entries()) {
      const before = official.get(officialReleases[index - 1]?.id ?? '');
      const after = official.get(release.id);
      if (!before || !after) continue;
      for (const code of new Set([...before.keys(), ...after.keys()])) {
        if (kindOf(before.get(code), after.get(code))) everChanged.add(code);
      }
    }
  }, 300_000);

  test.each(officialReleases)(
    '$id has $rows rows, $billable of them billable',
    async ({ id, effective, rows, billable }) => {
      expect(await byId(id)).toMatchObject({ status: 'committed', effective, rows, billable });
    },
  );

  test.each(['icd10cm-2024-04', 'icd10cm-2025-04'])(
    '%s is a re-issue that changes nothing',
    async (id) => {
      const record = await byId(id);
      expect(record.reissueOf).toBe(id.slice(0, -3));
      expect(Object.values(record.changes)).toEqual([0, 0, 0, 0, 0]);
    },
  );

  test('there is no other ICD-10-CM release, and none in quarantine', async () => {
    const ids = (await table.releases('icd10cm')).map((record) => record.id);
    expect(ids.sort()).toEqual(
      [...officialReleases.map(({ id }) => id), 'icd10cm-2024-04', 'icd10cm-2025-04'].sort(),
    );
  });

  test.each([
    // Codes as the statistics at the end of the officials' own addenda count them.
    ['icd10pcs-2016', '2015-10-01', 71_974],
    ['icd10pcs-2017', '2016-10-01', 75_789],
    ['icd10pcs-2018', '2017-10-01', 78_705],
    ['icd10pcs-2019', '2018-10-01', 78_881],
    ['icd10pcs-2020', '2019-10-01', 77_559],
    ['icd10pcs-2021-01', '2021-01-01', 78_136],
    ['icd10pcs-2022', '2021-10-01', 78_220],
    ['icd10pcs-2022-04', '2022-04-01', 78_229],
    ['icd10pcs-2023', '2022-10-01', 78_496],
    ['icd10pcs-2023-04', '2023-04-01', 78_530],
    ['icd10pcs-2024', '2023-10-01', 78_603],
    ['icd10pcs-2024-04', '2024-04-01', 78_638],
    ['icd10pcs-2025', '2024-10-01', 78_948],
  ])('%s, effective %s, has %i codes', async (id, effective, billable) => {
    expect(await byId(id)).toMatchObject({ status: 'committed', effective, billable });
  });

  test('no release of either system is in quarantine', async () => {
    const all = [...(await table.releases('icd10cm')), ...(await table.releases('icd10pcs'))];
    expect(
      all.filter((record) => record.status !== 'committed').map((record) => record.id),
    ).toEqual([]);
  });

  test('every change list is the difference of the two order files', async () => {
    for (const [index, release] of officialReleases.entries()) {
      const before = official.get(officialReleases[index - 1]?.id ?? '');
      const after = official.get(release.id);
      if (!before || !after) continue;
      const expected = [...new Set([...before.keys(), ...after.keys()])].flatMap((code) => {
        const kind = kindOf(before.get(code), after.get(code));
        return kind ? [`${kind} ${code}`] : [];
      });
      const listed = (await changesOf(await byId(release.id))).map(
        ({ kind, code }) => `${kind} ${code}`,
      );
      expect(listed.sort()).toEqual(expected.sort());
    }
  });

  test.each([
    ['icd10cm-2017', 2],
    ['icd10cm-2018', 12],
    ['icd10cm-2022', 2],
    ['icd10cm-2024', 1],
  ])('the addenda of %s agree but for %i title changes they leave out', async (id, omitted) => {
    const { findings } = await byId(id);
    const [finding] = findings.filter((each) => each.code === 'addenda-omission');
    expect(finding?.message).toContain(`leave out ${omitted} title changes`);
  });

  test('all other addenda agree entirely', async () => {
    const omitting = (await table.releases('icd10cm'))
      .filter((record) => record.findings.some((finding) => finding.code.startsWith('addenda-')))
      .map((record) => record.id);
    expect(omitting).toEqual(
      ['icd10cm-2017', 'icd10cm-2018', 'icd10cm-2022', 'icd10cm-2024'].concat().sort(),
    );
  });

  test('I1: every code that ever changed is right on the day of and the day before each effective date', async () => {
    let compared = 0;
    for (const [index, release] of officialReleases.entries()) {
      const rows = official.get(release.id);
      const before = official.get(officialReleases[index - 1]?.id ?? '');
      const day = calendarDate(release.effective);
      for (const code of everChanged) {
        const on = await table.versionAsOf('icd10cm', code, day);
        const eve = await table.versionAsOf('icd10cm', code, addDays(day, -1));
        expect(said(on), `${code} on ${day}`).toEqual(rows?.get(code));
        // COVID-19's codes were in force half a year before the first file that lists them.
        const early = ['U07', 'U070', 'U071'].includes(code) && release.id === 'icd10cm-2021';
        if (!early) expect(said(eve), `${code} the day before ${day}`).toEqual(before?.get(code));
        compared += 2;
      }
    }
    expect(compared).toBeGreaterThan(150_000);
  });

  const said = (version: Awaited<ReturnType<typeof table.versionAsOf>>): OfficialRow | undefined =>
    version && version.status !== 'ended'
      ? {
          flag: version.status === 'billable' ? '1' : '0',
          short: version.short,
          long: version.long,
        }
      : undefined;

  test.each(['U070', 'U071'])(
    '%s is billable from 2020-04-01, as the conversion table says',
    async (code) => {
      expect(await table.versionAsOf('icd10cm', code, calendarDate('2020-03-31'))).toBeUndefined();
      const version = await table.versionAsOf('icd10cm', code, calendarDate('2020-04-01'));
      expect(version).toMatchObject({
        status: 'billable',
        effective: '2020-04-01',
        release: 'icd10cm-2021',
      });
    },
  );

  test('the same rule dates the ICD-10-PCS codes whose October 2020 file is no longer published', async () => {
    // CMS ICD-10-PCS conversion table 2022: XW033E5 effective 08.01 of 2020, XW013S6 01.01 of 2021.
    const remdesivir = await table.versions('icd10pcs', 'XW033E5');
    expect(remdesivir.map((version) => version.effective)).toEqual(['2020-08-01']);
    const vaccine = await table.versions('icd10pcs', 'XW013S6');
    expect(vaccine.map((version) => version.effective)).toEqual(['2021-01-01']);
  });

  test.each([
    ['M545', '2021-10-01', ['M5450', 'M5451', 'M5459']],
    ['M5136', '2024-10-01', ['M51360', 'M51361', 'M51362', 'M51369']],
  ])(
    '%s became a category on %s, officially replaced by its children',
    async (code, date, children) => {
      const version = await table.versionAsOf('icd10cm', code, calendarDate(date));
      expect(version).toMatchObject({ status: 'header', kind: 'expanded' });
      expect(version?.replacedBy).toEqual(
        children.map((child) => ({ code: child, source: 'official', effective: date })),
      );
    },
  );

  test('I2: pulling again sends nothing, and taking every release in again writes nothing', async () => {
    const before = items.counts.itemsWritten;
    const again = await pullMirror();
    expect(again).toMatchObject({ downloaded: 0, candidatesSent: 0 });
    expect(ingestQueue.messages).toEqual([]);
    for (const candidate of taken) {
      const outcome = await ingest({ items, archive, assessQueue, clock }, candidate);
      expect(outcome.repeated).toBe(true);
    }
    // The state of each feed and of each candidate, written over with the same: nothing in the table itself.
    expect(items.counts.itemsWritten - before).toBeLessThanOrEqual(feeds.length + taken.length);
  });
});
