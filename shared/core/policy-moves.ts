// Which diagnoses a policy's lists gained and lost, for which procedures: compared procedure by
// procedure, so that groups cut or numbered otherwise with the same meaning move nothing.
import { type CodeRange, contains } from './code-range.ts';
import type { CoverageMove, DiagnosisGroup, PolicyDocument } from './policy.ts';
import { type Cell, countsOtherwise, holds } from './policy-cell.ts';
import { cellsOf, nonCoveredProcedures, procedureOfCell } from './policy-meaning.ts';

type Direction = CoverageMove['direction'];

/** Moves of codes and ranges that `cell` holds and `other` does not, a group each. */
function missingIn(
  cell: Cell | undefined,
  other: Cell | undefined,
  direction: Direction,
  procedures: readonly string[],
): CoverageMove[] {
  if (!cell) return [];
  const codesOf = new Map<DiagnosisGroup, string[]>();
  for (const [code, { from }] of cell.codes) {
    if (other && holds(other, code)) continue;
    const codes = codesOf.get(from);
    if (codes) codes.push(code);
    else codesOf.set(from, [code]);
  }
  const rangesOf = new Map<DiagnosisGroup, CodeRange[]>();
  for (const { range, from } of cell.ranges) {
    if (other?.ranges.some((held) => contains(held.range, range))) continue;
    rangesOf.set(from, [...(rangesOf.get(from) ?? []), range]);
  }
  const move = (from: DiagnosisGroup) => ({
    list: cell.list,
    group: from.group,
    direction,
    procedures: procedures.filter((procedure) => procedure !== ''),
    mapping: from.mapping,
  });
  const moves: CoverageMove[] = [...new Set([...codesOf.keys(), ...rangesOf.keys()])].map(
    (from) => ({
      ...move(from),
      codes: [...(codesOf.get(from) ?? [])].sort(),
      ranges: rangesOf.get(from) ?? [],
    }),
  );
  const rest = other?.everythingElse ? undefined : cell.everythingElse?.from;
  if (rest) moves.push({ ...move(rest), codes: [], ranges: [], everything: 'else' });
  return moves;
}

/** Moves of procedures said to be non-covered in `here` and not `there`, a group each. */
function nonCoveredMoves(
  here: PolicyDocument | undefined,
  there: PolicyDocument | undefined,
  direction: Direction,
): CoverageMove[] {
  const others = there ? nonCoveredProcedures(there) : new Map();
  const proceduresOf = new Map<string, string[]>();
  for (const [procedure, { group }] of here ? nonCoveredProcedures(here) : []) {
    if (others.has(procedure)) continue;
    proceduresOf.set(group, [...(proceduresOf.get(group) ?? []), procedure]);
  }
  return [...proceduresOf].map(([group, procedures]) => ({
    list: 'not-covered',
    group,
    direction,
    codes: [],
    ranges: [],
    everything: 'all',
    procedures: procedures.sort(),
    mapping: 'explicit',
  }));
}

/** One move for those that differ in their procedures only. */
function joined(moves: readonly CoverageMove[]): CoverageMove[] {
  const byText = new Map<string, CoverageMove>();
  for (const move of moves) {
    const text = JSON.stringify({ ...move, procedures: move.procedures.length > 0 });
    const procedures = [...(byText.get(text)?.procedures ?? []), ...move.procedures];
    byText.set(text, { ...move, procedures: [...new Set(procedures)].sort() });
  }
  const place = ({ list, group, direction, procedures }: CoverageMove): string =>
    [list, group.padStart(6, '0'), direction, procedures[0] ?? ''].join(' ');
  return [...byText.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/**
 * Procedures by the two cells (before, after) that speak of them, so that each pair is compared
 * once.
 */
function pairsOfCells(
  before: ReadonlyMap<string, Cell>,
  after: ReadonlyMap<string, Cell>,
): Map<Cell | undefined, Map<Cell | undefined, string[]>> {
  const pairs = new Map<Cell | undefined, Map<Cell | undefined, string[]>>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    const ofOld = pairs.get(old) ?? new Map<Cell | undefined, string[]>();
    pairs.set(old, ofOld.set(now, [...(ofOld.get(now) ?? []), procedureOfCell(key)]));
  }
  return pairs;
}

/**
 * What the lists gained and lost from one version to the next (all of it when there is no other),
 * by list and group. A code that went from covered to not covered moves twice. A code is in its
 * place however it is written: alone or in a range. `XX000`, and a group of procedures said to be
 * non-covered, are moves of `everything`.
 */
export function movesBetween(
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
): CoverageMove[] {
  const [old, now] = [before, after].map((document) =>
    document ? cellsOf(document) : new Map<string, Cell>(),
  );
  const moves: CoverageMove[] = [];
  for (const [cellBefore, pairs] of pairsOfCells(old ?? new Map(), now ?? new Map())) {
    for (const [cellAfter, procedures] of pairs) {
      moves.push(...missingIn(cellAfter, cellBefore, 'added', procedures));
      moves.push(...missingIn(cellBefore, cellAfter, 'removed', procedures));
    }
  }
  moves.push(...nonCoveredMoves(after, before, 'added'));
  moves.push(...nonCoveredMoves(before, after, 'removed'));
  return joined(moves);
}

/**
 * True when something both versions list counts under another condition, or the condition's words
 * are others.
 */
export function conditionsDiffer(before: PolicyDocument, after: PolicyDocument): boolean {
  const pairs = [...pairsOfCells(cellsOf(before), cellsOf(after))];
  return pairs.some(([old, others]) =>
    [...others.keys()].some((now) => old && now && countsOtherwise(old, now)),
  );
}
