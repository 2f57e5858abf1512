// Addenda: the officials' own difference between two releases. Applied to the earlier release they must give the later
// one; undone from the later they give the earlier, where only the update is still published.
import type { Facts } from './change.ts';
import type { CodeSystemId } from './code-system.ts';
import type { Row } from './release.ts';

/** One line of an addenda file; `billable` is null where the layout has no flag, `short` empty where it has none. */
export type AddendaEntry = {
  readonly kind: 'add' | 'delete' | 'revise-from' | 'revise-to';
  readonly code: string;
  readonly billable: boolean | null;
  readonly short: string;
  readonly long: string;
};

/** What the statistics say of one release: fiscal year in its file name, headers (null: not said), billable codes. */
export type AddendaSide = {
  readonly year: number;
  readonly headers: number | null;
  readonly codes: number;
};

/** An addenda file: its entries in order, and from which release to which they lead, where it says so. */
export type Addenda = {
  readonly entries: readonly AddendaEntry[];
  readonly base: AddendaSide | null;
  readonly target: AddendaSide | null;
};

/** An entry that does not fit the release it was held against. */
export type AddendaMisfit = { readonly code: string; readonly reason: string };

type Patched = { readonly facts: Map<string, Facts>; readonly misfits: readonly AddendaMisfit[] };

/** Lengths of ICD-10-PCS header and code: its addenda have no flag, the length tells. */
const pcsHeaderLength = 3;

function factsOfEntry(system: CodeSystemId, entry: AddendaEntry): Facts | undefined {
  const { billable, short, long } = entry;
  if (billable !== null) return { billable, short, long };
  if (system !== 'icd10pcs' || short === '') return undefined;
  return { billable: entry.code.length > pcsHeaderLength, short, long };
}

const same = (a: Facts, b: Facts): boolean =>
  a.billable === b.billable && a.short === b.short && a.long === b.long;

/** Which entries take facts out and which put facts in; undoing turns both around. */
type Direction = {
  readonly out: readonly AddendaEntry['kind'][];
  readonly in: readonly AddendaEntry['kind'][];
};
const forward: Direction = { out: ['delete', 'revise-from'], in: ['add', 'revise-to'] };
const backward: Direction = { out: ['add', 'revise-to'], in: ['delete', 'revise-from'] };

/** First everything named is taken out, then everything named put in: a split code is both, and stays one code. */
function patch(
  system: CodeSystemId,
  rows: readonly Row[],
  addenda: Addenda,
  direction: Direction,
): Patched {
  const facts = new Map<string, Facts>();
  for (const { code, billable, short, long } of rows) facts.set(code, { billable, short, long });
  const misfits: AddendaMisfit[] = [];
  const misfit = (code: string, reason: string): void => {
    misfits.push({ code, reason });
  };
  const given = new Map<AddendaEntry, Facts>();
  for (const entry of addenda.entries) {
    const own = factsOfEntry(system, entry);
    if (own) given.set(entry, own);
    else
      misfit(
        entry.code,
        'the entry has neither flag nor short title: these are addenda of a codes file',
      );
  }
  for (const [entry, own] of given) {
    if (!direction.out.includes(entry.kind)) continue;
    const known = facts.get(entry.code);
    if (!known) misfit(entry.code, `${entry.kind}: the release does not list it`);
    else if (!same(known, own))
      misfit(entry.code, `${entry.kind}: the release has other titles or another flag`);
    facts.delete(entry.code);
  }
  for (const [entry, own] of given) {
    if (!direction.in.includes(entry.kind)) continue;
    if (facts.has(entry.code)) misfit(entry.code, `${entry.kind}: the release lists it already`);
    facts.set(entry.code, own);
  }
  return { facts, misfits };
}

/**
 * The facts of every code after the addenda, from the rows before them. Entries that do not fit are said and still
 * applied; the order of the map means nothing.
 */
export function applyAddenda(
  system: CodeSystemId,
  rows: readonly Row[],
  addenda: Addenda,
): { facts: Map<string, Facts>; misfits: readonly AddendaMisfit[] } {
  return patch(system, rows, addenda, forward);
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Codes in tabular order: those of the later release as it has them, and each code put back right after its greatest
 * neighbour by code order. Addenda say nothing of the order; within a category code order is nearly always tabular
 * order, so a whole category put back can come to stand elsewhere (M1A sorts after M19 and stands before M10).
 */
function inTabularOrder(rows: readonly Row[], facts: ReadonlyMap<string, Facts>): string[] {
  const listed = new Set(rows.map((row) => row.code));
  const following = new Map<string, string>();
  let neighbour = '';
  for (const code of [...facts.keys()].sort(byText)) {
    if (!listed.has(code)) following.set(neighbour, code);
    neighbour = code;
  }
  const ordered: string[] = [];
  const putBackAfter = (code: string): void => {
    for (let next = following.get(code); next !== undefined; next = following.get(next))
      ordered.push(next);
  };
  putBackAfter('');
  for (const { code } of rows) {
    if (!facts.has(code)) continue;
    ordered.push(code);
    putBackAfter(code);
  }
  return ordered;
}

/**
 * The rows before the addenda, from the rows after them: order numbers 1..n anew, deleted codes put back. Rows that were
 * only moved stay where they are now (FY2022 moved V02.02 and V06.12); for no other published step does the order differ.
 */
export function undoAddenda(
  system: CodeSystemId,
  rows: readonly Row[],
  addenda: Addenda,
): { rows: Row[]; misfits: readonly AddendaMisfit[] } {
  const { facts, misfits } = patch(system, rows, addenda, backward);
  const before: Row[] = [];
  for (const code of inTabularOrder(rows, facts)) {
    const own = facts.get(code);
    if (own) before.push({ order: before.length + 1, code, ...own });
  }
  return { rows: before, misfits };
}
