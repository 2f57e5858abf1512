// The side of the body in a title: named, or left open somewhere.
import { cut, group, openValue, type Peel, single } from './advice-cuts.ts';

const sideWord =
  /\b(?:(right|left)(?: (?:eye|ear|side)\b)?|bilateral|both|unilateral)\b(?! (?:upper|lower) quadrant)/gi;
const dominance = /\b(right|left) ((?:non-?)?dominant) side\b/i;
const openSide = /\bunspecified(?: (?:eye|ear|side))?\b/gi;

/** `Unilateral …, unspecified knee`: one side, and left open which. */
const openUnilateral = 'unilateral, unspecified side';

const withoutAll = (title: string, pattern: RegExp): string =>
  [...title.matchAll(pattern)]
    .reverse()
    .reduce((rest, { 0: text, index }) => cut(rest, index, text.length), title);

/** The side a title names, or each place at which it leaves one open; which of these it is, other titles tell. */
export function side(title: string): readonly Peel[] {
  const dominant = single(title, dominance, (match) => `${group(match, 1)}, ${group(match, 2)}`);
  if (dominant.length > 0) return dominant;
  const words = [...title.matchAll(sideWord)].map((match) => (match[1] ?? match[0]).toLowerCase());
  const said = new Set(words);
  if (said.size > 1) said.delete('unilateral');
  const [value] = said;
  if (value === undefined) return openSides(title);
  if (said.size > 1) return [];
  const named = {
    value: value === 'both' ? 'bilateral' : value,
    rest: withoutAll(title, sideWord),
  };
  if (value !== 'unilateral') return [named];
  const open = openSides(named.rest).map(({ rest }) => ({ value: openUnilateral, rest }));
  return [...open, named];
}

function openSides(title: string): readonly Peel[] {
  const open = [...title.matchAll(openSide)].map(({ 0: text, index }) => ({
    value: openValue,
    rest: cut(title, index, text.length),
  }));
  if (open.length < 2) return open;
  // The last one first: `Hemiplegia, unspecified affecting unspecified side`.
  return [...open.reverse(), { value: openValue, rest: withoutAll(title, openSide) }];
}
