// What an edition changed in the policies of a source: document by document, told apart by what it
// means for claims.
import { addDays, type CalendarDate } from './calendar-date.ts';
import type { PolicyChange, PolicyDocument, PolicyRevision, PolicyVersion } from './policy.ts';
import { effectiveOf, kindsOfChange } from './policy-change-kinds.ts';
import { proceduresOf, statesOf } from './policy-meaning.ts';
import { tellMerges } from './policy-merges.ts';
import { movesBetween } from './policy-moves.ts';
import { normalPolicy, policyLine } from './policy-normal-form.ts';
import { comparePolicyVersions } from './policy-timeline.ts';

/** By which edition a change was seen, and when. */
export type Seen = {
  readonly edition: string;
  readonly seq: number;
  /** Day the edition was collected. */
  readonly firstSeen: CalendarDate;
};

/** What an edition comes to. */
export type EditionDiff = {
  /** By id. */
  readonly changes: readonly PolicyChange[];
  /**
   * New and changed versions; of a document gone its last one again, ended; of one taken back the
   * same, withdrawn.
   */
  readonly versions: readonly PolicyVersion[];
  /**
   * Every document known after the edition, by id: the version of the highest number, ended ones
   * included.
   */
  readonly state: readonly PolicyDocument[];
};

/** Characters of a change's explanation at most. */
const explanationMax = 4000;

const missing = (texts: readonly string[], others: readonly string[]): string[] => {
  const held = new Set(others);
  return texts.filter((text) => !held.has(text));
};

/** What the revision history gained, the newest first; an entry put in other words is no news. */
function explanationOf(
  before: PolicyDocument | undefined,
  after: PolicyDocument,
): string | undefined {
  const key = ({ number, date, text }: PolicyRevision): string => `${number} ${date ?? text}`;
  const known = new Set(before?.revisions.map(key));
  const news = after.revisions.filter((revision) => !known.has(key(revision)));
  const texts = (before ? news : news.slice(0, 1)).map(({ text }) => text);
  const explanation = texts.filter((text) => text !== '').join('\n');
  return explanation === '' ? undefined : explanation.slice(0, explanationMax);
}

/** Equal for versions that only tell their past in other words: that is no change. */
const present = (document: PolicyDocument): string => policyLine({ ...document, revisions: [] });

/**
 * A document that a complete edition no longer holds: its last version, ended the day before that
 * was seen, unless it had ended by then.
 */
export function goneDocument(document: PolicyDocument, firstSeen: CalendarDate): PolicyDocument {
  const last = addDays(firstSeen, -1);
  return document.ends !== undefined && document.ends <= last
    ? document
    : { ...document, ends: last };
}

/**
 * States gained and lost; none of them when it applied or applies everywhere, which has no list of
 * states.
 */
function statesMoved(before: readonly string[], after: readonly string[]) {
  const isEverywhere = before.length === 0 || after.length === 0;
  return {
    addedStates: isEverywhere ? [] : missing(after, before),
    removedStates: isEverywhere ? [] : missing(before, after),
  };
}

function changeOf(
  before: PolicyDocument | undefined,
  after: PolicyDocument,
  seen: Seen,
): PolicyChange {
  const moves = movesBetween(before, after);
  const kinds = kindsOfChange(before, after, moves);
  const [old, now] = [before ? proceduresOf(before) : [], proceduresOf(after)];
  const states = statesOf(after);
  const effective = effectiveOf(before, after, kinds);
  const explanation = explanationOf(before, after);
  return {
    source: after.source,
    id: after.id,
    payer: after.payer,
    ...(after.plan === undefined ? {} : { plan: after.plan }),
    title: after.title,
    url: after.url,
    version: after.version,
    ...(before ? { before: before.version } : {}),
    kinds,
    ...(after.published === undefined ? {} : { published: after.published }),
    effective,
    firstSeen: seen.firstSeen,
    ...(after.ends === undefined ? {} : { ends: after.ends }),
    retroactive: effective < seen.firstSeen,
    moves,
    addedProcedures: missing(now, old),
    removedProcedures: missing(old, now),
    states,
    ...(before
      ? statesMoved(statesOf(before), states)
      : { addedStates: states, removedStates: [] }),
    others: [],
    ...(explanation === undefined ? {} : { explanation }),
    edition: seen.edition,
    seq: seen.seq,
  };
}

/**
 * What changed from one version of a document to the next; `before` undefined for a new one,
 * `after` for one gone. Undefined when nothing did but the words of its revision history.
 * `effective` is the first day any claim may be decided otherwise: the new version's first, for a
 * retirement the day after its last. What a merge or split makes of it only {@link diffEdition} can
 * tell.
 */
export function diffPolicy(
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
  seen: Seen,
): PolicyChange | undefined {
  const now = after ?? (before ? goneDocument(before, seen.firstSeen) : undefined);
  if (!now || (before && present(before) === present(now))) return undefined;
  return changeOf(before, now, seen);
}

/**
 * What became of one document: its change, its versions to be kept, and what is known of it now.
 */
type Fate = {
  readonly change?: PolicyChange | undefined;
  readonly versions: readonly PolicyVersion[];
  readonly known: PolicyDocument;
};

function fateOf(
  before: PolicyDocument | undefined,
  after: PolicyDocument,
  seen: Seen & { readonly complete: boolean },
): Fate {
  const { edition, seq, firstSeen, complete } = seen;
  const stamped = (document: PolicyDocument) => ({ ...document, edition, seq, firstSeen });
  const isOlder = before && comparePolicyVersions(after.version, before.version) < 0;
  // Histories come in any order: an older version is kept, and nothing has changed.
  if (isOlder && !complete) return { versions: [stamped(after)], known: before };
  const change = diffPolicy(before, after, { edition, seq, firstSeen });
  if (!change) return { versions: [], known: before ?? after };
  const takenBack: PolicyVersion[] = isOlder ? [{ ...stamped(before), withdrawn: true }] : [];
  return { change, versions: [...takenBack, stamped(after)], known: after };
}

/**
 * What an edition changed in a source. `before` is the state after the edition before, by id (empty
 * for the first, which then tells `new` of every document); with `complete` a document missing in
 * `after` is gone. Of an edition that is not complete an older version is kept and changes nothing;
 * in a complete one it takes the higher version back.
 */
export function diffEdition(
  before: ReadonlyMap<string, PolicyDocument>,
  after: readonly PolicyDocument[],
  seen: Seen & { readonly complete: boolean },
): EditionDiff {
  const now = new Map(after.map((document) => [document.id, normalPolicy(document)]));
  const fates: Fate[] = [];
  for (const id of [...new Set([...before.keys(), ...now.keys()])].sort()) {
    const [old, held] = [before.get(id), now.get(id)];
    if (held) fates.push(fateOf(old, held, seen));
    else if (old && seen.complete) fates.push(fateOf(old, goneDocument(old, seen.firstSeen), seen));
    else if (old) fates.push({ versions: [], known: old });
  }
  const state = fates.map(({ known }) => known);
  const changes = fates.flatMap(({ change }) => change ?? []);
  return {
    changes: tellMerges(changes, before, new Map(state.map((known) => [known.id, known]))),
    versions: fates.flatMap(({ versions }) => versions),
    state,
  };
}
