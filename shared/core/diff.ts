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

/**
 * Every change from one complete release to another, all dated to the later one; replacements are not filled in
 * (see successors.ts). Codes still listed come in the later release's tabular order, ended ones after them in the
 * earlier one's. The diff of equals is empty (I4). Time and memory grow with the rows, about 100 ns a row.
 */
export function diffReleases(
  before: Pick<ReleaseContent, 'rows'>,
  after: Pick<ReleaseContent, 'rows' | 'effective'>,
): Change[] {
  const changes: Change[] = [];
  const earlier = new Map<string, Row>();
  for (const row of before.rows) earlier.set(row.code, row);
  for (const row of after.rows) {
    const old = earlier.get(row.code);
    if (old) {
      earlier.delete(row.code);
      if (old.billable === row.billable && old.long === row.long && old.short === row.short)
        continue;
    }
    const change = changeOf(row.code, after.effective, old, row);
    if (change) changes.push(change);
  }
  for (const row of earlier.values()) {
    const change = changeOf(row.code, after.effective, row, undefined);
    if (change) changes.push(change);
  }
  return changes;
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
