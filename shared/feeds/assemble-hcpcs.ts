// HCPCS files → release candidates: one on the first day of each quarter, and one on every later day, up to the next
// quarter's first, on which codes of the file begin or end.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Candidate, CandidateFile } from '../core/candidate.ts';
import { nextQuarter } from '../core/hcpcs.ts';
import type { QualityFinding } from '../core/release.ts';
import { candidateId } from './candidate-id.ts';
import type { Assembly, DownloadedFile } from './feed.ts';
import { publishedOn } from './file-sets.ts';
import type { FilePart } from './inspect-file.ts';

/** The file of a quarter as one publication has it. */
type Edition = {
  readonly quarter: CalendarDate;
  readonly published: CalendarDate;
  readonly dates: readonly CalendarDate[];
  readonly file: CandidateFile;
  readonly findings: readonly QualityFinding[];
};

const isText = (part: FilePart): boolean => /\.txt$/i.test(part.member ?? '');

/** The part to read: the text form, which is the authoritative one; failing that the spreadsheet. */
function leading(parts: readonly FilePart[]): readonly FilePart[] {
  const texts = parts.filter(isText);
  return texts.length > 0 ? texts : parts;
}

const finding = (code: string, where: string, message: string): QualityFinding => ({
  code,
  severity: 'error',
  where,
  message,
});

/** What stands against reading the file as that of its quarter. */
function doubts(part: FilePart, count: number, url: string): QualityFinding[] {
  const { quarter, zipQuarter } = part.hcpcs ?? {};
  const found: QualityFinding[] = [];
  if (zipQuarter) {
    const message = `the zip is named for ${zipQuarter}, the file in it for ${quarter}; taken as ${quarter}, approve only after checking CMS's page`;
    found.push(finding('effective-date-conflict', url, message));
  }
  if (count > 1) {
    const message = `the zip holds ${count} HCPCS files; ${part.member} is taken, approve only after checking CMS's page`;
    found.push(finding('effective-date-ambiguous', url, message));
  }
  return found;
}

type Editions = {
  readonly editions: readonly Edition[];
  readonly findings: readonly QualityFinding[];
};

function editionsOf(file: DownloadedFile): Editions {
  const parts = leading(file.inspection.parts.filter(({ role }) => role === 'hcpcs'));
  const [part] = parts.filter(({ hcpcs }) => hcpcs);
  if (!part?.hcpcs) {
    const message = 'no member is a HCPCS file whose name tells its quarter; look at the zip';
    const isOdd = file.inspection.usable;
    return {
      editions: [],
      findings: isOdd ? [finding('effective-date-unknown', file.url, message)] : [],
    };
  }
  const { quarter, dates } = part.hcpcs;
  const { member } = part;
  const edition: Edition = {
    quarter,
    dates,
    published: publishedOn(file) ?? quarter,
    file: {
      role: 'hcpcs',
      url: file.url,
      sha256: file.sha256,
      ...(member !== undefined && { member }),
    },
    findings: [...doubts(part, parts.length, file.url), ...file.inspection.findings],
  };
  return { editions: [edition], findings: [] };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The candidates of one quarter's editions, oldest publication first. A later edition is a correction of every day an
 * earlier one told of. The next quarter's first day is left to that quarter's own file where there is one.
 */
function candidatesOf(
  editions: readonly Edition[],
  quarters: ReadonlySet<CalendarDate>,
  feed: string,
): readonly Candidate[] {
  const days = new Set<CalendarDate>();
  return editions.flatMap(({ quarter, dates, published, file, findings }) => {
    for (const date of [quarter, ...dates]) days.add(date);
    const own = [...days].filter((day) => day !== nextQuarter(quarter) || !quarters.has(day));
    return own.sort().map((effective): Candidate => {
      const body = { system: 'hcpcs', effective, files: [file] } as const;
      return { id: candidateId(body), feed, published, findings, ...body };
    });
  });
}

/** Makes the candidates of a feed's files, by effective date, then publication. Pure. */
export function assembleHcpcs(files: readonly DownloadedFile[], feed: string): Assembly {
  const read = files.map(editionsOf);
  const editions = read
    .flatMap((one) => one.editions)
    .toSorted((a, b) => byText(a.published, b.published) || byText(a.file.sha256, b.file.sha256));
  // The same bytes under a second URL are no correction.
  const seen = new Set<string>();
  const distinct = editions.filter(({ file }) => seen.size < seen.add(file.sha256).size);
  const byQuarter = Map.groupBy(distinct, ({ quarter }) => quarter);
  const quarters = new Set(byQuarter.keys());
  const candidates = [...byQuarter.values()].flatMap((one) => candidatesOf(one, quarters, feed));
  const key = (one: Candidate): string => `${one.effective} ${one.published} ${one.id}`;
  return {
    candidates: candidates.toSorted((a, b) => byText(key(a), key(b))),
    findings: read.flatMap((one) => one.findings),
  };
}
