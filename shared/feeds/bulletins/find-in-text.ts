// Finds what a bulletin talks about: diagnosis codes, procedures, documents and dates in running text, each with the
// sentence it stands in. For a person to look at: it may find one too many, and nothing is decided by it.
import { type CalendarDate, dateOf } from '../../core/calendar-date.ts';
import { normalizeCode } from '../../core/code-system.ts';

/** What was found, ascending, each once; `quotes` in the order of the text. */
export type Found = {
  readonly codes: readonly string[];
  readonly procedures: readonly string[];
  readonly documents: readonly string[];
  readonly dates: readonly CalendarDate[];
  readonly quotes: readonly string[];
};

type Kind = 'code' | 'procedure' | 'document' | 'date';
type Hit = { readonly kind: Kind; readonly value: string; readonly at: number };

const quotesMax = 20;
const quoteCharsMax = 600;
/** Things of one kind found in one bulletin: an addendum in prose names a few hundred codes. */
const hitsMax = 2000;

const documentId = /(?<![\w.-])D?[AL]\d{5}(?!\w)/g;
const dottedCode = /(?<![\w.-])[A-Z]\d[0-9AB]\.[0-9A-Z]{1,4}(?!\w)/g;
const hcpcs = /(?<![\w.$-])[A-V]\d{4}(?!\w|-\d)/g;
const cpt = /(?<![\w.,$#/-])(?:\d{5}|\d{4}[FTUM])(?!\w|[.,/-]\d)/g;
/** Without its dot a code looks like much else; where diagnoses are spoken of, it is one. */
const bareCode = /(?<![\w.-])[A-Z]\d[0-9AB][0-9A-Z]{1,4}(?!\w)/g;

const speaksOfDiagnoses = /\bICD|\bdiagnos/i;
/** Where only diagnoses are spoken of, a letter and four digits is one; elsewhere it is a HCPCS code. */
const isOfDiagnosesOnly = (text: string): boolean =>
  speaksOfDiagnoses.test(text) && !/\b(?:CPT|HCPCS|procedure)/i.test(text);
const speaksOfProcedures = /\b(?:CPT|HCPCS|procedures?|codes?)\b/i;
/** Five digits behind these are the number of something else: a change request, a law, a postal code. */
const otherNumber =
  /(?:\b(?:CR|FR|request|transmittal|publication|pub|number|no|article|room|suite)\.?|,\s*[A-Z]{2}|#)\s*$/i;

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const isoDate = /(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?!\d|-)/g;
const slashDate = /(?<![\w/.-])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\w/])/g;
const monthFirst = new RegExp(
  `\\b(${month})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`,
  'gi',
);
const dayFirst = new RegExp(`\\b(\\d{1,2})\\s+(${month})\\.?,?\\s+(\\d{4})\\b`, 'gi');

const monthOf = (name: string): number => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
/** Two digits are a year of this century: nobody gives notice of the last one. */
const yearOf = (digits: string): number => Number(digits.length === 2 ? `20${digits}` : digits);

const dateForms: readonly (readonly [
  RegExp,
  (parts: RegExpMatchArray) => [string, number, string],
])[] = [
  [isoDate, ([, year = '', m = '', day = '']) => [year, Number(m), day]],
  [slashDate, ([, m = '', day = '', year = '']) => [year, Number(m), day]],
  [monthFirst, ([, name = '', day = '', year = '']) => [year, monthOf(name), day]],
  [dayFirst, ([, day = '', name = '', year = '']) => [year, monthOf(name), day]],
];

function datesIn(text: string): Hit[] {
  return dateForms.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match): Hit[] => {
      const [year, m, day] = read(match);
      const date = dateOf(yearOf(year), m, Number(day));
      return date ? [{ kind: 'date', value: date, at: match.index }] : [];
    }),
  );
}

const hitsOf = (text: string, pattern: RegExp, kind: Kind): Hit[] =>
  [...text.matchAll(pattern)].map((match) => ({ kind, value: match[0], at: match.index }));

function codesIn(text: string): Hit[] {
  const dotted = hitsOf(text, dottedCode, 'code');
  const bare = speaksOfDiagnoses.test(text) ? hitsOf(text, bareCode, 'code') : [];
  const other = isOfDiagnosesOnly(text) ? /^[AL]\d{5}$/ : /^(?:[A-V]\d{4}|[AL]\d{5})$/;
  const own = bare.filter(({ value }) => !other.test(value));
  return [...dotted, ...own].flatMap((hit): Hit[] => {
    const code = normalizeCode('icd10cm', hit.value);
    return code === undefined ? [] : [{ ...hit, value: code }];
  });
}

function proceduresIn(text: string): Hit[] {
  const lettered = isOfDiagnosesOnly(text) ? [] : hitsOf(text, hcpcs, 'procedure');
  const digits = speaksOfProcedures.test(text) ? hitsOf(text, cpt, 'procedure') : [];
  return [
    ...lettered,
    ...digits.filter(({ at }) => !otherNumber.test(text.slice(Math.max(0, at - 20), at))),
  ];
}

const boundary = /(?<=[.!?][)"\u201d]?)\s+(?=["\u201c(]?[A-Z])|\n+/g;

/** The sentences of a text with where they begin; an abbreviation ends one too, which makes a quote shorter. */
function sentencesOf(text: string): readonly { readonly text: string; readonly at: number }[] {
  const sentences: { text: string; at: number }[] = [];
  let from = 0;
  const add = (to: number): void => {
    const sentence = text.slice(from, to).trim();
    if (sentence !== '') sentences.push({ text: sentence, at: from });
  };
  for (const match of text.matchAll(boundary)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(text.length);
  return sentences;
}

function quotesOf(text: string, hits: readonly Hit[]): string[] {
  const sentences = sentencesOf(text);
  const quoted = new Set<number>();
  for (const { at } of hits) {
    const index = sentences.findLastIndex((sentence) => sentence.at <= at);
    if (index >= 0) quoted.add(index);
  }
  const texts = [...quoted].toSorted((a, b) => a - b).map((index) => sentences[index]?.text ?? '');
  return [...new Set(texts)].slice(0, quotesMax).map((quote) => quote.slice(0, quoteCharsMax));
}

/**
 * Reads a plain text. ICD-10-CM codes come in normal form: with their dot anywhere, without it only in a text that speaks
 * of ICD or diagnoses. CPT codes are found in texts that speak of codes or procedures, HCPCS codes
 * in all but those that speak of diagnoses only.
 */
export function findInText(text: string): Found {
  const hits = [
    ...codesIn(text),
    ...proceduresIn(text),
    ...hitsOf(text, documentId, 'document'),
    ...datesIn(text),
  ];
  const valuesOf = (kind: Kind): string[] =>
    [...new Set(hits.filter((hit) => hit.kind === kind).map(({ value }) => value))]
      .toSorted()
      .slice(0, hitsMax);
  return {
    codes: valuesOf('code'),
    procedures: valuesOf('procedure'),
    documents: valuesOf('document'),
    dates: valuesOf('date') as CalendarDate[],
    quotes: quotesOf(text, hits),
  };
}
