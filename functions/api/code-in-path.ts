// The code a path names.
import { CodewatchError } from '../../shared/core/errors.ts';

/** Longest text taken for a code: room for typing mistakes, none for abuse. */
export const codeLengthMax = 32;

/** The text; throws `invalid-request` when it is too long to be any spelling of a code. */
export function codeInPath(text: string): string {
  if (text.length <= codeLengthMax) return text;
  throw new CodewatchError('invalid-request', `code: over ${codeLengthMax} characters`);
}
