// Which codes say more than an unspecified one: found from where in its category, and at which of its words, the title
// becomes unspecified.
import {
  addedWords,
  type FamilyCode,
  isEmptyWord,
  type ReadCode,
  readFamily,
} from './advice-family.ts';
import type { TitledCode } from './advice-peel.ts';

/** What says more, and the category these codes have in common. */
export type MoreSpecific = { readonly codes: readonly TitledCode[]; readonly top: TitledCode };

/** A category whose titles have been read. */
export type AdvisedFamily = {
  /**
   * The billable codes that say more than this unspecified one and gainsay nothing of what it says; undefined when its
   * title leaves nothing open, or nothing says more.
   */
  moreSpecific(code: string): MoreSpecific | undefined;
};

/** An unspecified code in its place. */
type Place = {
  readonly own: ReadCode;
  /** The lowest heading that leaves nothing open. */
  readonly heading: ReadCode;
  /** Where below it the titles become open: a heading, or the code itself. */
  readonly top: ReadCode;
  /** Headings below `top`, and the code. */
  readonly below: readonly ReadCode[];
};

type Family = { readonly all: readonly ReadCode[]; readonly byCode: ReadonlyMap<string, ReadCode> };

/** Listed beginnings of a code, itself included, the category first. */
function pathOf(code: string, byCode: Family['byCode']): readonly ReadCode[] {
  const path: ReadCode[] = [];
  for (let length = 3; length <= code.length; length += 1) {
    const found = byCode.get(code.slice(0, length));
    if (found) path.push(found);
  }
  return path;
}

function placeOf(code: string, byCode: Family['byCode']): Place | undefined {
  const path = pathOf(code, byCode);
  const own = path.at(-1);
  if (own?.code !== code || own.openings === 0) return undefined;
  const closed = path.findLastIndex(({ openings }) => openings === 0);
  // Of a category that is open itself the headings below it count.
  const [heading, top, ...below] = path.slice(Math.max(closed, 0));
  return heading && top && { own, heading, top, below };
}

/** What the code's own title and the headings on the way to it say beyond the heading where it becomes open. */
function ownWords({ own, top, below }: Place): readonly string[] {
  const added = below.flatMap((one) => addedWords(one, top.says));
  if (below.length === 0) return added;
  // A title that says less than its heading means that part of it: atrial fibrillation, of fibrillation and flutter.
  const narrowed = [...top.says].some(
    (word) => !own.says.has(word) && !isEmptyWord(word) && !word.includes('#'),
  );
  return narrowed ? [...added, ...[...own.says].filter((word) => !isEmptyWord(word))] : added;
}

/**
 * What the code denies by not being one of its neighbours that leave open as much as it does: `uncomplicated` is not
 * `with intoxication`. Words of each neighbour that neither the code nor the heading has.
 */
function deniedBy({ own, top }: Place, { all }: Family): readonly (readonly string[])[] {
  const known = new Set([...top.says, ...own.says]);
  return all
    .filter(
      ({ code, openings }) =>
        openings === own.openings && code.startsWith(top.code) && !own.code.startsWith(code),
    )
    .map((one) => addedWords(one, known))
    .filter((added) => added.length > 0);
}

/** What a heading says besides the code: overweight, of overweight and obesity. */
const isOtherHalf = ({ says }: ReadCode, { own, heading }: Place): boolean =>
  [...says].every((word) => heading.says.has(word) && !own.says.has(word));

const saysMore = (one: ReadCode, { own, heading, top }: Place): boolean =>
  one.billable &&
  one.code !== own.code &&
  one.code.startsWith(heading.code) &&
  (!one.code.startsWith(top.code) || one.openings < own.openings);

/** A code, and what its title and the headings above it say, up to the one where the choice begins. */
type Candidate = { readonly one: ReadCode; readonly says: ReadonlySet<string> };

const saysAll =
  (needed: readonly string[]) =>
  ({ says }: Candidate): boolean =>
    needed.every((word) => says.has(word));

function candidatesFor(place: Place, family: Family): readonly Candidate[] {
  const { heading, top } = place;
  const denied = deniedBy(place, family);
  const depth = pathOf(heading.code, family.byCode).length;
  return family.all
    .filter((one) => saysMore(one, place) && !isOtherHalf(one, place))
    .map((one) => {
      const under = pathOf(one.code, family.byCode).slice(depth);
      return { one, says: new Set(under.flatMap(({ says }) => [...says])) };
    })
    .filter(
      (found) =>
        found.one.code.startsWith(top.code) || !denied.some((words) => saysAll(words)(found)),
    );
}

function moreSpecific(code: string, family: Family): MoreSpecific | undefined {
  const place = placeOf(code, family.byCode);
  if (!place) return undefined;
  const { heading, top } = place;
  const all = candidatesFor(place, family);
  const likeOwn = all.filter(saysAll(ownWords(place)));
  const fitting = likeOwn.length > 0 ? likeOwn : all;
  const ofKind = fitting.filter(saysAll(addedWords(top, heading.says)));
  // `Depression, unspecified` is the rest of all depressive episodes; `…, unspecified site` of nothing but itself.
  const isRest = top.leavesOpen.size === 0 || /^unspecified\b/i.test(top.title);
  const chosen = ofKind.length === 0 && isRest ? fitting : ofKind;
  if (chosen.length === 0) return undefined;
  const titled = ({ code: found, title }: ReadCode): TitledCode => ({ code: found, title });
  return { codes: chosen.map(({ one }) => titled(one)), top: titled(heading) };
}

/** Reads a category: all of its listed codes on one date, in tabular order. */
export function createAdvisedFamily(codes: readonly FamilyCode[]): AdvisedFamily {
  const all = readFamily(codes);
  const family = { all, byCode: new Map(all.map((one) => [one.code, one])) };
  return { moreSpecific: (code) => moreSpecific(code, family) };
}
