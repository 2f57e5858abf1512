// A category's titles read once: what each says, and what it leaves open.
import type { TitledCode } from './advice-peel.ts';
import { tellingWords } from './advice-title.ts';

/** A code of a category, billable or a heading. Normal form, long title. */
export type FamilyCode = TitledCode & { readonly billable: boolean };

/** A code with what its title says. */
export type ReadCode = FamilyCode & {
  /** Words that tell something; `not intractable` is one. */
  readonly says: ReadonlySet<string>;
  /** How often the title says that something is unspecified. */
  readonly openings: number;
  /** The words that go with `unspecified`. */
  readonly leavesOpen: ReadonlySet<string>;
};

/** Seventh characters of obstetrics say this of a single fetus: nothing is missing then. */
const nothingMissing = /not applicable or unspecified/gi;

const openingsOf = (title: string): number =>
  title.replace(nothingMissing, '').match(/\bunspecified\b/gi)?.length ?? 0;

/** True when a title leaves something open. */
export const isOpen = (title: string): boolean => openingsOf(title) > 0;

/** `not intractable` and `without coma` are no mention of what they deny. */
const withDenials = (title: string): string => title.replace(/\b(not|without) (?=\w)/gi, '$1-');

const openPhrase =
  /\bunspecified (?!(?:of|in|with|due|and|as|or)\b)[^,]*?(?=,| of | in | with | due | and |$)/gi;

/** Reads the titles of a category. */
export const readFamily = (family: readonly FamilyCode[]): readonly ReadCode[] =>
  family.map((one) => ({
    ...one,
    says: tellingWords(withDenials(one.title)),
    openings: openingsOf(one.title),
    leavesOpen: tellingWords((one.title.match(openPhrase) ?? []).join(' ')),
  }));

/** Words that name no condition. */
const emptyWords = new Set(
  'unspecified other specified site type nature form cause part stage kind certain'.split(' '),
);

/** True for a word that names no condition. */
export const isEmptyWord = (word: string): boolean => emptyWords.has(word.replace(/#\d+$/, ''));

/** The words of a title that `known` lacks, what it leaves open aside. */
export const addedWords = (
  { says, leavesOpen }: ReadCode,
  known: ReadonlySet<string>,
): readonly string[] =>
  [...says].filter((word) => !known.has(word) && !leavesOpen.has(word) && !isEmptyWord(word));
