// A category as it is on a date, and what its titles tell of one code in it: its siblings, the same condition on another
// side, and what would be said more specifically.
import type { NamedCode, SidedCode } from './rule.ts';
import { type TitleWords, titleWords } from './title-words.ts';

/** One listed code of a category. `code` in normal form, `title` the long one. */
export type FamilyMember = NamedCode & { readonly billable: boolean };

/** What a category tells of one of its billable codes. */
export type Kin = {
  readonly side: SidedCode['side'] | null;
  readonly otherSides: readonly SidedCode[];
  readonly moreSpecific: readonly NamedCode[];
};

/** A category on a date. */
export type CodeFamily = {
  readonly size: number;
  /** Billable codes below one, itself left out, in tabular order, at most a hundred. */
  below(code: string): readonly NamedCode[];
  /** Billable codes that begin with a text, at most a hundred. */
  beginningWith(text: string): readonly NamedCode[];
  kinOf(code: string): Kin;
  /** Billable codes under the parent of a billable one, itself left out, at most a hundred. */
  siblingsOf(code: string): readonly NamedCode[];
};

/** Codes named at most, of siblings and the like. */
export const namedMax = 100;

/** The longest code; its last character is a seventh. */
const codeLengthMax = 7;

const noKin: Kin = { side: null, otherSides: [], moreSpecific: [] };

type Known = FamilyMember & TitleWords;

/** Whether the words of a title have a word among them. */
const says = ({ words }: TitleWords, word: string): boolean => words.includes(` ${word} `);

const isSided = ({ side }: TitleWords): boolean => side === 'right' || side === 'left';

/** Words of a code's own title that a heading need not repeat for the code to be the heading's unspecified one. */
const emptyWords = new Set(['other', 'site', 'type', 'nature', 'form', 'cause']);

/** The family of a category's listed codes, in tabular order. Titles are taken apart only when they are asked for. */
export function createFamily(members: readonly FamilyMember[]): CodeFamily {
  const known = lazily(() => takeApart(members));
  const under = (text: string): FamilyMember[] =>
    members.filter(({ code, billable }) => billable && code.startsWith(text));
  return {
    size: members.length,
    below: (code) =>
      under(code)
        .filter((one) => one.code !== code)
        .slice(0, namedMax),
    beginningWith: (text) => under(text).slice(0, namedMax),
    kinOf(code) {
      const own = known().byCode.get(code);
      return own?.billable ? kinIn(known(), own) : noKin;
    },
    siblingsOf(code) {
      const parent = parentOf(known().byCode, code);
      if (!parent || !known().byCode.get(code)?.billable) return [];
      return under(parent.code)
        .filter((one) => one.code !== code)
        .slice(0, namedMax);
    },
  };
}

function kinIn(known: TakenApart, own: Known): Kin {
  const { side, otherSides } = sidesOf(known, own);
  const moreSpecific = moreSpecificThan(known, own, side === 'unspecified');
  return { side, otherSides, moreSpecific: moreSpecific.slice(0, namedMax) };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

type TakenApart = {
  readonly all: readonly Known[];
  readonly byCode: ReadonlyMap<string, Known>;
  /** Billable codes whose titles say the same but for sides and what is unspecified. */
  readonly alike: ReadonlyMap<string, readonly Known[]>;
};

function takeApart(members: readonly FamilyMember[]): TakenApart {
  const byCode = new Map<string, Known>();
  const alike = new Map<string, Known[]>();
  for (const member of members) {
    const one = { ...member, ...titleWords(member.title) };
    byCode.set(one.code, one);
    if (!one.billable) continue;
    const others = alike.get(one.words);
    if (others) others.push(one);
    else alike.set(one.words, [one]);
  }
  return { all: [...byCode.values()], byCode, alike };
}

/** The longest listed beginning: T36.0X1 of T36.0X1A, W19 of W19.XXXA. */
function parentOf(byCode: ReadonlyMap<string, Known>, code: string): Known | undefined {
  for (let length = code.length - 1; length >= 3; length -= 1) {
    const found = byCode.get(code.slice(0, length));
    if (found) return found;
  }
  return undefined;
}

/**
 * The side a code says, and its fellows on other sides. A side counts only where right and left both exist: right heart
 * failure has no left counterpart of that name.
 */
function sidesOf({ alike }: TakenApart, own: Known): Pick<Kin, 'side' | 'otherSides'> {
  const all = alike.get(own.words) ?? [];
  const sides = new Set(all.map(({ side }) => side));
  if (!sides.has('right') || !sides.has('left')) return { side: null, otherSides: [] };
  const said = Math.min(...all.filter(isSided).map(({ unspecified }) => unspecified));
  const sideOf = (one: Known): SidedCode['side'] | null =>
    one.side ?? (one.unspecified > said ? 'unspecified' : null);
  const side = sideOf(own);
  if (side === null) return { side, otherSides: [] };
  const otherSides = all.flatMap((one): SidedCode[] => {
    const other = sideOf(one);
    if (other === null || other === side) return [];
    return [{ code: one.code, title: one.title, side: other }];
  });
  return { side, otherSides: otherSides.slice(0, namedMax) };
}

/**
 * Codes that leave less unspecified than `own`: those under the heading beneath which its title becomes unspecified. Of
 * a heading that says more than the code's own words, only those with these words count, as long as there are any.
 */
function moreSpecificThan(
  { all, byCode }: TakenApart,
  own: Known,
  sideIsMissing: boolean,
): readonly Known[] {
  const missing = own.unspecified - (sideIsMissing ? 1 : 0);
  if (missing <= 0) return [];
  const parent = parentOf(byCode, own.code);
  let top = own;
  let heading = parent;
  while (heading && heading.unspecified > 0) {
    top = heading;
    heading = parentOf(byCode, top.code);
  }
  if (!heading) return [];
  const { code: beginning } = heading;
  const seventh = seventhToKeep(own, parent);
  const candidates = all.filter(
    (one) =>
      one.billable &&
      one.code.startsWith(beginning) &&
      one.unspecified < missing &&
      (own.side === null || one.side === own.side || one.side === null) &&
      (seventh === '' || (one.code.length === codeLengthMax && one.code.endsWith(seventh))),
  );
  const said = heading;
  const missingInHeading = top.words
    .trim()
    .split(' ')
    .filter((word) => !emptyWords.has(word) && !says(said, word));
  const fitting = candidates.filter((one) => missingInHeading.every((word) => says(one, word)));
  return likeliestFirst(fitting.length > 0 ? fitting : candidates);
}

/** The seventh character another code must have too, as the encounter stays what it was; none where it is unspecified. */
function seventhToKeep(own: Known, parent: Known | undefined): string {
  const isSeventh = own.code.length === codeLengthMax;
  return isSeventh && parent?.unspecified === own.unspecified ? own.code.slice(-1) : '';
}

/** Short codes say the commoner things; "Other …" is no more than none of the rest. */
function likeliestFirst(codes: readonly Known[]): readonly Known[] {
  const rank = (one: Known): number => one.code.length + (says(one, 'other') ? codeLengthMax : 0);
  return codes.toSorted((a, b) => rank(a) - rank(b));
}
