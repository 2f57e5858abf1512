// How each stored test of the HL7 terminology ecosystem is re-expressed over ICD-10-CM, and why an answer differs where it
// does. The tests hold every entry to what it says: passing, or differing.
import type { StandInName } from './value-sets.ts';

/** One test in our names. */
export type Reexpression = {
  /** Stands in for their value set. */
  readonly set?: StandInName;
  /** Their codes in ours; the first is the one asked about. */
  readonly codes?: Readonly<Record<string, string>>;
  /** Their other words in ours. */
  readonly words?: Readonly<Record<string, string>>;
  /** The neighbours a $lookup tells. */
  readonly family?: { readonly parent: string; readonly children: readonly string[] };
  /** What $translate leads to. */
  readonly targets?: readonly string[];
  /** Why the answer differs; absent when it does not. `refused`: it is 400, not-supported. */
  readonly differs?: { readonly how: 'refused' | 'otherwise'; readonly why: string };
};

const refused = (why: string) => ({ how: 'refused', why }) as const;
const otherwise = (why: string) => ({ how: 'otherwise', why }) as const;

const regex = refused(
  'Filters by regular expression are refused by name (400, not-supported): no value set of ICD-10-CM needs one, and one that backtracks stops a server.',
);
const noEnded = otherwise(
  'A version of ICD-10-CM holds the codes in force and no others: an ended code is in no expansion, whatever `inactive` says.',
);
const endedIsInvalid = otherwise(
  'The point of `date`: an ended code is not valid on the day asked about. Theirs is valid with a warning. Ours says false, inactive = true, and what takes its place.',
);
const endedIssues = otherwise(
  'Result and not-in-vs agree. Theirs calls the code valid but inactive (code-rule, and code-comment); ours calls it invalid on the day (invalid-code).',
);
const notSelectableFilter = refused(
  'Filters by `notSelectable` are refused by name (400, not-supported); `billable = true` is the filter for what may be used.',
);
const abstractNotSaid = otherwise(
  'Without `abstract` a header is not valid here: the question is what may be recorded. Theirs is valid. With abstract = true both are.',
);

/** The four ways their code systems declare the property; ICD-10-CM's header flag is all of them. */
const declarations = ['prop', 'noprop', 'reprop', 'unprop'];

const header = { codeNS: 'K35.20' };
const leaf = { codeS: 'K35.200' };

const notSelectable = Object.fromEntries(
  declarations.flatMap((declared): [string, Reexpression][] => {
    const name = `notSelectable/notSelectable-${declared}`;
    return [
      [`${name}-all`, { set: 'branch' }],
      [`${name}-true`, { set: 'notSelectable' }],
      [`${name}-false`, { set: 'selectable' }],
      [`${name}-true-true`, { set: 'notSelectable', codes: header, differs: abstractNotSaid }],
      [`${name}-true-false`, { set: 'notSelectable', codes: leaf }],
      [`${name}-false-true`, { set: 'selectable', codes: header }],
      [`${name}-false-false`, { set: 'selectable', codes: leaf }],
    ];
  }),
);

const data = { data: 'low' };
/** Karyotype 47, XXX is a title of ICD-10-CM. */
const noHit = { xxx: 'xxxx' };

