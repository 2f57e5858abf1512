// The distinctions among a set of codes, in the order in which the record is asked for them.
import { type AxisId, lexicon } from './advice-lexicon.ts';
import { type PeeledCode, peelTitles, type TitledCode } from './advice-peel.ts';
import { type AxisWords, wordsOfAxis, wordsOfChoice } from './advice-questions.ts';
import { wordsOf } from './advice-title.ts';
import { type Choice, choicesOf } from './advice-tree.ts';

/** One thing the record may say, and the codes that answer to it. */
export type AdviceOption = {
  readonly text: string;
  /** The option for a record that does not say: never what is to be documented. */
  readonly whenNotStated: boolean;
  /** Normal form. */
  readonly codes: readonly string[];
};

/** One distinction. Its options share no code; codes it does not concern are in none of them. */
export type AdviceAxis = AxisWords & {
  /** Where it does not concern all codes: those of which options of the distinctions before it. */
  readonly appliesTo: readonly string[];
  readonly options: readonly AdviceOption[];
};

/** Distinctions recognised by their words, in the order they are told. */
const told: readonly AxisId[] = [
  'circumstance',
  'sex',
  'side',
  'displacement',
  'acuity',
  'severity',
  'stage',
  'intractability',
  'with-or-without',
  'trimester',
  'fetus',
  'encounter',
  'fracture-wound',
  'fracture-healing',
];

/** A single fetus has no number: nothing is missing there. */
const notApplicable = 'not applicable or unspecified';

/** What titles leave open by these words: `site unspecified`, `with unspecified complications`. */
const nounsLeftOpen = 'of with without site stage part type degree';

/** The beginning of a word is near enough: `abdominal` and `abdomen`. */
const stemLength = 5;
const stemsOf = (text: string): readonly string[] =>
  wordsOf(text).map(({ norm }) => norm.slice(0, stemLength));

/**
 * True when an option is for a record that does not say: beside `unspecified` it has no word that its heading or the
 * other options lack. Left ventricular failure, unspecified, is something said of a heart failure.
 */
function isNotStated(text: string, context: readonly string[]): boolean {
  if (text === notApplicable) return false;
  if (/^(?:unspecified\b|without mention of\b)/.test(text)) return true;
  const [, before] = /^(.*?),? ?\bunspecified(?: \S+){0,2}$/.exec(text) ?? [];
  if (before === undefined || / or$/.test(before)) return false;
  const known = new Set([...context, nounsLeftOpen].flatMap(stemsOf));
  return stemsOf(before).every((word) => known.has(word));
}

type Texts = readonly { readonly text: string; readonly codes: readonly string[] }[];

function optionsOf(all: Texts, heading = ''): readonly AdviceOption[] {
  const options = all.map(({ text, codes }) => {
    const others = all.map((one) => one.text).filter((one) => one !== text);
    return { text, whenNotStated: isNotStated(text, [heading, ...others]), codes };
  });
  // Where every one leaves something open, it is not this choice that is left open.
  const some = options.some(({ whenNotStated }) => !whenNotStated);
  return some ? options : options.map((option) => ({ ...option, whenNotStated: false }));
}

/** What is not stated comes last; `other` before it. */
function rank({ text, whenNotStated }: AdviceOption): number {
  if (whenNotStated) return 3;
  if (text === notApplicable) return 2;
  return /^other\b/.test(text) ? 1 : 0;
}

const inOrder = (options: readonly AdviceOption[]): readonly AdviceOption[] =>
  options.toSorted((a, b) => rank(a) - rank(b));

type Draft = AxisWords & {
  readonly within: readonly string[];
  readonly options: readonly AdviceOption[];
};

const choiceAxis = (choice: Choice): Draft => ({
  ...wordsOfChoice(choice),
  within: choice.within,
  options: inOrder(optionsOf(choice.options, choice.under)),
});

/** Below a choice of sites what has no name of its own is a choice of sites, too. */
function withinSites(choice: Draft, all: readonly Draft[]): Draft {
  const isSite = choice.within.some((text) =>
    all.some(({ axis, options }) => axis === 'site' && options.some((one) => one.text === text)),
  );
  return isSite && choice.axis === 'type' ? { ...choice, ...wordsOfAxis('site') } : choice;
}

/** The axis of a distinction the titles say in the same words; undefined when there is nothing to choose. */
function saidAxis(axis: AxisId, codes: readonly PeeledCode[]): Draft | undefined {
  const byValue = new Map<string, string[]>();
  for (const { code, said } of codes) {
    const value = said.get(axis);
    if (value === undefined) continue;
    const known = byValue.get(value);
    if (known) known.push(code);
    else byValue.set(value, [code]);
  }
  if (byValue.size < 2) return undefined;
  const order = lexicon.find((lexeme) => lexeme.axis === axis)?.order ?? [];
  const place = (text: string): number => {
    const at = order.indexOf(text);
    return at < 0 ? order.length : at;
  };
  const options = optionsOf([...byValue].map(([text, of]) => ({ text, codes: of })));
  const sorted = options.toSorted((a, b) => place(a.text) - place(b.text));
  return { ...wordsOfAxis(axis), within: [], options: inOrder(sorted) };
}

/** Options of an earlier axis that lead to a later one; empty when it concerns all codes, or none fit. */
function leadingTo(draft: Draft, before: readonly Draft[], total: number): readonly string[] {
  if (draft.within.length > 0) return draft.within;
  const codes = new Set(draft.options.flatMap((option) => option.codes));
  if (codes.size === total) return [];
  const fits = before.flatMap(({ options }) => {
    const touched = options.filter((option) => option.codes.some((code) => codes.has(code)));
    const leading = new Set(touched.flatMap((option) => option.codes));
    const covers = [...codes].every((code) => leading.has(code));
    const exact = covers && leading.size === codes.size;
    return covers && touched.length < options.length ? [{ touched, exact }] : [];
  });
  const best = fits.find(({ exact }) => exact) ?? fits[0];
  return best?.touched.map(({ text }) => text) ?? [];
}

/**
 * The distinctions among the codes (normal form, long titles). `headings` are the titles of the categories above them,
 * `top` the category they have in common. None for a single code.
 */
export function adviceAxes(
  codes: readonly TitledCode[],
  headings: ReadonlyMap<string, string>,
  top: TitledCode | undefined,
): readonly AdviceAxis[] {
  const peeled = peelTitles(codes);
  const choices = choicesOf(peeled, headings, top).map(choiceAxis);
  const drafts = [
    ...choices.map((choice) => withinSites(choice, choices)),
    ...told.flatMap((axis) => saidAxis(axis, peeled) ?? []),
  ];
  return drafts.map((draft, index) => {
    const { within: _within, ...axis } = draft;
    return { ...axis, appliesTo: leadingTo(draft, drafts.slice(0, index), codes.length) };
  });
}
