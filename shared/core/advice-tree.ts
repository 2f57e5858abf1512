// The choices among conditions: what remains of the titles once side, encounter and the like are taken out, along the
// headings CDC put the codes under.
import { optionTexts } from './advice-option-texts.ts';
import type { PeeledCode, TitledCode } from './advice-peel.ts';
import { likeness } from './advice-title.ts';

/** A choice, before it is given a name: options by text, and the heading it is made under. */
export type Choice = {
  readonly options: readonly ChoiceOption[];
  /** The title the options are told beside; undefined when the codes have no heading in common. */
  readonly under: string | undefined;
  /** What stands before the part in which the options differ: `of`, `with`, `due to`, a comma; or nothing. */
  readonly lead: string;
  /** Options of the choice above that lead here; empty for the first one. */
  readonly within: readonly string[];
};

/** One option and the codes it leaves. */
export type ChoiceOption = { readonly text: string; readonly codes: readonly string[] };

/** A condition (a leaf) or a heading over several of them. */
type Node = {
  readonly title: string;
  readonly codes: readonly string[];
  readonly below: readonly Node[];
};

/** A few conditions are told as one list, whatever the headings between. */
const flatMax = 12;

const commonBeginning = (a: string, b: string): string => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
};

type Leaf = Node & { readonly at: string };

const groupedBy = <T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const others = groups.get(keyOf(one));
    if (others) others.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
};

const saidBy = ({ said }: PeeledCode): string => JSON.stringify([...said].sort());

/** Alike only where something else tells the codes apart; else small words do (`fall in`, `fall from`). */
const trulyAlike = (alike: readonly PeeledCode[]): readonly (readonly PeeledCode[])[] =>
  new Set(alike.map(saidBy)).size === alike.length
    ? [alike]
    : groupedBy(alike, ({ rest }) => rest.toLowerCase());

/** Codes whose titles say the same, as one condition at the beginning their codes share. */
const conditionsOf = (codes: readonly PeeledCode[]): readonly Leaf[] =>
  groupedBy(codes, ({ rest }) => likeness(rest))
    .flatMap(trulyAlike)
    .map((alike) => ({
      title: alike[0]?.rest ?? '',
      codes: alike.map(({ code }) => code),
      below: [],
      at: alike.map(({ code }) => code).reduce(commonBeginning),
    }));

/** The conditions under a beginning, put together by the headings between. */
function grow(
  leaves: readonly Leaf[],
  at: string,
  headings: ReadonlyMap<string, string>,
): readonly Node[] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const key = nextHeading(leaf.at, at, headings) ?? ` ${leaf.at} ${leaf.title}`;
    const others = groups.get(key);
    if (others) others.push(leaf);
    else groups.set(key, [leaf]);
  }
  return [...groups].map(([key, below]) => {
    const [first] = below;
    if (first && below.length === 1) return first;
    const title = headings.get(key) ?? '';
    const codes = below.flatMap((leaf) => leaf.codes);
    return { title, codes, below: grow(below, key, headings) };
  });
}

/** The shortest listed beginning of `code` that is longer than `at`. */
function nextHeading(
  code: string,
  at: string,
  headings: ReadonlyMap<string, string>,
): string | undefined {
  for (let length = Math.max(at.length + 1, 3); length <= code.length; length += 1) {
    const beginning = code.slice(0, length);
    if (headings.has(beginning)) return beginning;
  }
  return undefined;
}

/** A heading with one thing under it is that thing. */
function collapsed(node: Node): Node {
  const below = node.below.map(collapsed).flatMap((one) => (isRemainder(one) ? one.below : [one]));
  const [only] = below;
  return only && below.length === 1 ? only : { ...node, below };
}

/** Things told one by one rather than as what their heading calls the others. */
const remainderMax = 8;

const saysOther = /\bother\b/i;
const isOfOthers = /^other\b|\b(?:of|with) other\b/i;

const isRemainder = ({ title, below }: Node): boolean =>
  isOfOthers.test(title) &&
  below.length > 0 &&
  below.length <= remainderMax &&
  below.some((one) => !saysOther.test(one.title));

const leavesOf = (node: Node): readonly Node[] =>
  node.below.length === 0 ? [node] : node.below.flatMap(leavesOf);

function choicesUnder(
  nodes: readonly Node[],
  under: string | undefined,
  within: readonly string[],
): Choice[] {
  const { texts, lead } = optionTexts(
    nodes.map(({ title }) => title),
    under,
  );
  const options = nodes.map(({ codes }, index) => ({ text: texts[index] ?? '', codes }));
  const choices: Choice[] = [{ options, under, lead, within }];
  nodes.forEach((node, index) => {
    if (node.below.length === 0) return;
    choices.push(...choicesUnder(node.below, node.title, [texts[index] ?? '']));
  });
  return choices;
}

/** Choices are one when their options read alike: most texts of the smaller one are in the other. */
function areAlike(one: Choice, other: Choice): boolean {
  const texts = new Set(one.options.map(({ text }) => likeness(text)));
  const shared = other.options.filter(({ text }) => texts.has(likeness(text))).length;
  return shared >= 2 && shared * 2 >= Math.min(one.options.length, other.options.length);
}

const codesOf = ({ options }: Choice): readonly string[] => options.flatMap(({ codes }) => codes);

function united(one: Choice, other: Choice): Choice {
  const byText = new Map(one.options.map((option) => [likeness(option.text), option]));
  for (const { text, codes } of other.options) {
    const known = byText.get(likeness(text));
    const together = [...(known?.codes ?? []), ...codes];
    byText.set(likeness(text), { text: known?.text ?? text, codes: together });
  }
  return {
    options: [...byText.values()],
    under: one.under === other.under ? one.under : undefined,
    lead: one.lead === other.lead ? one.lead : '',
    within: [...new Set([...one.within, ...other.within])],
  };
}

/** The choices with those that read alike made one; the first stays apart. */
function merged([first, ...others]: readonly Choice[]): readonly Choice[] {
  const found: Choice[] = [];
  for (const choice of others) {
    const codes = new Set(codesOf(choice));
    const at = found.findIndex(
      (known) => areAlike(known, choice) && !codesOf(known).some((code) => codes.has(code)),
    );
    const known = found[at];
    if (known) found[at] = united(known, choice);
    else found.push(choice);
  }
  return first ? [first, ...found] : found;
}

/**
 * The choices among the conditions of these codes; none when all are the same condition. `headings` are the titles of
 * the categories they stand under, `top` the one they have in common.
 */
export function choicesOf(
  codes: readonly PeeledCode[],
  headings: ReadonlyMap<string, string>,
  top: TitledCode | undefined,
): readonly Choice[] {
  const conditions = conditionsOf(codes);
  if (conditions.length < 2) return [];
  const root = { title: '', codes: [], below: grow(conditions, top?.code ?? '', headings) };
  const { below } = collapsed(root);
  const nested = choicesUnder(below, top?.title, []);
  const together = merged(nested);
  const leaves = below.flatMap(leavesOf);
  if (together.length < nested.length || leaves.length > flatMax) return together;
  return choicesUnder(leaves, top?.title, []);
}
