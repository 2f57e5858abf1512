// The table of docs/x12.md: what comes of every published X12 sample. `node test/claims/x12/sample-table.ts` prints it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IntakeRecord } from '../../../shared/claims/intake-record.ts';
import { officialFiles } from '../../support/official-files.ts';
import { recordsOf } from './x12-text.ts';

/** Folder of the X12 samples, under the same root as every official file. */
export const x12Folder = resolve(officialFiles, 'claims/x12');

/** Every sample, path under {@link x12Folder}, in name order. */
export const sampleNames = (): readonly string[] =>
  readdirSync(x12Folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(x12Folder.length + 1))
    .sort();

/** The bytes of a sample. */
export const readSample = (name: string): Buffer => readFileSync(join(x12Folder, name));

/** How often each code occurs: `repeated 3, segment-invalid`. */
function tally(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.map(([code, count]) => (count > 1 ? `${code} ${count}` : code)).join(', ');
}

/** One line of the table. */
async function rowOf(name: string): Promise<string> {
  const records = await recordsOf(readSample(name));
  const claims = records.filter(({ where }) => where.includes('(CLM'));
  const count = (kind: IntakeRecord['kind']): number =>
    claims.filter((record) => record.kind === kind).length;
  const rejected = records.filter((record) => record.kind === 'rejected');
  const warnings = records.flatMap((record) =>
    record.kind === 'accepted' ? (record.warnings ?? []) : [],
  );
  const cells = [
    `\`${name}\``,
    claims.length,
    count('accepted'),
    count('rejected'),
    count('void'),
    records.length - claims.length,
    tally(rejected.map(({ code }) => code)),
    tally(warnings.map(({ code }) => code)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The whole table as Markdown. */
export async function sampleTable(): Promise<string> {
  const rows = await Promise.all(sampleNames().map(rowOf));
  return [
    '| sample | claims | accepted | rejected | void | file or transaction refused | why refused | warnings |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) console.log(await sampleTable());
