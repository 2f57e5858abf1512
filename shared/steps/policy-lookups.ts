// What artifacts that an edition of policies may hit are looked up by, ranges of codes included.
import type { KeptUse } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeRange, covers } from '../core/code-range.ts';
import type { Archive } from '../ports/archive.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { readReleaseContent } from '../store/release-contents.ts';
import { type EditionMoves, useText } from './policy-changes.ts';

/** What telling the codes of a range needs. */
export type LookupPorts = {
  readonly codeTable: Pick<CodeTable, 'releases'>;
  readonly archive: Pick<Archive, 'readNormalForm'>;
};

/** Codes of the releases in force from a day on that lie in the ranges. */
async function codesWithin(
  { codeTable, archive }: LookupPorts,
  ranges: readonly CodeRange[],
  from: CalendarDate,
): Promise<Set<string>> {
  const found = new Set<string>();
  if (ranges.length === 0) return found;
  const releases = (await codeTable.releases('icd10cm')).filter(
    ({ status }) => status === 'committed',
  );
  const first = Math.max(
    0,
    releases.findLastIndex(({ effective }) => effective <= from),
  );
  for (const { contentSha256 } of releases.slice(first)) {
    const { rows } = await readReleaseContent(archive, contentSha256);
    for (const { code } of rows) if (ranges.some((range) => covers(range, code))) found.add(code);
  }
  return found;
}

/** Everything artifacts that an edition may hit are looked up by, each once; of ranges the codes that lie in them. */
export async function lookedUpBy(ports: LookupPorts, edition: EditionMoves): Promise<KeptUse[]> {
  const { moves, ranges, uses } = edition;
  const [from] = moves.map(({ change }) => change.effective).sort();
  const within = from === undefined ? [] : await codesWithin(ports, ranges, from);
  const all = [...uses, ...[...within].map((code): KeptUse => ({ system: 'icd10cm', code }))];
  return [...new Map(all.map((use) => [useText(use), use])).values()];
}
