// Reads addenda of order files and of codes files: what is added, deleted and revised from one release to the next, and
// the statistics at the end. Layout: the same columns as the file they belong to, after a label of 13 characters.
import type { Addenda, AddendaEntry } from '../core/addenda.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { checkStatistics, parseStatistics, sideOf } from './addenda-statistics.ts';
import { isCodeAt } from './code-characters.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { readText } from './text-lines.ts';

/** Labels as written, padded to 13 characters. */
const kinds = new Map<string, AddendaEntry['kind']>([
  ['Add:', 'add'],
  ['Delete:', 'delete'],
  ['Revise from:', 'revise-from'],
  ['Revise to:', 'revise-to'],
]);
const labelLength = 13;
const codeLength = 7;
const shortLength = 60;

/** Columns after the label: ICD-10-CM order addenda have flag and short title, ICD-10-PCS ones no flag, codes ones neither. */
type Layout = { readonly flag: boolean; readonly short: boolean };

type Line = { readonly kind: AddendaEntry['kind']; readonly rest: string; readonly number: number };

const flagged = /^[01] [A-Z]/;

/**
 * The layout of the whole file. A code never begins with a flag and a blank; a padded short title ends with a blank
 * before the blank that parts it from the long one, which no title does by itself.
 */
function layoutOf(lines: readonly Line[], statistics: readonly string[]): Layout {
  if (lines.some((line) => flagged.test(line.rest))) return { flag: true, short: true };
  const apart = codeLength + 1 + shortLength;
  const parted = lines.every(
    ({ rest }) => rest[apart] === ' ' && rest.length > apart + 1 && rest[apart + 1] !== ' ',
  );
  const padded = lines.some(({ rest }) => rest[apart - 1] === ' ');
  const headers = statistics.some((line) => line.trim() === 'Headers');
  return { flag: false, short: parted && (padded || headers) };
}

/** The entry of a line, or undefined when its columns are not those of the layout. */
function entryOf(system: CodeSystemId, line: Line, layout: Layout): AddendaEntry | undefined {
  let rest = line.rest;
  let billable: boolean | null = null;
  if (layout.flag) {
    if (!flagged.test(rest)) return undefined;
    billable = rest[0] === '1';
    rest = rest.slice(2);
  }
  const code = rest.slice(0, codeLength).trimEnd();
  if (!isCodeAt(system, code, 0, code.length) || rest[codeLength] !== ' ') return undefined;
  rest = rest.slice(codeLength + 1);
  let short = '';
  if (layout.short) {
    short = rest.slice(0, shortLength).trimEnd();
    if (short === '' || rest[shortLength] !== ' ') return undefined;
    rest = rest.slice(shortLength + 1);
  }
  const long = rest.trimEnd();
  return long === '' ? undefined : { kind: line.kind, code, billable, short, long };
}

/** Every `Revise from` must stand right before the `Revise to` of the same code. */
function checkPairs(entries: readonly AddendaEntry[], where: string, list: FindingList): void {
  for (const [i, entry] of entries.entries()) {
    const [partner, other] =
      entry.kind === 'revise-from'
        ? ([entries[i + 1], 'revise-to'] as const)
        : entry.kind === 'revise-to'
          ? ([entries[i - 1], 'revise-from'] as const)
          : [];
    if (!other || (partner?.kind === other && partner.code === entry.code)) continue;
    const message = `The ${entry.kind} of ${entry.code} has no ${other} beside it; the file is incomplete.`;
    list.add('addenda-pair', 'error', where, message);
  }
}

type Parts = {
  readonly lines: readonly Line[];
  /** Lines before the statistics that have no label. */
  readonly strange: readonly number[];
  readonly statistics: readonly string[];
  /** Line number of the first statistics line. */
  readonly statisticsFrom: number;
};

/** Parts the entry lines from the statistics after them. Blank lines and any line end are let pass. */
function splitLines(text: string): Parts {
  const all = text.split(/\r\n?|\n/);
  const title = all.findIndex((line) => /^(?:Headers|Codes)\s*$/.test(line));
  const until = title < 0 ? all.length : title;
  const lines: Line[] = [];
  const strange: number[] = [];
  for (const [index, line] of all.slice(0, until).entries()) {
    const kind = kinds.get(line.slice(0, labelLength).trimEnd());
    if (kind) lines.push({ kind, rest: line.slice(labelLength), number: index + 1 });
    else if (line.trim() !== '') strange.push(index + 1);
  }
  return { lines, strange, statistics: all.slice(until), statisticsFrom: until + 1 };
}

/**
 * The entries of an addenda file and the two releases it lies between (null where the file does not say). Findings:
 * `empty-file`, `html-instead-of-file`, `not-ascii` (byte order mark), `addenda-row` for a line that cannot be read and
 * `addenda-pair` for half a revision (errors), `addenda-statistics` where the file's own counts disagree (warning).
 */
export function parseAddenda(
  bytes: Uint8Array,
  options: { readonly system: CodeSystemId; readonly where: string },
): { addenda: Addenda; findings: QualityFinding[] } {
  const { system, where } = options;
  const list = createFindingList();
  const text = readText(bytes, where, list);
  if (text === undefined)
    return { addenda: { entries: [], base: null, target: null }, findings: list.all() };
  const parts = splitLines(text);
  const layout = layoutOf(parts.lines, parts.statistics);
  const unreadable = (line: number): void => {
    const message =
      'The line is not an addenda entry: a label of 13 characters, then code and titles in their columns.';
    list.add('addenda-row', 'error', `${where} line ${line}`, message);
  };
  parts.strange.forEach(unreadable);
  const entries: AddendaEntry[] = [];
  for (const line of parts.lines) {
    const entry = entryOf(system, line, layout);
    if (entry) entries.push(entry);
    else unreadable(line.number);
  }
  checkPairs(entries, where, list);
  const at = (index: number): string => `${where} line ${parts.statisticsFrom + index}`;
  const statistics = parseStatistics(parts.statistics, at, list);
  checkStatistics(system, entries, statistics, where, list);
  const addenda = { entries, base: sideOf(statistics, 0), target: sideOf(statistics, 1) };
  return { addenda, findings: list.all() };
}
