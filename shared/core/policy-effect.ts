// What a change of a policy does to a pair of procedure and diagnosis on a day: what the document
// said without the edition that brought the change, against what it says with it.
import type { CalendarDate } from './calendar-date.ts';
import {
  type CoveragePair,
  type CoverageVerdict,
  documentSays,
  isMute,
  listsPair,
  verdictOf,
} from './document-coverage.ts';
import { reachOf } from './jurisdiction.ts';
import { isMeaningful, type PolicyChange, type PolicyVersion } from './policy.ts';
import { lastBegun, latestRecords, policyInForce } from './policy-timeline.ts';

/**
 * What a change does to a claim: `newly-covered` (a denied claim may be sent again; `after` says
 * under a condition or not), `no-longer-covered`, `newly-conditional`, `retired` (the document says
 * nothing of it any more).
 */
export type PolicyEffect = 'newly-covered' | 'no-longer-covered' | 'newly-conditional' | 'retired';

/** A pair of procedure and diagnosis (normal form) hit. */
export type PolicyPairHit = CoveragePair & {
  readonly effect: PolicyEffect;
  readonly before: CoverageVerdict;
  readonly after: CoverageVerdict;
  /**
   * Set when neither version lists the diagnosis for the procedure: it is decided as all are that are not listed (`XX000`, and
   * a procedure said to be non-covered, included).
   */
  readonly unlisted?: true;
};

type Side = 'pays' | 'may-pay' | 'denies' | 'silent';

const sideOf = (verdict: CoverageVerdict): Side => {
  if (verdict === 'covered') return 'pays';
  if (verdict === 'conditional') return 'may-pay';
  return verdict === 'no-policy' ? 'silent' : 'denies';
};

/**
 * What it means that a document said one thing of a pair and says the other now; undefined when
 * nothing for claims. That a document comes and covers what nothing was said of changes nothing;
 * nor is it told that one goes which denied all it did not list: its claims were denied for good.
 */
function effectBetween(
  before: CoverageVerdict,
  after: CoverageVerdict,
  isUnlisted: boolean,
): PolicyEffect | undefined {
  const [old, now] = [sideOf(before), sideOf(after)];
  if (old === now) return undefined;
  if (now === 'silent') return isUnlisted || before === 'not-listed' ? undefined : 'retired';
  if (now === 'denies') return 'no-longer-covered';
  if (old === 'silent' && now === 'pays') return undefined;
  return now === 'pays' || old === 'denies' ? 'newly-covered' : 'newly-conditional';
}

const heaviestFirst: readonly PolicyEffect[] = [
  'no-longer-covered',
  'newly-conditional',
  'retired',
  'newly-covered',
];

/** The heaviest: no longer covered, conditional, retired, newly covered. */
export const heaviestEffect = (
  hits: readonly { readonly effect: PolicyEffect }[],
): PolicyEffect | undefined =>
  heaviestFirst.find((effect) => hits.some((hit) => hit.effect === effect));

/**
 * True when the change can hit anything: it is no noise, and no merge of all a document said into
 * another one, by which claims are decided alike.
 */
export const canHitClaims = (change: PolicyChange): boolean => {
  const isGone = change.ends !== undefined && !change.kinds.includes('retired');
  return isMeaningful(change) && !(change.kinds.includes('merged') && isGone);
};

/**
 * The version in force on a day without the edition of a change, with it, and with each later
 * edition.
 */
export type VersionsAround = {
  readonly before: PolicyVersion | undefined;
  /** Where none was in force any more: the one that had ended, which the edition renews. */
  readonly renewed?: PolicyVersion;
  readonly after: PolicyVersion | undefined;
  readonly later: readonly (PolicyVersion | undefined)[];
};

const lastOf = (date: CalendarDate, others: readonly CalendarDate[]): CalendarDate =>
  [date, ...others].sort().at(-1) ?? date;

const upTo = (versions: readonly PolicyVersion[], last: number): PolicyVersion[] =>
  versions.filter(({ seq }) => seq <= last);

/**
 * Which versions a change lies between on a day. `versions` are all of the document;
 * `laterDateOf` answers the day to look at what a later edition made of it.
 */
export function versionsAround(
  { seq }: Pick<PolicyChange, 'seq'>,
  versions: readonly PolicyVersion[],
  date: CalendarDate,
  laterDateOf: (seq: number) => CalendarDate = () => date,
): VersionsAround {
  const known = upTo(versions, seq - 1);
  const after = policyInForce(upTo(versions, seq), date);
  const later = new Set(versions.map((version) => version.seq).filter((other) => other > seq));
  const before = policyInForce(known, date);
  const renewed = before || !after ? undefined : lastBegun(known, date);
  return {
    before,
    ...(renewed && { renewed }),
    after,
    later: [...later].map((one) => policyInForce(upTo(versions, one), laterDateOf(one))),
  };
}

