// A history with everything in it that makes a code table hard: taken in out of order, corrected, corrected by
// something older, and with a sequence number whose holder died.

import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Candidate } from '../../shared/core/candidate.ts';
import type { Version } from '../../shared/core/change.ts';
import type { ReleaseContent } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { versionItem } from '../../shared/store/code-table-items.ts';
import { claimSequence, readHead } from '../../shared/store/ingest-state.ts';
import { candidateOf } from '../support/candidates.ts';
import { release } from '../support/releases.ts';

/** Where a table is read from: what a snapshot is built of as well. */
export type Stores = { readonly items: ItemStore; readonly archive: Archive };

const before = ['M54 0 Dorsalgia', 'M545 1 Low back pain', 'M546 1 Pain in thoracic spine'];
const split = (title: string): string[] => [
  'M54 0 Dorsalgia',
  'M545 0 Low back pain',
  `M5450 1 ${title}`,
];

/** Taken in first: M54.5 is billable, M54.7 is listed. */
const fy2021 = release('2020-10-01', [...before, 'M547 1 Old pain']);
/** Taken in second, before the release between the two: M54.5 is split, M54.6 retitled, M54.7 gone. */
const fy2023 = release('2022-10-01', [
  ...split('Low back pain, unspecified'),
  'M546 1 Thoracic pain',
]);
/** Taken in third: M54.5 was split a year earlier. */
const fy2022 = release('2021-10-01', [
  ...split('Low back pain, unspecified'),
  'M546 1 Pain in thoracic spine',
  'M547 1 Old pain',
]);
/** A later file for the same date: M54.50 has another title. */
const corrected = release('2021-10-01', [
  ...split('Low back pain, unspec'),
  'M546 1 Pain in thoracic spine',
  'M547 1 Old pain',
]);
/** An earlier file for the same date, taken in last: recorded, and of no effect. */
const outdated = release('2021-10-01', [...before, 'M547 1 Outdated']);

const limits = { lostShareMax: 1, addedShareMax: 1, retitledShareMax: 1, changesFree: 100 };

async function takeInAt(
  stores: Stores,
  now: string,
  content: ReleaseContent,
  more: Partial<Candidate>,
): Promise<void> {
  const approval = { by: 'test', at: now, reason: 'a release of the contract' };
  const candidate = await candidateOf(stores.archive, content, { ...more, approval });
  const assessQueue = createMemoryQueue();
  await ingest({ ...stores, limits, assessQueue, clock: { now: () => now } }, candidate);
}

/** What a run wrote that claimed the next sequence number and died for good. */
async function leaveStrays({ items }: Stores): Promise<void> {
  const { seq } = await claimSequence(items, {
    system: 'icd10cm',
    candidate: 'lost',
    head: await readHead(items, 'icd10cm'),
    now: '2020-08-01T00:00:00.000Z',
  });
  const stray: Version = {
    system: 'icd10cm',
    code: 'M545',
    effective: calendarDate('2021-01-01'),
    seq,
    status: 'ended',
    short: 'Low back pain',
    long: 'Low back pain',
    kind: 'ended',
    release: 'icd10cm-2021-01',
    replacedBy: [],
    replaces: [],
  };
  await items.put(versionItem(stray));
}

/** Takes the history in: sequence numbers 1, 3 to 6; number 2 is lost. */
export async function takeInContractHistory(items: ItemStore): Promise<Stores> {
  const stores = { items, archive: createMemoryArchive() };
  await takeInAt(stores, '2020-07-01T00:00:00.000Z', fy2021, {});
  await leaveStrays(stores);
  await takeInAt(stores, '2022-07-01T00:00:00.000Z', fy2023, {});
  const published = (day: string) => ({ published: calendarDate(day) });
  await takeInAt(stores, '2022-08-01T00:00:00.000Z', fy2022, published('2021-06-01'));
  await takeInAt(stores, '2022-09-01T00:00:00.000Z', corrected, published('2021-09-01'));
  await takeInAt(stores, '2022-09-15T00:00:00.000Z', outdated, published('2021-05-01'));
  return stores;
}
