// Finds rules that cannot both hold: one says covered, the other not covered, of the same procedure and diagnosis on the
// same day. Nobody but the writer of the file can tell which of them is meant.
import type { CalendarDate } from '../../core/calendar-date.ts';
import { type CodeRange, covers } from '../../core/code-range.ts';
import { formatCode } from '../../core/code-system.ts';
import { shareState } from '../../core/jurisdiction.ts';
import { plainName } from '../../core/payer.ts';
import type { DiagnosisGroup, DiagnosisSet, PolicyDocument } from '../../core/policy.ts';
import { statesOf } from '../../core/policy-meaning.ts';
import { comparePolicyVersions } from '../../core/policy-timeline.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import type { TakenPolicy } from './take-policies.ts';

type Entry = TakenPolicy & { readonly group: DiagnosisGroup };

/** So many are told of one file at most; the first ones are enough to correct it. */
const contradictionsMax = 100;

/** The first diagnosis that both sets hold. */
function sharedDiagnosis(one: DiagnosisSet, other: DiagnosisSet): string | undefined {
  const codes = new Set(one.codes);
  const inRange = (code: string, ranges: readonly CodeRange[]): boolean =>
    ranges.some((range) => covers(range, code));
  const both = [
    ...other.codes.filter((code) => codes.has(code) || inRange(code, one.ranges)),
    ...one.codes.filter((code) => inRange(code, other.ranges)),
    ...other.ranges.filter(({ from }) => inRange(from, one.ranges)).map(({ from }) => from),
    ...one.ranges.filter(({ from }) => inRange(from, other.ranges)).map(({ from }) => from),
  ];
  return both.toSorted()[0];
}

/** Equal for one plan, however it is written, and for all plans. */
const planOf = ({ plan = '' }: PolicyDocument): string => plainName(plan);

/** The versions of each policy by id. */
type Versions = ReadonlyMap<string, readonly PolicyDocument[]>;

/** True when this version governs on the date: of those begun the highest one, unless it or a higher one has ended. */
function isInForce(document: PolicyDocument, date: CalendarDate, versions: Versions): boolean {
  const { effective, ends, version } = document;
  if (effective > date || (ends !== undefined && ends < date)) return false;
  const higher = (versions.get(document.id) ?? []).filter(
    (other) => comparePolicyVersions(other.version, version) > 0,
  );
  return higher.every(
    (other) => other.effective > date && (other.ends === undefined || other.ends >= date),
  );
}

/** The first day on which both govern; a version is in force from its first day or never. */
function sharedDay(
  one: PolicyDocument,
  other: PolicyDocument,
  versions: Versions,
): CalendarDate | undefined {
  const days = [one, other].map(({ effective }) => effective).toSorted();
  return days.find((day) => isInForce(one, day, versions) && isInForce(other, day, versions));
}

const nameOf = ({ document, group }: Entry): string =>
  `${document.id} version ${document.version} (${group.list}, list ${group.group})`;

/** What both rules speak of, in words; undefined when they can both hold. */
function clashOf(covered: Entry, not: Entry, versions: Versions): string | undefined {
  const [one, other] = [covered.document, not.document];
  // Of two versions of a policy one gives way to the other; a plan's rule goes before one for all plans.
  if (one !== other && (one.id === other.id || planOf(one) !== planOf(other))) return undefined;
  if (!shareState(statesOf(one), statesOf(other))) return undefined;
  const day = sharedDay(one, other, versions);
  const diagnosis = day && sharedDiagnosis(covered.group.diagnoses, not.group.diagnoses);
  if (diagnosis === undefined) return undefined;
  const { procedures } = covered.group;
  const procedure = procedures.find((code) => not.group.procedures.includes(code));
  return `${procedure} with ${formatCode('icd10cm', diagnosis)} on ${day}`;
}

type Sides = { readonly covered: Entry[]; readonly not: Entry[] };

function byProcedure(policies: readonly TakenPolicy[]): Map<string, Sides> {
  const sides = new Map<string, Sides>();
  for (const policy of policies) {
    for (const group of policy.document.groups) {
      if (group.list !== 'covered' && group.list !== 'not-covered') continue;
      for (const procedure of group.procedures) {
        const found = sides.get(procedure) ?? { covered: [], not: [] };
        sides.set(procedure, found);
        found[group.list === 'covered' ? 'covered' : 'not'].push({ ...policy, group });
      }
    }
  }
  return sides;
}

/**
 * Adds an error `rules-contradict`, naming both rules, for each pair of rules of one payer and plan that cannot both hold
 * where and when both are in force. `*` of a not-covered rule means what is not listed, so it contradicts nothing.
 */
export function findContradictions(policies: readonly TakenPolicy[], list: FindingList): void {
  const versions = Map.groupBy(
    policies.map(({ document }) => document),
    ({ id }) => id,
  );
  const seen = new Set<string>();
  for (const { covered, not } of byProcedure(policies).values()) {
    for (const one of covered) {
      for (const other of not) {
        const pair = `${nameOf(one)} and ${nameOf(other)}`;
        if (seen.size >= contradictionsMax || seen.has(pair)) continue;
        const clash = clashOf(one, other, versions);
        if (clash === undefined) continue;
        seen.add(pair);
        const message = `${pair}, at ${other.where}, cannot both hold: ${clash}. Take one out.`;
        list.add('rules-contradict', 'error', one.where, message);
      }
    }
  }
}
