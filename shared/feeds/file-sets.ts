// Downloaded files → dated sets: the order file with its codes and addenda, and the conversion tables beside them.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CandidateFile } from '../core/candidate.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { effectiveDate } from './effective-date.ts';
import type { DownloadedFile, Publisher } from './feed.ts';
import { basenameOf, stemOfName } from './file-role.ts';
import type { FilePart } from './inspect-file.ts';
import { readNameDates } from './name-dates.ts';

/** Files of one publisher that belong together, and from when their codes hold. */
export type FileSet = {
  readonly publisher: Publisher;
  readonly effective: CalendarDate;
  readonly published: CalendarDate;
  readonly files: readonly CandidateFile[];
  /** Fiscal years its addenda compare with. */
  readonly bases: readonly number[];
  readonly findings: readonly QualityFinding[];
};

/** A conversion table and the date up to which it tells changes. */
export type DatedTable = {
  readonly effective: CalendarDate;
  readonly published: CalendarDate;
  readonly file: CandidateFile;
};

/** What the files of a feed amount to. */
export type FileSets = {
  readonly sets: readonly FileSet[];
  readonly tables: readonly DatedTable[];
  /** Dating findings of everything, used or not. */
  readonly findings: readonly QualityFinding[];
};

type Part = { readonly file: DownloadedFile; readonly part: FilePart };

const nameOf = ({ file, part }: Part): string => basenameOf(part.member ?? file.name);

const candidateFile = ({ file, part }: Part): CandidateFile => ({
  role: part.role,
  url: file.url,
  sha256: file.sha256,
  ...(part.member !== undefined && { member: part.member }),
});

/** Day a file came out: listing date; at CMS the name's date, else Last-Modified, never before the newest member. */
export function publishedOn(file: DownloadedFile): CalendarDate | undefined {
  const newest = file.inspection.newestMember;
  if (file.firstListed) return file.firstListed;
  const told = readNameDates(file.name).updated ?? file.lastModified;
  return told && newest && newest > told ? newest : (told ?? newest);
}

type Dated = {
  readonly effective?: CalendarDate;
  readonly findings: readonly QualityFinding[];
};

function date(parts: readonly Part[], lead: Part, system: CodeSystemId): Dated {
  const { file, part } = lead;
  return effectiveDate(
    {
      where: file.url,
      ...(file.folder !== undefined && { folder: file.folder }),
      ...(part.member !== undefined && { archive: file.name }),
      members: parts.map(nameOf),
      ...(file.firstListed && { listed: file.firstListed }),
      addenda: parts.flatMap(({ part: { addenda } }) => addenda ?? []),
    },
    codeSystems[system].begins,
  );
}

/** Parts by where they lie (zip or folder) and stem: one folder can hold two releases. */
function grouped(parts: readonly Part[]): readonly (readonly Part[])[] {
  const container = ({ file, part }: Part): string =>
    part.member === undefined ? file.page : file.url;
  const groups = Map.groupBy(parts, (part) => `${container(part)}\n${stemOfName(nameOf(part))}`);
  return [...groups.values()];
}

/** Groups and dates the parts of one system. Files of no use and dates before the system began fall away. */
export function fileSets(files: readonly DownloadedFile[], system: CodeSystemId): FileSets {
  const parts = files.flatMap((file) =>
    file.inspection.parts.filter((part) => part.system === system).map((part) => ({ file, part })),
  );
  const isTable = ({ part }: Part): boolean => part.role === 'conversion';
  const findings: QualityFinding[] = [];
  const sets: FileSet[] = [];
  for (const group of grouped(parts.filter((part) => !isTable(part)))) {
    const lead = group.find(({ part }) => part.role === 'order') ?? group[0];
    if (!lead) continue;
    const dated = date(group, lead, system);
    findings.push(...dated.findings);
    if (!dated.effective) continue;
    sets.push({
      publisher: lead.file.publisher,
      effective: dated.effective,
      published: publishedOn(lead.file) ?? dated.effective,
      files: group.map(candidateFile),
      bases: group.flatMap(({ part: { addenda } }) => addenda?.base ?? []),
      findings: [...dated.findings, ...inspectionFindings(group)],
    });
  }
  const tables: DatedTable[] = [];
  for (const part of parts.filter(isTable)) {
    const { effective, findings: found } = date([part], part, system);
    findings.push(...found);
    if (!effective) continue;
    const published = publishedOn(part.file) ?? effective;
    tables.push({ effective, published, file: candidateFile(part) });
  }
  return { sets, tables, findings };
}

function inspectionFindings(group: readonly Part[]): readonly QualityFinding[] {
  return [...new Set(group.map(({ file }) => file))].flatMap((file) => file.inspection.findings);
}
