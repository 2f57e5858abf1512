// Policies on their way out: diagnosis codes with their dot, and no more than a reader asked for.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeRange } from '../core/code-range.ts';
import { formatCode } from '../core/code-system.ts';
import type {
  CoverageMove,
  DiagnosisGroup,
  DiagnosisSet,
  PolicyChange,
  PolicyChangeKind,
  PolicyVersion,
} from '../core/policy.ts';
import { proceduresOf, statesOf } from '../core/policy-meaning.ts';

const dotted = (code: string): string => formatCode('icd10cm', code);
const dottedRange = ({ from, to }: CodeRange): CodeRange => ({
  from: dotted(from),
  to: dotted(to),
});

const writtenSet = ({ codes, ranges }: DiagnosisSet): DiagnosisSet => ({
  codes: codes.map(dotted),
  ranges: ranges.map(dottedRange),
});

/** A group with its codes as officially written. */
export const writtenGroup = (group: DiagnosisGroup): DiagnosisGroup => ({
  ...group,
  diagnoses: writtenSet(group.diagnoses),
  asterisked: group.asterisked.map(dotted),
});

/** Where a version stands on a day. */
export type PolicyStatus = 'in-force' | 'future' | 'ended';

/** A version without its lists. */
export type PolicySummary = Pick<
  PolicyVersion,
  'source' | 'id' | 'kind' | 'payer' | 'version' | 'title' | 'url' | 'effective' | 'firstSeen'
> & {
  readonly plan: string | null;
  readonly published: CalendarDate | null;
  readonly ends: CalendarDate | null;
  /** Where it applies, ascending; empty: everywhere. */
  readonly states: readonly string[];
  /** HCPCS and CPT codes it names, ascending. */
  readonly procedures: readonly string[];
  /** Diagnoses it lists one by one. */
  readonly listedCodes: number;
};

/** The summary of a version. */
export function policySummary(version: PolicyVersion): PolicySummary {
  const { source, id, kind, payer, title, url, effective, firstSeen } = version;
  const listed = new Set(version.groups.flatMap(({ diagnoses }) => diagnoses.codes));
  return {
    source,
    id,
    kind,
    payer,
    plan: version.plan ?? null,
    version: version.version,
    title,
    url,
    published: version.published ?? null,
    effective,
    ends: version.ends ?? null,
    firstSeen,
    states: statesOf(version),
    procedures: proceduresOf(version),
    listedCodes: listed.size,
  };
}

/** A change as answered. */
export type WrittenPolicyChange = Omit<
  PolicyChange,
  'moves' | 'plan' | 'published' | 'ends' | 'before' | 'explanation' | 'edition' | 'seq'
> & {
  /** The weightiest of `kinds`. */
  readonly change: PolicyChangeKind;
  readonly plan: string | null;
  readonly before: string | null;
  readonly published: CalendarDate | null;
  readonly ends: CalendarDate | null;
  readonly explanation: string | null;
  /** Diagnoses that lists of covered ones gained and lost for some procedure, ascending. */
  readonly addedCodes: readonly string[];
  readonly removedCodes: readonly string[];
  /** The same list by list and group, with those of other lists, ranges, and the procedures they are for. */
  readonly moves: readonly CoverageMove[];
};

const movedIn = (moves: readonly CoverageMove[], direction: CoverageMove['direction']): string[] =>
  [
    ...new Set(
      moves
        .filter((move) => move.list === 'covered' && move.direction === direction)
        .flatMap(({ codes }) => codes.map(dotted)),
    ),
  ].sort();

/** A change with its codes as officially written. */
export function writtenPolicyChange(change: PolicyChange): WrittenPolicyChange {
  const { edition: _edition, seq: _seq, moves, kinds, ...rest } = change;
  const [first] = kinds;
  if (first === undefined) throw new Error(`a change of ${change.id} is of no kind`);
  return {
    ...rest,
    kinds,
    change: first,
    plan: change.plan ?? null,
    before: change.before ?? null,
    published: change.published ?? null,
    ends: change.ends ?? null,
    explanation: change.explanation ?? null,
    addedCodes: movedIn(moves, 'added'),
    removedCodes: movedIn(moves, 'removed'),
    moves: moves.map((move) => ({
      ...move,
      codes: move.codes.map(dotted),
      ranges: move.ranges.map(dottedRange),
    })),
  };
}
