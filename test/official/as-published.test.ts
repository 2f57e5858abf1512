import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { verify } from '../../shared/steps/verify.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { haveOfficialFiles, mirrorFolder } from '../support/official-files.ts';

/** A watcher that runs on some days only, and sees on each what was listed by then. */
function watcher() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const runOn = async (day: string): Promise<string[]> => {
    const clock = { now: () => `${day}T12:00:00.000Z` };
    const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
    const ingestQueue = createMemoryQueue();
    await pull({ fetcher, archive, items, ingestQueue, clock }, { feeds: ['cms-icd10cm'] });
    const taken: string[] = [];
    for (const message of ingestQueue.messages) {
      const { record } = await ingest(
        { items, archive, assessQueue, clock },
        JSON.parse(message.body),
      );
      taken.push(`${record.id} ${record.status}`);
    }
    return taken;
  };
  const fingerprint = async (): Promise<string | undefined> => {
    const [cm] = await verify({ items, archive });
    expect(cm?.disagreements).toEqual([]);
    return cm?.fingerprint;
  };
  return { table: createCodeTable(items), runOn, fingerprint };
}

describe.skipIf(!haveOfficialFiles)('the official releases as they were published', () => {
  const daily = watcher();
  const runs: string[][] = [];

  beforeAll(async () => {
    for (const day of ['2021-07-15', '2021-09-01', '2022-01-15', '2022-05-01', '2025-11-01']) {
      runs.push(await daily.runOn(day));
    }
  }, 300_000);

  test('on 15 July 2021 the October release is known, its conversion table not yet', () => {
    expect(runs[0]).toContain('icd10cm-2022 committed');
    expect(runs[0]).not.toContain('icd10cm-2022-04 committed');
  });

  test('the conversion table of 25 August 2021 makes the replacements of M54.5 official', async () => {
    expect(runs[1]).toEqual(['icd10cm-2022 committed']);
    const october = calendarDate('2021-10-01');
    const summer = await daily.table.knownAt('icd10cm', '2021-08-01T00:00:00.000Z');
    const inferred = await daily.table.versionAsOf('icd10cm', 'M545', october, summer);
    expect(inferred?.replacedBy.map(({ code, source }) => `${code} ${source}`)).toEqual([
      'M5450 inferred',
      'M5451 inferred',
      'M5459 inferred',
    ]);
    const official = await daily.table.versionAsOf('icd10cm', 'M545', october);
    expect(official?.replacedBy.map(({ code, source }) => `${code} ${source}`)).toEqual([
      'M5450 official',
      'M5451 official',
      'M5459 official',
    ]);
  });

  test('the loose files of December 2021 are the April 2022 release', () => {
    expect(runs[2]).toContain('icd10cm-2022-04 committed');
  });

  test('nothing ever went into quarantine', () => {
    expect(runs.flat().filter((line) => !line.endsWith(' committed'))).toEqual([]);
  });

  test('I1: the table is the one that all files at once give', async () => {
    const atOnce = watcher();
    await atOnce.runOn('2025-11-01');
    expect(await daily.fingerprint()).toBe(await atOnce.fingerprint());
  }, 300_000);
});
