// Takes records in as a reader yields them: stores, replaces, removes, several at once and never
// more than a few chunks ahead, so that a file of any size passes through in constant memory.
import type { IntakeRecord } from '../claims/intake-record.ts';
import type { RelatedTables } from '../claims/related-tables.ts';
import { codesMax, idRule, isStorableId, keptUses } from '../core/artifact.ts';
import { CodewatchError } from '../core/errors.ts';
import { hashedClaim, hashedReference } from '../core/hashed-reference.ts';
import { countOf } from '../core/wording.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { ReferenceSource } from '../ports/reference-source.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import type { ReadPolicies } from './current-policies.ts';
import { createCurrentVersions } from './current-versions.ts';
import {
  addTo,
  type Chunk,
  type ChunkOutcome,
  type ChunkPorts,
  clash,
  isFull,
  newChunk,
  storeChunk,
  tellStored,
} from './intake-chunk.ts';
import {
  type IntakeSummary,
  newTally,
  nothingStored,
  type StoredCounts,
  summaryOf,
  type Tally,
  tellRecord,
} from './intake-summary.ts';

/** What taking in needs. */
export type TakeInPorts = {
  /** The authoritative table; timelines are read from `reference` where that is as new. */
  readonly codeTable: Pick<CodeTable, 'head' | 'versions'>;
  readonly reference: Pick<ReferenceSource, 'now'>;
  readonly tenants: TenantStore;
  /** What policies make of what is stored. */
  readonly readPolicies: ReadPolicies;
  /** Joins tables that only make claims together; where there is none they are refused by name. */
  readonly related?: RelatedTables;
};

/** How a run goes. */
export type TakeInOptions = {
  /** What an earlier run of the same bytes stored: those records are passed over. */
  readonly resume?: StoredCounts;
  /** Asked before each record; once false, no more is read. */
  readonly mayGoOn?: () => boolean;
  /** Told after each chunk how far everything before is stored; awaited. */
  readonly onStored?: (counts: StoredCounts) => void | Promise<void>;
  /** Waits before a chunk is tried again that the table was not there for; without it none is. */
  readonly wait?: (ms: number) => Promise<void>;
};

/** What became of it; not `isWhole` when it was told to stop before the end. */
export type TakenIn = { readonly summary: IntakeSummary; readonly isWhole: boolean };

/** Chunks being stored at once. */
const chunksAtOnce = 4;

/** Waits between tries of a chunk: a table that scales up takes a minute. */
const waitsMs = [500, 2_000, 8_000, 20_000, 30_000];

/** Characters of an artifact as JSON: with its uses it must fit an item of 400 KB. */
const artifactCharsMax = 150_000;

type Flight = {
  readonly chunk: Chunk;
  readonly done: Promise<(() => void) | { readonly error: unknown }>;
};

type Run = {
  readonly ports: ChunkPorts;
  readonly tenant: string;
  readonly options: TakeInOptions;
  readonly tally: Tally;
  chunk: Chunk;
  /** Oldest first. */
  readonly flights: Flight[];
};

/** Waits for the oldest chunk under way, and counts it. Throws what it failed with. */
async function land(run: Run): Promise<void> {
  const flight = run.flights.shift();
  const landed = await flight?.done;
  if (landed === undefined) return;
  if ('error' in landed) throw landed.error;
  landed();
  await run.options.onStored?.({ ...run.tally.stored });
}

/** Stores a chunk, again and again while the table is not there: repeating is safe. */
async function store({ ports, tenant, options }: Run, chunk: Chunk): Promise<ChunkOutcome> {
  for (const ms of options.wait ? waitsMs : []) {
    try {
      return await storeChunk(ports, tenant, chunk);
    } catch (error) {
      if (!(error instanceof CodewatchError && error.retryable)) throw error;
      await options.wait?.(ms);
    }
  }
  return storeChunk(ports, tenant, chunk);
}

/** Begins to store the chunk at hand. */
async function launch(run: Run): Promise<void> {
  const { chunk, tally } = run;
  if (chunk.records === 0) return;
  run.chunk = newChunk();
  const done = store(run, chunk).then(
    (outcome) => () => tellStored(tally, chunk, outcome),
    (error: unknown) => ({ error }),
  );
  run.flights.push({ chunk, done });
  if (run.flights.length >= chunksAtOnce) await land(run);
}

