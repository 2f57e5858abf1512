// All that the groups of one list say of a procedure, however they are cut and numbered: each code
// and range with how it counts and under which condition.
import { type CodeRange, contains, covers } from './code-range.ts';
import { compareGrades, type Grade, isUnclear, listedGrade, rangeGrade } from './listed-grade.ts';
import type { CoverageList, DiagnosisGroup } from './policy.ts';

/** How something listed counts. */
export type Standing = {
  /**
   * The grade with the least condition, which is enough for a list that pays or asks; of a list that
   * does not pay every grade, least condition first: one does not outweigh the other.
   */
  readonly grades: readonly Grade[];
  /** Words of the conditions it counts under, ascending. */
  readonly conditions: readonly string[];
};

/** Something listed, with the group to name for it: one with the least condition. */
export type Entry = Standing & { readonly from: DiagnosisGroup };

type ListedRange = Entry & { readonly range: CodeRange };

/**
 * All that the groups of one list say of a procedure. Procedures of the same groups share one cell.
 */
export type Cell = {
  readonly list: CoverageList;
  /** Codes listed by themselves or with an asterisk of their own. */
  readonly codes: ReadonlyMap<string, Entry>;
  /** Each pair of ends once. */
  readonly ranges: readonly ListedRange[];
  /** The ranges of each group: within one the least condition is enough, whatever the list. */
  readonly rangesByGroup: readonly (readonly ListedRange[])[];
  /** The group with `XX000`. */
  readonly everythingElse?: Entry;
};

/** True for lists whose note is a condition that every code of theirs has to meet. */
export const asksFor = (list: CoverageList): boolean =>
  list === 'requires' || list === 'prior-authorization';

/**
 * ICD-10-CM codes as footnotes write them, an asterisk behind; with two letters (`QA0.0101`) by their dot alone.
 */
const codeInText = /\b(?:[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|[A-Z]{2}\d\.[0-9A-Z]{1,4})\b\*?/gi;

/**
 * Words of what an asterisk means: another code named by it, a comma or an `and` is no other
 * condition.
 */
export const footnoteWords = (text: string): string =>
  text
    .replace(codeInText, ' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(?:and|or)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

/**
 * Words of what a list asks for: every word, number, code and comparison counts, for `and` asks for
 * more than `or`; case, blanks and other punctuation do not.
 */
export const noteWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Sm}%]/gu, ' $& ')
    .replace(/[^\p{L}\p{M}\p{N}\p{Sm}%]+/gu, ' ')
    .trim();

/** Words of the condition under which a group lists something. */
function conditionOf({ list, quote, footnote }: DiagnosisGroup, grade: Grade): readonly string[] {
  const isStarred = grade === 'asterisk';
  const words = asksFor(list) ? noteWords(quote ?? '') : footnoteWords(footnote ?? '');
  return words !== '' && (asksFor(list) || isStarred) ? [words] : [];
}

const sorted = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : [...new Set(texts)].sort();

const gradeOf = ({ grades }: Standing): Grade => grades[0] ?? 'plain';

const leastOf = <One extends Standing>(entries: readonly One[]): One | undefined =>
  entries.reduce<One | undefined>(
    (least, one) => (least && compareGrades(gradeOf(least), gradeOf(one)) <= 0 ? least : one),
    undefined,
  );

/**
 * What several groups of a list come to: the least condition is enough where it pays; all has to be
 * met that is asked for.
 */
function together(list: CoverageList, entries: readonly Entry[]): Entry | undefined {
  const least = leastOf(entries);
  if (!least || entries.length === 1) return least;
  const counted = entries.filter((one) => list !== 'covered' || gradeOf(one) === gradeOf(least));
  const grades = [...new Set(counted.flatMap((one) => one.grades))].sort(compareGrades);
  return {
    from: least.from,
    grades: asksFor(list) ? least.grades : grades,
    conditions: sorted(counted.flatMap(({ conditions }) => conditions)),
  };
}

/** The ends as one text. */
export const rangeKey = ({ from, to }: CodeRange): string => `${from}-${to}`;

/** A group, ready to be asked how it lists code after code. */
function indexed(from: DiagnosisGroup) {
  const [codes, asterisked] = [new Set(from.diagnoses.codes), new Set(from.asterisked)];
  const entry = (grade: Grade): Entry => ({
    from,
    grades: [grade],
    conditions: conditionOf(from, grade),
  });
  const entries = {
    plain: entry('plain'),
    asterisk: entry('asterisk'),
    unclear: entry('unclear'),
  };
  const ranges = from.diagnoses.ranges.map((range) => {
    return { range, ...entries[rangeGrade(from, range, asterisked)] };
  });
  // An asterisk at one end of a range is that code's alone.
  const ends = from.asterisked.filter((code) =>
    ranges.some((one) => gradeOf(one) === 'plain' && covers(one.range, code)),
  );
  return { from, codes, asterisked, entries, ranges, listed: [...codes, ...ends] };
}

