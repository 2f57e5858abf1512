// Words as the full-text index has them: the same folding for the titles that go in and for what is searched for.
import type { CodeSystemId } from '../../core/code-system.ts';
import type { SearchField } from '../../ports/catalogue.ts';

const ascii = /^[\0-\x7f]*$/;

/** Lower case without accents; what is neither letter nor digit becomes a blank. */
export function foldText(text: string): string {
  // Official titles are ASCII, and SQLite's tokenizer does the same with those.
  const plain = ascii.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  return plain.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}

const dotted = /^([a-z][a-z\d]{2})\.([a-z\d]*)$/i;

/** More words than any title has: who asks for so many finds nothing. */
const wordsMax = 64;

/**
 * The words to find, each once; codes without their dot. Undefined when there is nothing to look for, or more than
 * any title holds.
 */
export function searchWords(
  system: CodeSystemId,
  words: readonly string[],
  fields: readonly SearchField[],
): readonly string[] | undefined {
  const asCode = system === 'icd10cm' && fields.includes('code');
  const all = words.flatMap((word) => {
    const text = word.trim();
    return foldText(asCode ? text.replace(dotted, '$1$2') : text).split(' ');
  });
  const distinct = [...new Set(all.filter((word) => word !== ''))];
  return distinct.length > 0 && distinct.length <= wordsMax ? distinct : undefined;
}

/** A word as FTS5 takes it: letters and digits only, so quotes make it one token. */
const whole = (word: string): string => `"${word}"`;
const beginning = (word: string): string => `"${word}" *`;

const inFields = (fields: readonly SearchField[]): string => `{${fields.join(' ')}} : `;

/** FTS5 expression: every word begins a word of one of the fields. */
export const everyWordBegins = (words: readonly string[], fields: readonly SearchField[]): string =>
  words.map((word) => inFields(fields) + beginning(word)).join(' AND ');

/** FTS5 expression: every word is a word of one of the fields. */
export const everyWordWhole = (words: readonly string[], fields: readonly SearchField[]): string =>
  words.map((word) => inFields(fields) + whole(word)).join(' AND ');

/** True for what can be one word of the index: no blanks or punctuation, not empty. */
export const isOneWord = (text: string): boolean => /^[\p{L}\p{N}]+$/u.test(foldText(text));

/** FTS5 expression: the code begins with this. */
export const codeBegins = (word: string): string => `code : ${beginning(word)}`;

/** FTS5 expression: the code is this. */
export const codeIs = (word: string): string => `code : ${whole(word)}`;
