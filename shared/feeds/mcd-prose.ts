// Which procedures a group of diagnoses is for: no field of the Medicare Coverage Database says it, its paragraph may.
import type { MappingCertainty, ProcedureGroup } from '../core/policy.ts';
import { quoteOf, sentencesOf } from './mcd-sentences.ts';

/** What a group of diagnoses is for, how sure that is, and what to quote. */
export type ProcedureMapping = {
  /** Ascending. */
  readonly procedures: readonly string[];
  readonly mapping: MappingCertainty;
  readonly quote?: string;
};

const code = '[0-9A-Z][0-9]{3}[0-9A-Z]';
const dash = String.raw`\s*(?:-|–|—|\bthrough\b|\bthru\b|\bto\b)\s*`;
// Neither part of a longer word or number nor a diagnosis with its dot.
const codes = new RegExp(`(?<![\\w.])(${code})(?:${dash}(${code}))?(?![\\w]|\\.\\w)`, 'g');
// "Including but not limited to" excepts nothing. That codes do not support a procedure says what their list is about;
// that they do not apply to it, what it is not about.
const relation =
  '(?:appl(?:y|ies|ied|icable)|pertain(?:s|ing)?|relate[sd]?|refer|extend(?:ed)?|intended|meant)';
const exceptions = new RegExp(
  [
    String.raw`(?:\b(?:except|exclud\w+|other than|but not(?! limited)|not (?:for|to)`,
    String.raw`|(?:not|never)\s+(?:be\s+)?${relation})|n['’]t\s+${relation})\b[^.;)]*`,
  ].join(''),
  'gi',
);
const introduced = /\b(?:CPT|HCPCS|procedures?)\b/i;
// How codes are billed together says nothing of diagnoses.
const aside = /\b(?:in conjunction with|in addition to|add-?on|separately)\b/i;
// What is not to be billed together is excepted from nothing.
const billed = /\b(?:bill(?:ed|ing)?|report(?:ed|ing)?|submit\w*|with|together|modifiers?)\b/i;

const numbers = String.raw`\d{1,2}(?:\s*(?:,|&|-|–|\band\b|\bor\b|\bthrough\b|\bto\b)+\s*\d{1,2})*`;
const groupBefore = new RegExp(
  String.raw`\bgroups?\s+(${numbers})\b\s*(?:CPT|HCPCS|procedure)`,
  'gi',
);
const groupAfter = new RegExp(
  String.raw`\b(?:CPT|HCPCS|procedure)[^.;\d]{0,40}\bgroups?\s+(${numbers})\b`,
  'gi',
);

// More codes than any range of a paragraph; beyond, it is no range of procedures.
const rangeMax = 300;

/** The digits of a code and what is around them: only codes alike around them make a range. */
function shapeOf(code: string): { number: number; around: string; digits: number } {
  const digits = /\d+/.exec(code)?.[0] ?? '';
  return { number: Number(digits), around: code.replace(digits, '#'), digits: digits.length };
}

/**
 * The codes of a range of procedures, both ends included, counting up their digits (`0213T`–`0218T`, `64490`–`64495`);
 * undefined when its ends are no range: not alike, the wrong way round, or more than 300 codes apart.
 */
export function procedureRange(from: string, to: string): readonly string[] | undefined {
  const [first, last] = [shapeOf(from), shapeOf(to)];
  const length = last.number - first.number + 1;
  if (first.around !== last.around || length < 1 || length > rangeMax) return undefined;
  return Array.from({ length }, (_, index) =>
    first.around.replace('#', String(first.number + index).padStart(first.digits, '0')),
  );
}

/** The codes in a text: those listed in the document, and when it says that they are procedures others too. */
function codesIn(
  text: string,
  listed: ReadonlySet<string>,
  isIntroduced: boolean,
): ReadonlySet<string> {
  const named = new Set<string>();
  for (const [, from = '', to] of text.matchAll(codes)) {
    const range = (to === undefined ? undefined : procedureRange(from, to)) ?? [from, to ?? from];
    const known = range.filter((one) => listed.has(one));
    // A range stands for what the document lists of it; the codes between may not exist.
    for (const one of known.length > 0 || !isIntroduced ? known : range) named.add(one);
  }
  return named;
}

