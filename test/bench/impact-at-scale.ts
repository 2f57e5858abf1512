// What assessing the yearly release FY2026 costs as registers grow while the hits stay the same, and as
// the hits grow while the register stays the same; and what the embedded DynamoDB makes of it.
import type { Claim } from '../../shared/core/artifact.ts';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import { canHit, losesBillability } from '../../shared/core/impact.ts';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { startTestEngines } from '../support/engines.ts';
import { mirrorFolder } from '../support/official-files.ts';
import type { Figure } from './figure.ts';

const clock = { now: () => '2025-12-15T12:00:00.000Z' };
const release = 'icd10cm-2026';
const ordinary = ['M5450', 'M5416', 'M5412', 'M542', 'M47816', 'M25511', 'G8929', 'I10', 'E119'];
const putAtOnce = 25;

/** The code table with every official ICD-10-CM release, and the codes FY2026 ends or makes headers. */
async function official() {
  const [items, archive] = [createMemoryItemStore(), createMemoryArchive()];
  const [ingestQueue, assessQueue] = [createMemoryQueue(), createMemoryQueue()];
  const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
  await pull({ fetcher, archive, items, ingestQueue, clock }, { feeds: ['cms-icd10cm'] });
  for (const { body } of ingestQueue.messages) {
    await ingest({ items, archive, assessQueue, clock }, JSON.parse(body));
  }
  const codeTable = createCodeTable(items);
  const record = await codeTable.release(release);
  if (!record) throw new Error(`${release} was not committed`);
  const { byCode } = await createChangeReader(codeTable)(record);
  const lost = [...byCode.values()].filter((change) => canHit(change) && losesBillability(change));
  return { items, codeTable, lost: lost.map(({ code }) => code) };
}

type Official = Awaited<ReturnType<typeof official>>;
type Register = { readonly claims: number; readonly hits: number; readonly tenants: number };

/** The nth claim: `hits` of them, evenly spread, have a lost code after the change; none has one before. */
function claimOf(n: number, { claims, hits }: Register, lost: readonly string[]): Claim {
  const ofHits = Math.floor((n * hits) / claims);
  const isHit = Math.floor(((n + 1) * hits) / claims) > ofHits;
  const first = isHit ? lost[ofHits % lost.length] : ordinary[n % ordinary.length];
  const second = ordinary[(n + 1) % ordinary.length];
  return {
    type: 'claim',
    id: `claim-${n}`,
    codes: [first, second].map((code) => ({ system: 'icd10cm', code: code ?? 'I10' })),
    dateOfService: isHit
      ? addDays(calendarDate('2025-10-01'), ofHits % 75)
      : addDays(calendarDate('2023-12-16'), n % 730),
    billedCents: 17_000,
  };
}

async function store(items: ItemStore, register: Register, lost: readonly string[]): Promise<void> {
  const tenants = createTenantStore(items);
  for (let tenant = 0; tenant < register.tenants; tenant += 1) {
    let some: Claim[] = [];
    for (let n = tenant; n < register.claims; n += register.tenants) {
      some.push(claimOf(n, register, lost));
      if (some.length < putAtOnce && n + register.tenants < register.claims) continue;
      await tenants.putArtifacts(`tenant-${tenant}`, some);
      some = [];
    }
  }
}

type Measured = {
  readonly hits: number;
  readonly reads: number;
  readonly writes: number;
  readonly messages: number;
  readonly seconds: number;
  /** Of the message that took longest. */
  readonly longestMs: number;
};

/** Counts of a tenant table, up to now. */
type Counts = () => { readonly itemsRead: number; readonly itemsWritten: number };

async function measure(of: Official, items: ItemStore, counts: Counts): Promise<Measured> {
  const read = (): number => of.items.counts.itemsRead + counts().itemsRead;
  const [readBefore, writtenBefore] = [read(), counts().itemsWritten];
  let longestMs = 0;
  const start = performance.now();
  const { hits, messages } = await assessToTheEnd(
    {
      codeTable: of.codeTable,
      tenants: createTenantStore(items),
      assessments: createAssessmentStore(items),
      notifyQueue: createMemoryQueue(),
      clock,
      onMessage(ms) {
        longestMs = Math.max(longestMs, ms);
      },
    },
    { system: 'icd10cm', release, seq: 1 },
  );
  return {
    hits: hits.claims + hits.templates,
    reads: read() - readBefore,
    writes: counts().itemsWritten - writtenBefore,
    messages,
    seconds: (performance.now() - start) / 1000,
    longestMs,
  };
}

async function inMemory(of: Official, register: Register): Promise<Measured> {
  const items = createMemoryItemStore();
  await store(items, register, of.lost);
  return measure(of, items, () => items.counts);
}

/** The same register on the embedded DynamoDB; reference data stays in memory. */
async function embedded(of: Official, register: Register): Promise<Measured> {
  const filled = createMemoryItemStore();
  await store(filled, register, of.lost);
  const { clients, makeTable, stop } = await startTestEngines();
  try {
    const counted = { itemsRead: 0, itemsWritten: 0 };
    const items = createDynamoDbItemStore({
      client: clients.dynamodb(),
      table: await makeTable(),
      onRequest({ itemsRead, itemsWritten }) {
        counted.itemsRead += itemsRead;
        counted.itemsWritten += itemsWritten;
      },
    });
    await items.putMany(filled.allItems());
    return await measure(of, items, () => ({ ...counted }));
  } finally {
    await stop();
  }
}

const shown = (count: number): string => count.toLocaleString('en-US');

function figuresOf({ claims, tenants }: Register, measured: Measured, where = ''): Figure[] {
  const { hits, reads, writes, messages, seconds, longestMs } = measured;
  const of = `${shown(claims)} claims of ${tenants}, ${shown(hits)} hits${where}`;
  return [
    { what: `${of}: items read per hit`, value: reads / hits, unit: 'items', max: 2 },
    { what: `${of}: items written per hit`, value: writes / hits, unit: 'items', max: 1.2 },
    { what: `${of}: time`, value: seconds, unit: 's' },
    { what: `${of}: messages`, value: messages, unit: 'messages' },
    { what: `${of}: longest message`, value: longestMs, unit: 'ms', max: 60_000 },
  ];
}

/** Three registers with the same hits, one register with three numbers of hits, and one on dynalite. */
export async function benchImpactAtScale(): Promise<Figure[]> {
  const of = await official();
  const figures: Figure[] = [];
  const grown: Measured[] = [];
  for (const claims of [20_000, 60_000, 200_000]) {
    const register = { claims, hits: 5_000, tenants: 19 };
    const measured = await inMemory(of, register);
    grown.push(measured);
    figures.push(...figuresOf(register, measured));
  }
  const [small, , large] = grown;
  if (small && large) {
    const what = 'register ten times as large, the same hits';
    const reads = large.reads / small.reads;
    const time = large.seconds / small.seconds;
    figures.push({ what: `${what}: reads`, value: reads, unit: 'times', max: 1.05 });
    figures.push({ what: `${what}: time`, value: time, unit: 'times', max: 3 });
  }
  for (const hits of [2_000, 20_000, 200_000]) {
    const register = { claims: 200_000, hits, tenants: 1 };
    const measured = await inMemory(of, register);
    figures.push(...figuresOf(register, measured));
  }
  for (const register of [
    { claims: 20_000, hits: 5_000, tenants: 19 },
    { claims: 20_000, hits: 20_000, tenants: 1 },
  ]) {
    figures.push(...figuresOf(register, await embedded(of, register), ' (dynalite)'));
  }
  return figures;
}
