// How a group of diagnoses lists a code: as it stands, under the condition of an asterisk, or not
// surely at all. Answers and the comparison of versions both rest on it.
import { type CodeRange, covers } from './code-range.ts';
import type { DiagnosisGroup } from './policy.ts';

/** How a listed code counts; the first is the one with the least condition. */
export type Grade = 'plain' | 'asterisk' | 'unclear';

const grades: readonly Grade[] = ['plain', 'asterisk', 'unclear'];

/** Less than, equal to or greater than 0 as `a` has less, as much or more condition than `b`. */
export const compareGrades = (a: Grade, b: Grade): number => grades.indexOf(a) - grades.indexOf(b);

/** True when it is not sure for which procedures the group is. */
export const isUnclear = ({
  mapping,
  procedures,
}: Pick<DiagnosisGroup, 'mapping' | 'procedures'>): boolean =>
  mapping === 'unclear' || procedures.length === 0;

/** Codes that can be asked for one: a set, where a list would be too slow. */
type Codes = { readonly has: (code: string) => boolean };

const among = (codes: readonly string[]): Codes => ({ has: (code) => codes.includes(code) });

/** How a group lists all within one of its ranges: under its condition when both ends have an asterisk. */
export function rangeGrade(
  group: DiagnosisGroup,
  { from, to }: CodeRange,
  asterisked: Codes = among(group.asterisked),
): Grade {
  if (isUnclear(group)) return 'unclear';
  return asterisked.has(from) && asterisked.has(to) ? 'asterisk' : 'plain';
}

const rangesAround = ({ diagnoses }: DiagnosisGroup, code: string): readonly CodeRange[] =>
  diagnoses.ranges.length === 0
    ? diagnoses.ranges
    : diagnoses.ranges.filter((range) => covers(range, code));

/**
 * How a group lists a code; undefined when it does not. Its own asterisk decides, then that it is
 * listed by itself, then the range it lies in that has the least condition.
 */
export function listedGrade(
  group: DiagnosisGroup,
  code: string,
  codes: Codes = among(group.diagnoses.codes),
  asterisked: Codes = among(group.asterisked),
): Grade | undefined {
  const isAlone = codes.has(code);
  const ranges = rangesAround(group, code);
  if (!isAlone && ranges.length === 0) return undefined;
  if (isUnclear(group)) return 'unclear';
  if (asterisked.has(code)) return 'asterisk';
  const isPlain =
    isAlone || ranges.some((range) => rangeGrade(group, range, asterisked) === 'plain');
  return isPlain ? 'plain' : 'asterisk';
}
