// What becomes of every published sample that is not X12: the table in docs/intake-formats.md.
// `node test/claims/sample-table.ts` prints it; a test compares the page with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IntakeRecord } from '../../shared/claims/intake-record.ts';
import { officialFiles } from '../support/official-files.ts';
import { countIntake, recordsOf } from './intake-text.ts';

const folder = resolve(officialFiles, 'claims');

/** Every sample but those in X12, path under the folder of claims, in name order. */
export const sampleNames = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('x12/') && !name.endsWith('.md'))
    .sort();

/** The bytes of a sample. */
export const readSample = (name: string): Buffer => readFileSync(join(folder, name));

/** Claims in a file, counted by itself: distinct claim ids, entries of a Bundle, resources; 0 where none can be. */
export function claimsIn(name: string, text: string): number {
  if (name.endsWith('.json')) {
    const { resourceType, entry } = JSON.parse(text);
    if (resourceType === 'Bundle') return entry.length;
    return resourceType === 'Claim' || resourceType === 'ExplanationOfBenefit' ? 1 : 0;
  }
  const [header = '', ...rows] = text.split(/\r?\n/);
  const at = header.split('|').indexOf('CLM_ID');
  if (at < 0) return 0;
  const filled = rows.filter((row) => row !== '');
  return new Set(filled.map((row) => row.split('|')[at])).size;
}

/** How often each code occurs: `repeated 3, codes-missing`. */
function tally(codes: readonly string[]): string {
  const groups = Map.groupBy(codes, (code) => code);
  const parts = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.map(([code, all]) => (all.length > 1 ? `${code} ${all.length}` : code)).join(', ');
}

/** Codes of refusals and of warnings. */
function reasonsOf(records: readonly IntakeRecord[]): readonly [string, string] {
  const rejected = records.flatMap((one) => (one.kind === 'rejected' ? [one.code] : []));
  const warnings = records.flatMap((one) => (one.kind === 'accepted' ? (one.warnings ?? []) : []));
  return [tally(rejected), tally(warnings.map(({ code }) => code))];
}

async function rowOf(name: string): Promise<string> {
  const bytes = readSample(name);
  const records = await recordsOf(bytes);
  const { accepted, rejected } = countIntake(records);
  const claims = claimsIn(name, bytes.toString('utf8'));
  const cells = [`\`${name}\``, claims, accepted, rejected, ...reasonsOf(records)];
  return `| ${cells.join(' | ')} |`;
}

/** The whole table as Markdown. */
export async function sampleTable(): Promise<string> {
  const rows = await Promise.all(sampleNames().map(rowOf));
  return [
    '| sample | claims | accepted | rejected | why rejected | warnings |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) console.log(await sampleTable());
