// What becomes of every published sample that is not X12: the table in docs/intake-formats.md.
// `node test/claims/sample-table.ts` prints it; a test compares the page with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { idrTogether } from '../../shared/claims/idr/read-idr.ts';
import type { IntakeRecord } from '../../shared/claims/intake-record.ts';
import { temporaryJoins } from '../../shared/edge/sqlite/temporary-join.ts';
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

function rowWith(name: string, claims: number, records: readonly IntakeRecord[]): string {
  const { accepted, rejected, void: voided } = countIntake(records);
  const cells = [`\`${name}\``, claims, accepted, voided, rejected, ...reasonsOf(records)];
  return `| ${cells.join(' | ')} |`;
}

async function rowOf(name: string): Promise<string> {
  const bytes = readSample(name);
  return rowWith(name, claimsIn(name, bytes.toString('utf8')), await recordsOf(bytes));
}

const idrFolder = 'bfd-idr-csv/';

/** The nine tables of CMS's repository, one behind the other. */
export const idrTexts = (): readonly string[] =>
  sampleNames()
    .filter((name) => name.startsWith(idrFolder))
    .map((name) => readSample(name).toString('utf8'));

/** Claims in the tables, counted by itself: rows of CLM, and claims that only the others know, by their keys. */
export function claimsInIdr(texts: readonly string[]): number {
  const keys = ['CLM_DT_SGNTR_SK', 'GEO_BENE_SK', 'CLM_TYPE_CD', 'CLM_NUM_SK'];
  const claims = new Set<string>();
  for (const text of texts) {
    const [header = '', ...rows] = text.split(/\r?\n/).filter((row) => row !== '');
    const at = keys.map((key) => header.split(',').indexOf(key));
    if (at.includes(-1)) continue;
    for (const row of rows) claims.add(at.map((column) => row.split(',')[column]).join());
  }
  return claims.size;
}

/** What comes of the tables handed in together. */
export const idrRecords = (): Promise<readonly IntakeRecord[]> =>
  recordsOf(idrTexts().join('\n'), { related: idrTogether(temporaryJoins()) });

/** The whole table as Markdown. */
export async function sampleTable(): Promise<string> {
  const rows = await Promise.all(sampleNames().map(rowOf));
  const together = rowWith(`${idrFolder}*.csv`, claimsInIdr(idrTexts()), await idrRecords());
  return [
    '| sample | claims | accepted | taken back | rejected | why rejected | warnings |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    together.replace('*.csv`', '*.csv`, together'),
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) console.log(await sampleTable());
