// Long titles taken apart into words, for comparing and for saying what one adds to another. Titles are CDC's, from the
// order file; nothing is known of them here but their words.

/** A word of a title: how it compares, and where it stands. */
export type TitleWord = { readonly norm: string; readonly start: number; readonly end: number };

/** Plurals as singulars: near enough to compare titles with each other. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const isPlural = word.length > 3 && word.endsWith('s') && !/(?:ss|is|us)$/.test(word);
  return isPlural ? word.slice(0, -1) : word;
}

/** All titles together are made of some 20,000 words: each is worked out once. */
const norms = new Map<string, string>();
const normsMax = 100_000;

/** How a word compares: lower case, singular, no punctuation around it. */
function normOf(word: string): string {
  const known = norms.get(word);
  if (known !== undefined) return known;
  const norm = singular(word.toLowerCase().replace(/^[([]+|[)\],;:.]+$/g, ''));
  if (norms.size >= normsMax) norms.clear();
  norms.set(word, norm);
  return norm;
}

/** The words of a title, in order. */
export function wordsOf(title: string): readonly TitleWord[] {
  return Array.from(title.matchAll(/\S+/g), (match) => ({
    norm: normOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  })).filter(({ norm }) => norm !== '');
}

/** Words that tie others together: two titles of one family that differ in them alone say the same. */
const ties = new Set('of in the to a an at on by for from and or unilateral affecting'.split(' '));

/** What a title says but for the words that tie it together: equal keys mean the same condition. */
export const likeness = (title: string): string =>
  wordsOf(title)
    .map(({ norm }) => norm)
    .filter((word) => !ties.has(word))
    .join(' ');

/** Words of a title that tell something; the second time a word occurs it is another one (`cerebral#2`). */
export function tellingWords(title: string): readonly string[] {
  const found: string[] = [];
  for (const text of title.split(' ')) {
    const norm = normOf(text);
    if (norm === '' || ties.has(norm)) continue;
    let word = norm;
    for (let count = 2; found.includes(word); count += 1) word = `${norm}#${count}`;
    found.push(word);
  }
  return found;
}

/** What a heading is about, without what only sets it off from its neighbours: `Other asthma` is about asthma. */
export const subjectOfHeading = (title: string): string =>
  title
    .replace(/^(?:Other and unspecified|Other specified|Other|Unspecified|Certain) /i, '')
    .replace(/(?:, unspecified(?: \w+)?| \([A-Z]+\)| \[[^\]]*\])$/, '');

const sameAt = (all: readonly TitleWord[], part: readonly TitleWord[], at: number): boolean =>
  part.every(({ norm }, index) => all[at + index]?.norm === norm);

/** Loose ends: what may be left hanging where words are taken out. */
const looseStart = /^(?:[,;\s]+|(?:and|or)\s+)+/i;
const dangling = /(?:^|\s)(?:and|or|of|in|at|the|by|to|with|without|due|for|from)$/i;

/** `Other obesity not elsewhere classified` is no obesity of the name `not elsewhere classified`. */
const isNoName = /^not elsewhere classified$/i;

/** A part of a title as it can stand alone; undefined when it cannot. */
export function trimmed(text: string): string | undefined {
  const clean = text
    .replace(looseStart, '')
    .replace(/[,;\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return clean === '' || dangling.test(clean) || isNoName.test(clean) ? undefined : clean;
}

/** True when a title goes on after its heading's subject with a comma: `Stress fracture, shoulder`. */
export const followsByComma = (title: string, subject: string): boolean =>
  title.toLowerCase().startsWith(`${subject.toLowerCase()}, `);

/** What a title says beside its heading's subject, or undefined when the subject is not all of it in one piece. */
export function beside(title: string, subject: string): string | undefined {
  const tells = ({ norm }: TitleWord): boolean => !ties.has(norm);
  const all = wordsOf(title).filter(tells);
  const part = wordsOf(subject).filter(tells);
  if (part.length === 0) return undefined;
  for (let at = 0; at + part.length <= all.length; at += 1) {
    if (!sameAt(all, part, at)) continue;
    const [first, last] = [all[at], all[at + part.length - 1]];
    if (!first || !last) return undefined;
    const before = title
      .slice(0, first.start)
      .replace(/\b(?:of )?the $/i, '')
      .trim();
    const isParted = title.charAt(last.end - 1) === ',';
    const after = title.slice(last.end).trim();
    if (before === '' || after === '') return trimmed(before + after);
    // Between words that belong together nothing can be taken out.
    return isParted ? trimmed(`${before}, ${after}`) : undefined;
  }
  return undefined;
}

const joints = new Set(
  'of in at on by with without due to for from affecting complicating involving'.split(' '),
);

const isJoint = (title: string, word: TitleWord | undefined): boolean =>
  word !== undefined && (joints.has(word.norm) || title.charAt(word.end - 1) === ',');

/** Titles without the words all of them end with, from a comma or preposition on. */
export function withoutCommonEnd(titles: readonly string[]): readonly string[] {
  const all = titles.map(wordsOf);
  const max = Math.min(...all.map((words) => words.length)) - 1;
  let whole = 0;
  for (let count = 1; count <= max; count += 1) {
    const norm = all[0]?.at(-count)?.norm;
    if (all.some((words) => words.at(-count)?.norm !== norm)) break;
    const ends = titles.every((title, index) => isJoint(title, all[index]?.at(-count - 1)));
    if (ends) whole = count;
  }
  if (whole === 0) return titles;
  return titles.map((title, index) => {
    const joint = all[index]?.at(-whole - 1);
    const end = joint && joints.has(joint.norm) ? joint.start : (joint?.end ?? title.length);
    return title.slice(0, end).replace(/[,\s]+$/, '');
  });
}

/** How many words all these titles begin with in common, up to a comma or preposition; never all words of one. */
export function commonStart(titles: readonly string[]): number {
  const all = titles.map(wordsOf);
  const max = Math.min(...all.map((words) => words.length)) - 1;
  let whole = 0;
  for (let count = 0; count < max; count += 1) {
    const norm = all[0]?.[count]?.norm;
    if (all.some((words) => words[count]?.norm !== norm)) break;
    if (isJoint(titles[0] ?? '', all[0]?.[count])) whole = count + 1;
  }
  return whole;
}
