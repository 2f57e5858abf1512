// Notes that mean only some codes of a range say which by how these end: `with .61-`, `with fifth or sixth character 5`,
// `with 7th character B`. Read here, and worked out against the codes of the list itself, so that nothing has to be
// guessed: what fits no code of the list was not understood.
import { type CodeRange, covers } from '../core/code-range.ts';

/** How the codes meant go on. */
export type CodeEndings =
  /** What follows the category. */
  | { readonly kind: 'after-category'; readonly endings: readonly string[] }
  /** Characters (from 1), the last of them that a code has, and which ones are meant. */
  | { readonly kind: 'characters'; readonly at: readonly number[]; readonly chars: string }
  | { readonly kind: 'final'; readonly ending: string };

/** A code of the list as far as endings go. Normal form. */
export type ListedCode = {
  readonly code: string;
  /** True when no code stands below it but for seventh characters. */
  readonly leaf: boolean;
  /** Its seventh characters, own or inherited. */
  readonly seventh: string;
};

const ordinals: Readonly<Record<string, number>> = {
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
  sixth: 6,
  '6th': 6,
  seventh: 7,
  '7th': 7,
};

const ordinal = '(?:fourth|4th|fifth|5th|sixth|6th|seventh|7th)';
const charactersShape = new RegExp(
  `^(${ordinal}(?: or ${ordinal})?)[ -](?:characters?|digits?) (.+)$`,
);
const listSeparator = /\s*(?:[,.]|\band\b|\bor\b)\s+/;

/** `5`, `.6`, `1-4 or 6`, `B or C`: the characters meant, undefined when it is something else. */
function charsOf(text: string): string | undefined {
  let chars = '';
  for (const piece of text.split(listSeparator)) {
    const match = /^\.?([0-9a-z])(?:-([0-9a-z]))?$/.exec(piece);
    if (!match) return undefined;
    const [from, to] = [match[1] ?? '', match[2] ?? match[1] ?? ''].map((c) => c.charCodeAt(0));
    if (from === undefined || to === undefined || to < from) return undefined;
    for (let char = from; char <= to; char += 1) chars += String.fromCharCode(char);
  }
  return chars.toUpperCase();
}

/** `.61-`, `.51-.52`, `.14, .24`: what follows the category, undefined when it is something else. */
function endingsOf(text: string): readonly string[] | undefined {
  const endings: string[] = [];
  for (const piece of text.split(listSeparator)) {
    const match = /^\.([0-9a-z]{1,4})(?:-\.([0-9a-z]{1,4})|-)?$/.exec(piece);
    const [from, to] = [match?.[1], match?.[2] ?? match?.[1]];
    if (from === undefined || to === undefined) return undefined;
    // A range of endings counts in its last character only.
    const chars = charsOf(`${from.at(-1)}-${to.at(-1)}`);
    if (chars === undefined || from.slice(0, -1) !== to.slice(0, -1)) return undefined;
    endings.push(...Array.from(chars, (char) => from.slice(0, -1).toUpperCase() + char));
  }
  return endings;
}

/**
 * What follows `with`; `any` when it restricts nothing (`… to indicate intent`), undefined when it is not understood.
 */
export function parseCodeEndings(written: string): CodeEndings | 'any' | undefined {
  const text = written.toLowerCase().replace(/\s+/g, ' ').trim();
  if (/ to indicate /.test(text)) return 'any';
  const final = /^final characters? -?([0-9a-z]{1,3})$/.exec(text);
  if (final) return { kind: 'final', ending: (final[1] ?? '').toUpperCase() };
  const match = charactersShape.exec(text);
  if (match) {
    const chars = charsOf(match[2] ?? '');
    const at = (match[1] ?? '').split(' or ').map((word) => ordinals[word] ?? 0);
    return chars === undefined ? undefined : { kind: 'characters', at, chars };
  }
  const endings = endingsOf(text);
  return endings && { kind: 'after-category', endings };
}

/** What of a listed code the endings mean: the code, some of its seventh characters, or nothing. */
function fitting(listed: ListedCode, endings: CodeEndings): readonly string[] {
  const { code, leaf, seventh } = listed;
  if (endings.kind === 'after-category') {
    return endings.endings.includes(code.slice(3)) ? [code] : [];
  }
  if (endings.kind === 'final') {
    // At least one character stands between category and ending: `I69. … -20` is I69.320, not I69.20.
    const isLong = code.length >= 4 + endings.ending.length;
    return leaf && isLong && code.endsWith(endings.ending) ? [code] : [];
  }
  const { at, chars } = endings;
  if (at.includes(7)) {
    if (!leaf) return [];
    const padded = code.padEnd(6, 'X');
    return [...chars].filter((char) => seventh.includes(char)).map((char) => padded + char);
  }
  // `Fifth or sixth` means the last character before the seventh, wherever that is.
  const isPlace = at.includes(code.length) && (at.length === 1 || leaf);
  return isPlace && chars.includes(code.at(-1) ?? '-') ? [code] : [];
}

/** The codes of the list in the ranges that the endings mean, each with everything below it; empty when none does. */
export function narrow(
  ranges: readonly CodeRange[],
  endings: CodeEndings,
  listed: readonly ListedCode[],
): readonly CodeRange[] {
  const areCategories = ranges.every(({ from, to }) => from.length === 3 && to.length === 3);
  if (endings.kind === 'after-category' && !areCategories) return [];
  return listed
    .filter(({ code }) => ranges.some((range) => covers(range, code)))
    .flatMap((one) => fitting(one, endings))
    .map((code) => ({ from: code, to: code }));
}
