// The difference of two releases on (billable, short title, long title): the heart of "what changed".
import type { CalendarDate } from './calendar-date.ts';
import {
  type Change,
  type ChangeCounts,
  type ChangeKind,
  changeKinds,
  type Facts,
} from './change.ts';
import type { ReleaseContent, Row } from './release.ts';

/** The facts of a row: all of it that a change can be about. */
export const factsOf = (row: Row): Facts => ({
  billable: row.billable,
  short: row.short,
  long: row.long,
});

/** True when nothing differs that counts as a change; the order number never does. */
export const sameFacts = (a: Facts, b: Facts): boolean =>
  a.billable === b.billable && a.short === b.short && a.long === b.long;

/** What kind of change leads from one row's facts to another's. */
export function kindOfChange(before: Facts | null, after: Facts | null): ChangeKind | undefined {
  if (!before) return after ? 'added' : undefined;
  if (!after) return 'ended';
  if (before.billable !== after.billable) return after.billable ? 'collapsed' : 'expanded';
  return sameFacts(before, after) ? undefined : 'retitled';
}

/** A title without what does not change its meaning: case, blanks and punctuation. */
const wording = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * True when a retitling leaves the meaning alone: the long titles differ at most in case, blanks and punctuation.
 * The short title is CMS's abbreviation of the long one and carries no meaning of its own.
 */
export const isCosmetic = (before: Facts, after: Facts): boolean =>
  before.long === after.long || wording(before.long) === wording(after.long);

const changeOf = (
  code: string,
  effective: CalendarDate,
  before: Row | undefined,
  after: Row | undefined,
): Change | undefined => {
  const from = before ? factsOf(before) : null;
  const to = after ? factsOf(after) : null;
  const kind = kindOfChange(from, to);
  if (!kind) return undefined;
  const change: Change = { code, kind, effective, before: from, after: to, replacedBy: [] };
  return kind === 'retitled' && from && to ? { ...change, cosmetic: isCosmetic(from, to) } : change;
};

/** How far to look ahead for the code at which two releases go on together. */
const resyncRows = 200;

/** How many rows to skip to come to a code; 0 when it is not near. */
function rowsUntil(rows: readonly Row[], start: number, code: string): number {
  const end = Math.min(rows.length, start + resyncRows);
  for (let i = start + 1; i < end; i += 1) if (rows[i]?.code === code) return i - start;
  return 0;
}

/** A row of the earlier release, the later one, or both: the same code. */
type Visit = (before: Row | undefined, after: Row | undefined) => void;

/**
 * Visits every code of two releases once. Both come in nearly the same tabular order, so they are walked side by side;
 * what does not meet on the way (added, ended, moved) is matched by code afterwards.
 */
function eachCode(before: readonly Row[], after: readonly Row[], visit: Visit): void {
  const oldOnes = new Map<string, Row>();
  const newOnes: Row[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const old = before[i];
    const now = after[j];
    if (!old && !now) break;
    if (old && now && old.code === now.code) {
      visit(old, now);
      i += 1;
      j += 1;
      continue;
    }
    const skipNew = old && now ? rowsUntil(after, j, old.code) : 0;
    const skipOld = old && now && skipNew === 0 ? rowsUntil(before, i, now.code) : 0;
    if (now && skipOld === 0) {
      newOnes.push(...after.slice(j, j + Math.max(1, skipNew)));
      j += Math.max(1, skipNew);
    }
    if (old && skipNew === 0) {
      const end = i + Math.max(1, skipOld);
      for (; i < end; i += 1) {
        const row = before[i];
        if (row) oldOnes.set(row.code, row);
      }
    }
  }
  for (const now of newOnes) {
    visit(oldOnes.get(now.code), now);
    oldOnes.delete(now.code);
  }
  for (const old of oldOnes.values()) visit(old, undefined);
}

/**
 * Every change from one complete release to another, all dated to the later one; replacements are not filled in
 * (see successors.ts). Codes still listed come in the later release's tabular order, ended ones after them in the
 * earlier one's. The diff of equals is empty (I4). Time grows with the rows, a few milliseconds for 100,000.
 */
export function diffReleases(
  before: Pick<ReleaseContent, 'rows'>,
  after: Pick<ReleaseContent, 'rows' | 'effective'>,
): Change[] {
  const listed: { change: Change; order: number }[] = [];
  const ended: { change: Change; order: number }[] = [];
  eachCode(before.rows, after.rows, (old, now) => {
    const same = old && now && old.billable === now.billable && old.long === now.long;
    if (same && old.short === now.short) return;
    const code = now?.code ?? old?.code ?? '';
    const change = changeOf(code, after.effective, old, now);
    if (!change) return;
    if (now) listed.push({ change, order: now.order });
    else ended.push({ change, order: old?.order ?? 0 });
  });
  const inOrder = (a: { order: number }, b: { order: number }): number => a.order - b.order;
  return [...listed.sort(inOrder), ...ended.sort(inOrder)].map(({ change }) => change);
}

/** The facts that result from applying changes to a release's facts (I4: applying a diff gives the target). */
export function applyChanges(
  facts: ReadonlyMap<string, Facts>,
  changes: readonly Change[],
): Map<string, Facts> {
  const result = new Map(facts);
  for (const change of changes) {
    if (change.after) result.set(change.code, change.after);
    else result.delete(change.code);
  }
  return result;
}

/** Number of changes of each kind. */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts: Record<ChangeKind, number> = {
    added: 0,
    ended: 0,
    expanded: 0,
    collapsed: 0,
    retitled: 0,
  };
  for (const change of changes) counts[change.kind] += 1;
  return counts;
}

/** Order in which change lists are shown and stored: by kind, then by code. */
export function byKindAndCode(a: Change, b: Change): number {
  return (
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}
