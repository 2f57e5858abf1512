// Which of the documents an edition holds are news, which are older than what is known, and which are gone. Several feeds
// may bring one source, in any order: what is told late must not undo what was told later.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyDocument } from '../core/policy.ts';
import { meaningFingerprint, policyLine } from '../core/policy-normal-form.ts';
import { comparePolicyVersions } from '../core/policy-timeline.ts';
import type { PolicyReading } from '../feeds/policy-feed.ts';

/** A version as known, and which feed said so of which day. */
export type KnownVersion = {
  readonly document: PolicyDocument;
  readonly feed: string;
  readonly day: CalendarDate;
};

/** What is known of a source: versions of each document by id, ascending; the last one counts. */
export type KnownPolicies = ReadonlyMap<string, readonly KnownVersion[]>;

/** What arrives. */
export type PolicyArrival = Pick<
  PolicyReading,
  'complete' | 'completeKinds' | 'withheld' | 'documents'
> & {
  readonly feed: string;
  /** Day it tells the state of. */
  readonly day: CalendarDate;
  /** Something complete and newer was taken in before: what is unknown now, is gone since. */
  readonly late: boolean;
};

/** A version beside the one that counts. */
export type OtherVersion = {
  readonly document: PolicyDocument;
  /** What it is compared with. */
  readonly base: PolicyDocument | undefined;
  /** It only fills a gap in what is known of the past: nobody is told. */
  readonly isPast: boolean;
};

/** What is to be compared with what. */
export type ArrangedPolicies = {
  /** By id, what the newest version of each is compared with. */
  readonly before: ReadonlyMap<string, PolicyDocument>;
  /** The version of each document that counts now. */
  readonly current: readonly PolicyDocument[];
  /** Versions beside those that are new or say something else than they did. */
  readonly others: readonly OtherVersion[];
  /** Of each document that arrives, the versions beside the current one that are known from now on. */
  readonly beside: ReadonlyMap<string, readonly PolicyDocument[]>;
  /** Known documents that are gone if the edition is right: none unless it counts as complete. */
  readonly gone: readonly PolicyDocument[];
  /** Whether what is in `before` and not in `current` is gone. */
  readonly complete: boolean;
};

const isBefore = (a: PolicyDocument, b: PolicyDocument): boolean =>
  comparePolicyVersions(a.version, b.version) < 0;

/** Two feeds write one version differently; that is no change of it. */
const saysTheSame = (a: PolicyDocument, b: PolicyDocument): boolean =>
  a.effective === b.effective &&
  a.ends === b.ends &&
  meaningFingerprint(a) === meaningFingerprint(b);

/** Whether an arriving version leaves the newest known one as it is. */
function isStale(arrival: PolicyArrival, top: KnownVersion, document: PolicyDocument): boolean {
  // What is known came through something newer that told all there is.
  if (arrival.late) return true;
  const order = comparePolicyVersions(document.version, top.document.version);
  const isLater = arrival.day < top.day;
  if (isLater && (order <= 0 || top.document.ends !== undefined)) return true;
  if (order < 0) return !arrival.complete;
  return order === 0 && arrival.feed !== top.feed && saysTheSame(document, top.document);
}

/** The highest version below one, known or arriving. */
function nextLower(
  known: readonly KnownVersion[],
  arriving: readonly PolicyDocument[],
  document: PolicyDocument,
): PolicyDocument | undefined {
  const all = [...known.map((each) => each.document), ...arriving];
  return all
    .filter((each) => isBefore(each, document))
    .reduce<PolicyDocument | undefined>(
      (highest, each) => (highest && !isBefore(highest, each) ? highest : each),
      undefined,
    );
}

/** A version beside the current one; undefined when it says nothing new. */
function otherVersion(
  arrival: PolicyArrival,
  { known, arriving, isPast }: Versions & { readonly isPast: boolean },
  document: PolicyDocument,
): OtherVersion | undefined {
  const same = known.find((each) => each.document.version === document.version);
  if (!same) return { document, base: nextLower(known, arriving, document), isPast };
  const isNews = arrival.day >= same.day && same.feed === arrival.feed;
  const isOther = isNews && policyLine(same.document) !== policyLine(document);
  return isOther ? { document, base: same.document, isPast: false } : undefined;
}

