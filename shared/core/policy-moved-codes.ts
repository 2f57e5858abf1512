// Which diagnoses a change of a policy may hit claims by: what the join looks up uses of.
import { type CodeRange, covers } from './code-range.ts';
import type { CoveragePair } from './document-coverage.ts';
import type { PolicyChange, PolicyChangeKind, PolicyDocument, PolicyVersion } from './policy.ts';
import { nonCoveredProcedures, proceduresOf } from './policy-meaning.ts';

/** Kinds by which all a document lists may be decided otherwise, not only what moved. */
const wholeKinds: ReadonlySet<PolicyChangeKind> = new Set([
  'new',
  'retired',
  'merged',
  'split',
  'reinstated',
  'procedures',
  'conditions',
  'jurisdictions',
  'dates',
]);

/** The codes whose uses have to be looked at, and what cannot be looked up by code. */
export type MovedCodes = {
  /** Ascending. */
  readonly codes: readonly string[];
  /** Every code within may be hit. */
  readonly ranges: readonly CodeRange[];
  /**
   * Procedures of which claims with any diagnosis may be hit (`XX000`, non-covered procedures),
   * ascending.
   */
  readonly anyDiagnosisOf: readonly string[];
};

/** Procedures of which a document says something whatever the diagnosis. */
const withAnyDiagnosis = (document: PolicyDocument): string[] => [
  ...nonCoveredProcedures(document).keys(),
  ...document.groups
    .filter(({ everythingElse }) => everythingElse)
    .flatMap(({ procedures }) => (procedures.length > 0 ? procedures : proceduresOf(document))),
];

/**
 * Every diagnosis a change may hit claims by. Where the whole document is decided otherwise
 * (states, dates, conditions, its coming and going) that is all it lists, which `versions` tell:
 * all of the document.
 */
export function movedCodes(
  change: PolicyChange,
  versions: readonly PolicyVersion[] = [],
): MovedCodes {
  const isWhole = change.kinds.some((kind) => wholeKinds.has(kind));
  const known = isWhole ? versions.filter(({ seq }) => seq <= change.seq) : [];
  const sets = [
    ...change.moves,
    ...known.flatMap(({ groups }) => groups.map(({ diagnoses }) => diagnoses)),
  ];
  const ranges = sets.flatMap((set) => set.ranges);
  const any = change.moves.filter(({ everything }) => everything !== undefined);
  // A list for no procedure by name speaks of all that the document names.
  const isOfAny = any.some((move) => move.procedures.length === 0);
  const procedures = [
    ...any.flatMap((move) => move.procedures),
    ...(isOfAny ? versions.flatMap(proceduresOf) : []),
    ...known.flatMap(withAnyDiagnosis),
  ];
  return {
    codes: [...new Set(sets.flatMap((set) => set.codes))].sort(),
    ranges: [...new Map(ranges.map((range) => [`${range.from}-${range.to}`, range])).values()],
    anyDiagnosisOf: [...new Set(procedures)].sort(),
  };
}

/**
 * True when a change may decide a pair otherwise: one of its moves is of the procedure and has the
 * diagnosis, or the whole document is decided otherwise. An edition may bring several versions of a
 * document, each with a change of its own.
 */
export const movesPair = (
  { kinds, moves }: Pick<PolicyChange, 'kinds' | 'moves'>,
  { procedure, diagnosis }: CoveragePair,
): boolean =>
  kinds.some((kind) => wholeKinds.has(kind)) ||
  moves.some(
    ({ procedures, codes, ranges, everything }) =>
      (procedures.length === 0 || procedures.includes(procedure)) &&
      (everything !== undefined ||
        codes.includes(diagnosis) ||
        ranges.some((range) => covers(range, diagnosis))),
  );
