// Reads small files of the tests in any pieces, and says what came of them.
import type { IntakeRecord } from '../../shared/claims/intake-record.ts';
import { type IntakeOptions, readIntake } from '../../shared/claims/read-intake.ts';
import type { Artifact, Claim, Template } from '../../shared/core/artifact.ts';

/** The bytes of a file in pieces of `size`, all at once by default. */
export async function* inPieces(
  file: string | Uint8Array,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : file;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All records of a file. */
export async function recordsOf(
  file: string | Uint8Array,
  options: IntakeOptions & { readonly size?: number } = {},
): Promise<readonly IntakeRecord[]> {
  const { size, ...said } = options;
  const records: IntakeRecord[] = [];
  for await (const record of readIntake(inPieces(file, size), said)) records.push(record);
  return records;
}

/** What was taken in. */
export const artifactsOf = (records: readonly IntakeRecord[]): readonly Artifact[] =>
  records.flatMap((record) => (record.kind === 'accepted' ? [record.artifact] : []));

/** Places and codes of what was refused: `line 3 unreadable`. */
export const refusalsOf = (records: readonly IntakeRecord[]): readonly string[] =>
  records.flatMap((record) =>
    record.kind === 'rejected' ? [`${record.where} ${record.code}`] : [],
  );

/** Places and codes of what was left out: `line 3, DX2 code-malformed`. */
export const warningsOf = (records: readonly IntakeRecord[]): readonly string[] =>
  records.flatMap((record) =>
    record.kind === 'accepted'
      ? (record.warnings ?? []).map(({ where, code }) => `${where} ${code}`)
      : [],
  );

/** How many records of each kind. */
export type IntakeCount = {
  readonly accepted: number;
  readonly rejected: number;
  readonly void: number;
};

/** Counts the records of a file. */
export function countIntake(records: readonly IntakeRecord[]): IntakeCount {
  const count = (kind: IntakeRecord['kind']): number =>
    records.filter((record) => record.kind === kind).length;
  return { accepted: count('accepted'), rejected: count('rejected'), void: count('void') };
}

/** The only artifact of a file; fails when anything else came of it. */
async function onlyArtifact(file: string, options: IntakeOptions): Promise<Artifact> {
  const records = await recordsOf(file, options);
  const [artifact, ...others] = artifactsOf(records);
  if (records.length === 1 && artifact && others.length === 0) return artifact;
  throw new Error(`not one accepted record: ${JSON.stringify(records)}`);
}

/** The only claim of a file. */
export async function onlyClaim(file: string, options: IntakeOptions = {}): Promise<Claim> {
  const artifact = await onlyArtifact(file, options);
  if (artifact.type === 'claim') return artifact;
  throw new Error('a template');
}

/** The only template of a file. */
export async function onlyTemplate(file: string, options: IntakeOptions = {}): Promise<Template> {
  const artifact = await onlyArtifact(file, options);
  if (artifact.type === 'template') return artifact;
  throw new Error('a claim');
}

/** The message of the only record, a refused one. */
export async function onlyRefusal(
  file: string | Uint8Array,
  options: IntakeOptions = {},
): Promise<{ readonly code: string; readonly message: string }> {
  const records = await recordsOf(file, options);
  const [record] = records;
  if (records.length === 1 && record?.kind === 'rejected') {
    return { code: record.code, message: record.message };
  }
  throw new Error(`not one refused record: ${JSON.stringify(records)}`);
}
