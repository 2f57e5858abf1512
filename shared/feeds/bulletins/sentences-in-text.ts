// Cuts running text of a bulletin into sentences, each with where it begins: what is quoted, and what decides whether a
// sentence speaks of diagnoses.

/** A sentence or line, without blanks around, and the place of its first character in the text. */
export type PlacedSentence = { readonly text: string; readonly at: number };

const boundary = /(?<=[.!?][)"\u201d]?)\s+(?=["\u201c(]?[A-Z])|\n+/g;

/** The sentences of a text in order; an abbreviation ends one too, which makes a quote shorter. */
export function sentencesInText(text: string): readonly PlacedSentence[] {
  const sentences: PlacedSentence[] = [];
  let from = 0;
  const add = (to: number): void => {
    const part = text.slice(from, to);
    const sentence = part.trim();
    const at = from + part.length - part.trimStart().length;
    if (sentence !== '') sentences.push({ text: sentence, at });
  };
  for (const match of text.matchAll(boundary)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(text.length);
  return sentences;
}
