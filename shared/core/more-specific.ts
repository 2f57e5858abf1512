// Which codes say more than an unspecified one: found from where in its category, and at which of its words, the title
// becomes unspecified.
import type { TitledCode } from './advice-peel.ts';
import { bitsOf, isEmptyWord, type ReadCode, type ReadFamily } from './family-titles.ts';

/** What says more, and the category these codes have in common. */
export type MoreSpecific = { readonly codes: readonly ReadCode[]; readonly top: TitledCode };

/**
 * The billable codes that say more than this unspecified one and gainsay nothing of what it says; undefined when its
 * title leaves nothing open, or nothing says more.
 */
export type FindMoreSpecific = (code: string) => MoreSpecific | undefined;

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

/** The codes under a heading, itself included. */
type Within = (heading: ReadCode) => readonly ReadCode[];

/** Listed beginnings of a code, itself included, the category first. */
function pathOf(code: ReadCode): readonly ReadCode[] {
  const path: ReadCode[] = [];
  for (let at: ReadCode | undefined = code; at; at = at.parent) path.unshift(at);
  return path;
}

function placeOf(own: ReadCode): Place | undefined {
  if (own.openings === 0) return undefined;
  const path = pathOf(own);
  const closed = path.findLastIndex(({ openings }) => openings === 0);
  // Of a category that is open itself the headings below it count.
  const [heading, top, ...below] = path.slice(Math.max(closed, 0));
  return heading && top && { own, heading, top, below };
}

const wordsBeyond = ({ telling }: ReadCode, known: readonly string[]): readonly string[] =>
  telling.filter((word) => !known.includes(word));

/** What the code's own title and the headings on the way to it say beyond the heading where it becomes open. */
function ownWords({ own, top, below }: Place): readonly string[] {
  const added = below.flatMap((one) => wordsBeyond(one, top.says));
  if (below.length === 0) return added;
  // A title that says less than its heading means that part of it: atrial fibrillation, of fibrillation and flutter.
  const narrowed = top.says.some(
    (word) => !own.says.includes(word) && !isEmptyWord(word) && !word.includes('#'),
  );
  return narrowed ? [...added, ...own.says.filter((word) => !isEmptyWord(word))] : added;
}

/** A code that leaves the side open denies none. */
const sides = ['right', 'left', 'bilateral'];

/**
 * What the code denies by not being one of its neighbours that leave open as much as it does: `uncomplicated` is not
 * `with intoxication`. Words of each neighbour that neither the code nor a heading above it has.
 */
function deniedBy({ own, top, below }: Place, within: Within): readonly (readonly string[])[] {
  const isSided = sides.some((side) => own.says.includes(side));
  const known = [top, ...below].flatMap(({ says }) => says).concat(isSided ? [] : sides);
  return within(top)
    .filter((one) => one.openings === own.openings && !own.code.startsWith(one.code))
    .map((one) => wordsBeyond(one, known))
    .filter((added) => added.length > 0);
}

/** What a heading says besides the code: overweight, of overweight and obesity. */
const isOtherHalf = ({ says }: ReadCode, { own, heading }: Place): boolean =>
  says.every((word) => heading.says.includes(word) && !own.says.includes(word));

const saysMore = (one: ReadCode, { own, top }: Place): boolean =>
  one.billable &&
  one.code !== own.code &&
  (!one.code.startsWith(top.code) || one.openings < own.openings);

/** Words looked for in titles, and {@link bitsOf} them. */
type Sought = { readonly words: readonly string[]; readonly bits: number };

const sought = (words: readonly string[]): Sought => ({ words, bits: bitsOf(words) });

/** Whether a code says every one of these words: its title, or one above it up to the heading where the choice begins. */
function saysAll(one: ReadCode, { words, bits }: Sought, heading: ReadCode): boolean {
  if ((one.bits & bits) !== bits) return false;
  for (const word of words) {
    let at: ReadCode | undefined = one;
    while (at && at !== heading && !at.says.includes(word)) at = at.parent;
    if (!at || at === heading) return false;
  }
  return true;
}

/** Codes that say more, and all of these words. */
function candidatesFor(
  place: Place,
  words: readonly string[],
  denied: readonly Sought[],
  within: Within,
): readonly ReadCode[] {
  const { heading, top } = place;
  const needed = sought(words);
  const isDenied = (one: ReadCode): boolean =>
    !one.code.startsWith(top.code) && denied.some((each) => saysAll(one, each, heading));
  return within(heading).filter(
    (one) =>
      saysAll(one, needed, heading) &&
      saysMore(one, place) &&
      !isOtherHalf(one, place) &&
      !isDenied(one),
  );
}

function moreSpecific(own: ReadCode, within: Within): MoreSpecific | undefined {
  const place = placeOf(own);
  if (!place) return undefined;
  const { heading, top } = place;
  const denied = deniedBy(place, within).map(sought);
  const likeOwn = candidatesFor(place, ownWords(place), denied, within);
  const fitting = likeOwn.length > 0 ? likeOwn : candidatesFor(place, [], denied, within);
  const wordsOfKind = sought(wordsBeyond(top, heading.says));
  const ofKind = fitting.filter((one) => saysAll(one, wordsOfKind, heading));
  // `Depression, unspecified` is the rest of all depressive episodes; `…, unspecified site` of nothing but itself.
  const isRest = top.leavesOpen.length === 0 || /^unspecified\b/i.test(top.title);
  const codes = ofKind.length === 0 && isRest ? fitting : ofKind;
  return codes.length === 0
    ? undefined
    : { codes, top: { code: heading.code, title: heading.title } };
}

/** Answers for the codes of a category. */
export function createMoreSpecific(family: ReadFamily): FindMoreSpecific {
  const all = [...family.values()];
  const known = new Map<ReadCode, readonly ReadCode[]>();
  const within = (heading: ReadCode): readonly ReadCode[] => {
    const found = known.get(heading) ?? all.filter(({ code }) => code.startsWith(heading.code));
    known.set(heading, found);
    return found;
  };
  return (code) => {
    const own = family.get(code);
    return own && moreSpecific(own, within);
  };
}
