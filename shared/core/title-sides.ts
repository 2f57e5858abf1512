// The side of the body a title names, and the condition without it. Titles are regular enough for it: tested against CMS's
// own list of codes with an unspecified side.

/** A side of the body as titles name it. */
export type Side = 'right' | 'left' | 'bilateral';

const sideWords: ReadonlyMap<string, Side> = new Map([
  ['right', 'right'],
  ['left', 'left'],
  ['bilateral', 'bilateral'],
  ['both', 'bilateral'],
]);

/** Words that say nothing of the condition where a side is in question, besides those that tie any title together. */
const ties = new Set('with due dominant nondominant non-dominant side unspecified'.split(' '));

/** The side that the words of a title name; null where they name none, or several. */
export function sideIn(words: readonly string[]): Side | null {
  let side: Side | null | undefined;
  for (const word of words) {
    const named = sideWords.get(word);
    if (named !== undefined) side = side === undefined || side === named ? named : null;
  }
  return side ?? null;
}

/** The other words of a title, each once, in their order: equal for one condition on different sides. */
export const conditionIn = (words: readonly string[]): string =>
  words.filter((word) => !sideWords.has(word) && !ties.has(word) && !word.includes('#')).join(' ');
