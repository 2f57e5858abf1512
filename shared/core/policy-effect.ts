// What a change of a policy does to a pair of procedure and diagnosis on a day: what the document
// said without the edition that brought the change, against what it says with it.
import type { CalendarDate } from './calendar-date.ts';
import {
  type CoveragePair,
  type CoverageVerdict,
  documentSays,
  isMute,
  verdictOf,
} from './document-coverage.ts';
import { reachOf } from './jurisdiction.ts';
import { isMeaningful, type PolicyChange, type PolicyVersion } from './policy.ts';
import { policyInForce } from './policy-timeline.ts';

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
};

type Side = 'pays' | 'may-pay' | 'denies' | 'silent';

const sideOf = (verdict: CoverageVerdict): Side => {
  if (verdict === 'covered') return 'pays';
  if (verdict === 'conditional') return 'may-pay';
  return verdict === 'no-policy' ? 'silent' : 'denies';
};

/**
 * What it means that a document said one thing of a pair and says the other now; undefined when
 * nothing for claims. A document that comes or goes without ever listing the diagnosis has no
 * effect: no list tells which claims to look at.
 */
export function effectBetween(
  before: CoverageVerdict,
  after: CoverageVerdict,
): PolicyEffect | undefined {
  const [old, now] = [sideOf(before), sideOf(after)];
  const isUnlisted = before === 'not-listed' || after === 'not-listed';
  if (old === now || (isUnlisted && (old === 'silent' || now === 'silent'))) return undefined;
  if (now === 'silent') return 'retired';
  if (now === 'denies') return 'no-longer-covered';
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
  readonly after: PolicyVersion | undefined;
  readonly later: readonly (PolicyVersion | undefined)[];
};

/** Which versions a change lies between on a day. `versions` are all of the document. */
export function versionsAround(
  { seq }: Pick<PolicyChange, 'seq'>,
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): VersionsAround {
  const upTo = (last: number) =>
    policyInForce(
      versions.filter((version) => version.seq <= last),
      date,
    );
  const later = new Set(versions.map((version) => version.seq).filter((other) => other > seq));
  return { before: upTo(seq - 1), after: upTo(seq), later: [...later].map(upTo) };
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

/**
 * How a change hits a pair in a state; undefined when it does not, or when a later edition decides
 * it otherwise.
 */
export function pairHit(
  around: VersionsAround,
  pair: CoveragePair,
  state: string | undefined,
): PolicyPairHit | undefined {
  const before = verdictIn(around.before, pair, state);
  const after = verdictIn(around.after, pair, state);
  const effect = effectBetween(before, after);
  const isOverruled = around.later.some(
    (version) => sideOf(verdictIn(version, pair, state)) !== sideOf(after),
  );
  return effect && !isOverruled ? { ...pair, effect, before, after } : undefined;
}
