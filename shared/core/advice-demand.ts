// What the record must state of one distinction, in words.
import type { AdviceAxis, AdviceOption } from './advice-axes.ts';
import type { TitledCode } from './advice-peel.ts';

/** Options and codes named in one sentence at most. */
const namedMax = 16;

/** A choice in words; with semicolons where an option has a comma in it. */
export function choiceText(options: readonly string[]): string {
  const shown = options.slice(0, namedMax);
  const more = options.length - shown.length;
  const mark = options.length > 2 && shown.some((text) => /,| or /.test(text)) ? ';' : ',';
  if (more > 0) return `${shown.join(`${mark} `)}${mark} or one of ${more} more`;
  const last = shown.pop() ?? '';
  if (shown.length === 0) return last;
  return `${shown.join(`${mark} `)}${mark === ';' ? ';' : ''} or ${last}`;
}

/** `M54.51` of one code, `M54.1-` of all codes that begin so; undefined when they have no such beginning. */
export function stemOf(option: AdviceOption, all: readonly TitledCode[]): string | undefined {
  const [first] = option.codes;
  if (first === undefined || option.codes.length === 1) return first;
  const own = new Set(option.codes);
  for (let length = first.length - 1; length >= 3; length -= 1) {
    const stem = first.slice(0, length).replace(/\.$/, '');
    if (!option.codes.every((code) => code.startsWith(stem))) continue;
    const exact = all.every(({ code }) => own.has(code) || !code.startsWith(stem));
    return exact ? `${stem}${stem.length === 3 ? '.' : ''}-` : undefined;
  }
  return undefined;
}

const withStem = (option: AdviceOption, all: readonly TitledCode[]): string => {
  const stem = stemOf(option, all);
  return stem === undefined ? option.text : `${option.text} (${stem})`;
};

/** What is to be documented. */
export const stated = ({ options }: AdviceAxis): readonly AdviceOption[] =>
  options.filter(({ whenNotStated }) => !whenNotStated);

/** `whether the fracture is displaced or nondisplaced`, `whether it is with or without coma`: no options to list. */
function wholeDemand(axis: AdviceAxis, texts: readonly string[]): string | undefined {
  const [one = '', other = '', ...more] = texts;
  if (more.length > 0) return undefined;
  const { stated: words } = axis;
  const named = [`${one} or ${other}`, `${other} or ${one}`].some((pair) => words.endsWith(pair));
  if (words.startsWith('whether ') && named) return words;
  const denied = [one, other].find((text) => text.startsWith('without '));
  const affirmed = [one, other].find((text) => text.startsWith('with '));
  const subject = affirmed?.slice('with '.length);
  return denied !== undefined && denied.slice('without '.length) === subject
    ? `whether it is with or without ${subject}`
    : undefined;
}

/** The options, and what they are called together. */
function demandOf(axis: AdviceAxis, all: readonly TitledCode[], isAlone: boolean): string {
  const options = stated(axis);
  const texts = options.map(({ text }) => text);
  const named = options.map((option) => withStem(option, all));
  const whole = wholeDemand(axis, texts);
  if (whole !== undefined) return isAlone ? `whether it is ${choiceText(named)}` : whole;
  const accompanies = axis.axis === 'accompanied-by' || axis.axis === 'with-or-without';
  if (axis.axis === 'cause') {
    return `${axis.stated}: ${choiceText(named.map((text) => text.replace(/^due to /, '')))}`;
  }
  if (!accompanies) return `${axis.stated}: ${choiceText(named)}`;
  return texts.every((text) => text.startsWith('with '))
    ? `what accompanies it: ${choiceText(named.map((text) => text.replace(/^with /, '')))}`
    : `which of these applies: ${choiceText(named)}`;
}

/** When a distinction is to be made: told by what leads to it, or by what does not where that is shorter. */
function conditionOf({ appliesTo }: AdviceAxis, before: readonly AdviceAxis[]): string {
  if (appliesTo.length === 0) return '';
  const leading = before.find(({ options }) =>
    appliesTo.every((text) => options.some((option) => option.text === text)),
  );
  const others = (leading?.options ?? [])
    .map(({ text }) => text)
    .filter((text) => !appliesTo.includes(text));
  if (others.length > 0 && others.length < appliesTo.length && others.length <= exceptedMax) {
    return `unless ${choiceText(others)}, `;
  }
  return appliesTo.length > concernedMax
    ? 'where the codes differ by it, '
    : `if ${choiceText(appliesTo)}, `;
}

/** More conditions than this are not worth telling one by one. */
const concernedMax = 6;
const exceptedMax = 3;

/** What the record must state of one distinction, and when. */
export function axisText(
  axis: AdviceAxis,
  before: readonly AdviceAxis[],
  all: readonly TitledCode[],
  isAlone: boolean,
): string {
  const { appliesTo } = axis;
  const demand = demandOf(axis, all, isAlone);
  const [only = ''] = appliesTo;
  const same = appliesTo.length === 1 && axis.stated === `the kind of ${only}`;
  const told = same ? demand.replace(axis.stated, 'which kind') : demand;
  return conditionOf(axis, before) + told;
}
