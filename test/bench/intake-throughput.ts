// Claims taken in a second and what memory it takes: against tables in memory, against the embedded DynamoDB, and with a
// file of any size against tables that keep nothing.
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { takeInFile } from '../../shared/steps/take-in-file.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { policiesIn } from '../support/current-policies.ts';
import { startTestEngines } from '../support/engines.ts';
import { officialReference } from '../support/test-reference.ts';
import type { Figure } from './figure.ts';
import { repeatedClaims } from './repeated-claims.ts';
import { collectGarbage, forgetPeak, ownMb, peakMb, residentMb } from './resident-memory.ts';

const claimsMax = 100_000;
const claimsOnEngine = 5_000;
/** `CODEWATCH_INTAKE_MB=1000` for the gigabyte. */
const streamMb = Number(process.env.CODEWATCH_INTAKE_MB ?? 100);

/** A table that keeps nothing: what is left is the reader's and the step's own memory. */
const forgetful: ItemStore = {
  get: async () => undefined,
  put: async () => undefined,
  putIfAbsent: async () => true,
  putIfEquals: async () => true,
  putMany: async () => undefined,
  delete: async () => undefined,
  deleteMany: async () => undefined,
  query: async () => ({ items: [] }),
};

async function run(items: ItemStore, limit: Parameters<typeof repeatedClaims>[0]) {
  const reference = await officialReference();
  const source = { now: () => reference };
  const tenants = createTenantStore(items);
  // The authoritative table is asked for its heads only: they are the snapshot's.
  const ports = {
    ...{ codeTable: reference.codeTable, reference: source, tenants },
    readPolicies: policiesIn(),
  };
  const start = performance.now();
  const { summary } = await takeInFile(ports, 'clinic', { bytes: repeatedClaims(limit) });
  return { summary, seconds: (performance.now() - start) / 1000 };
}

async function inMemory(): Promise<Figure[]> {
  const items = createMemoryItemStore();
  const first = await run(items, { claimsMax });
  const { requests } = items.counts;
  const again = await run(items, { claimsMax });
  const { records, created } = first.summary;
  return [
    {
      what: `claims of ${records.toLocaleString('en-US')} taken in, in memory`,
      value: created / first.seconds,
      unit: 'claims/s',
    },
    {
      what: 'the same sent again: nothing is written',
      value: again.summary.unchanged / again.seconds,
      unit: 'claims/s',
    },
    {
      what: 'requests to the table a new claim of two codes',
      value: requests / created,
      unit: 'requests',
      max: 3,
    },
    {
      what: 'requests to the table a claim sent again',
      value: (items.counts.requests - requests) / created,
      unit: 'requests',
      max: 1.5,
    },
  ];
}

async function onEngine(): Promise<Figure[]> {
  const { clients, makeTable, stop } = await startTestEngines();
  try {
    const table = await makeTable();
    const items = createDynamoDbItemStore({ client: clients.dynamodb(), table });
    const { summary, seconds } = await run(items, { claimsMax: claimsOnEngine });
    return [
      {
        what: 'claims taken in, embedded DynamoDB beside',
        value: summary.created / seconds,
        unit: 'claims/s',
      },
    ];
  } finally {
    await stop();
  }
}

/** Peak memory of a file, beyond what the process held before. */
async function peakOf(
  mb: number,
): Promise<{ peak: number; perSecond: number; mbPerSecond: number }> {
  collectGarbage();
  forgetPeak();
  const before = residentMb();
  const { summary, seconds } = await run(forgetful, { bytesMax: mb * 1_000_000 });
  return {
    peak: peakMb() - before,
    perSecond: summary.accepted / seconds,
    mbPerSecond: mb / seconds,
  };
}

/** Intake: claims a second, requests a claim, memory by size of the file. */
export async function benchIntake(): Promise<Figure[]> {
  await run(forgetful, { claimsMax: 20_000 });
  const small = await peakOf(streamMb / 10);
  const large = await peakOf(streamMb);
  collectGarbage();
  return [
    {
      what: `peak memory of a file of ${streamMb / 10} MB, tables that keep nothing`,
      value: small.peak,
      unit: 'MB',
    },
    {
      what: `peak memory of a file of ${streamMb} MB`,
      value: large.peak,
      unit: 'MB',
      max: Math.max(200, small.peak * 1.5),
    },
    { what: 'claims read and prepared for storing', value: large.perSecond, unit: 'claims/s' },
    { what: 'the same', value: large.mbPerSecond, unit: 'MB/s' },
    ...(await inMemory()),
    ...(await onEngine()),
    { what: 'held at the end', value: ownMb(), unit: 'MB' },
  ];
}
