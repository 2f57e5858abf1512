// Reads the statistics at the end of an addenda file and holds them against its entries. They also say which two
// releases the file lies between.
import type { AddendaEntry, AddendaSide } from '../core/addenda.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { FindingList } from './finding-list.ts';

/** What one section (`Headers` or `Codes`) says; a number it does not say is undefined. */
type Section = {
  /** Year in the file name and number of headers or codes, of the earlier and of the later release. */
  readonly sides: { readonly year: number; readonly count: number }[];
  additions?: number;
  deletions?: number;
  revisions?: number;
};

/** The statistics of one addenda file; a section that is not there is undefined. */
export type AddendaStatistics = {
  readonly headers: Section | undefined;
  readonly codes: Section | undefined;
};

const sideLine = /^\s*(\d+) (?:headers|codes) in .*?(?<!\d)(20\d{2})(?!\d)/;
const countLine = /^\s*(\d+) (additions|deletions|revisions)\s*$/;
/** Broken down further than needed: "12 revisions to long title only". */
const passedOver = /^\s*(?:of which|\d+ revisions to .*)?\s*$/;

/** Reads the lines from `Headers` or `Codes` on; a line of no known form is said (`addenda-row`, warning). */
export function parseStatistics(
  lines: readonly string[],
  where: (index: number) => string,
  list: FindingList,
): AddendaStatistics {
  const sections: { headers: Section | undefined; codes: Section | undefined } = {
    headers: undefined,
    codes: undefined,
  };
  let section: Section = { sides: [] };
  for (const [index, line] of lines.entries()) {
    const title = line.trim();
    const side = sideLine.exec(line);
    const count = countLine.exec(line);
    if (title === 'Headers') section = sections.headers = { sides: [] };
    else if (title === 'Codes') section = sections.codes = { sides: [] };
    else if (side) section.sides.push({ count: Number(side[1]), year: Number(side[2]) });
    else if (count) section[count[2] as 'additions' | 'deletions' | 'revisions'] = Number(count[1]);
    else if (!passedOver.test(line)) {
      const message = `"${title.slice(0, 60)}" belongs neither to the entries nor to the statistics.`;
      list.add('addenda-row', 'warning', where(index), message);
    }
  }
  return sections;
}

/** The release before (0) or after (1) the addenda; null when the statistics do not name it. */
export function sideOf(statistics: AddendaStatistics, index: 0 | 1): AddendaSide | null {
  const codes = statistics.codes?.sides[index];
  if (!codes) return null;
  return {
    year: codes.year,
    headers: statistics.headers?.sides[index]?.count ?? null,
    codes: codes.count,
  };
}

const isHeader = (system: CodeSystemId, entry: AddendaEntry): boolean =>
  entry.billable === null ? system === 'icd10pcs' && entry.code.length === 3 : !entry.billable;

const countedKinds = { additions: 'add', deletions: 'delete', revisions: 'revise-to' } as const;

/** Says where the entries are not as many as the statistics count (`addenda-statistics`, warning). */
export function checkStatistics(
  system: CodeSystemId,
  entries: readonly AddendaEntry[],
  statistics: AddendaStatistics,
  where: string,
  list: FindingList,
): void {
  for (const name of ['headers', 'codes'] as const) {
    const section = statistics[name];
    if (!section) continue;
    const own = entries.filter((entry) => isHeader(system, entry) === (name === 'headers'));
    for (const counted of ['additions', 'deletions', 'revisions'] as const) {
      const stated = section[counted];
      const listed = own.filter((entry) => entry.kind === countedKinds[counted]).length;
      if (stated === undefined || stated === listed) continue;
      const message = `The statistics count ${stated} ${counted} of ${name}, the file lists ${listed}.`;
      list.add('addenda-statistics', 'warning', where, message);
    }
  }
}