/**
 * The same for what has no date of service: on the day the change begins to count, or was seen if
 * that is later; and what later editions make of it when the newest version they know of has begun.
 */
export function versionsAroundFirstDay(
  change: Pick<PolicyChange, 'seq' | 'effective' | 'firstSeen'>,
  versions: readonly PolicyVersion[],
): VersionsAround {
  const { effective, firstSeen } = change;
  const first = lastOf(effective, [firstSeen]);
  return versionsAround(change, versions, first, (seq) =>
    lastOf(
      first,
      latestRecords(upTo(versions, seq)).map((version) => version.effective),
    ),
  );
}

/**
 * What a version says of a pair in a state; nothing where it does not reach or decides nothing by
 * diagnosis.
 */
function verdictIn(
  version: PolicyVersion | undefined,
  pair: CoveragePair,
  state: string | undefined,
): CoverageVerdict {
  if (!version || reachOf(version, state) === 'none') return 'no-policy';
  const says = documentSays(version, pair);
  return isMute(says) ? 'no-policy' : verdictOf(says);
}

/** What the version in force after the change says of a pair. */
export const verdictAfter = (
  { after }: VersionsAround,
  pair: CoveragePair,
  state: string | undefined,
): CoverageVerdict => verdictIn(after, pair, state);

const sides: readonly Side[] = ['pays', 'may-pay', 'denies', 'silent'];

/** The best that a version says of a procedure with any of the diagnoses. */
function bestSide(
  version: PolicyVersion | undefined,
  { procedure, diagnoses }: PolicyLine,
  state: string | undefined,
): Side {
  const found = diagnoses.map((diagnosis) =>
    sideOf(verdictIn(version, { procedure, diagnosis }, state)),
  );
  return sides.find((side) => found.includes(side)) ?? 'silent';
}

/** A procedure with the diagnoses a line stands on. */
export type PolicyLine = { readonly procedure: string; readonly diagnoses: readonly string[] };

/**
 * True when what is said of a diagnosis that is not listed decides its line: no other diagnosis of
 * the line does better, after the change and after all that came later. A change for the better is
 * one only where none did better before.
 */
function decidesLine(
  { before, renewed, after, later }: VersionsAround,
  hit: PolicyPairHit,
  line: PolicyLine,
  state: string | undefined,
): boolean {
  const best = (version: PolicyVersion | undefined) => bestSide(version, line, state);
  if (hit.effect === 'newly-covered') return best(before ?? renewed) === sideOf(hit.before);
  const now = best(after);
  return now === sideOf(hit.after) && later.every((version) => best(version) === now);
}

/**
 * How a change hits a line of a claim, by the order of its diagnoses: each one a list names, before
 * or after; and the line as a whole, by its first diagnosis, where what the document says of all it
 * does not list decides it.
 */
export function lineHit(
  around: VersionsAround,
  line: PolicyLine,
  state: string | undefined,
): PolicyPairHit[] {
  const { procedure, diagnoses } = line;
  const all = diagnoses.flatMap(
    (diagnosis) => pairHit(around, { procedure, diagnosis }, state) ?? [],
  );
  const listed = all.filter(({ unlisted }) => !unlisted);
  const [rest] = all.filter(({ unlisted }) => unlisted);
  const isNews = rest && !listed.some(({ effect }) => effect === rest.effect);
  return isNews && decidesLine(around, rest, line, state) ? [...listed, rest] : listed;
}

/**
 * What a change of what is said of a pair is compared with: a version that renews one that has ended,
 * as yearly rules do, with that one. Nothing would have been said without it, but what stays as it was
 * is told to nobody.
 */
const comparedWith = (
  { before, renewed, after }: VersionsAround,
  pair: CoveragePair,
  state: string | undefined,
): PolicyVersion | undefined =>
  before ?? (sideOf(verdictIn(after, pair, state)) === 'silent' ? undefined : renewed);

/**
 * How a change hits a pair in a state; undefined when it does not, or when a later edition decides
 * it otherwise.
 */
export function pairHit(
  around: VersionsAround,
  pair: CoveragePair,
  state: string | undefined,
): PolicyPairHit | undefined {
  const old = comparedWith(around, pair, state);
  const before = verdictIn(old, pair, state);
  const after = verdictIn(around.after, pair, state);
  const isListed = [old, around.after].some((one) => one && listsPair(one, pair));
  const effect = effectBetween(before, after, !isListed);
  const isOverruled = around.later.some(
    (version) => sideOf(verdictIn(version, pair, state)) !== sideOf(after),
  );
  if (!effect || isOverruled) return undefined;
  return { ...pair, effect, before, after, ...(isListed ? {} : { unlisted: true }) };
}
