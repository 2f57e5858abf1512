import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Version } from '../../shared/core/change.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { itemVersion, versionItem } from '../../shared/store/code-table-items.ts';
import { candidateOf } from '../support/candidates.ts';
import { conversion, release } from '../support/releases.ts';

const others = Array.from(
  { length: 30 },
  (_, n) => `A${String(n).padStart(2, '0')} 1 Disease ${n}`,
);
const fy2021 = release('2020-10-01', [...others, 'M54 0 Dorsalgia', 'M545 1 Low back pain']);
const fy2022 = release(
  '2021-10-01',
  [...others, 'M54 0 Dorsalgia', 'M545 0 Low back pain', 'M5450 1 Low back pain, unspecified'],
  { conversions: [conversion('M5450', '2021-10-01', 'M545')] },
);

async function table() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  let now = '2020-07-01T00:00:00.000Z';
  const ports = { items, archive, assessQueue, clock: { now: () => now } };
  await ingest(ports, await candidateOf(archive, fy2021));
  now = '2021-07-01T00:00:00.000Z';
  await ingest(ports, await candidateOf(archive, fy2022));
  return { items, table: createCodeTable(items) };
}

const day = calendarDate;

describe('shared/store/code-table.ts', () => {
  test('M54.5 is billable on 30 September 2021 and a header the day after', async () => {
    const { table: codes } = await table();
    expect(await codes.versionAsOf('icd10cm', 'M545', day('2021-09-30'))).toMatchObject({
      status: 'billable',
    });
    expect(await codes.versionAsOf('icd10cm', 'M545', day('2021-10-01'))).toMatchObject({
      status: 'header',
      kind: 'expanded',
      release: 'icd10cm-2022',
      replacedBy: [{ code: 'M5450', source: 'official', effective: '2021-10-01' }],
    });
  });

  test('a lookup by date is one request that reads one item, once the head was seen', async () => {
    const { items, table: codes } = await table();
    await codes.versionAsOf('icd10cm', 'M545', day('2021-09-30'));
    await codes.versionAsOf('icd10cm', 'M545', day('2021-10-01'));
    const before = { ...items.counts };
    await codes.versionAsOf('icd10cm', 'M545', day('2021-10-01'));
    await codes.versionAsOf('icd10cm', 'A010', day('2024-01-01'));
    await codes.versionAsOf('icd10cm', 'A01', day('2024-01-01'));
    expect(items.counts.requests - before.requests).toBe(3);
    expect(items.counts.itemsRead - before.itemsRead).toBe(2);
  });

  test('before the first release and for a code never listed there is no version', async () => {
    const { table: codes } = await table();
    expect(await codes.versionAsOf('icd10cm', 'M545', day('2020-09-30'))).toBeUndefined();
    expect(await codes.versionAsOf('icd10cm', 'M5451', day('2021-10-01'))).toBeUndefined();
  });

  test('asked what was known in 2020, the split of 2021 is not', async () => {
    const { table: codes } = await table();
    const known = await codes.knownAt('icd10cm', '2020-12-31T00:00:00.000Z');
    expect(known).toBe(1);
    expect(await codes.versionAsOf('icd10cm', 'M545', day('2021-10-01'), known)).toMatchObject({
      status: 'billable',
    });
    expect(await codes.versionAsOf('icd10cm', 'M5450', day('2021-10-01'), known)).toBeUndefined();
    expect(await codes.knownAt('icd10cm', '2020-06-30T00:00:00.000Z')).toBeUndefined();
  });

  test('what an uncommitted or abandoned release wrote is invisible', async () => {
    const { items, table: codes } = await table();
    const stray: Version = {
      system: 'icd10cm',
      code: 'M545',
      effective: day('2022-10-01'),
      seq: 3,
      status: 'ended',
      short: 'Low back pain',
      long: 'Low back pain',
      kind: 'ended',
      release: 'icd10cm-2023',
      replacedBy: [],
      replaces: [],
    };
    await items.put(versionItem(stray));
    expect(await codes.versionAsOf('icd10cm', 'M545', day('2023-01-01'))).toMatchObject({
      status: 'header',
    });
    expect((await codes.versions('icd10cm', 'M545')).map(({ status }) => status)).toEqual([
      'billable',
      'header',
    ]);
  });

  test('an item gives back the version it was made of', () => {
    const version: Version = {
      system: 'icd10cm',
      code: 'M545',
      effective: day('2021-10-01'),
      seq: 12,
      status: 'header',
      short: 'Low back pain',
      long: 'Low back pain, with a longer title',
      kind: 'expanded',
      release: 'icd10cm-2022',
      replacedBy: [{ code: 'M5450', source: 'official', effective: day('2021-10-01') }],
      replaces: [],
    };
    expect(itemVersion(JSON.parse(JSON.stringify(versionItem(version))))).toEqual(version);
  });

  test('the change list of a release comes by kind, in pages', async () => {
    const { table: codes } = await table();
    const record = await codes.release('icd10cm-2022');
    if (!record) throw new Error('icd10cm-2022 is not there');
    const first = await codes.changes(record, { limit: 1 });
    expect(first.items.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['added M5450']);
    const rest = await codes.changes(record, {
      limit: 10,
      ...(first.next ? { after: first.next } : {}),
    });
    expect(rest.items.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['expanded M545']);
    const expanded = await codes.changes(record, { kind: 'expanded', limit: 10 });
    expect(expanded.items.map(({ code }) => code)).toEqual(['M545']);
  });
});
