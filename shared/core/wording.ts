// Words for people: dates, counts and lists as they are written in a message, and lines of a
// readable length.
import type { CalendarDate } from './calendar-date.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The date in words: `1 October 2021`, in ASCII and the same for every reader. */
export function dayText(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/** A count with its noun: `1 claim`, `1,204 claims`. */
export function countOf(count: number, noun: string): string {
  const digits = String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}

/** Words as a list: `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  const first = words.slice(0, -1).join(', ');
  return first === '' ? (words.at(-1) ?? '') : `${first} and ${words.at(-1)}`;
}

/** Text a tenant gave, on one line: nothing in it can end a line and pass for our own words. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** The text, or as much of it as `charsMax` characters hold with ` …` behind, cut at a word. */
export function cutAtWord(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const cut = text.slice(0, charsMax - 2);
  const lastBlank = cut.lastIndexOf(' ');
  return `${lastBlank > charsMax / 2 ? cut.slice(0, lastBlank) : cut} …`;
}

/** Columns of a line of plain text. */
const columns = 76;

const fixedBlank = '\u00a0';
const dayAndMonth = new RegExp(`\\b(\\d{1,2}) (${months.join('|')})\\b`, 'g');

/**
 * The text broken between words into lines of 76 columns, the first and the others indented by so
 * many blanks. A day stays beside its month, and non-breaking blanks become plain ones.
 */
export function wrap(
  text: string,
  indent: { readonly first: number; readonly others: number },
): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent.first);
  let empty = true;
  for (const word of text.replace(dayAndMonth, `$1${fixedBlank}$2`).split(' ')) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent.others);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n').replaceAll(fixedBlank, ' ');
}
