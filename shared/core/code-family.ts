// A category as it is on a date, and what its titles tell of one code in it: its siblings, the same condition on another
// side, and what would be said more specifically.
import type { TitledCode } from './advice-peel.ts';
import {
  above,
  type FamilyCode,
  type ReadCode,
  type ReadFamily,
  readFamily,
} from './family-titles.ts';
import { createMoreSpecific, type MoreSpecific } from './more-specific.ts';
import { conditionIn } from './title-sides.ts';

/** A code for one side of the body, or for a side its title leaves unspecified. */
export type SidedCode = TitledCode & {
  readonly side: 'right' | 'left' | 'bilateral' | 'unspecified';
};

/** What a category tells of one of its billable codes. */
export type Kin = {
  /** The side its title says, `unspecified` where it leaves open one that others say; null: none. */
  readonly side: SidedCode['side'] | null;
  /** The same condition on other sides, at most a hundred. */
  readonly otherSides: readonly SidedCode[];
  /** How often its title says that something besides the side is unspecified. */
  readonly openings: number;
};

/** A category on a date. Lists are in tabular order unless it is said otherwise. */
export type CodeFamily = {
  readonly size: number;
  find(code: string): FamilyCode | undefined;
  /** Billable codes below one, itself left out, at most a hundred. */
  below(code: string): readonly TitledCode[];
  /** Billable codes that begin with a text, at most a hundred. */
  beginningWith(text: string): readonly TitledCode[];
  /** Billable codes under the parent of a billable one, itself left out, at most a hundred. */
  siblingsOf(code: string): readonly TitledCode[];
  kinOf(code: string): Kin;
  /** Codes that say more than an unspecified one; undefined when nothing does. */
  moreSpecific(code: string): MoreSpecific | undefined;
  /**
   * Those of them that leave less unspecified besides the side, and are not of another side; the likeliest first, at most
   * a hundred.
   */
  moreSpecificBesideSide(code: string): readonly TitledCode[];
};

/** Codes named at most, of siblings and the like. */
export const namedMax = 100;

/** The longest code. */
const codeLengthMax = 7;

const noKin: Kin = { side: null, otherSides: [], openings: 0 };

/** Whether a title may name a side or leave something open: else there is no kin, and no title need be read. */
const mayHaveKin = /right|left|bilateral|both|unspecified/i;

/** The family of a category's listed codes, given in tabular order. Titles are read only when they are asked for. */
export function createFamily(members: readonly FamilyCode[]): CodeFamily {
  const byCode = new Map(members.map((one) => [one.code, one]));
  const read = lazily(() => readFamily(members));
  const byCondition = lazily(() => sidedByCondition(read()));
  const findMoreSpecific = lazily(() => createMoreSpecific(read()));
  const under = (text: string, apart?: string): readonly FamilyCode[] =>
    members
      .filter(({ code, billable }) => billable && code !== apart && code.startsWith(text))
      .slice(0, namedMax);
  const kinOf = (code: string): Kin => {
    if (!mayHaveKin.test(byCode.get(code)?.title ?? '')) return noKin;
    const own = read().get(code);
    return own?.billable ? kinAmong(byCondition().get(conditionIn(own.says)) ?? [], own) : noKin;
  };
  return {
    size: members.length,
    find: (code) => byCode.get(code),
    below: (code) => under(code, code),
    beginningWith: (text) => under(text),
    siblingsOf(code) {
      const parent = byCode.get(code)?.billable ? above(code, byCode) : undefined;
      return parent ? under(parent.code, code) : [];
    },
    kinOf,
    moreSpecific: (code) => findMoreSpecific()(code),
    moreSpecificBesideSide(code) {
      const { openings } = kinOf(code);
      const own = openings > 0 ? read().get(code) : undefined;
      const found = own && findMoreSpecific()(code)?.codes;
      if (!found) return [];
      // What is kept for long are the members themselves, not all that was read of their titles.
      return likeliestFirst(besideSide(own, openings, found)).flatMap(
        (one) => byCode.get(one.code) ?? [],
      );
    },
  };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Billable codes whose titles say the same but for sides and what is unspecified; those that say neither left out. */
function sidedByCondition(family: ReadFamily): ReadonlyMap<string, readonly ReadCode[]> {
  const sided = [...family.values()].filter(
    ({ billable, side, openings }) => billable && (side !== null || openings > 0),
  );
  return Map.groupBy(sided, ({ says }) => conditionIn(says));
}

/**
 * The side a code says, and its fellows on other sides. A side counts only where right and left both exist: right heart
 * failure has no left counterpart of that name.
 */
function kinAmong(alike: readonly ReadCode[], own: ReadCode): Kin {
  const { openings } = own;
  const sides = new Set(alike.map(({ side }) => side));
  if (!sides.has('right') || !sides.has('left')) return { side: null, otherSides: [], openings };
  const oneSided = alike.filter((one) => one.side === 'right' || one.side === 'left');
  const said = Math.min(...oneSided.map((one) => one.openings));
  const sideOf = (one: ReadCode): SidedCode['side'] | null =>
    one.side ?? (one.openings > said ? 'unspecified' : null);
  const side = sideOf(own);
  if (side === null) return { side, otherSides: [], openings };
  const otherSides = alike.flatMap((one): SidedCode[] => {
    const other = sideOf(one);
    if (other === null || other === side) return [];
    return [{ code: one.code, title: one.title, side: other }];
  });
  return {
    side,
    otherSides: otherSides.slice(0, namedMax),
    openings: side === 'unspecified' ? openings - 1 : openings,
  };
}

const besideSide = (
  own: ReadCode,
  openings: number,
  found: readonly ReadCode[],
): readonly ReadCode[] =>
  found.filter(
    (one) =>
      one.openings < openings && (own.side === null || one.side === null || one.side === own.side),
  );

/** Short codes say the commoner things; "Other …" is no more than none of the rest. */
function likeliestFirst(codes: readonly ReadCode[]): readonly ReadCode[] {
  const rank = ({ code, says }: ReadCode): number =>
    code.length + (says.includes('other') ? codeLengthMax : 0);
  return codes.toSorted((a, b) => rank(a) - rank(b)).slice(0, namedMax);
}
