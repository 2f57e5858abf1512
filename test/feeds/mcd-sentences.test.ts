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
    'The following CPT codes will not be covered by Medicare:',
    'Services not covered:',
    'Services not covered include',
    'Group 2: CPT/HCPCS codes not covered by Medicare',
    'Codes excluded from coverage:',
    'The following CPT/HCPCS codes are not reimbursable.',
    'These codes will not be reimbursed.',
    'The following codes are not payable.',
    'These codes are non-payable.',
    'The following services are non-covered services, including but not limited to:',
    'The following CPT codes will be denied as not medically necessary:',
    'These services are considered not reasonable and necessary.',
    'The following procedures are excluded from coverage.',
    'These items are statutorily excluded.',
    'The following HCPCS codes are not eligible for Medicare payment.',
    'These codes are no longer covered.',
    'These codes cannot be covered.',
    'The following codes aren’t covered.',
    'These tests are considered investigational.',
    'Medicare does not cover the following codes:',
    'There is no coverage for the following codes:',
    'The following codes are not covered for any indication.',
    'The following codes are non-covered for dates of service from 01/01/2025:',
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
    'The following codes are not separately reimbursed.',
    'These codes are not payable separately.',
    'These codes are bundled and not paid.',
    'These codes may not be covered.',
    'Codes not listed are not covered.',
    'All other codes are non-covered.',
    'These codes are covered; others are not covered.',
    'Coverage is not limited to these codes.',
    'The codes are not limited to covered services.',
    'These services are not covered more than once per year.',
    'These services will be denied without a diagnosis.',
    'Claims for these codes with diagnoses that are not in Group 1 will be denied.',
    'The following codes are not covered for screening.',
    'The following codes are not covered with the ICD-10 codes below.',
    'These services are not excluded from coverage.',
    'The following CPT codes are covered and non-covered as noted.',
    'Services that are not covered should be billed with modifier GY.',
    'The following codes do not require prior authorization.',
    'The following codes are payable when medically necessary.',
    'These codes report services that are denied by the primary payer.',
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
