// A category's titles read once: what each says, and what it leaves open.
import type { TitledCode } from './advice-peel.ts';
import { tellingWords } from './advice-title.ts';

/** A code of a category, billable or a heading. Normal form, long title. */
export type FamilyCode = TitledCode & { readonly billable: boolean };

/** A code with what its title says. */
export type ReadCode = FamilyCode & {
  /** The longest listed beginning of the code: T36.0X1 of T36.0X1A. */
  readonly parent: ReadCode | undefined;
  /** Every word but those that only tie others together; `not-intractable` is one. */
  readonly says: ReadonlySet<string>;
  /** Those that name a condition and do not stand in what the title leaves open. */
  readonly telling: readonly string[];
  /** How often the title says that something is unspecified. */
  readonly openings: number;
  /** The words that go with `unspecified`. */
  readonly leavesOpen: ReadonlySet<string>;
};

/** Seventh characters of obstetrics say this of a single fetus: nothing is missing then. */
const nothingMissing = /not applicable or unspecified/gi;

/** How often a title says that something is unspecified. */
export const openingsOf = (title: string): number =>
  title.replace(nothingMissing, '').match(/\bunspecified\b/gi)?.length ?? 0;

/** True when a title leaves something open. */
export const isOpen = (title: string): boolean => openingsOf(title) > 0;

/** `not intractable` and `without coma` are no mention of what they deny. */
const withDenials = (title: string): string => title.replace(/\b(not|without) (?=\w)/gi, '$1-');

/** What goes with `unspecified`; of an unspecified displaced fracture it is not open whether it is displaced. */
const openPhrase =
  /\bunspecified (?!(?:of|in|with|due|and|as|or)\b)((?:non)?displaced )?([^,]*?)(?=,| of | in | with | without-| due | and |$)/gi;

/** Words that name no condition. */
const emptyWords = new Set(
  'unspecified other specified site type nature form cause part stage kind certain'.split(' '),
);

/** True for a word that names no condition. */
export const isEmptyWord = (word: string): boolean => emptyWords.has(word.replace(/#\d+$/, ''));

const nothing: ReadonlySet<string> = new Set();

function readTitle(title: string): Omit<ReadCode, 'parent' | keyof FamilyCode> {
  const text = withDenials(title);
  const says = tellingWords(text);
  const openings = openingsOf(title);
  const open =
    openings > 0 ? Array.from(text.matchAll(openPhrase), ([, , words = '']) => words) : [];
  const rest = open.length > 0 ? tellingWords(text.replace(openPhrase, '$1')) : says;
  return {
    says,
    telling: [...rest].filter((word) => !isEmptyWord(word)),
    openings,
    leavesOpen: open.length > 0 ? tellingWords(open.join(' ')) : nothing,
  };
}

/** Reads the titles of a category, given in tabular order: a heading before what is below it. */
export function readFamily(family: readonly FamilyCode[]): ReadonlyMap<string, ReadCode> {
  const read = new Map<string, ReadCode>();
  for (const one of family) {
    read.set(one.code, { ...one, ...readTitle(one.title), parent: above(one.code, read) });
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
