// The order of ICD-10-CM's Tabular List, which is not that of the letters: M1A stands before M10, D46.A between D46.2 and
// D46.4, U07 behind Z99. Ranges of codes go by it. Source: the rows of CMS's order files FY2016 to FY2026, whose order is
// that of CDC's tabular XML wherever that is published (FY2016, FY2017).
import type { CodeSystemId } from './code-system.ts';

/** Characters of a category. */
export const categoryLength = 3;

/**
 * Letters that stand before a digit beside them, by what comes before both: `ABC4 Z9` at D46 says that D46.A stands before
 * D46.4, and D46.Z before D46.9. Letters not named here stand behind the digits (I1A, I5A, O9A, QA0), letters among
 * themselves by the alphabet. Releases add to this and never moved a letter, so one table does for all of them.
 */
const lettersBefore: Readonly<Record<string, string>> = {
  ...{ C4: 'A4', C7: 'AB6', C84: 'AZ9', C91: 'AZ9', C92: 'AZ9', C93: 'Z9', C96: 'AZ9' },
  ...{ D3: 'A7', D46: 'ABC4 Z9', D47: 'Z9', F68: 'A8', G40: 'ABC4', G43: 'ABCD8', H93: 'A2' },
  ...{ I82: 'ABC8', J4: 'A5', L98: 'A5', M1: 'A0', M350: 'ABC9', M79: 'A8', N80: 'ABCD8' },
  ...{ N803: 'ABC9', O09: 'A2', O35: 'ABCDEFGH2', P041: 'A8', S060X: 'A9', S061X: 'A9' },
  ...{ S062X: 'A9', S0630: 'A9', S0631: 'A9', S0632: 'A9', S0633: 'A9', S0634: 'A9', S0635: 'A9' },
  ...{ S0636: 'A9', S0637: 'A9', S0638: 'A9', S064X: 'A9', S065X: 'A9', S066X: 'A9', S068: 'A9' },
  ...{ S0681: 'A9', S0682: 'A9', S0689: 'A9', S068A: 'A9', S069X: 'A9', T50: 'ABZ9', T79: 'A8' },
  ...{ T80: 'A5', W44: 'ABCDEFGH8', Y93: 'ABCDEFGHIJKL8', Y936: 'A9', Z3: 'A7', Z91: 'A4' },
};

/** Between the ranks of two digits there is room for the letters of the alphabet. */
const rankStep = 32;

const nine = '9'.charCodeAt(0);
const letterA = 'A'.charCodeAt(0);
const letterU = 'U'.charCodeAt(0);
const letterZ = 'Z'.charCodeAt(0);

/** Ranks of the letters that stand before a digit, by the code up to and with the letter. */
const ranksBefore: ReadonlyMap<string, number> = new Map(
  Object.entries(lettersBefore).flatMap(([stem, groups]) =>
    groups.split(' ').flatMap((group) => {
      const digit = group.charCodeAt(group.length - 1);
      return Array.from(group.slice(0, -1), (letter): [string, number] => {
        const place = letter.charCodeAt(0) - letterA + 1;
        return [stem + letter, (digit - 1) * rankStep + place];
      });
    }),
  ),
);

const longestStem = Math.max(...Object.keys(lettersBefore).map(({ length }) => length));

/** Where the character of a code stands among the others that may stand there. */
function rankAt(code: string, at: number): number {
  const char = code.charCodeAt(at);
  if (char <= nine) return char * rankStep;
  // The chapter of U00-U85 is the last one.
  if (at === 0) return char === letterU ? (letterZ + 1) * rankStep : char * rankStep;
  const before = at > longestStem ? undefined : ranksBefore.get(code.slice(0, at + 1));
  return before ?? char * rankStep;
}

/**
 * Compares two codes (ICD-10-CM, normal form) by where they stand in the Tabular List: negative when the first one comes
 * first. A code comes before those below it.
 */
export function compareCodes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    if (a.charCodeAt(at) !== b.charCodeAt(at)) return rankAt(a, at) - rankAt(b, at);
  }
  return a.length - b.length;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Compares codes of a system in its order: ICD-10-CM's own, of the others that of the characters. */
export const codeOrderOf = (system: CodeSystemId): ((a: string, b: string) => number) =>
  system === 'icd10cm' ? compareCodes : compareText;

/** Bits that hold any rank of a character. */
const rankBits = 12;

/** Where the category of a code stands, as a number that sorts (an integer of 24 bits, so a fast one). */
export function placeOfCategory(code: string): number {
  const first = rankAt(code, 0) / rankStep - letterA;
  const second = code.charCodeAt(1);
  return (((first << 7) | second) << rankBits) | rankAt(code, 2);
}
