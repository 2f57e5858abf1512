// Takes a part out of a title so that what remains reads as a title still.

/** One way to take a distinction out of a title: the value it says, and the title without it. */
export type Peel = { readonly value: string; readonly rest: string };

/** What a title leaves open, as an option. */
export const openValue = 'unspecified';

/** A title without a part of it, and without the comma or preposition that would be left hanging. */
export function cut(title: string, from: number, length: number): string {
  const before = title.slice(0, from).trimEnd();
  const after = title.slice(from + length).trimStart();
  if (after === '') return before.replace(/,$/, '').replace(/ (?:of|in|affecting)$/, '');
  if (!after.startsWith(',')) return before === '' ? after : `${before} ${after}`;
  if (/ (?:of|in|affecting)$/.test(before)) return before + after.slice(1);
  return before.replace(/,$/, '') + after;
}

/** The one way to read what a pattern finds; none where it finds nothing. */
export const single = (
  title: string,
  pattern: RegExp,
  value: (match: RegExpExecArray) => string,
) => {
  const match = pattern.exec(title);
  if (!match) return [];
  return [{ value: value(match), rest: cut(title, match.index, match[0].length) }];
};

/** A group of a match in lower case. */
export const group = (match: RegExpExecArray, at: number): string =>
  (match[at] ?? '').toLowerCase();
