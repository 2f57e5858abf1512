// Whether what is wrong with a code is its seventh character: then that is told, and not that it is a header or unknown.
import type { CodeFacts, MeantCode } from './code-facts.ts';

/** The seventh character is always the last of seven. */
const codeLength = 7;

/**
 * What is wrong: `missing` (and placeholders with it, where any are needed), `wrong` (this code has others), `misplaced`
 * (a placeholder X too few, too many or at the wrong place), `surplus` (this code has none).
 */
export type SeventhFault =
  | { readonly kind: 'missing' | 'misplaced' | 'surplus'; readonly meant: readonly string[] }
  | { readonly kind: 'wrong'; readonly meant: readonly string[] };

/** The codes of the likeliest slip, as long as they are billable. */
function meantBy(nearMisses: readonly MeantCode[], reason: MeantCode['reason']): readonly string[] {
  return nearMisses
    .filter((one) => one.reason === reason && one.status === 'billable')
    .map(({ code }) => code);
}

function faultOfUnknown(code: string, { below, nearMisses }: CodeFacts): SeventhFault | undefined {
  const stem = code.slice(0, codeLength - 1);
  if (code.length === codeLength && below[0]?.code.startsWith(stem)) {
    return { kind: 'wrong', meant: below.map((one) => one.code) };
  }
  const [likeliest] = nearMisses;
  if (likeliest?.status !== 'billable') return undefined;
  if (likeliest.reason === 'placeholder') {
    return { kind: 'misplaced', meant: meantBy(nearMisses, 'placeholder') };
  }
  if (likeliest.reason === 'seventh-character') {
    return { kind: 'missing', meant: meantBy(nearMisses, 'seventh-character') };
  }
  const isSeventh = likeliest.reason === 'surplus-character' && code.length >= codeLength;
  return isSeventh ? { kind: 'surplus', meant: [likeliest.code] } : undefined;
}

/**
 * What is wrong with the seventh character of an ICD-10-CM code on a date; undefined when it is something else, or
 * nothing. A header lacks only its seventh character when the billable codes below differ in nothing but that.
 */
export function seventhFault(code: string, facts: CodeFacts): SeventhFault | undefined {
  if (facts.status === 'unknown') return faultOfUnknown(code, facts);
  if (facts.status !== 'header') return undefined;
  const [first] = facts.below;
  const stem = first?.code.slice(0, codeLength - 1);
  const onlySeventh =
    stem !== undefined &&
    facts.below.every((one) => one.code.length === codeLength && one.code.startsWith(stem));
  return onlySeventh ? { kind: 'missing', meant: facts.below.map((one) => one.code) } : undefined;
}