/** By `suite/test`. */
export const reexpressions: Readonly<Record<string, Reexpression>> = {
  'simple-cases/simple-expand-all': { set: 'tree' },
  'simple-cases/simple-expand-active': { set: 'treeActive' },
  'simple-cases/simple-expand-inactive': { set: 'endedInactive', differs: noEnded },
  'simple-cases/simple-expand-enum': { set: 'listed' },
  'simple-cases/simple-expand-enum-bad': { set: 'listedBad' },
  'simple-cases/simple-expand-isa': { set: 'branch' },
  'simple-cases/simple-expand-child-of': {
    set: 'childOf',
    differs: refused('child-of is an operator of R5; R4 has none, and it is refused by name.'),
  },
  'simple-cases/simple-expand-isa-o2': { set: 'branch' },
  'simple-cases/simple-expand-isa-c2': { set: 'branch' },
  'simple-cases/simple-expand-isa-o2c2': { set: 'branch' },
  'simple-cases/simple-expand-prop': { set: 'billableTree' },
  'simple-cases/simple-expand-regex': { set: 'regex', differs: regex },
  'simple-cases/simple-expand-regex2': { set: 'regex', differs: regex },
  'simple-cases/simple-expand-regexp-prop': { set: 'regexProperty', differs: regex },
  'simple-cases/simple-lookup-1': {
    codes: { code2a: 'K35.20' },
    family: { parent: 'K35.2', children: ['K35.200', 'K35.201', 'K35.209'] },
  },
  'simple-cases/simple-lookup-2': {
    codes: { code2: 'K35.2' },
    family: { parent: 'K35', children: ['K35.20', 'K35.21'] },
  },
  'simple-cases/simple-expand-all-count': { set: 'tree' },
  'simple-cases/simple-expand-contained': {
    set: 'contained',
    differs: refused('Value sets that import others are refused by name (400, not-supported).'),
  },

  'inactive/inactive-expand': { set: 'ended', differs: noEnded },
  'inactive/inactive-inactive-expand': { set: 'endedInactive', differs: noEnded },
  'inactive/inactive-active-expand': { set: 'endedActive' },
  'inactive/inactive-1-validate': { set: 'ended', codes: { codeActive: 'H81.4' } },
  'inactive/inactive-1a-validate': { set: 'endedActive', codes: { codeActive: 'H81.4' } },
  'inactive/inactive-1b-validate': { set: 'endedInactive', codes: { codeActive: 'H81.4' } },
  ...Object.fromEntries(
    [['2', { codeInactive: 'H81.49' }] as const, ['3', { codeRetired: 'I60.20' }] as const].flatMap(
      ([number, codes]): [string, Reexpression][] => [
        [`inactive/inactive-${number}-validate`, { set: 'ended', codes, differs: endedIsInvalid }],
        [
          `inactive/inactive-${number}a-validate`,
          { set: 'endedActive', codes, differs: endedIssues },
        ],
        [
          `inactive/inactive-${number}b-validate`,
          { set: 'endedInactive', codes, differs: endedIsInvalid },
        ],
      ],
    ),
  ),

  ...notSelectable,
  'notSelectable/notSelectable-prop-trueUC': {
    set: 'notSelectableUpper',
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-in': { set: 'notSelectableIn', differs: notSelectableFilter },
  'notSelectable/notSelectable-prop-out': { set: 'notSelectableOut', differs: notSelectableFilter },
  'notSelectable/notSelectable-prop-trueUC-true': {
    set: 'notSelectableUpper',
    codes: header,
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-in-true': {
    set: 'notSelectableIn',
    codes: header,
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-in-false': {
    set: 'notSelectableIn',
    codes: leaf,
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-out-true': {
    set: 'notSelectableOut',
    codes: header,
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-out-false': {
    set: 'notSelectableOut',
    codes: leaf,
    differs: notSelectableFilter,
  },
  'notSelectable/notSelectable-prop-true-true-param-true': { set: 'notSelectable', codes: header },
  'notSelectable/notSelectable-prop-true-true-param-false': { set: 'notSelectable', codes: header },
  'notSelectable/notSelectable-prop-false-false-param-true': { set: 'selectable', codes: leaf },
  'notSelectable/notSelectable-prop-false-false-param-false': { set: 'selectable', codes: leaf },

  'search/search-all-yes': { set: 'everythingVertebrogenic', words: { data: 'vertebrogenic' } },
  'search/search-all-no': { set: 'everythingNothing', words: noHit },
  'search/search-filter-yes': { set: 'm54Low', words: data },
  'search/search-filter-no': { set: 'm54Nothing', words: noHit },
  'search/search-enum-yes': { set: 'listedLow', words: data },
  'search/search-enum-no': { set: 'listedNothing', words: noHit },

  'translate/translate-1': { codes: { 'code-1': 'I60.20' }, targets: ['I60.2'] },
  'translate/translate-reverse': {
    codes: { code1: 'H81.4' },
    targets: ['H81.41', 'H81.42', 'H81.43', 'H81.49'],
    differs: otherwise(
      'Theirs answers in R5: `concept` is the code asked about, `source` the code found. In R4 `concept` is the code found and `source` the map.',
    ),
  },
};
