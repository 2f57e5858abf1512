// Ranges of categories in tabular order: M1A stands between M08 and M10, not after M14 where its letters would put it.
import { type CodeRange, covers } from '../core/code-range.ts';

/** What each category with a letter in third place follows (order files, FY2016 to FY2026). */
const follows: Readonly<Record<string, string>> = {
  C4A: 'C43',
  C7A: 'C75',
  C7B: 'C75',
  D3A: 'D36',
  I1A: 'I16',
  I5A: 'I52',
  J4A: 'J44',
  M1A: 'M08',
  O9A: 'O99',
  Z3A: 'Z36',
};

/** Characters of a category. */
export const categoryLength = 3;

const lastDigit = '9'.charCodeAt(0);

/** Bits of a character of a code: seven, of four characters they are less than the 31 of a small number. */
const characterBits = 7;

/** Text of up to four characters as a number that sorts like it. */
function sortable(text: string): number {
  let number = 0;
  for (let at = 0; at <= categoryLength; at += 1) {
    number = (number << characterBits) | (at < text.length ? text.charCodeAt(at) : 0);
  }
  return number;
}

/** Where the category of a code stands, as a number that sorts: behind what it follows, before the next. */
export function placeOf(code: string): number {
  const category = code.slice(0, categoryLength);
  if (category.charCodeAt(categoryLength - 1) <= lastDigit) return sortable(category);
  const before = follows[category];
  return sortable(before === undefined ? category : before + category.slice(-1));
}

/** True when a code (normal form) lies in the range, below one of its ends, or between them in tabular order. */
export function spans(range: CodeRange, code: string): boolean {
  const { from, to } = range;
  const ofCategories = from !== to && from.length <= categoryLength && to.length <= categoryLength;
  if (!ofCategories) return covers(range, code);
  const place = placeOf(code);
  return place >= placeOf(from) && place <= placeOf(to);
}
