// Reads which codes a note of the tabular list names: what stands in its parentheses, `(J09.X3, J10.2)`, `(C00-D49)`,
// `(E08-E13 with .61-)`. Codes in running text are not targets: they are said to be or not to be so in too many ways.
import { type CodeRange, isReversed } from '../core/code-range.ts';
import { type CodeEndings, parseCodeEndings } from './code-endings.ts';

/** The content of one pair of parentheses that names codes. */
export type TargetGroup = {
  /** Normal form; `A07.-` and `A07` alike are the category with all below it. */
  readonly ranges: readonly CodeRange[];
  /** What of the ranges is meant, when not all of it. */
  readonly endings?: CodeEndings;
};

/** What a note names; `unreadable` are parentheses that seem to name codes, but cannot be read for certain. */
export type NoteTargets = {
  readonly groups: readonly TargetGroup[];
  readonly unreadable: readonly string[];
};

/** Innermost parentheses; the last one of a note is sometimes not closed. */
const parentheses = /\(([^()]*)(?:\)|$)/g;

/**
 * Something that cannot but be a code: a category alone or with what follows its dot. With a letter in its second place
 * (`QA0`) it needs the dot: alone it looks like much else.
 */
const seemsCode = /(?<![0-9A-Za-z])(?:[A-Z]\d[0-9A-Z](?![0-9A-Za-z])|[A-Z]{2}\d\.[-0-9])/;

const codeAt = /([A-Z]\d[0-9A-Z]|[A-Z]{2}\d(?=\.[-0-9]))(?:\.([0-9A-Zx]{1,4}))?(?![0-9A-Za-z])/y;
/** The second end of `I83.1-.2`. */
const partialAt = /\.([0-9A-Zx]{1,4})(?![0-9A-Za-z])/y;
/** What leaves a code open (`.-`, `-`), joins two (`-`, `--`, ` - `), or both. */
const openAt = /\.?((?:\s*-){0,2})(\s*)/y;
const separatorAt = /\s*(?:[,;.&]|and\b|or\b)\s*/y;
const withAt = /\s*,?\s*with\s+/y;
const leadWords = /^\s*(?:i\.e\.,?\s+)?/;

/** A place in a text that is read from left to right. */
type Cursor = { readonly text: string; at: number };

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match) cursor.at = pattern.lastIndex;
  return match;
}

function takeCode(cursor: Cursor): string | undefined {
  const match = take(cursor, codeAt);
  return match ? `${match[1]}${match[2] ?? ''}`.toUpperCase() : undefined;
}

/** The second end of a range: a code, or only what follows the dot of the first one. */
function takeEnd(cursor: Cursor, from: string): string | undefined {
  const partial = take(cursor, partialAt);
  if (partial) return `${from.slice(0, 3)}${partial[1]}`.toUpperCase();
  return takeCode(cursor);
}

/** One code or range; undefined when the cursor stands before neither. */
function takeRange(cursor: Cursor): CodeRange | undefined {
  const from = takeCode(cursor);
  if (from === undefined) return undefined;
  const open = take(cursor, openAt);
  const dashes = open?.[1] ?? '';
  if (dashes === '') return { from, to: from };
  const afterDash = cursor.at;
  const to = takeEnd(cursor, from);
  if (to === undefined) {
    cursor.at = afterDash;
    return { from, to: from };
  }
  // `K43.1- K44.1` is a list without its comma or a range: nobody can tell.
  if (isReversed({ from, to }) || (dashes === '-' && open?.[2] !== '')) return undefined;
  take(cursor, openAt);
  return { from, to };
}

const isAtEnd = (cursor: Cursor): boolean => cursor.text.slice(cursor.at).trim() === '';

/** Reads the content of one pair of parentheses; undefined when anything in it is not understood. */
function parseGroup(content: string): TargetGroup | undefined {
  const cursor: Cursor = { text: content.replace(/[\u2010-\u2015]/g, '-'), at: 0 };
  take(cursor, new RegExp(leadWords, 'y'));
  const ranges: CodeRange[] = [];
  for (;;) {
    const range = takeRange(cursor);
    if (!range) return undefined;
    ranges.push(range);
    if (take(cursor, withAt)) {
      const endings = parseCodeEndings(cursor.text.slice(cursor.at));
      return endings && { ranges, ...(endings !== 'any' && { endings }) };
    }
    let separators = 0;
    while (take(cursor, separatorAt)) separators += 1;
    if (isAtEnd(cursor)) return { ranges };
    // The full stop of `I82.62-. I82.72-` was taken as the end of what came before it.
    if (separators === 0 && !/[.][\s]*$/.test(cursor.text.slice(0, cursor.at))) return undefined;
  }
}

/**
 * Reads the parentheses of a note. Those that name no code are passed over.
 * @example parseNoteTargets('influenza (due to) (J09.X3, J10.2)')
 */
export function parseNoteTargets(note: string): NoteTargets {
  const groups: TargetGroup[] = [];
  const unreadable: string[] = [];
  for (const [, content = ''] of note.matchAll(parentheses)) {
    if (!seemsCode.test(content)) continue;
    const group = parseGroup(content);
    if (group) groups.push(group);
    else unreadable.push(content);
  }
  return { groups, unreadable };
}
