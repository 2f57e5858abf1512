// A category's titles read once: what each says, and what it leaves open.
import type { TitledCode } from './advice-peel.ts';
import { tellingWords } from './advice-title.ts';
import { type Side, sideIn } from './title-sides.ts';

/** A code of a category, billable or a heading. Normal form, long title. */
export type FamilyCode = TitledCode & { readonly billable: boolean };

/** A code with what its title says. */
export type ReadCode = FamilyCode & {
  /** The longest listed beginning of the code: T36.0X1 of T36.0X1A. */
  readonly parent: ReadCode | undefined;
  /** Every word but those that only tie others together; `not-intractable` is one. */
  readonly says: readonly string[];
  /** Of a title that leaves something open: words that name a condition and are not part of what is open. */
  readonly telling: readonly string[];
  /** The side of the body it names; null where it names none, or several. */
  readonly side: Side | null;
  /** How often the title says that something is unspecified. */
  readonly openings: number;
  /** The words that go with `unspecified`. */
  readonly leavesOpen: readonly string[];
  /** {@link bitsOf} its own words and those of everything above it. */
  readonly bits: number;
};

/** Seventh characters of obstetrics say this of a single fetus: nothing is missing then. */
const nothingMissing = /not applicable or unspecified/gi;

/** How often a title says that something is unspecified. */
export function openingsOf(title: string): number {
  // Three titles of four leave nothing open, and are done with here.
  if (!/unspecified/i.test(title)) return 0;
  return title.replace(nothingMissing, '').match(/\bunspecified\b/gi)?.length ?? 0;
}

/** `not intractable` and `without coma` are no mention of what they deny. */
const withDenials = (title: string): string => title.replace(/\b(not|without) (?=\w)/gi, '$1-');

/** What goes with `unspecified`; of an unspecified displaced fracture it is not open whether it is displaced. */
const openPhrase =
  /\bunspecified (?!(?:of|in|with|due|and|as|or)\b|(?:not|without)-)((?:non)?displaced )?([^,]*?)(?=,| of | in | with | not-| without-| due | and |$)/gi;

/** The noun belongs to the side: what is at the right eye may be at its upper eyelid. */
const sidedOrgan = /\b(right|left) (?:eye|ear)\b/gi;

/** Words that name no condition. */
const emptyWords = new Set(
  'unspecified other specified site type nature form cause part stage kind certain'.split(' '),
);

/** True for a word that names no condition. */
export const isEmptyWord = (word: string): boolean => emptyWords.has(word.replace(/#\d+$/, ''));

/**
 * A bit for each word, one of 32: what lacks a bit of a phrase lacks a word of it. Nearly all of the thousands of codes that
 * are compared with one are told apart by this alone.
 */
export function bitsOf(words: readonly string[]): number {
  let bits = 0;
  for (const word of words) {
    let hash = 0;
    for (let at = 0; at < word.length; at += 1) hash = (hash * 31 + word.charCodeAt(at)) | 0;
    bits |= 1 << hash;
  }
  return bits;
}

const nothing: readonly string[] = [];

function readTitle(title: string): Omit<ReadCode, 'parent' | 'bits' | keyof FamilyCode> {
  const text = withDenials(title);
  const says = tellingWords(text);
  const side = sideIn(says);
  const openings = openingsOf(title);
  if (openings === 0) return { says, side, openings, telling: nothing, leavesOpen: nothing };
  const open = Array.from(text.matchAll(openPhrase), ([, , words = '']) => words);
  const rest = tellingWords(text.replace(openPhrase, '$1').replace(sidedOrgan, '$1'));
  const telling = rest.filter((word) => !isEmptyWord(word));
  return { says, side, openings, telling, leavesOpen: tellingWords(open.join(' ')) };
}

/** A category's codes with what their titles say, in tabular order. */
export type ReadFamily = ReadonlyMap<string, ReadCode>;

/** Reads the titles of a category, given in tabular order: a heading before what is below it. */
export function readFamily(family: readonly FamilyCode[]): ReadFamily {
  const read = new Map<string, ReadCode>();
  for (const one of family) {
    const own = readTitle(one.title);
    const parent = above(one.code, read);
    const bits = bitsOf(own.says) | (parent?.bits ?? 0);
    read.set(one.code, { ...one, ...own, parent, bits });
  }
  return read;
}

/** The longest beginning of a code that is listed itself. */
export function above<T>(code: string, listed: ReadonlyMap<string, T>): T | undefined {
  for (let length = code.length - 1; length >= 3; length -= 1) {
    const found = listed.get(code.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}
