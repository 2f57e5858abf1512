// What a policy says of each procedure, however its groups are cut and numbered: per list and
// procedure one cell of codes with the conditions they count under. Comparing two versions and
// telling whether they mean the same both rest on it.
import type { CoverageList, PolicyDocument, ProcedureGroup } from './policy.ts';
import { type Cell, cellOf, cellText } from './policy-cell.ts';

/**
 * Cells of a document by list and procedure; the procedure is empty for groups that are for none by
 * name.
 */
export type Cells = ReadonlyMap<string, Cell>;

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
