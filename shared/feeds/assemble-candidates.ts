// Dated file sets → release candidates: CDC's files with CMS's as a second source, corrections, and releases that only
// their update still tells.
import { type CalendarDate, fiscalYearOf, fiscalYearStart } from '../core/calendar-date.ts';
import type { Candidate, CandidateFile } from '../core/candidate.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding, SourceRole } from '../core/release.ts';
import { candidateId } from './candidate-id.ts';
import { chooseTable } from './choose-table.ts';
import type { Assembly, DownloadedFile } from './feed.ts';
import { type FileSet, fileSets } from './file-sets.ts';

/** A candidate before its conversion table and id. */
type Draft = {
  readonly effective: CalendarDate;
  readonly published: CalendarDate;
  readonly files: readonly CandidateFile[];
  readonly bases: readonly number[];
  readonly findings: readonly QualityFinding[];
  readonly reconstruct?: true;
};

const hasRole = (files: readonly CandidateFile[], role: SourceRole): boolean =>
  files.some((file) => file.role === role);
const isHead = (set: FileSet): boolean => hasRole(set.files, 'order');
const byPublication = (a: { published: string }, b: { published: string }): number =>
  a.published < b.published ? -1 : a.published > b.published ? 1 : 0;

/** The files, each role filled up from the sets that have it. */
function fillUp(
  files: readonly CandidateFile[],
  roles: readonly SourceRole[],
  sets: readonly FileSet[],
): readonly CandidateFile[] {
  const more = roles.flatMap((role) => {
    if (hasRole(files, role)) return [];
    return sets.flatMap((set) => set.files).find((file) => file.role === role) ?? [];
  });
  return [...files, ...more];
}

/** The order file of the other publisher, to hold the first one's against. */
function secondSource(sets: readonly FileSet[]): readonly CandidateFile[] {
  const sound = sets.filter((set) => !set.findings.some(({ severity }) => severity === 'error'));
  const newest = sound.filter(isHead).toSorted(byPublication).at(-1);
  const file = newest?.files.find(({ role }) => role === 'order');
  return file ? [{ ...file, role: 'second-source' }] : [];
}

/** The same bytes under a second URL are no correction. */
function firstOfEach(heads: readonly FileSet[]): readonly FileSet[] {
  const seen = new Set<string>();
  return heads.filter((head) => {
    const key = JSON.stringify(head.files.map(({ sha256, member }) => [sha256, member]));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Drafts of one effective date, oldest publication first; only the newest is filled up and has a second source. */
function draftsOfDate(sets: readonly FileSet[]): readonly Draft[] {
  const publisher = sets.some((set) => isHead(set) && set.publisher === 'cdc') ? 'cdc' : 'cms';
  const own = sets.filter((set) => set.publisher === publisher);
  const others = sets.filter((set) => set.publisher !== publisher).toSorted(byPublication);
  const heads = firstOfEach(own.filter(isHead).toSorted(byPublication));
  const rests = own.filter((set) => !isHead(set));
  const newest = heads.at(-1);
  return heads.map((head) => {
    if (head !== newest) return head;
    const filled = fillUp(head.files, ['codes', 'addenda', 'codes-addenda'], rests);
    const files = [...fillUp(filled, ['codes'], others.toReversed()), ...secondSource(others)];
    return { ...head, files };
  });
}

/** October's release, to be made by undoing the first update's addenda, where October's own file is gone. */
function reconstructions(drafts: readonly Draft[]): readonly Draft[] {
  const dates = new Set(drafts.map((draft) => draft.effective));
  const made = new Map<CalendarDate, Draft>();
  for (const draft of drafts.toSorted(byPublication)) {
    const year = fiscalYearOf(draft.effective);
    const october = fiscalYearStart(year);
    if (!draft.bases.includes(year) || dates.has(october) || made.has(october)) continue;
    const undoable = draft.files.filter(({ role }) => role === 'order' || role === 'addenda');
    if (!hasRole(undoable, 'addenda')) continue;
    const where = undoable[0]?.url ?? '';
    const message = `the release of ${october} is no longer published; it is made from the update of ${draft.effective} by undoing its addenda`;
    const finding = {
      code: 'reconstructed-from-addenda',
      severity: 'info',
      where,
      message,
    } as const;
    made.set(october, {
      ...draft,
      effective: october,
      files: undoable,
      findings: [...draft.findings, finding],
      reconstruct: true,
    });
  }
  return [...made.values()];
}

const canonical = (a: CandidateFile, b: CandidateFile): number => {
  const [left, right] = [a, b].map((file) => `${file.role} ${file.url} ${file.member ?? ''}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

/** Makes the candidates of one feed's files, by effective date, then publication. Pure. */
export function assembleCandidates(
  files: readonly DownloadedFile[],
  feed: { readonly id: string; readonly system: CodeSystemId },
): Assembly {
  const { sets, tables, findings } = fileSets(files, feed.system);
  const published = [...Map.groupBy(sets, (set) => set.effective).values()].flatMap(draftsOfDate);
  const drafts = [...published, ...reconstructions(published)];
  const candidates = drafts.map((draft): Candidate => {
    const table = chooseTable(draft, tables, drafts);
    const own = table ? [...draft.files, table.file] : draft.files;
    const body = {
      system: feed.system,
      effective: draft.effective,
      files: own.toSorted(canonical),
      ...(draft.reconstruct && { reconstruct: true }),
    };
    const { published: day, findings: found } = draft;
    return { id: candidateId(body), feed: feed.id, published: day, findings: found, ...body };
  });
  const key = (candidate: Candidate): string =>
    `${candidate.effective} ${candidate.published} ${candidate.id}`;
  const sorted = candidates.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return { candidates: sorted, findings };
}
