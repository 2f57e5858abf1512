// Reads claims and templates from files for `check` and `intake`: CSV, JSON or NDJSON, told apart by name or first byte.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Intake, Rejection } from '../../../shared/claims/intake.ts';
import { readCsvArtifacts } from '../../../shared/claims/read-csv-artifacts.ts';
import { readJsonArtifacts } from '../../../shared/claims/read-json-artifacts.ts';
import type { Artifact } from '../../../shared/core/artifact.ts';
import { UsageError } from '../usage.ts';

/** What the files held; every record names its file. */
export type ArtifactFiles = {
  readonly artifacts: readonly { readonly file: string; readonly artifact: Artifact }[];
  readonly rejected: readonly (Rejection & { readonly file: string })[];
};

/** Reads every file; throws a UsageError for one that cannot be read. */
export async function readArtifactFiles(files: readonly string[]): Promise<ArtifactFiles> {
  const artifacts: { file: string; artifact: Artifact }[] = [];
  const rejected: (Rejection & { file: string })[] = [];
  for (const file of files) {
    const intake = readArtifacts(file, await readText(file));
    artifacts.push(...intake.artifacts.map((artifact) => ({ file, artifact })));
    rejected.push(...intake.rejected.map((one) => ({ file, ...one })));
  }
  return { artifacts, rejected };
}

function readArtifacts(file: string, text: string): Intake {
  const extension = extname(file).toLowerCase();
  const isJson = extension === '.csv' ? false : /^\.(nd)?jsonl?$/.test(extension);
  return isJson || /^\uFEFF?\s*[[{]/.test(text) ? readJsonArtifacts(text) : readCsvArtifacts(text);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${file} cannot be read (${why})`);
  }
}
