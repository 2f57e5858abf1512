// Reads the predecessor cell of a conversion table, which people write as they please: one code, lists, ranges,
// categories, None. What cannot be read for certain is kept as it stands and said, never guessed.
import { type CodeSystemId, normalizeCode } from '../core/code-system.ts';
import type { PreviousCodes, PreviousPart } from '../core/release.ts';
import { codeOrderOf } from '../core/tabular-order.ts';

/** `None`; in ICD-10-PCS tables `NoPCS`. */
const none = /^(?:NONE|NO ?PCS)\.?$/;

/** What parts one predecessor from the next. */
const separator = /\s*(?:[,;&+\n]|\bAND\b)\s*/;

/** "Codes in Categories", "a code from", "Code from categories": what follows is meant with all that lies under it. */
const categoryWords = /^(?:AN? )?(?:CODES? )?(?:(?:IN|FROM|OF) )?(?:CATEGOR(?:Y|IES) )?/;

/** A code never reads as a word, nor a word as a code: every ICD-10 code has a digit. */
function codeOf(system: CodeSystemId, text: string): string | undefined {
  return /\d/.test(text) ? normalizeCode(system, text) : undefined;
}

/** One predecessor, or undefined when it is none that is known. */
function partOf(system: CodeSystemId, text: string): PreviousPart | undefined {
  const words = categoryWords.exec(text)?.[0] ?? '';
  const written = text.slice(words.length);
  const open = /^(.+?)\.?-$/.exec(written);
  const ends = (open ? [open[1] ?? ''] : written.split(/ ?- ?/)).map((end) => codeOf(system, end));
  const [from, to] = ends;
  if (from === undefined || ends.length > 2 || (ends.length === 2 && to === undefined))
    return undefined;
  if (to !== undefined && codeOrderOf(system)(from, to) > 0) return undefined;
  if (words !== '' || open) return { kind: 'category', from, to: to ?? from };
  return to === undefined ? { kind: 'code', code: from } : { kind: 'range', from, to };
}

/** Codes with nothing but blanks between them. */
function blankSeparated(system: CodeSystemId, text: string): PreviousPart[] | undefined {
  const codes = text.split(' ').map((word) => codeOf(system, word));
  const parts = codes.flatMap((code) =>
    code === undefined ? [] : [{ kind: 'code', code } as const],
  );
  return parts.length === codes.length ? parts : undefined;
}

/**
 * The predecessors a cell names, codes without dot. `X.-` and "codes in categories X-Y" are categories: every code
 * that begins so; `X-Y` alone is a range of codes.
 * @example parsePreviousCodes('icd10cm', 'I63.- and P91.88')
 */
export function parsePreviousCodes(system: CodeSystemId, cell: string): PreviousCodes {
  const text = cell
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
    .toUpperCase();
  if (none.test(text)) return { kind: 'none' };
  const pieces = text.split(separator);
  // An empty piece is a list that ends in a comma, or ", and".
  const wanted = pieces.filter((piece) => piece !== '');
  const parts: PreviousPart[] = [];
  for (const piece of wanted) {
    const part = partOf(system, piece);
    const read = part ? [part] : blankSeparated(system, piece);
    if (!read) return { kind: 'unreadable', text: cell };
    parts.push(...read);
  }
  return parts.length === 0 ? { kind: 'unreadable', text: cell } : { kind: 'codes', parts };
}
