// What the words of a long title say: a side of the body, something unspecified, and the condition without either. Titles
// are regular enough for it: tested against CMS's own list of codes with an unspecified side.

/** A side of the body as titles name it. */
export type Side = 'right' | 'left' | 'bilateral';

/** A title taken apart. */
export type TitleWords = {
  readonly side: Side | null;
  /** How often it says that something is unspecified. */
  readonly unspecified: number;
  /** Its other words, side and all that only ties words together left out: each once, in order, a blank around each. */
  readonly words: string;
};

/** Seventh characters of obstetrics say this where there is but one fetus: nothing is missing then. */
const nothingMissing = /not applicable or unspecified/g;

const sideWords: Readonly<Record<string, Side>> = {
  right: 'right',
  left: 'left',
  bilateral: 'bilateral',
  both: 'bilateral',
};

const ties = new Set(
  'of in the to a an at on by for from and or with due unilateral dominant nondominant side unspecified'.split(
    ' ',
  ),
);

/** Plurals as singulars: near enough to compare titles with each other. */
const stem = (word: string): string =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !/(?:ss|is|us)$/.test(word)
      ? word.slice(0, -1)
      : word;

/** Takes a long title apart. */
export function titleWords(title: string): TitleWords {
  const all = title.toLowerCase().replace(nothingMissing, '').replaceAll('non-dominant', '');
  const words = new Set<string>();
  const sides = new Set<Side>();
  let unspecified = 0;
  for (const word of all.match(/[a-z0-9']+/g) ?? []) {
    const side = sideWords[word];
    if (side !== undefined) sides.add(side);
    else if (word === 'unspecified') unspecified += 1;
    if (side === undefined && !ties.has(word)) words.add(stem(word));
  }
  const [side = null] = sides;
  return {
    side: sides.size === 1 ? side : null,
    unspecified,
    words: ` ${[...words].sort().join(' ')} `,
  };
}