type Indexed = ReturnType<typeof indexed>;

function entryOfCode(list: CoverageList, groups: readonly Indexed[], code: string) {
  const found: Entry[] = [];
  for (const { from, codes, asterisked, entries } of groups) {
    const grade = listedGrade(from, code, codes, asterisked);
    if (grade) found.push(entries[grade]);
  }
  return together(list, found);
}

/** What groups of one list, all for one procedure, come to. */
export function cellOf(list: CoverageList, chosen: readonly DiagnosisGroup[]): Cell {
  const groups = chosen.map(indexed);
  const codes = new Map<string, Entry>();
  for (const code of groups.flatMap(({ listed }) => listed)) {
    const entry = codes.has(code) ? undefined : entryOfCode(list, groups, code);
    if (entry) codes.set(code, entry);
  }
  const rangesByGroup = groups.map(({ ranges }) => ranges);
  const byEnds = Map.groupBy(rangesByGroup.flat(), ({ range }) => rangeKey(range));
  const others = groups.filter(({ from }) => from.everythingElse);
  const everythingElse = together(
    list,
    others.map(({ from, entries }) => entries[isUnclear(from) ? 'unclear' : 'plain']),
  );
  return {
    list,
    codes,
    ranges: [...byEnds.values()].flatMap((entries) => leastOf(entries) ?? []),
    rangesByGroup,
    ...(everythingElse ? { everythingElse } : {}),
  };
}

/** What the ranges that match come to. */
const standingBy = (
  { list, rangesByGroup }: Cell,
  matches: (range: CodeRange) => boolean,
): Standing | undefined =>
  together(
    list,
    rangesByGroup.flatMap((ranges) => leastOf(ranges.filter(({ range }) => matches(range))) ?? []),
  );

const standingInRanges = (cell: Cell, code: string): Standing | undefined =>
  cell.ranges.length === 0 ? undefined : standingBy(cell, (range) => covers(range, code));

/** How the cell lists a code, by itself or in a range; undefined when it does not. */
export const standingOf = (cell: Cell, code: string): Standing | undefined =>
  cell.codes.get(code) ?? standingInRanges(cell, code);

/** How the cell lists all of a range, in one of its ranges; undefined when it does not. */
export const standingOfRange = (cell: Cell, inner: CodeRange): Standing | undefined =>
  standingBy(cell, (range) => contains(range, inner));

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at]);

/** True when both count alike under the same conditions, or both are not there. */
export const sameStanding = (a: Standing | undefined, b: Standing | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    sameTexts(a.grades, b.grades) &&
    sameTexts(a.conditions, b.conditions));

/** True when the cell lists the code, by itself or in a range. */
export const holds = (cell: Cell, code: string): boolean =>
  cell.codes.has(code) || cell.ranges.some(({ range }) => covers(range, code));

const standingText = (name: string, { grades, conditions }: Standing): string =>
  [name, grades.join(' '), ...conditions].join('\n');

/** Ranges that the others around them say something else without, each with how it counts. */
const neededRanges = (cell: Cell): string[] =>
  cell.ranges.flatMap(({ range }) => {
    const key = rangeKey(range);
    const standing = standingOfRange(cell, range);
    const without = standingBy(cell, (one) => rangeKey(one) !== key && contains(one, range));
    return !standing || sameStanding(standing, without) ? [] : [standingText(key, standing)];
  });

/**
 * What a cell says as text: equal for cells that decide claims alike. A code that its range says
 * the same of, and a range that one around it does, are not written.
 */
export function cellText(cell: Cell): string {
  const { list, everythingElse } = cell;
  const codes = [...cell.codes].filter(
    ([code, entry]) => !sameStanding(entry, standingInRanges(cell, code)),
  );
  return JSON.stringify([
    list,
    codes.map(([code, entry]) => standingText(code, entry)).sort(),
    neededRanges(cell).sort(),
    everythingElse ? standingText('else', everythingElse) : null,
  ]);
}

/** True when something both cells list counts otherwise in the one than in the other. */
export function countsOtherwise(a: Cell, b: Cell): boolean {
  const isOther = (one: Standing | undefined, other: Standing | undefined): boolean =>
    one !== undefined && other !== undefined && !sameStanding(one, other);
  const codes = [...a.codes.keys(), ...b.codes.keys()];
  const ranges = [...a.ranges, ...b.ranges];
  return (
    isOther(a.everythingElse, b.everythingElse) ||
    codes.some((code) => isOther(standingOf(a, code), standingOf(b, code))) ||
    ranges.some(({ range }) => isOther(standingOfRange(a, range), standingOfRange(b, range)))
  );
}
