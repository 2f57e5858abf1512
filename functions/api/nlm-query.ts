// The query string of the NLM face: NLM's parameters with NLM's defaults and limits, those of its widget, and `date`.
import type { Context } from 'hono';
import type { CalendarDate } from '../../shared/core/calendar-date.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { SearchField } from '../../shared/ports/catalogue.ts';
import { type Constraint, parseConstraint } from './nlm-constraint.ts';
import {
  codeFieldParameter,
  displayFieldsParameter,
  type ExtraField,
  extraFieldsParameter,
  type ShownField,
  searchFieldsParameter,
} from './nlm-fields.ts';
import { dateParameter, type Parameter, readQuery, wordParameter } from './read-query.ts';

/** Most items in one answer, and how many when nothing is asked for (clinicaltables.nlm.nih.gov/apidoc). */
const itemsMax = 500;
const itemsDefault = 7;
/** `offset` + `count` go no further. */
const windowMax = 7500;
const textLengthMax = 256;

/** What one request asks for. */
export type NlmQuery = {
  /** The text to search; `suggest` says that it is a mistyped value to find near ones of. */
  readonly text: string;
  readonly suggest: boolean;
  readonly date?: CalendarDate;
  readonly constraint?: Constraint;
  readonly searchFields: readonly SearchField[];
  readonly displayFields: readonly ShownField[];
  readonly codeField: SearchField;
  readonly extraFields: readonly ExtraField[];
  readonly offset: number;
  readonly limit: number;
};

const freeText = (description: string, example: string): Parameter<string> => ({
  expected: `a text of at most ${textLengthMax} characters`,
  parse: (text) => (text.length <= textLengthMax ? text : undefined),
  schema: { type: 'string', maxLength: textLengthMax, examples: [example] },
  description,
});

const wholeNumber = (max: number, ifAbsent: number, description: string): Parameter<number> => ({
  expected: `a whole number from 0 to ${max}`,
  parse: (text) => (/^\d{1,9}$/.test(text) && Number(text) <= max ? Number(text) : undefined),
  schema: { type: 'integer', minimum: 0, maximum: max, default: ifAbsent, examples: [ifAbsent] },
  description,
});

/** NLM: "up to the upper limit of 500. If present but the value is empty, 500 will be used." */
const maxListParameter: Parameter<number> = {
  expected: 'a whole number',
  parse(text) {
    if (text === '') return itemsMax;
    return /^\d{1,9}$/.test(text) ? Math.min(Number(text), itemsMax) : undefined;
  },
  schema: { type: 'string', pattern: '^\\d{0,9}$', default: `${itemsDefault}`, examples: ['25'] },
  description: `Most items to answer; ${itemsMax} when empty or above it. \`count\` goes before it.`,
};

/** The parameters of this route. */
export const nlmParameters = {
  terms: freeText(
    'Words or beginnings of words, all of which must match (required); blank finds everything.',
    'low back',
  ),
  maxList: maxListParameter,
  count: wholeNumber(itemsMax, itemsDefault, 'Items on a page.'),
  offset: wholeNumber(windowMax, 0, `First item of the page; with count at most ${windowMax}.`),
  q: freeText(
    'Narrows the hits: field:value with * and ?, "phrases", AND, OR, NOT and parentheses.',
    'code:M54*',
  ),
  df: displayFieldsParameter,
  sf: searchFieldsParameter,
  cf: codeFieldParameter,
  ef: extraFieldsParameter,
  date: dateParameter,
  suggest: wordParameter(['0', '1'], 'The widget asks with 1 for items near a mistyped value.'),
  field_val: freeText('With suggest=1, and instead of terms: the mistyped value.', 'low bakc pain'),
  authenticity_token: freeText(
    'The widget’s token against forged requests; nothing here needs it.',
    'none',
  ),
} as const;

const refuse = (name: string, why: string): CodewatchError =>
  new CodewatchError('invalid-request', `${name}: ${why}`);

/** Reads a search request; throws `invalid-request` naming the parameter that is unknown, malformed or missing. */
export function readNlmQuery(c: Context): NlmQuery {
  const given = readQuery(c, nlmParameters);
  const suggest = given.suggest === '1';
  const [needed, misplaced] = suggest
    ? (['field_val', 'terms'] as const)
    : (['terms', 'field_val'] as const);
  const text = given[needed];
  if (text === undefined) throw refuse(needed, 'missing');
  if (given[misplaced] !== undefined) {
    throw refuse(misplaced, `goes ${suggest ? 'without' : 'with'} suggest=1`);
  }
  const offset = given.offset ?? 0;
  const limit = given.count ?? given.maxList ?? itemsDefault;
  if (offset + limit > windowMax) throw refuse('offset', `offset + count is at most ${windowMax}`);
  return {
    text,
    suggest,
    ...(given.date && { date: given.date }),
    ...(given.q?.trim() && { constraint: parseConstraint(given.q) }),
    searchFields: given.sf ?? ['code'],
    displayFields: given.df ?? ['code', 'name'],
    codeField: given.cf ?? 'code',
    extraFields: given.ef ?? [],
    offset,
    limit,
  };
}
