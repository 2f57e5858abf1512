// Items read per hit when a yearly release is assessed against 100,000 stored claims.
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import type { AssessMessage } from '../../shared/steps/messages.ts';
import { pull } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { mirrorFolder } from '../support/official-files.ts';
import type { Figure } from './figure.ts';

const claims = 100_000;
const tenantCount = 19;

/** Ordinary codes of a spine clinic; M51.36 is the one FY2025 expands, every twentieth claim has it. */
const ordinary = [
  'M5450',
  'M5416',
  'M5412',
  'M4806',
  'M542',
  'M5459',
  'M47816',
  'M25511',
  'G8929',
  'I10',
];

async function storeClaims(tenants: ReturnType<typeof createTenantStore>): Promise<void> {
  for (let n = 0; n < claims; n += 1) {
    const second = ordinary[(n * 7) % ordinary.length] ?? 'I10';
    const first = n % 20 === 0 ? 'M5136' : (ordinary[n % ordinary.length] ?? 'I10');
    await tenants.putArtifact(`tenant-${n % tenantCount}`, {
      type: 'claim',
      id: `claim-${n}`,
      codes: [...new Set([first, second])].map((code) => ({ system: 'icd10cm', code })),
      // Two years around 1 October 2024.
      dateOfService: addDays(calendarDate('2023-10-01'), n % 730),
      billedCents: 17_000,
    });
  }
}

/** Counts every item read in both tables, findings, titles and change list included. */
export async function benchReadsPerHit(): Promise<Figure[]> {
  const clock = { now: () => '2025-09-15T12:00:00.000Z' };
  const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
  const [items, archive] = [createMemoryItemStore(), createMemoryArchive()];
  const [ingestQueue, assessQueue, notifyQueue] = [0, 1, 2].map(() => createMemoryQueue());
  if (!ingestQueue || !assessQueue || !notifyQueue) throw new Error('no queues');
  await pull({ fetcher, archive, items, ingestQueue, clock }, { feeds: ['cms-icd10cm'] });
  for (const message of ingestQueue.messages) {
    await ingest({ items, archive, assessQueue, clock }, JSON.parse(message.body));
  }
  const tenantItems = createMemoryItemStore();
  const tenants = createTenantStore(tenantItems);
  await storeClaims(tenants);
  const message = assessQueue.messages
    .map(({ body }): AssessMessage => JSON.parse(body))
    .find(({ release }) => release === 'icd10cm-2025');
  if (!message) throw new Error('icd10cm-2025 was not committed');
  const readsBefore = items.counts.itemsRead + tenantItems.counts.itemsRead;
  const start = performance.now();
  const outcome = await assessToTheEnd(
    { codeTable: createCodeTable(items), tenants, notifyQueue, clock },
    message,
  );
  const ms = performance.now() - start;
  const reads = items.counts.itemsRead + tenantItems.counts.itemsRead - readsBefore;
  const hits = outcome.hits.claims + outcome.hits.templates;
  return [
    {
      what: `claims hit by FY2025 of ${claims.toLocaleString('en-US')} stored (${outcome.tenants} tenants)`,
      value: hits,
      unit: 'hits',
    },
    { what: 'time to assess it, in memory', value: ms, unit: 'ms' },
    { what: 'items read per hit', value: reads / hits, unit: 'items', max: 2 },
  ];
}
