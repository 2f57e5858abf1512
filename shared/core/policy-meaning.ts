// What a policy says of each procedure, however its groups are cut and numbered: per list and
// procedure one cell of codes with the conditions they count under. Comparing two versions and
// telling whether they mean the same both rest on it.
import { type CodeRange, covers } from './code-range.ts';
import type { CoverageList, DiagnosisGroup, PolicyDocument, ProcedureGroup } from './policy.ts';

/**
 * How a code counts in a cell: as it stands, under the condition of an asterisk, or not surely at
 * all.
 */
export type Grade = 'plain' | 'asterisk' | 'unclear';

/**
 * All that the groups of one list say of a procedure. Procedures of the same groups share one cell.
 */
export type Cell = {
  readonly list: CoverageList;
  /**
   * Each code with the group to name for it (the one with the least condition) and how it counts.
   */
  readonly codes: ReadonlyMap<string, { readonly from: DiagnosisGroup; readonly grade: Grade }>;
  readonly ranges: readonly { readonly range: CodeRange; readonly from: DiagnosisGroup }[];
  /** The group with `XX000`. */
  readonly everythingElse?: DiagnosisGroup;
  /** Words of the conditions, without the codes they name. */
  readonly footnotes: string;
};

/**
 * Cells of a document by list and procedure; the procedure is empty for groups that are for none by
 * name.
 */
export type Cells = ReadonlyMap<string, Cell>;

const grades: readonly Grade[] = ['plain', 'asterisk', 'unclear'];

/** ICD-10-CM codes as footnotes write them, an asterisk behind. */
const codeInText = /\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b\*?/gi;

/**
 * Words of a condition alone: another code named by it, a comma or an `and` is no other condition.
 */
export const conditionWords = (text: string): string =>
  text
    .replace(codeInText, ' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(?:and|or)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

const rangeKey = ({ from, to }: CodeRange): string => `${from}-${to}`;

function cellOf(list: CoverageList, groups: readonly DiagnosisGroup[]): Cell {
  const codes = new Map<string, { from: DiagnosisGroup; grade: Grade }>();
  const ranges = new Map<string, { range: CodeRange; from: DiagnosisGroup }>();
  for (const from of groups) {
    const asterisked = new Set(from.asterisked);
    for (const code of from.diagnoses.codes) {
      const sure: Grade = asterisked.has(code) ? 'asterisk' : 'plain';
      const grade = from.mapping === 'unclear' ? 'unclear' : sure;
      const other = codes.get(code);
      const isLess = !other || grades.indexOf(grade) < grades.indexOf(other.grade);
      if (isLess) codes.set(code, { from, grade });
    }
    for (const range of from.diagnoses.ranges) {
      if (!ranges.has(rangeKey(range))) ranges.set(rangeKey(range), { range, from });
    }
  }
  const everythingElse = groups.find((group) => group.everythingElse);
  const footnotes = groups
    .filter(({ asterisked, footnote }) => asterisked.length > 0 && footnote !== undefined)
    .map(({ footnote }) => conditionWords(footnote ?? ''));
  return {
    list,
    codes,
    ranges: [...ranges.values()],
    ...(everythingElse ? { everythingElse } : {}),
    footnotes: [...new Set(footnotes)].sort().join('\n'),
  };
}

/** The key of a cell. */
const cellKey = (list: CoverageList, procedure: string): string => `${list} ${procedure}`;

/** List and procedure of a key of {@link cellsOf}. */
export const procedureOfCell = (key: string): string => key.slice(key.indexOf(' ') + 1);

/** The cell of the groups at these places, all of one list. */
function cellAt({ groups }: PolicyDocument, places: readonly number[]): Cell {
  const chosen = groups.filter((_, at) => places.includes(at));
  return cellOf(chosen[0]?.list ?? 'covered', chosen);
}

/** What a document says, by list and procedure. */
export function cellsOf(document: PolicyDocument): Cells {
  const groupsOf = new Map<string, number[]>();
  for (const [at, { list, procedures }] of document.groups.entries()) {
    for (const procedure of procedures.length === 0 ? [''] : procedures) {
      const key = cellKey(list, procedure);
      const others = groupsOf.get(key);
      if (others) others.push(at);
      else groupsOf.set(key, [at]);
    }
  }
  // A document of ten thousand codes has a few ways only in which its procedures share them.
  const shared = new Map<string, Cell>();
  const cells = new Map<string, Cell>();
  for (const [key, places] of groupsOf) {
    const place = places.join(' ');
    const cell = shared.get(place) ?? cellAt(document, places);
    shared.set(place, cell);
    cells.set(key, cell);
  }
  return cells;
}

/** True when the cell lists the code, by itself or in a range. */
export const holds = (cell: Cell, code: string): boolean =>
  cell.codes.has(code) || cell.ranges.some(({ range }) => covers(range, code));

/** Procedures said to be non-covered, with the group that says so. */
export function nonCoveredProcedures(
  document: PolicyDocument,
): ReadonlyMap<string, ProcedureGroup> {
  const groups = document.procedureGroups.filter(({ nonCovered }) => nonCovered);
  return new Map(groups.flatMap((group) => group.codes.map((code) => [code, group] as const)));
}

/** Every procedure a document names, ascending. */
export const proceduresOf = (document: PolicyDocument): string[] =>
  [
    ...new Set([
      ...document.procedureGroups.flatMap(({ codes }) => codes),
      ...document.groups.flatMap(({ procedures }) => procedures),
    ]),
  ].sort();

/**
 * States a document is for, ascending; empty: everywhere (one contractor without states is enough).
 */
export function statesOf({ jurisdictions }: Pick<PolicyDocument, 'jurisdictions'>): string[] {
  if (jurisdictions.some(({ states }) => states.length === 0)) return [];
  return [...new Set(jurisdictions.flatMap(({ states }) => states))].sort();
}

/** A group may be there with its paragraph alone. */
const saysNothing = ({ codes, ranges, everythingElse }: Cell): boolean =>
  codes.size === 0 && ranges.length === 0 && everythingElse === undefined;

/** What a cell says as text: equal for cells that decide claims alike. */
const cellText = ({ list, codes, ranges, everythingElse, footnotes }: Cell): string =>
  JSON.stringify([
    list,
    [...codes]
      .filter(([code, { grade }]) => {
        const inRange = ranges.some(({ range }) => covers(range, code));
        return grade !== 'plain' || !inRange;
      })
      .map(([code, { grade }]) => (grade === 'plain' ? code : `${code} ${grade}`))
      .sort(),
    ranges.map(({ range }) => rangeKey(range)).sort(),
    everythingElse !== undefined,
    footnotes,
  ]);

/** What decides claims while the document is in force, as plain data that is equal when that is. */
export function meaningOf(document: PolicyDocument): readonly unknown[] {
  const texts = new Map<Cell, string>();
  const proceduresByText = new Map<string, string[]>();
  for (const [key, cell] of cellsOf(document)) {
    if (saysNothing(cell)) continue;
    const text = texts.get(cell) ?? cellText(cell);
    texts.set(cell, text);
    const procedures = proceduresByText.get(text) ?? [];
    procedures.push(procedureOfCell(key));
    proceduresByText.set(text, procedures);
  }
  const cells = [...proceduresByText].map(([text, procedures]) => [text, procedures.sort()]);
  return [
    document.payer,
    document.plan ?? null,
    statesOf(document),
    proceduresOf(document),
    [...nonCoveredProcedures(document).keys()].sort(),
    cells.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ];
}
