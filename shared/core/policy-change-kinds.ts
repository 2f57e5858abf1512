// What kinds of change lie between two versions of a policy, the weightiest first, and from which
// day they matter.
import { addDays, type CalendarDate } from './calendar-date.ts';
import {
  type CoverageMove,
  isMeaningful,
  meaningfulKinds,
  type PolicyChangeKind,
  type PolicyDocument,
} from './policy.ts';
import { nonCoveredProcedures, proceduresOf, statesOf } from './policy-meaning.ts';
import { conditionsDiffer } from './policy-moves.ts';
import { comparePolicyVersions } from './policy-timeline.ts';

/** The order a change lists its kinds in. */
const byWeight: readonly PolicyChangeKind[] = [
  'new',
  'retired',
  'merged',
  'split',
  'reinstated',
  'codes',
  'procedures',
  'conditions',
  'jurisdictions',
  'dates',
  'renamed',
  'review',
  'text',
];

/** The kinds, each once, the weightiest first. */
export const weightiestFirst = (kinds: readonly PolicyChangeKind[]): PolicyChangeKind[] =>
  byWeight.filter((kind) => kinds.includes(kind));

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at]);

/** True when a lower version number is held again, the higher one taken back. */
const isTakenBack = (before: PolicyDocument, after: PolicyDocument): boolean =>
  comparePolicyVersions(after.version, before.version) < 0;

/**
 * True for days before the later version as well: the same version is read anew, or the higher one
 * begins before the lower.
 */
function isRestated(before: PolicyDocument, after: PolicyDocument): boolean {
  const [lower, higher] = isTakenBack(before, after) ? [after, before] : [before, after];
  return lower.version === higher.version || higher.effective < lower.effective;
}

/**
 * A version is said to begin or end another day than before, or one of a higher number begins
 * earlier.
 */
function datesDiffer(before: PolicyDocument, after: PolicyDocument): boolean {
  const bothEnd = before.ends !== undefined && after.ends !== undefined;
  if (bothEnd && before.ends !== after.ends) return true;
  return isRestated(before, after) && before.effective !== after.effective;
}

function proceduresDiffer(before: PolicyDocument, after: PolicyDocument): boolean {
  const nonCovered = (document: PolicyDocument) =>
    [...nonCoveredProcedures(document).keys()].sort();
  return (
    !sameList(proceduresOf(before), proceduresOf(after)) ||
    !sameList(nonCovered(before), nonCovered(after))
  );
}

/** A list gained or lost diagnoses for procedures the document names before and after. */
function codesDiffer(
  before: PolicyDocument,
  after: PolicyDocument,
  moves: readonly CoverageMove[],
): boolean {
  const [old, now] = [new Set(proceduresOf(before)), new Set(proceduresOf(after))];
  return moves.some(
    ({ procedures, everything }) =>
      everything !== 'all' &&
      (procedures.length === 0 || procedures.some((code) => old.has(code) && now.has(code))),
  );
}

/** What people read of a policy besides its title. */
function wording(document: PolicyDocument): string {
  const quotes = [...document.groups, ...document.procedureGroups].flatMap(
    ({ quote }) => quote ?? [],
  );
  const { texts, related } = document;
  return JSON.stringify([texts, related, [...new Set(quotes)].sort()]);
}

/**
 * The kinds of change between two versions, at least one. `review` and `text` only when nothing
 * means anything for claims; of these `text` alone when the version is the same one.
 */
export function kindsOfChange(
  before: PolicyDocument | undefined,
  after: PolicyDocument,
  moves: readonly CoverageMove[],
): PolicyChangeKind[] {
  if (!before) return ['new'];
  const contractors = ({ jurisdictions }: PolicyDocument) =>
    jurisdictions.map(({ contractor }) => contractor).sort();
  const isMoved = before.payer !== after.payer || before.plan !== after.plan;
  const isRenamed =
    before.title !== after.title || !sameList(contractors(before), contractors(after));
  const found: [PolicyChangeKind, boolean][] = [
    ['retired', before.ends === undefined && after.ends !== undefined],
    ['reinstated', before.ends !== undefined && after.ends === undefined],
    ['codes', codesDiffer(before, after, moves)],
    ['procedures', proceduresDiffer(before, after)],
    ['conditions', conditionsDiffer(before, after)],
    ['jurisdictions', isMoved || !sameList(statesOf(before), statesOf(after))],
    ['dates', datesDiffer(before, after)],
    ['renamed', isRenamed],
  ];
  const kinds = found.filter(([, holds]) => holds).map(([kind]) => kind);
  if (isMeaningful({ kinds })) return weightiestFirst(kinds);
  // The page of a version is another one than that of the version before.
  const isReview = before.version !== after.version;
  const isReworded = wording(before) !== wording(after) || (!isReview && before.url !== after.url);
  if (isReview) kinds.push('review');
  if (isReworded || kinds.length === 0) kinds.push('text');
  return weightiestFirst(kinds);
}

const earliest = (dates: readonly CalendarDate[]): CalendarDate | undefined => [...dates].sort()[0];

const dayAfter = (date: CalendarDate | undefined): CalendarDate[] =>
  date === undefined ? [] : [addDays(date, 1)];

/** First day a change of dates matters from. */
function firstDayOfDates(before: PolicyDocument, after: PolicyDocument): CalendarDate | undefined {
  const isMoved = isRestated(before, after) && before.effective !== after.effective;
  const begins = isMoved ? [before.effective, after.effective] : [];
  const ends =
    before.ends === after.ends ? [] : [...dayAfter(before.ends), ...dayAfter(after.ends)];
  return earliest([...begins, ...ends]);
}

/** First day each kind of change matters from. */
function firstDayOf(
  kind: PolicyChangeKind,
  before: PolicyDocument,
  after: PolicyDocument,
): CalendarDate {
  const begins = isTakenBack(before, after) ? before.effective : after.effective;
  if (kind === 'retired') return dayAfter(after.ends)[0] ?? begins;
  if (kind === 'dates') return firstDayOfDates(before, after) ?? begins;
  const back = kind === 'reinstated' ? dayAfter(before.ends)[0] : undefined;
  return back !== undefined && back > begins ? back : begins;
}

/**
 * First day any claim may be decided otherwise; of a change that decides none, the first day of the
 * new version.
 */
export function effectiveOf(
  before: PolicyDocument | undefined,
  after: PolicyDocument,
  kinds: readonly PolicyChangeKind[],
): CalendarDate {
  if (!before) return after.effective;
  const days = kinds
    .filter((kind) => meaningfulKinds.has(kind))
    .map((kind) => firstDayOf(kind, before, after));
  return earliest(days) ?? after.effective;
}
