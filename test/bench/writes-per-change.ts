// Items written per change when the official releases are taken in one after the other.
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { mirrorFolder } from '../support/official-files.ts';
import type { Figure } from './figure.ts';

/** Counts every write to the code table, claims, records and heads included. */
export async function benchWritesPerChange(): Promise<Figure[]> {
  const clock = { now: () => '2025-11-01T12:00:00.000Z' };
  const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
  const [items, archive] = [createMemoryItemStore(), createMemoryArchive()];
  const [ingestQueue, assessQueue] = [createMemoryQueue(), createMemoryQueue()];
  await pull({ fetcher, archive, items, ingestQueue, clock }, { feeds: ['cms-icd10cm'] });
  let written = 0;
  let changes = 0;
  let worst = 0;
  for (const message of ingestQueue.messages) {
    const before = items.counts.itemsWritten;
    const { record } = await ingest(
      { items, archive, assessQueue, clock },
      JSON.parse(message.body),
    );
    const changed = Object.values(record.changes).reduce((sum, count) => sum + count, 0);
    if (record.baseline || changed === 0) continue;
    const items2 = items.counts.itemsWritten - before;
    written += items2;
    changes += changed;
    if (record.effective.endsWith('-10-01')) worst = Math.max(worst, items2 / changed);
  }
  return [
    {
      what: 'items written per change, all official ICD-10-CM releases',
      value: written / changes,
      unit: 'items',
      max: 2.2,
    },
    {
      what: 'items written per change, the worst yearly release',
      value: worst,
      unit: 'items',
      max: 2.2,
    },
  ];
}
