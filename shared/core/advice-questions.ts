// What to ask for each distinction, and what to call it where the record is to state it.
import type { AxisId } from './advice-lexicon.ts';
import { inSentence } from './advice-names.ts';
import { likeness, subjectOfHeading } from './advice-title.ts';
import type { Choice } from './advice-tree.ts';

/** A distinction in words: a question, and what completes "The record must state …". */
export type AxisWords = {
  readonly axis: AxisId;
  readonly question: string;
  readonly stated: string;
};

/** Distinctions that read the same wherever they occur. */
const fixed: Readonly<Record<AxisId, Omit<AxisWords, 'axis'>>> = {
  circumstance: {
    question: 'Poisoning (and of what intent), adverse effect or underdosing?',
    stated: 'the circumstance',
  },
  sex: { question: 'Which sex?', stated: 'the sex of the patient' },
  side: { question: 'Which side?', stated: 'the side' },
  displacement: {
    question: 'Displaced or nondisplaced?',
    stated: 'whether the fracture is displaced or nondisplaced',
  },
  acuity: { question: 'Acute or chronic?', stated: 'the acuity' },
  severity: { question: 'How severe?', stated: 'the severity' },
  stage: { question: 'Which stage?', stated: 'the stage' },
  trimester: { question: 'Which trimester?', stated: 'the trimester' },
  fetus: { question: 'Which fetus?', stated: 'the fetus concerned' },
  intractability: {
    question: 'Intractable or not?',
    stated: 'whether it is intractable or not intractable',
  },
  'with-or-without': { question: 'With or without what?', stated: 'which of these applies' },
  encounter: {
    question: 'Initial encounter, subsequent encounter or sequela?',
    stated: 'the encounter',
  },
  'fracture-wound': {
    question: 'Closed or open, and if open, of which type?',
    stated: 'whether the fracture is closed or open',
  },
  'fracture-healing': {
    question: 'Routine healing, delayed healing, nonunion or malunion?',
    stated: 'how the fracture heals',
  },
  site: { question: 'Which site?', stated: 'the site' },
  cause: { question: 'Due to what?', stated: 'the cause' },
  'accompanied-by': { question: 'With what?', stated: 'what accompanies it' },
  substance: { question: 'Which substance?', stated: 'the substance' },
  type: { question: 'Which of these?', stated: 'which of these it is' },
};

/** Words of a distinction. */
export const wordsOfAxis = (axis: AxisId): AxisWords => ({ axis, ...fixed[axis] });

/** By what most of the options say, the first that fits. */
const readings: readonly (readonly [AxisId, RegExp])[] = [
  ['trimester', /\btrimester$/],
  ['stage', /\bstage\b|^unstageable$/],
  ['fetus', /^(?:fetus \d|other fetus)$/],
  ['encounter', /\bencounter\b|^sequela$/],
  ['sex', /^(?:fe)?male$/],
  ['intractability', /^(?:not )?intractable$/],
  ['circumstance', /^(?:accidental \(unintentional\)|intentional self-harm|assault|undetermined)$/],
  ['acuity', /^(?:sub)?(?:acute|chronic)(?: on chronic)?$/],
  ['severity', /^(?:mild|moderate|severe|profound)$/],
  ['cause', /^(?:due to|resulting from)\b/],
  ['site', /\b(?:regions?|sites?|parts?|quadrants?|arter(?:y|ies)|veins?)(?: of \w+)?$/],
];

const sideWord = /^(right|left|bilateral|unilateral)\b ?/;

/** Sides of one and the same thing; the quadrants of an abdomen are sites. */
function areSides(texts: readonly string[]): boolean {
  const things = texts.map((text) => likeness(text.replace(sideWord, '')));
  const named = new Set(things.filter((thing) => thing !== ''));
  return texts.length > 1 && texts.every((text) => sideWord.test(text)) && named.size <= 1;
}

const accompanied = /^(?:with|without|in (?:partial |full )?remission|uncomplicated)\b/;

/** What a code begins with where its titles name places of the body: neoplasms, skin, musculoskeletal, injuries. */
const namesPlaces = /^(?:C|D[0-4]|L|M|S|T[0-3])/;
const namesSubstances = /^T(?:3[6-9]|[45]|6[0-5])/;

/** What a kind can be of, without the question sounding odd. */
const isOneThing = (subject: string): boolean =>
  !/ and | or |,|complications?$/.test(subject) &&
  !/^(?:supervision|encounter|personal history|family history|presence|acquired absence)\b/.test(
    subject,
  );

const plural =
  /^(?!.*(?: and | or |,| of | in | with | due to |complications$)).*\b(?!diabetes$|\w*(?:ss|is|us)$)\w+s$/;

/** `alcohol related disorders`, `anemias`: one of them is meant. */
const isSeveralThings = (subject: string): boolean => plural.test(subject);

/** What a choice is about: told by its options, else by the words before them and the chapter. */
export function wordsOfChoice({ options, under, lead }: Choice): AxisWords {
  const texts = options.map(({ text }) => text);
  const specific = texts.filter((text) => !/^(?:other|unspecified)/.test(text));
  const telling = specific.length > 0 ? specific : texts;
  if (telling.every((text) => accompanied.test(text))) return wordsOfAxis('accompanied-by');
  if (areSides(telling)) return wordsOfAxis('side');
  const found = readings.find(
    ([, pattern]) => telling.filter((text) => pattern.test(text)).length * 2 > telling.length,
  );
  if (found) return wordsOfAxis(found[0]);
  const [first = ''] = options[0]?.codes ?? [];
  if (lead === 'due to') return wordsOfAxis('cause');
  if (namesSubstances.test(first)) return wordsOfAxis('substance');
  if (lead !== '' && namesPlaces.test(first)) return wordsOfAxis('site');
  if (under === undefined) return wordsOfAxis('type');
  const subject = inSentence(subjectOfHeading(under));
  if (isSeveralThings(subject)) {
    return {
      axis: 'type',
      question: `Which of the ${subject}?`,
      stated: `which of the ${subject} it is`,
    };
  }
  if (!isOneThing(subject)) return wordsOfAxis('type');
  return { axis: 'type', question: `Which kind of ${subject}?`, stated: `the kind of ${subject}` };
}
