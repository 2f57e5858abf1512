// Tells by character codes whether columns hold a code; the row parsers ask it a hundred thousand times per file.
import type { CodeSystemId } from '../core/code-system.ts';

const digit = (char: number): boolean => char >= 48 && char <= 57;
const capital = (char: number): boolean => char >= 65 && char <= 90;
const capitalI = 73;
const capitalO = 79;

/**
 * True when the text from `start` to `end` is a code in normal form: the same rule as `codeShape` of
 * shared/core/code-system.ts, without making a string or running an expression.
 */
export function isCodeAt(system: CodeSystemId, text: string, start: number, end: number): boolean {
  const length = end - start;
  const pcs = system === 'icd10pcs';
  if (pcs ? length !== 3 && length !== 7 : length < 3 || length > 7) return false;
  if (!pcs && !capital(text.charCodeAt(start))) return false;
  for (let i = start; i < end; i += 1) {
    const char = text.charCodeAt(i);
    if (!digit(char) && !capital(char)) return false;
    if (pcs && (char === capitalI || char === capitalO)) return false;
  }
  return true;
}

/** Where the text from `start` to `end` ends when blanks at its end are left off; `start` when it is all blank. */
export function endWithoutBlanks(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === 32) last -= 1;
  return last;
}
