// What single sentences of a paragraph say: that codes are not covered, what an asterisk means, what to quote.
import { describe, expect, it } from 'vitest';
import {
  footnoteIn,
  nonCoveredSentence,
  quoteOf,
  sentencesOf,
} from '../../shared/feeds/mcd-sentences.ts';

describe('shared/feeds/mcd-sentences.ts', () => {
  it('cuts text at ends of sentences and lines, and not inside codes', () => {
    expect(sentencesOf('Use M53.82, e.g. for cysts. *Not M53.83.\nSee “A.” Then B')).toEqual([
      'Use M53.82, e.g. for cysts.',
      '*Not M53.83.',
      'See “A.”',
      'Then B',
    ]);
    expect(sentencesOf(' \n ')).toEqual([]);
  });

  it.each([
    'These codes are non-covered.',
    'The following CPT/HCPCS codes are non-covered*: *This is not an inclusive list.',
    'Note to providers. The services below are not covered by Medicare.',
    'These procedures are considered noncovered.',
    'Non-Covered CPT codes:',
  ])('sees that codes are said to be non-covered: %s', (paragraph) => {
    expect(nonCoveredSentence(paragraph)).toBeDefined();
  });

  it.each([
    'N/A',
    'These codes are covered.',
    'These codes are non-covered unless the patient is an inpatient.',
    'These codes may be not covered when billed twice.',
    'One. Two. These codes are non-covered.',
    'See the policy on non-covered services elsewhere in this article for what is reasonable.',
  ])('does not see it: %s', (paragraph) => {
    expect(nonCoveredSentence(paragraph)).toBeUndefined();
  });

  it('finds what an asterisk means', () => {
    expect(footnoteIn('For 72148. *Only once.\nCodes with an asterisk need imaging.')).toBe(
      '*Only once.\nCodes with an asterisk need imaging.',
    );
    expect(footnoteIn('For 72148.')).toBeUndefined();
  });

  it('cuts a quote at a word and says that it is cut', () => {
    const quote = quoteOf('coverage '.repeat(100)) ?? '';
    expect(quote.length).toBeLessThanOrEqual(600);
    expect(quote.endsWith('coverage …')).toBe(true);
    expect(quoteOf('N/A')).toBeUndefined();
    expect(quoteOf('')).toBeUndefined();
  });
});
