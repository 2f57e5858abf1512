// The distinctions ICD-10-CM makes over and over, and the words its titles make them with: side, encounter, trimester …
// Official wording only; what a word means clinically is nowhere used.

import { group, openValue, type Peel, single } from './advice-cuts.ts';
import { side } from './advice-sides.ts';

/** Every kind of distinction, for machines. Those after `with-or-without` are told by where a title differs. */
export const axisIds = [
  'circumstance',
  'sex',
  'side',
  'displacement',
  'acuity',
  'severity',
  'stage',
  'trimester',
  'fetus',
  'intractability',
  'with-or-without',
  'encounter',
  'fracture-wound',
  'fracture-healing',
  'site',
  'cause',
  'accompanied-by',
  'substance',
  'type',
] as const;

/** One of {@link axisIds}. */
export type AxisId = (typeof axisIds)[number];

/** A distinction that is recognised by its words. */
export type Lexeme = {
  readonly axis: AxisId;
  /** Every way to read it in a title; none when the title does not speak of it. */
  readonly peels: (title: string) => readonly Peel[];
  /** Values in the order they are listed; others follow as they come. */
  readonly order: readonly string[];
  /** Only where every title that has these words has a counterpart: elsewhere they are part of a name. */
  readonly everywhere?: true;
  /** Only where no title goes on differently after what it is the end of. */
  readonly atTheEnd?: true;
};

const manner = '(accidental \\(unintentional\\)|intentional self-harm|assault|undetermined)';

/** `Poisoning by X, assault`, `Adverse effect of X`, `Underdosing of X`: one X, six codes. */
function circumstance(title: string): readonly Peel[] {
  const poisoning = new RegExp(`^Poisoning by (.+), ${manner}$`).exec(title);
  if (poisoning) {
    return [{ value: `poisoning, ${group(poisoning, 2)}`, rest: poisoning[1] ?? '' }];
  }
  const other = /^(Adverse effect|Underdosing) of (.+)$/.exec(title);
  if (other) return [{ value: group(other, 1), rest: other[2] ?? '' }];
  return single(title, new RegExp(`${manner}$`), (match) => group(match, 1));
}

/** A pressure ulcer's deep tissue damage is one of its stages, though the title says it first. */
function stage(title: string): readonly Peel[] {
  const damage = /^Pressure-induced deep tissue damage of (.+)$/.exec(title);
  if (damage) {
    return [{ value: 'deep tissue damage', rest: `Pressure ulcer of ${damage[1] ?? ''}` }];
  }
  const open = single(title, /\b(?:stage unspecified|unspecified stage)$/i, () => openValue);
  if (open.length > 0) return open;
  const words = /\b((?:mild|moderate|severe|indeterminate) stage|stage \d[a-c]?|unstageable)$/i;
  return single(title, words, (match) => group(match, 1));
}

const trimesterWords =
  /(?:\b(?:complicating|in) pregnancy,? )?(?:\bin )?(?:\bthe )?\b(first|second|third|unspecified) trimester\b/i;
const otherTimes = /\b(?:complicating|in) (pregnancy|childbirth|(?:the )?puerperium)\b/i;

/** Parts of a pregnancy, and what comes after it. */
function trimester(title: string): readonly Peel[] {
  const named = single(title, trimesterWords, (match) =>
    group(match, 1) === openValue ? openValue : `${group(match, 1)} trimester`,
  );
  if (named.length > 0) return named;
  return single(title, otherTimes, (match) => group(match, 1).replace(/^(?=puerperium)/, 'the '));
}

const withWords = /\b((?:with|without) [^,]+|uncomplicated|in remission)$/i;

/** `without status migrainosus` beside `with status migrainosus`. */
const withOrWithout = (title: string): readonly Peel[] =>
  single(title, withWords, (match) => match[1] ?? '');

const acuityWords =
  /\b(acute on chronic|acute and subacute|acute recurrent|chronic or unspecified|unspecified as acute or chronic|subacute|acute|chronic|unspecified)\b/i;
const severityWords = /\b(mild|moderate|severe|profound|unspecified severity)\b/i;
const fetusWords = /\b(not applicable or unspecified|fetus [1-5]|other fetus)$/i;

/** Distinctions in the order in which they are taken out: the last words of a title first. */
export const lexicon: readonly Lexeme[] = [
  {
    axis: 'fetus',
    peels: (title) => single(title, fetusWords, (match) => group(match, 1)),
    order: [],
  },
  {
    axis: 'circumstance',
    peels: circumstance,
    order: [],
  },
  { axis: 'trimester', peels: trimester, order: [] },
  { axis: 'stage', peels: stage, order: [] },
  { axis: 'with-or-without', peels: withOrWithout, order: [], atTheEnd: true },
  {
    axis: 'intractability',
    peels: (title) =>
      single(title, /\b(not intractable|intractable)\b/i, (match) => group(match, 1)),
    order: ['not intractable', 'intractable'],
  },
  { axis: 'side', peels: side, order: ['right', 'left', 'bilateral', 'unilateral'] },
  {
    axis: 'sex',
    peels: (title) => single(title, /\b(female|male)\b/i, (match) => group(match, 1)),
    order: ['female', 'male'],
  },
  {
    axis: 'displacement',
    peels: (title) => single(title, /^(displaced|nondisplaced) /i, (match) => group(match, 1)),
    order: ['displaced', 'nondisplaced'],
  },
  {
    axis: 'acuity',
    peels: (title) => single(title, acuityWords, (match) => group(match, 1)),
    order: [],
    everywhere: true,
  },
  {
    axis: 'severity',
    peels: (title) => single(title, severityWords, (match) => group(match, 1)),
    order: ['mild', 'moderate', 'severe', 'profound'],
    everywhere: true,
  },
];

/** What the end of a title says of the encounter; the words are those of the seventh character. */
export type EncounterWords = {
  readonly encounter: string;
  readonly wound?: string;
  readonly healing?: string;
  readonly rest: string;
};

const encounterWords =
  /, (initial encounter|subsequent encounter|sequela)(?: of fracture)?(?: for (closed |open )?fracture( type I or II| type IIIA, IIIB, or IIIC)?)?(?: with (routine healing|delayed healing|nonunion|malunion))?$/;

const gustilo: Readonly<Record<string, string>> = {
  ' type I or II': 'open, type I or II',
  ' type IIIA, IIIB, or IIIC': 'open, type IIIA, IIIB or IIIC',
};

/** The encounter a title ends with, or undefined. */
export function encounterOf(title: string): EncounterWords | undefined {
  const match = encounterWords.exec(title);
  if (!match) return undefined;
  const [, encounter = '', opening, type, healing] = match;
  const wound = type === undefined ? opening?.trim() : gustilo[type];
  return {
    encounter,
    ...(wound !== undefined && { wound }),
    ...(healing !== undefined && { healing }),
    rest: title.slice(0, match.index),
  };
}
