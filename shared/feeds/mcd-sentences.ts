// Sentences of a paragraph of the Medicare Coverage Database, and what single ones say: that codes are not covered, what an
// asterisk means, what to quote.
import { cutAtWord } from '../core/wording.ts';

import { saysNonCovered } from './mcd-noncoverage.ts';

/** Characters of a quote at most. */
const quoteCharsMax = 600;

// A code's own dot is followed by no blank; what follows a sentence begins with a capital, a quote mark or an asterisk.
const sentenceEnd = /(?<=[.!?;]["”)]?)\s+(?=["“(]?[A-Z*0-9])|\n+/;

/** The sentences of plain text, each line at least one. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(sentenceEnd)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** The text, or as much of it as a quote may have, cut at a word. */
export function quoteOf(text: string | undefined): string | undefined {
  if (text === undefined || /^(?:n\/?a)?\.?$/i.test(text)) return undefined;
  return cutAtWord(text, quoteCharsMax);
}

/** The sentence that says that a group's codes are not covered, without condition; undefined when none of the first two does. */
export const nonCoveredSentence = (paragraph: string): string | undefined =>
  sentencesOf(paragraph).slice(0, 2).find(saysNonCovered);

/** The sentences that hold an asterisk or speak of one, one a line; undefined when none does. */
export function footnoteIn(paragraph: string): string | undefined {
  const said = sentencesOf(paragraph).filter((sentence) => /\*|\basterisk/i.test(sentence));
  return said.length > 0 ? said.join('\n') : undefined;
}