/** The groups of procedures a text names by number. */
function groupsNamedIn(text: string): ReadonlySet<string> {
  const named = new Set<string>();
  for (const [, list = ''] of [...text.matchAll(groupBefore), ...text.matchAll(groupAfter)]) {
    for (const [, from = '', to = from] of list.matchAll(
      /(\d+)(?:\s*(?:-|–|\bthrough\b|\bto\b)\s*(\d+))?/gi,
    )) {
      for (let number = Number(from); number <= Number(to); number += 1) named.add(String(number));
    }
  }
  return named;
}

/** What a sentence says of procedures: those it names, and those it names as not meant. */
type Said = { readonly named: readonly string[]; readonly excepted: readonly string[] };

function saidIn(sentence: string, groups: readonly ProcedureGroup[]): Said {
  const listed = new Set(groups.flatMap((group) => group.codes));
  const codesOfGroups = (text: string): readonly string[] => {
    const numbers = groupsNamedIn(text);
    return groups.filter(({ group }) => numbers.has(group)).flatMap((group) => group.codes);
  };
  const kept = sentence.replace(exceptions, ' ');
  const byNumber = codesOfGroups(kept);
  if (aside.test(sentence)) return { named: byNumber, excepted: [] };
  const left = sentence.match(exceptions)?.join(' ') ?? '';
  const excepted = codesIn(left, listed, true);
  const named = [...codesIn(kept, listed, introduced.test(sentence))];
  return {
    named: [...named.filter((code) => !excepted.has(code)), ...byNumber],
    excepted: billed.test(left) ? [] : [...excepted, ...codesOfGroups(left)],
  };
}

/** What the sentences of a paragraph name, and what all of them except. */
type Prose = {
  readonly mapping: ProcedureMapping | undefined;
  readonly excepted: ReadonlySet<string>;
};

function fromProse(paragraph: string, groups: readonly ProcedureGroup[]): Prose {
  const procedures = new Set<string>();
  const excepted = new Set<string>();
  let quote: string | undefined;
  for (const sentence of sentencesOf(paragraph)) {
    const said = saidIn(sentence, groups);
    for (const one of said.excepted) excepted.add(one);
    if (said.named.length === 0) continue;
    quote ??= quoteOf(sentence);
    for (const one of said.named) procedures.add(one);
  }
  if (procedures.size === 0) return { mapping: undefined, excepted };
  const mapping = {
    procedures: [...procedures].sort(),
    mapping: 'prose',
    ...(quote && { quote }),
  } as const;
  return { mapping, excepted };
}

/** The groups without what the paragraph excepts; groups of which nothing is left are none. */
const without = (
  groups: readonly ProcedureGroup[],
  excepted: ReadonlySet<string>,
): readonly ProcedureGroup[] =>
  groups
    .map((group) => ({ ...group, codes: group.codes.filter((code) => !excepted.has(code)) }))
    .filter((group) => group.codes.length > 0);

/**
 * What a group of diagnoses is for, by {@link MappingCertainty} in its order: what its paragraph (plain text) names, the only
 * group of procedures there is, the group of the same number, else any procedure of the document. Groups said to be
 * non-covered are nobody's unless the paragraph names them, nor are procedures it excepts.
 */
export function mapProcedures(
  diagnoses: { readonly group: string; readonly paragraph: string },
  procedureGroups: readonly ProcedureGroup[],
): ProcedureMapping {
  const prose = fromProse(diagnoses.paragraph, procedureGroups);
  if (prose.mapping) return prose.mapping;
  const first = quoteOf(sentencesOf(diagnoses.paragraph)[0]);
  const quote = first === undefined ? {} : { quote: first };
  const covered = procedureGroups.filter((group) => !group.nonCovered && group.codes.length > 0);
  const left = without(covered, prose.excepted);
  // All of them excepted: what the group is for stands nowhere.
  const open = left.length > 0 ? left : covered;
  const same = open.find((group) => group.group === diagnoses.group);
  const [only] = open;
  if (only && left.length === 1) {
    return { procedures: only.codes, mapping: 'only-group', ...quote };
  }
  if (same && left.length > 0) return { procedures: same.codes, mapping: 'same-number', ...quote };
  const all = [...new Set(open.flatMap((group) => group.codes))].sort();
  return { procedures: all, mapping: 'unclear', ...quote };
}