/** Versions of one document, ascending. */
type Versions = {
  readonly known: readonly KnownVersion[];
  readonly arriving: readonly PolicyDocument[];
};

type Arranged = {
  readonly before: Map<string, PolicyDocument>;
  readonly current: PolicyDocument[];
  readonly others: OtherVersion[];
  readonly beside: Map<string, readonly PolicyDocument[]>;
  readonly gone: PolicyDocument[];
};

/** One document that arrives in one or several versions. */
function arrangeOne(into: Arranged, arrival: PolicyArrival, versions: Versions): void {
  const { known, arriving } = versions;
  const top = known.at(-1);
  const highest = arriving.at(-1);
  if (!highest || (!top && arrival.late)) return;
  const isPast = top !== undefined && isStale(arrival, top, highest);
  const current = isPast ? top.document : highest;
  into.current.push(current);
  const takesBack = top !== undefined && isBefore(highest, top.document);
  const same = known.find((each) => each.document.version === current.version);
  const lower = same?.document ?? nextLower(known, arriving, current);
  const base = takesBack ? top.document : lower;
  if (base) into.before.set(current.id, base);
  // What arrives in time says which versions there are; what is of the past only adds to them.
  const beside = new Map((isPast ? known : []).map(({ document }) => [document.version, document]));
  for (const document of arriving) {
    if (!isBefore(document, current)) continue;
    const other = otherVersion(arrival, { ...versions, isPast }, document);
    if (other) into.others.push(other);
    const kept = known.find((each) => each.document.version === document.version)?.document;
    beside.set(document.version, other ? document : (kept ?? document));
  }
  into.beside.set(current.id, [...beside.values()]);
}

/** Whether a known document that a complete edition does not hold is gone. */
function isGone(arrival: PolicyArrival, { document, day, feed }: KnownVersion): boolean {
  if (arrival.withheld?.includes(document.id)) return false;
  if (arrival.completeKinds && !arrival.completeKinds.includes(document.kind)) return false;
  return day < arrival.day || (day === arrival.day && feed === arrival.feed);
}

/** Sorts out an edition against what is known. */
export function arrangePolicies(known: KnownPolicies, arrival: PolicyArrival): ArrangedPolicies {
  const into: Arranged = {
    before: new Map(),
    current: [],
    others: [],
    beside: new Map(),
    gone: [],
  };
  const complete = arrival.complete && !arrival.late;
  const arriving = Map.groupBy(arrival.documents, ({ id }) => id);
  for (const [id, documents] of arriving) {
    const sorted = [...documents].sort((a, b) => comparePolicyVersions(a.version, b.version));
    arrangeOne(into, arrival, { known: known.get(id) ?? [], arriving: sorted });
  }
  for (const [id, versions] of known) {
    const top = versions.at(-1);
    if (!top || arriving.has(id)) continue;
    into.before.set(id, top.document);
    if (!complete) continue;
    if (isGone(arrival, top)) into.gone.push(top.document);
    else into.current.push(top.document);
  }
  return { ...into, complete };
}

/** What is known after an edition; `state` is the version of each document that counts then. */
export function knownAfter(
  known: KnownPolicies,
  { feed, day }: Pick<PolicyArrival, 'feed' | 'day'>,
  { beside }: Pick<ArrangedPolicies, 'beside'>,
  state: readonly PolicyDocument[],
): KnownVersion[] {
  return state.flatMap((current) => {
    const before = known.get(current.id) ?? [];
    const others = beside.get(current.id) ?? before.map((each) => each.document);
    const lower = others.filter((document) => isBefore(document, current));
    const sorted = lower.sort((a, b) => comparePolicyVersions(a.version, b.version));
    return [...sorted, current].map((document) => {
      const same = before.find((each) => each.document.version === document.version);
      const isOld = same && policyLine(same.document) === policyLine(document);
      return isOld ? same : { document, feed, day };
    });
  });
}
