// Finds what a bulletin talks about: diagnosis codes, procedures, documents and dates in running text, each with the
// sentence it stands in. For a person to look at: it may find one too many, and nothing is decided by it.
import type { CalendarDate } from '../../core/calendar-date.ts';
import { codesInText } from './codes-in-text.ts';
import { daysInText } from './dates-in-text.ts';
import { type PlacedSentence, sentencesInText } from './sentences-in-text.ts';

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

const documentId = /(?<![\w.]|[\w.]-)D?[AL]\d{5}(?!\w)/g;

const documentsIn = (text: string): Hit[] =>
  [...text.matchAll(documentId)].map(({ 0: value, index: at }) => ({
    kind: 'document',
    value,
    at,
  }));

function quotesOf(sentences: readonly PlacedSentence[], hits: readonly Hit[]): string[] {
  const quoted = new Set<number>();
  for (const { at } of hits) {
    const index = sentences.findLastIndex((sentence) => sentence.at <= at);
    if (index >= 0) quoted.add(index);
  }
  const texts = [...quoted].toSorted((a, b) => a - b).map((index) => sentences[index]?.text ?? '');
  return [...new Set(texts)].slice(0, quotesMax).map((quote) => quote.slice(0, quoteCharsMax));
}

/** Reads a plain text; what counts as a code is said at {@link codesInText}, as a day at {@link daysInText}. */
export function findInText(text: string): Found {
  const sentences = sentencesInText(text);
  const hits: readonly Hit[] = [
    ...codesInText(text, sentences),
    ...documentsIn(text),
    ...daysInText(text).map(({ day, at }): Hit => ({ kind: 'date', value: day, at })),
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
    quotes: quotesOf(sentences, hits),
  };
}
