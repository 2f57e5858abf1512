// Whether one policy can stand in for another one that ends: it says of the other's procedures all
// that the other said, so that no claim is decided worse by it.
import { addDays, type CalendarDate } from './calendar-date.ts';
import { type CodeRange, contains, covers } from './code-range.ts';
import { groupsFor, isMute, saidOfUnlisted, verdictOf } from './document-coverage.ts';
import { reachOf } from './jurisdiction.ts';
import type { CoverageList, DiagnosisGroup, PolicyDocument } from './policy.ts';
import {
  type Cell,
  cellOf,
  holds,
  rangeKey,
  type Standing,
  sameStanding,
  standingOf,
  standingOfRange,
} from './policy-cell.ts';
import { nonCoveredProcedures, proceduresOf, statesOf } from './policy-meaning.ts';

const lists: readonly CoverageList[] = [
  'covered',
  'not-covered',
  'requires',
  'prior-authorization',
];

const isPlain = ({ grades }: Standing): boolean => grades.every((grade) => grade === 'plain');

/**
 * True when what a list says of something is no worse for who bills than what it said: a list that
 * pays has it, with no other condition; one that does not has it only where it had it.
 */
function isKept(list: CoverageList, now: Standing | undefined, was: Standing | undefined): boolean {
  if (!was) return !now || list === 'covered';
  if (!now) return false;
  if (sameStanding(now, was)) return true;
  if (list === 'covered') return isPlain(now);
  return list === 'not-covered' && isPlain(was);
}

const overlap = (a: CodeRange, b: CodeRange): boolean => covers(a, b.from) || covers(b, a.from);

/** What a list says now, and what it said. */
type Pair = { readonly now: Cell; readonly was: Cell };

/**
 * True when no list but one that pays has a range that lies across an end of one that was listed:
 * what the two share is no range of either.
 */
function lieApart(pairs: readonly Pair[]): boolean {
  const listed = pairs.flatMap(({ was }) => was.ranges.map(({ range }) => range));
  const isApart = (range: CodeRange) =>
    listed.every(
      (other) => contains(other, range) || contains(range, other) || !overlap(range, other),
    );
  return pairs.every(({ now, was }) => {
    const known = new Set(was.ranges.map(({ range }) => rangeKey(range)));
    const added = now.ranges.filter(({ range }) => !known.has(rangeKey(range)));
    return now.list === 'covered' || added.every(({ range }) => isApart(range));
  });
}

/**
 * True when the groups of the one, all for one procedure, say all that those of the other said;
 * `wasOpen` when that did not deny what it did not list.
 */
function sayAll(
  groups: readonly DiagnosisGroup[],
  gone: readonly DiagnosisGroup[],
  wasOpen: boolean,
): boolean {
  const pairs = lists.map((list): Pair => {
    const [now, was] = [groups, gone].map((some) => some.filter((group) => group.list === list));
    return { now: cellOf(list, now ?? []), was: cellOf(list, was ?? []) };
  });
  const codes = pairs.flatMap(({ now, was }) => [...was.codes.keys(), ...now.codes.keys()]);
  const ranges = pairs
    .flatMap(({ now, was }) => [...was.ranges, ...now.ranges])
    .map(({ range }) => range);
  const matters = (code: string) => wasOpen || pairs.some(({ was }) => holds(was, code));
  const rangeMatters = (range: CodeRange) =>
    wasOpen || pairs.some(({ was }) => standingOfRange(was, range));
  const areKept = (standing: (cell: Cell) => Standing | undefined) =>
    pairs.every(({ now, was }) => isKept(now.list, standing(now), standing(was)));
  return (
    pairs.every(({ now, was }) => sameStanding(now.everythingElse, was.everythingElse)) &&
    lieApart(pairs) &&
    codes.filter(matters).every((code) => areKept((cell) => standingOf(cell, code))) &&
    ranges.filter(rangeMatters).every((range) => areKept((cell) => standingOfRange(cell, range)))
  );
}

/** True when a document that names the procedure leaves it open what is not listed for it. */
function isOpen(document: PolicyDocument, procedure: string): boolean {
  const says = saidOfUnlisted(document, procedure);
  return !isMute(says) && verdictOf(says) === 'conditional';
}

/** True when the document says of these procedures all that the other said. */
function saysAllOf(
  document: PolicyDocument,
  gone: PolicyDocument,
  procedures: readonly string[],
): boolean {
  const named = new Set(proceduresOf(document));
  const [denied, wereDenied] = [nonCoveredProcedures(document), nonCoveredProcedures(gone)];
  const isNamed = (procedure: string): boolean =>
    named.has(procedure) &&
    denied.has(procedure) === wereDenied.has(procedure) &&
    (isOpen(document, procedure) || !isOpen(gone, procedure));
  if (!procedures.every(isNamed)) return false;
  // Procedures of the same groups in both are looked at once.
  const places = (groups: readonly DiagnosisGroup[]) =>
    groups.map(({ list, group }) => `${list} ${group}`);
  const pairs = new Map(
    procedures.map((procedure) => {
      const [now, was] = [groupsFor(document, procedure), groupsFor(gone, procedure)];
      const wasOpen = isOpen(gone, procedure);
      return [JSON.stringify([places(now), places(was), wasOpen]), { now, was, wasOpen }];
    }),
  );
  return [...pairs.values()].every(({ now, was, wasOpen }) => sayAll(now, was, wasOpen));
}

/** True when the document reaches wherever the other did. */
function reachesAsFar(document: PolicyDocument, gone: PolicyDocument): boolean {
  const states = statesOf(gone);
  const isEverywhere = statesOf(document).length === 0;
  return (
    isEverywhere ||
    (states.length > 0 && states.every((state) => reachOf(document, state) === 'whole'))
  );
}

/** Of what another document said no more, and the first day it did not. */
export type Ceded = { readonly procedures: readonly string[]; readonly from: CalendarDate };

/**
 * True when `receiver` stands in for `gone` in what it ceded, without a day between: it is in force
 * on that day and for good, in all of its states, and says of the procedures all that `gone` said,
 * under no other condition.
 */
export const standsIn = (
  receiver: PolicyDocument,
  gone: PolicyDocument,
  { procedures, from }: Ceded,
): boolean =>
  receiver.effective <= from &&
  receiver.ends === undefined &&
  reachesAsFar(receiver, gone) &&
  saysAllOf(receiver, gone, procedures);

/**
 * True when `receiver` stands in for all of `gone` ({@link standsIn}), which has ended. Of a version
 * that had not begun by then it is not known here what was in force: nothing stands in for it.
 */
export const standsInForAll = (receiver: PolicyDocument, gone: PolicyDocument): boolean =>
  gone.ends !== undefined &&
  gone.effective <= gone.ends &&
  standsIn(receiver, gone, { procedures: proceduresOf(gone), from: addDays(gone.ends, 1) });
