// The changes of an edition of policies that can hit claims, and which codes they move: read once for all tenants.
import { type CalendarDate, monthOf } from '../core/calendar-date.ts';
import { type CodeRange, covers } from '../core/code-range.ts';
import type { PolicyChange, PolicyEdition, PolicyRef, PolicyVersion } from '../core/policy.ts';
import { canHitClaims } from '../core/policy-effect.ts';
import { listedCodes } from '../core/policy-lag.ts';
import { movedCodes } from '../core/policy-moved-codes.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import { readEdition, readNewestEdition } from '../store/policy-editions.ts';
import { createPolicyTable } from '../store/policy-table.ts';
import type { AssessPoliciesMessage } from './messages.ts';

/** A change with what it moves. */
export type PolicyMove = {
  readonly change: PolicyChange;
  /** Every diagnosis it may hit claims by. */
  readonly codes: ReadonlySet<string>;
  readonly ranges: readonly CodeRange[];
};

/** What may hit in an edition. */
export type EditionMoves = {
  readonly edition: PolicyEdition;
  /** By document and version. None of the first edition of a source. */
  readonly moves: readonly PolicyMove[];
  /** The moves that may hit by a code. */
  of(code: string): readonly PolicyMove[];
  /** Every version of a document, without its texts. */
  versionsOf(ref: PolicyRef): Promise<readonly PolicyVersion[]>;
  /** Changes of a document by earlier editions that could hit claims. */
  earlierThan(change: PolicyChange): Promise<readonly PolicyChange[]>;
};

/** Answers what may hit in an edition. */
export type PolicyChangeReader = (message: AssessPoliciesMessage) => Promise<EditionMoves>;

const changesPage = 200;
/** Editions remembered, and documents of each: they are read again when more are asked for. */
const rememberedMax = 2;
const documentsMax = 400;

/** True for uses of this month that a change may decide otherwise. */
export const mayMatterIn = (change: { readonly effective: CalendarDate }, month: string): boolean =>
  month === 'open' || month >= monthOf(change.effective);

async function changesOf(table: PolicyTable, edition: PolicyEdition): Promise<PolicyChange[]> {
  const found: PolicyChange[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await table.changes({
      ...{ source: edition.source, since: edition.collected, limit: changesPage },
      meaningfulOnly: true,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items.filter(({ seq }) => seq === edition.seq));
    const isPast = page.items.some(({ seq }) => seq > edition.seq);
    if (page.next === undefined || page.items.length < changesPage || isPast) return found;
    after = page.next;
  }
}

/** What was published before Codewatch began to follow the source is no news, though it was seen only now. */
const isNews = ({ kinds, published }: PolicyChange, began: CalendarDate): boolean =>
  !kinds.includes('new') || published === undefined || published >= began;

/** A version as rules need it; texts are most of it. */
const withoutTexts = (version: PolicyVersion): PolicyVersion => ({
  ...version,
  texts: {},
  revisions: [],
});

/** Reads each once, and forgets the oldest of more than so many. */
function remembering<T>(max: number): (name: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name, read) => {
    const before = known.get(name);
    if (before) return before;
    const reading = read();
    known.set(name, reading);
    const [oldest] = known.keys();
    if (known.size > max && oldest !== undefined) known.delete(oldest);
    reading.catch(() => known.delete(name));
    return reading;
  };
}

/**
 * The diagnoses to look up. What a document says whatever the diagnosis (`XX000`, procedures it does not cover at all) is
 * looked up by those it lists: claims with any other were decided alike before, as not listed.
 */
function moveOf(change: PolicyChange, versions: readonly PolicyVersion[]): PolicyMove {
  const moved = movedCodes(change, versions);
  const known = moved.anyDiagnosisOf.length > 0 ? versions : [];
  return {
    change,
    codes: new Set([...moved.codes, ...known.flatMap(listedCodes)]),
    ranges: moved.ranges,
  };
}

async function readMoves(items: ItemStore, message: AssessPoliciesMessage): Promise<EditionMoves> {
  const { source, seq } = message;
  const table = createPolicyTable(items);
  const [edition, first] = await Promise.all([
    readEdition(items, source, seq),
    readEdition(items, source, 1),
  ]);
  if (edition?.id !== message.edition || !first) {
    throw new Error(`${message.edition} was announced but is not committed`);
  }
  const once = remembering<readonly PolicyVersion[]>(documentsMax);
  const versionsOf = (ref: PolicyRef) =>
    once(ref.id, async () => (await table.versions(ref)).map(withoutTexts));
  // The first edition of a source is where its history begins: nothing changed by it.
  const changes = seq === 1 ? [] : await changesOf(table, edition);
  const moves: PolicyMove[] = [];
  const byCode = new Map<string, PolicyMove[]>();
  for (const change of changes) {
    if (!canHitClaims(change) || !isNews(change, first.collected)) continue;
    const move = moveOf(change, await versionsOf(change));
    moves.push(move);
    for (const code of move.codes) {
      const others = byCode.get(code);
      if (others) others.push(move);
      else byCode.set(code, [move]);
    }
  }
  const inRanges = moves.filter(({ ranges }) => ranges.length > 0);
  const onceEarlier = remembering<readonly PolicyChange[]>(documentsMax);
  return {
    edition,
    moves,
    of(code) {
      const listed = byCode.get(code) ?? [];
      const within = inRanges.filter(
        (move) => !move.codes.has(code) && move.ranges.some((range) => covers(range, code)),
      );
      return within.length > 0 ? [...listed, ...within] : listed;
    },
    versionsOf,
    earlierThan: (change) =>
      onceEarlier(`${change.id}#${change.seq}`, async () => {
        const filter = { source, id: change.id, meaningfulOnly: true, limit: 1000 };
        const { items: all } = await table.changes(filter);
        return all.filter((one) => one.seq > 1 && one.seq < change.seq && canHitClaims(one));
      }),
  };
}

/** A reader that remembers: one for each process, so that a thousand tenants read an edition once. */
export function createPolicyChangeReader(items: ItemStore): PolicyChangeReader {
  const once = remembering<EditionMoves>(rememberedMax);
  return async (message) => {
    const { source, seq, edition } = message;
    // A later edition may have decided otherwise since.
    const head = await readNewestEdition(items, source);
    return once(`${source}#${seq}#${edition}#${head?.seq}`, () => readMoves(items, message));
  };
}
