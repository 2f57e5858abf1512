// Reads claims and templates from files for `check`, in every format intake takes.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { IntakeRecord } from '../../../shared/claims/intake-record.ts';
import type { Refusal } from '../../../shared/claims/parse-artifact.ts';
import { readIntake } from '../../../shared/claims/read-intake.ts';
import type { Artifact } from '../../../shared/core/artifact.ts';
import { UsageError } from '../usage.ts';

/** A claim or template, and where it stood. */
export type FileArtifact = {
  readonly file: string;
  readonly where: string;
  readonly artifact: Artifact;
};

/** A record that could not be read. */
export type CheckRejection = Refusal & { readonly where: string; readonly file: string };

/** What the files held; every record names its file. */
export type ArtifactFiles = {
  readonly artifacts: readonly FileArtifact[];
  readonly rejected: readonly CheckRejection[];
  /** Ids of claims to be removed. */
  readonly voided: readonly string[];
};

/** Reads every file; throws a UsageError for one that cannot be read. A void takes back the claim before it. */
export async function readArtifactFiles(files: readonly string[]): Promise<ArtifactFiles> {
  let artifacts: FileArtifact[] = [];
  const rejected: CheckRejection[] = [];
  const voided = new Set<string>();
  for (const file of files) {
    for await (const record of recordsOf(file)) {
      if (record.kind === 'accepted') {
        artifacts.push({ file, where: record.where, artifact: record.artifact });
        if (record.artifact.type === 'claim') voided.delete(record.artifact.id);
      } else if (record.kind === 'void') {
        const { type, id } = record;
        artifacts = artifacts.filter((one) => one.artifact.type !== type || one.artifact.id !== id);
        voided.add(id);
      } else {
        const { where, code, message } = record;
        rejected.push({ file, where, code, message });
      }
    }
  }
  return { artifacts, rejected, voided: [...voided] };
}

async function* recordsOf(file: string): AsyncGenerator<IntakeRecord> {
  try {
    yield* readIntake(createReadStream(file), { fileName: basename(file) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string') throw error;
    throw new UsageError(`${file} cannot be read (${code})`);
  }
}
