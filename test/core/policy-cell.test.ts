// What counts as the words of a footnote: two versions that name other codes in it say the same.
import { describe, expect, it } from 'vitest';
import { footnoteWords } from '../../shared/core/policy-cell.ts';

describe('shared/core/policy-cell.ts', () => {
  it.each([
    '*M54.50 only after imaging.',
    '*M54.50, C4A.9* and QA0.0101 only after imaging.',
    '* I10 or qa0.0102: only after imaging',
  ])('leaves the codes out of a footnote: %s', (footnote) => {
    expect(footnoteWords(footnote)).toBe('only after imaging');
  });

  it('keeps words and numbers that only look like codes', () => {
    expect(footnoteWords('HB5 below 7.5 twice')).toBe('hb5 below 7 5 twice');
  });
});
