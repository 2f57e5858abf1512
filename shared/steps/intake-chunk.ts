// A few dozen records of a file, stored together: what is shared between them is written once.
import { isDeepStrictEqual } from 'node:util';
import type { IntakeRecord } from '../claims/intake-record.ts';
import { type Artifact, billedCentsOf } from '../core/artifact.ts';
import type { Tally } from './intake-summary.ts';
import { type Registered, type RegisterManyPorts, registerArtifacts } from './register.ts';
import { removeWith } from './remove.ts';

/** Artifacts and voids of a chunk: one batched write of notes. */
const storedMax = 25;
/** Records of a chunk, refused ones included. */
const recordsMax = 500;

/** What storing needs. */
export type ChunkPorts = RegisterManyPorts;

type Accepted = Extract<IntakeRecord, { kind: 'accepted' }>;
type Void = Extract<IntakeRecord, { kind: 'void' }>;

/** Records to be stored together, no two of one claim or template. */
export type Chunk = {
  records: number;
  readonly accepted: Map<string, Accepted>;
  readonly voids: Map<string, Void>;
  /** Records that say the same as one just before them. */
  repeats: number;
};

/** An empty chunk. */
export const newChunk = (): Chunk => ({
  records: 0,
  accepted: new Map(),
  voids: new Map(),
  repeats: 0,
});

const keyOf = ({ type, id }: Pick<Artifact, 'type' | 'id'>): string => `${type} ${id}`;

/**
 * Whether the record is about what a chunk is about: `repeats` it word by word, or has to wait until
 * the chunk is stored, for the later one counts.
 */
export function clash(chunk: Chunk, record: IntakeRecord): 'none' | 'repeats' | 'waits' {
  if (record.kind === 'rejected') return 'none';
  const key = keyOf(record.kind === 'void' ? record : record.artifact);
  if (chunk.voids.has(key)) return 'waits';
  const other = chunk.accepted.get(key);
  if (!other) return 'none';
  const isSame = record.kind === 'accepted' && isDeepStrictEqual(record.artifact, other.artifact);
  return isSame ? 'repeats' : 'waits';
}

/** Adds a record; `repeats` as {@link clash} told of any chunk under way. */
export function addTo(chunk: Chunk, record: IntakeRecord, repeats: boolean): void {
  chunk.records += 1;
  if (record.kind === 'rejected') return;
  if (repeats) chunk.repeats += 1;
  else if (record.kind === 'void') chunk.voids.set(keyOf(record), record);
  else chunk.accepted.set(keyOf(record.artifact), record);
}

/** True when the chunk should be stored before more is added. */
export const isFull = ({ accepted, voids, records }: Chunk): boolean =>
  accepted.size + voids.size >= storedMax || records >= recordsMax;

/** What storing a chunk came to. */
export type ChunkOutcome = {
  readonly registered: readonly (Registered & { readonly record: Accepted })[];
  readonly removed: number;
};

/** Stores a chunk. Safe to repeat. */
export async function storeChunk(
  ports: ChunkPorts,
  tenant: string,
  { accepted, voids }: Chunk,
): Promise<ChunkOutcome> {
  const records = [...accepted.values()];
  const removals = [...voids.values()].map((each) => removeWith(ports, tenant, each));
  const artifacts = records.map(({ artifact }) => artifact);
  const [registered, removed] = await Promise.all([
    artifacts.length === 0 ? [] : registerArtifacts(ports, tenant, artifacts),
    Promise.all(removals),
  ]);
  return {
    registered: registered.flatMap((each, at) => {
      const record = records[at];
      return record ? [{ ...each, record }] : [];
    }),
    removed: removed.filter((was) => was).length,
  };
}

/** A claim that its reader found twice in the file is at risk once. */
const isRepeated = ({ warnings = [] }: Accepted): boolean =>
  warnings.some(({ code }) => code === 'repeated');

/** Counts a chunk that is stored. */
export function tellStored(tally: Tally, chunk: Chunk, outcome: ChunkOutcome): void {
  const { stored } = tally;
  stored.records += chunk.records;
  stored.unchanged += chunk.repeats;
  stored.removed += outcome.removed;
  stored.unmatchedVoids += chunk.voids.size - outcome.removed;
  for (const { record, findings, replaced, unchanged } of outcome.registered) {
    if (unchanged) stored.unchanged += 1;
    else if (replaced) stored.replaced += 1;
    else stored.created += 1;
    if (findings.length === 0 || isRepeated(record)) continue;
    stored.findings += findings.length;
    if (record.artifact.type !== 'claim') continue;
    stored.claimsAtRisk += 1;
    stored.billedCentsAtRisk += billedCentsOf(record.artifact);
  }
}
