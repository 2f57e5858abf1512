// Documents merged and split by an edition: a retired one that another document of the same
// contractor stands in for (policy-takeover.ts), and a new one that took over procedures another
// one gave up. Told from what they hold, or from what they say.
import {
  meaningfulKinds,
  type PolicyChange,
  type PolicyChangeKind,
  type PolicyDocument,
} from './policy.ts';
import { weightiestFirst } from './policy-change-kinds.ts';
import { proceduresOf } from './policy-meaning.ts';
import { standsIn, standsInForAll } from './policy-takeover.ts';

type Documents = ReadonlyMap<string, PolicyDocument>;

const shareAny = (a: readonly string[], b: readonly string[]): boolean => {
  const held = new Set(b);
  return a.some((text) => held.has(text));
};

const contractorsOf = ({ jurisdictions }: PolicyDocument): string[] =>
  jurisdictions.map(({ contractor }) => contractor);

/**
 * Could take over: another document of the kind, payer and contractor, in force, that shares a
 * procedure.
 */
const isNeighbour = (one: PolicyDocument, other: PolicyDocument): boolean =>
  one.id !== other.id &&
  one.kind === other.kind &&
  one.payer === other.payer &&
  one.plan === other.plan &&
  shareAny(contractorsOf(one), contractorsOf(other)) &&
  shareAny(proceduresOf(one), proceduresOf(other));

const holdsAll = (here: readonly string[], there: readonly string[]): boolean => {
  const held = new Set(here);
  return there.every((text) => held.has(text));
};

/** What a document says of others now that it did not say before. */
function newWords(document: PolicyDocument, before: PolicyDocument | undefined): string {
  const known = new Set(before?.revisions.map(({ text }) => text));
  const related = document.related.filter((id) => !before?.related.includes(id));
  const revisions = document.revisions.map(({ text }) => text).filter((text) => !known.has(text));
  return [...related, ...revisions].join(' ');
}

const names = (text: string, id: string): boolean =>
  text.split(/[^A-Za-z0-9_-]+/).some((word) => word.toUpperCase() === id.toUpperCase());

/** One document told of another by what is new in it. */
const isNamedBy = (id: string, other: string, before: Documents, now: Documents): boolean => {
  const document = now.get(other);
  return document !== undefined && names(newWords(document, before.get(other)), id);
};

/**
 * A pair of documents of which one took over from the other; `whole` when all of it, so that claims
 * are decided alike.
 */
type Takeover = {
  readonly kind: 'merged' | 'split';
  readonly from: string;
  readonly to: string;
  readonly whole: boolean;
};

/** True when a change is an end and nothing else that means anything: what was said stood until then. */
const onlyEnds = ({ kinds }: PolicyChange): boolean =>
  kinds.every((kind) => kind === 'retired' || !meaningfulKinds.has(kind));

/**
 * True for a new document of procedures that another one gave up, when it stands in for it there or
 * one names the other.
 */
function isSplit(
  from: PolicyChange,
  { old, to, isNamed }: { old: PolicyDocument; to: PolicyDocument; isNamed: boolean },
): boolean {
  const procedures = proceduresOf(to);
  const tookProcedures = holdsAll(from.removedProcedures, procedures);
  const gaveUp = from.removedProcedures.length > 0 || from.kinds.includes('codes');
  const standsInThere = () => standsIn(to, old, { procedures, from: from.effective });
  return gaveUp && (isNamed || (tookProcedures && standsInThere()));
}

function takeoverOf(
  from: PolicyChange,
  to: PolicyDocument,
  before: Documents,
  now: Documents,
): Takeover | undefined {
  const [old, left] = [before.get(from.id), now.get(from.id)];
  const isOver = to.ends !== undefined && to.ends < from.effective;
  if (!old || !left || isOver || !isNeighbour(old, to)) return undefined;
  const isNamed = isNamedBy(from.id, to.id, before, now) || isNamedBy(to.id, from.id, before, now);
  const pair = { from: from.id, to: to.id };
  if (from.kinds.includes('retired')) {
    const whole = onlyEnds(from) && standsInForAll(to, left);
    return whole || isNamed ? { kind: 'merged', ...pair, whole } : undefined;
  }
  const isNew = !before.has(to.id);
  if (!isNew || !isSplit(from, { old, to, isNamed })) return undefined;
  return { kind: 'split', ...pair, whole: false };
}

/** Documents that changed in content, by each procedure they name. */
function receiversByProcedure(
  changes: readonly PolicyChange[],
  now: Documents,
): ReadonlyMap<string, readonly PolicyDocument[]> {
  const byProcedure = new Map<string, PolicyDocument[]>();
  for (const { id, kinds } of changes) {
    const document = kinds.includes('retired') ? undefined : now.get(id);
    for (const procedure of document ? proceduresOf(document) : []) {
      const others = byProcedure.get(procedure) ?? [];
      if (document) others.push(document);
      byProcedure.set(procedure, others);
    }
  }
  return byProcedure;
}

function takeovers(changes: readonly PolicyChange[], before: Documents, now: Documents) {
  const receivers = receiversByProcedure(changes, now);
  return changes.flatMap((from) => {
    const old = before.get(from.id);
    if (!old) return [];
    const near = new Set(proceduresOf(old).flatMap((procedure) => receivers.get(procedure) ?? []));
    return [...near].flatMap((to) => takeoverOf(from, to, before, now) ?? []);
  });
}

const isNoNoise = (kind: PolicyChangeKind): boolean => kind !== 'review' && kind !== 'text';

/**
 * The changes of an edition with merges and splits told: `merged` or `split` on both documents,
 * each naming the `others`. A document merged whole is not `retired`: another one of the edition
 * says the same in its place.
 */
export function tellMerges(
  changes: readonly PolicyChange[],
  before: Documents,
  now: Documents,
): PolicyChange[] {
  const found = takeovers(changes, before, now);
  if (found.length === 0) return [...changes];
  return changes.map((change) => {
    const mine = found.filter(({ from, to }) => from === change.id || to === change.id);
    if (mine.length === 0) return change;
    const isWhole = mine.some(({ from, whole }) => from === change.id && whole);
    const left = change.kinds.filter((kind) => !(isWhole && kind === 'retired'));
    const added: PolicyChangeKind[] = mine.map(({ kind }) => kind);
    const others = mine.map(({ from, to }) => (from === change.id ? to : from));
    return {
      ...change,
      kinds: weightiestFirst([...left.filter(isNoNoise), ...added]),
      others: [...new Set([...change.others, ...others])].sort(),
    };
  });
}
