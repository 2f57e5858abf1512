// The words of a search as typed: what separates them, and how many are looked for.

/** More words than this are not looked for: titles have some 30, and every word only narrows. */
export const searchWordsMax = 32;

/** The words of a text, as typed. Blanks and punctuation that no word holds separate them; dots and hyphens stay. */
export function searchWords(text: string): readonly string[] {
  const words = text.split(/[\s,;:/()[\]"]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.slice(0, searchWordsMax);
}
