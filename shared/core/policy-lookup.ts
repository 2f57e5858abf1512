// What a change of a policy may hit claims and templates by: what the join looks up uses of.
import { type CodeRange, covers } from './code-range.ts';
import type { CoveragePair } from './document-coverage.ts';
import type {
  DiagnosisSet,
  PolicyChange,
  PolicyChangeKind,
  PolicyDocument,
  PolicyVersion,
} from './policy.ts';
import { proceduresOf } from './policy-meaning.ts';

/** Kinds by which all a document says may be decided otherwise, not only what moved. */
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

/** What artifacts are looked up by that a change may hit. */
export type PolicyLookup = {
  /** Diagnoses, ascending. */
  readonly codes: readonly string[];
  /** Every diagnosis within. */
  readonly ranges: readonly CodeRange[];
  /** Procedures, ascending, whatever the diagnosis. */
  readonly procedures: readonly string[];
};

/** What it looks claims up by, and templates, which name no procedure. */
export type PolicyLookups = { readonly claims: PolicyLookup; readonly templates: PolicyLookup };

const isWhole = ({ kinds }: Pick<PolicyChange, 'kinds'>): boolean =>
  kinds.some((kind) => wholeKinds.has(kind));

/** True when the document decides a procedure by diagnosis: it denies what it does not list. */
const decides = (document: PolicyDocument, procedure: string): boolean =>
  document.groups.some(
    ({ diagnoses, everythingElse, procedures }) =>
      (everythingElse || diagnoses.codes.length + diagnoses.ranges.length > 0) &&
      (procedures.length === 0 || procedures.includes(procedure)),
  );

/** Procedures whose lists moved from or to nothing in some version: all that they do not list is decided otherwise. */
function begunProcedures(change: PolicyChange, versions: readonly PolicyVersion[]): string[] {
  const moved = change.moves.flatMap(({ procedures }) =>
    procedures.length > 0 ? procedures : versions.flatMap(proceduresOf),
  );
  return [...new Set(moved)].filter((procedure) =>
    versions.some((version) => !decides(version, procedure)),
  );
}

const ascending = (codes: readonly string[]): string[] => [...new Set(codes)].sort();

const lookupOf = (sets: readonly DiagnosisSet[], procedures: readonly string[]): PolicyLookup => {
  const ranges = sets.flatMap((set) => set.ranges);
  return {
    codes: ascending(sets.flatMap((set) => set.codes)),
    ranges: [...new Map(ranges.map((range) => [`${range.from}-${range.to}`, range])).values()],
    procedures: ascending(procedures),
  };
};

const setsOf = (versions: readonly PolicyVersion[]): DiagnosisSet[] =>
  versions.flatMap(({ groups }) => groups.map(({ diagnoses }) => diagnoses));

/**
 * What to look up to find every artifact a change may hit. Where the whole document is decided
 * otherwise (states, dates, its coming and going) claims are found by its procedures alone, and
 * templates by all it lists, which `versions` tell: all of the document. Else claims are found by
 * the diagnoses that moved, and by procedure where what is not listed is decided otherwise.
 */
export function lookupsOf(change: PolicyChange, versions: readonly PolicyVersion[]): PolicyLookups {
  const known = versions.filter(({ seq }) => seq <= change.seq);
  if (isWhole(change)) {
    const moved = change.moves.flatMap(({ procedures }) => procedures);
    return {
      claims: lookupOf([], [...moved, ...known.flatMap(proceduresOf)]),
      templates: lookupOf([...change.moves, ...setsOf(known)], []),
    };
  }
  const any = change.moves.filter(({ everything }) => everything !== undefined);
  // A list for no procedure by name speaks of all that the document names.
  const ofAny = any.flatMap(({ procedures }) =>
    procedures.length > 0 ? procedures : known.flatMap(proceduresOf),
  );
  return {
    claims: lookupOf(change.moves, [...ofAny, ...begunProcedures(change, known)]),
    templates: lookupOf(change.moves, []),
  };
}

/**
 * True when a change may decide a pair otherwise: one of its moves is of the procedure and has the
 * diagnosis, or the whole document is decided otherwise. An edition may bring several versions of a
 * document, each with a change of its own.
 */
export const movesPair = (
  change: Pick<PolicyChange, 'kinds' | 'moves'>,
  { procedure, diagnosis }: CoveragePair,
): boolean =>
  isWhole(change) ||
  change.moves.some(
    ({ procedures, codes, ranges, everything }) =>
      (procedures.length === 0 || procedures.includes(procedure)) &&
      (everything !== undefined ||
        codes.includes(diagnosis) ||
        ranges.some((range) => covers(range, diagnosis))),
  );

/** True when a change may decide otherwise what is not listed for a procedure. */
export const movesProcedure = (
  change: Pick<PolicyChange, 'kinds' | 'moves'>,
  procedure: string,
): boolean =>
  isWhole(change) ||
  change.moves.some(({ procedures }) => procedures.length === 0 || procedures.includes(procedure));