async function landAll(run: Run): Promise<void> {
  await launch(run);
  while (run.flights.length > 0) await land(run);
}

/** Adds a record to the chunk at hand, once nothing it must follow is under way. */
async function take(run: Run, record: IntakeRecord): Promise<void> {
  tellRecord(run.tally, record);
  const clashes = [run.chunk, ...run.flights.map(({ chunk }) => chunk)].map((chunk) =>
    clash(chunk, record),
  );
  if (clashes.includes('waits')) await landAll(run);
  addTo(run.chunk, record, !clashes.includes('waits') && clashes.includes('repeats'));
  if (isFull(run.chunk)) await launch(run);
}

/** The record as it is stored: one that no table takes is refused, so that it costs no other one. */
function storable(record: IntakeRecord): IntakeRecord {
  if (record.kind === 'rejected') return record;
  const { id } = record.kind === 'void' ? record : record.artifact;
  const refuse = (code: 'id-invalid' | 'field-invalid', message: string): IntakeRecord => ({
    kind: 'rejected',
    where: record.where,
    code,
    message,
  });
  if (!isStorableId(id)) return refuse('id-invalid', `id: ${idRule}`);
  if (record.kind === 'void') return record;
  const { artifact } = record;
  if (keptUses(artifact).length > codesMax) {
    const what = `codes: at most ${codesMax} in one ${artifact.type}, those of lines included`;
    return refuse('field-invalid', what);
  }
  if (JSON.stringify(artifact).length > artifactCharsMax) {
    const what = `${artifact.type}: too many lines or codes for one; split it`;
    return refuse('field-invalid', what);
  }
  return record;
}

/** How claims are named: as sent, or by keyed hash; then without the name they were shown by, too. */
async function namerOf(
  tenants: TenantStore,
  tenant: string,
  references: 'as-sent' | 'hashed',
): Promise<(record: IntakeRecord) => IntakeRecord> {
  if (references === 'as-sent') return (record) => record;
  const key = await tenants.referenceKey(tenant);
  if (key === undefined) throw new Error('a tenant asks for hashed references and has no key');
  return (record) => {
    if (record.kind === 'void') return { ...record, id: hashedReference(key, record.id) };
    if (record.kind !== 'accepted' || record.artifact.type !== 'claim') return record;
    return { ...record, artifact: hashedClaim(key, record.artifact) };
  };
}

/** The failure, saying what is stored all the same; a broken invariant as it is. */
function interrupted(error: unknown, { records }: StoredCounts): unknown {
  if (!(error instanceof CodewatchError)) return error;
  const stored = `${countOf(records, 'record')} before it ${records === 1 ? 'is' : 'are'} stored`;
  const advice = error.retryable ? ', send the file again: what is stored is recognised' : '';
  return new CodewatchError(error.code, `${error.message}; ${stored}${advice}`, { cause: error });
}

/**
 * Takes records in, in the order of their claims: a later record of one claim counts, a void removes
 * it. Taking the same records in again writes nothing. Settings of the tenant are read once.
 *
 * @throws CodewatchError what the records' source or the table threw, saying how much was stored
 */
export async function takeIn(
  ports: TakeInPorts,
  tenant: string,
  records: AsyncIterable<IntakeRecord>,
  options: TakeInOptions = {},
): Promise<TakenIn> {
  const { tenants } = ports;
  const { references, reworkCost } = await tenants.settings(tenant);
  const named = await namerOf(tenants, tenant, references);
  const resume = options.resume ?? nothingStored;
  const run: Run = {
    ports: {
      tenants,
      readVersions: createCurrentVersions(ports),
      readPolicies: ports.readPolicies,
    },
    ...{ tenant, options, tally: newTally(resume), chunk: newChunk(), flights: [] },
  };
  let read = 0;
  let isWhole = true;
  try {
    for await (const given of records) {
      const record = named(storable(given));
      read += 1;
      if (read <= resume.records) {
        tellRecord(run.tally, record);
        continue;
      }
      isWhole = options.mayGoOn?.() ?? true;
      if (!isWhole) break;
      await take(run, record);
    }
    await landAll(run);
  } catch (error) {
    // What is under way comes to its end: nothing is written after this run is over.
    await Promise.all(run.flights.map(({ done }) => done));
    throw interrupted(error, run.tally.stored);
  }
  return { summary: summaryOf(run.tally, reworkCost), isWhole };
}
