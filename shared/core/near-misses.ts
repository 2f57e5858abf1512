// What someone may have meant by a code no release lists: the slips people and scanners make, undone one at a time.
import { type CodeSystemId, codeSystems } from './code-system.ts';

/**
 * The slip: `dot` (misplaced or doubled), `punctuation` (blanks, hyphens and the like inside), `letter-o-digit-0` and
 * `letter-i-digit-1` (one taken for the other, I also as l), `placeholder` (X's missing before the 7th character or
 * inside), `seventh-character` (missing), `surplus-character` (more than the code has).
 */
export type NearMissReason =
  | 'dot'
  | 'punctuation'
  | 'letter-o-digit-0'
  | 'letter-i-digit-1'
  | 'placeholder'
  | 'seventh-character'
  | 'surplus-character';

/** A code someone may have meant, in normal form. Whether it is listed is for the code table to say. */
export type NearMiss = { readonly code: string; readonly reason: NearMissReason };

/** Corrections of one text at most. */
export const nearMissesMax = 12;

/** ICD-10-CM's longest code; the 7th character is always the last. */
const codeLengthMax = 7;
const codeLengthMin = 3;

/** The commonest 7th characters: initial encounter, subsequent encounter, sequela (ICD-10-CM guidelines I.C.19.a). */
const seventhCharacters = ['A', 'D', 'S'];

/** Longer texts than this are no code with a slip in it: in all, and counting letters and digits only. */
const textLengthMax = 32;
const bareLengthMax = 10;

/**
 * Plausible corrections of a text, likeliest first. Case and the official dot are no slips: `normalizeCode` reads the
 * text with them, and its own reading is not among the corrections.
 */
export function nearMisses(system: CodeSystemId, text: string): readonly NearMiss[] {
  if (text.length > textLengthMax) return [];
  const typed = text.normalize('NFKC').trim().toUpperCase();
  const bare = typed.replace(/[^0-9A-Z]/g, '');
  const found = new Map<string, NearMissReason>();
  if (bare.length > bareLengthMax) return [];
  const { codeShape } = codeSystems[system];
  for (const { code, reason } of candidates(system, typed, bare)) {
    if (found.size >= nearMissesMax) break;
    if (codeShape.test(code) && !found.has(code)) found.set(code, reason);
  }
  return [...found].map(([code, reason]) => ({ code, reason }));
}

function* candidates(system: CodeSystemId, typed: string, bare: string): Generator<NearMiss> {
  const officially = system === 'icd10cm' ? typed.replace(/^(...)\./, '$1') : typed;
  if (officially !== bare) {
    yield { code: bare, reason: /^[0-9A-Z.]*$/.test(typed) ? 'dot' : 'punctuation' };
  }
  yield* swapped(bare, isLikelySlip);
  if (system === 'icd10cm') {
    yield* placeheld(bare);
    yield* withSeventh(bare);
  }
  yield* shortened(bare);
  yield* swapped(bare, (at) => !isLikelySlip(at, bare));
}

/** What each character may have been taken for. */
const lookalikes: Readonly<Record<string, readonly string[]>> = {
  O: ['0'],
  '0': ['O'],
  I: ['1'],
  L: ['1'],
  '1': ['I', 'L'],
};

/** Whether the character at a position may be put right. */
type MayBeSlip = (at: number, bare: string) => boolean;

/** A letter inside and a digit in front are slips; few codes have letters inside, none has a digit in front. */
const isLikelySlip: MayBeSlip = (at, bare) => /[0-9]/.test(bare[at] ?? '') === (at === 0);

/** One lookalike put right, then two. */
function* swapped(bare: string, mayBeSlip: MayBeSlip): Generator<NearMiss> {
  if (bare.length > codeLengthMax) return;
  const once = [...swapsFrom(bare, 0, mayBeSlip)];
  yield* once;
  for (const { code, at, reason } of once) {
    for (const twice of swapsFrom(code, at + 1, mayBeSlip)) yield { code: twice.code, reason };
  }
}

function* swapsFrom(
  bare: string,
  from: number,
  mayBeSlip: MayBeSlip,
): Generator<NearMiss & { readonly at: number }> {
  for (let at = from; at < bare.length; at += 1) {
    if (!mayBeSlip(at, bare)) continue;
    const typed = bare[at] ?? '';
    const reason = typed === 'O' || typed === '0' ? 'letter-o-digit-0' : 'letter-i-digit-1';
    for (const meant of lookalikes[typed] ?? []) {
      yield { code: bare.slice(0, at) + meant + bare.slice(at + 1), reason, at };
    }
  }
}

/** One run of X's put in, to seven characters or to six (a category that takes a 7th); or one X too many left out. */
function* placeheld(bare: string): Generator<NearMiss> {
  for (const length of [codeLengthMax, codeLengthMax - 1]) {
    const missing = length - bare.length;
    for (let at = bare.length - 1; missing > 0 && at >= codeLengthMin; at -= 1) {
      const code = bare.slice(0, at) + 'X'.repeat(missing) + bare.slice(at);
      yield { code, reason: 'placeholder' };
    }
  }
  const last = bare.lastIndexOf('X');
  if (bare.length > codeLengthMax && last > 0) {
    yield { code: bare.slice(0, last) + bare.slice(last + 1), reason: 'placeholder' };
  }
}

function* withSeventh(bare: string): Generator<NearMiss> {
  if (bare.length < codeLengthMin || bare.length >= codeLengthMax) return;
  const base = bare.padEnd(codeLengthMax - 1, 'X');
  for (const last of seventhCharacters) yield { code: base + last, reason: 'seventh-character' };
}

/** One character to four left off the end. */
function* shortened(bare: string): Generator<NearMiss> {
  const longest = Math.min(bare.length - 1, codeLengthMax);
  const shortest = Math.max(codeLengthMin, longest - 3);
  for (let length = longest; length >= shortest; length -= 1) {
    yield { code: bare.slice(0, length), reason: 'surplus-character' };
  }
}
