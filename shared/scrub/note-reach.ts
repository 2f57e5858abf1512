// Which codes the notes of the tabular list name, made quick to ask.
import { type CodeRange, covers } from '../core/code-range.ts';
import type { TabularNode, TabularNote } from '../core/tabular.ts';
import { categoryLength, placeOfCategory } from '../core/tabular-order.ts';

/** A range a note names, with the note and where it stands. */
export type NoteTarget = {
  readonly node: TabularNode;
  readonly note: TabularNote;
  readonly range: CodeRange;
};

/** Targets by the category of the codes they may name. */
export type TargetIndex = {
  readonly size: number;
  /**
   * Places of the categories it names anything of: from, to, from, to. Most codes of a claim are in none of them, and
   * comparing numbers in a row tells so at once.
   */
  readonly reach: readonly number[];
  readonly byCategory: ReadonlyMap<string, readonly NoteTarget[]>;
  /** Those of more than one category, with where they begin and end. */
  readonly wide: readonly (NoteTarget & { readonly begins: number; readonly ends: number })[];
};

/** A code that targets may name. */
export type Sought = {
  readonly code: string;
  readonly category: string;
  /** Of its category, see `core/tabular-order.ts`. */
  readonly place: number;
};

/** A code, ready to be looked for. */
export const soughtCode = (code: string): Sought => ({
  code,
  category: code.slice(0, categoryLength),
  place: placeOfCategory(code),
});

/** An index of what notes name. */
export function indexTargets(targets: readonly NoteTarget[]): TargetIndex {
  const byCategory = new Map<string, NoteTarget[]>();
  const wide = [];
  const reach: number[] = [];
  for (const target of targets) {
    const { from, to } = target.range;
    const category = from.slice(0, categoryLength);
    if (!to.startsWith(category)) {
      const [begins, ends] = [placeOfCategory(from), placeOfCategory(to)];
      wide.push({ ...target, begins, ends });
      reach.push(begins, ends);
      continue;
    }
    const others = byCategory.get(category);
    if (others) others.push(target);
    else {
      byCategory.set(category, [target]);
      reach.push(placeOfCategory(category), placeOfCategory(category));
    }
  }
  return { size: targets.length, reach, byCategory, wide };
}

function isWithin(reach: readonly number[], place: number): boolean {
  for (let at = 0; at < reach.length; at += 2) {
    if ((reach[at] ?? 0) <= place && place <= (reach[at + 1] ?? 0)) return true;
  }
  return false;
}

/** The first target that names a code. */
export const targetNaming = (index: TargetIndex, sought: Sought): NoteTarget | undefined =>
  isWithin(index.reach, sought.place) ? targetAmong(index, sought) : undefined;

function targetAmong(
  { byCategory, wide }: TargetIndex,
  { code, category, place }: Sought,
): NoteTarget | undefined {
  const near = byCategory.get(category)?.find((target) => names(target, code));
  if (near || wide.length === 0) return near;
  return wide.find(
    (target) => target.begins <= place && place <= target.ends && names(target, code),
  );
}

const names = ({ node, range }: NoteTarget, code: string): boolean =>
  covers(range, code) &&
  // A note at a heading that names one of the heading's own codes sorts out what is below it, not pairs.
  !isAt(node, code);

/** Whether a code is at a node or below it. */
const isAt = ({ level, at }: TabularNode, code: string): boolean =>
  level === 'diag' ? code.startsWith(at.from) : covers(at, code);
