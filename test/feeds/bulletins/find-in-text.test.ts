// What is found in running text, and what only looks like it.
import { describe, expect, it } from 'vitest';
import { findInText } from '../../../shared/feeds/bulletins/find-in-text.ts';

describe('shared/feeds/bulletins/find-in-text.ts', () => {
  it.each([
    ['M54.50, S72.001A (and C4A.9).', 'C4A9 M5450 S72001A'],
    ['Diagnosis codes M5416 and I10A', 'I10A M5416'],
    ['M5416 without a word of what it is', ''],
    ['ICD-10 diagnoses and HCPCS code J3490', ''],
    ['version 1.5, U.S.C. 1395, 42 CFR 411.15, hemoglobin A1C', ''],
    ['M54.5099999', ''],
    ['page M54.50-end', 'M5450'],
  ])('finds diagnoses in "%s"', (text, codes) => {
    expect(findInText(text).codes.join(' ')).toBe(codes);
  });

  it.each([
    ['CPT 62323, 0275T and HCPCS G0260', '0275T 62323 G0260'],
    ['HCPCS G0260 alone', 'G0260'],
    ['G0260 without a word of what it is', 'G0260'],
    ['diagnosis M5416', ''],
    ['62323 alone', ''],
    ['codes 64582, 64583 or 64584', '64582 64583 64584'],
    ['codes in CR 13166, Transmittal 12345, Baltimore, MD 21244', ''],
    ['code $12345 or 12,345 or 12345.6 or 21244-1850', ''],
  ])('finds procedures in "%s"', (text, procedures) => {
    expect(findInText(text).procedures.join(' ')).toBe(procedures);
  });

  it.each([
    ['A57791, L36920; DL36920 is proposed', 'A57791 DL36920 L36920'],
    ['ICD diagnosis A57791', 'A57791'],
    ['XA57791 A577911', ''],
  ])('finds documents in "%s"', (text, documents) => {
    const found = findInText(text);
    expect(found.documents.join(' ')).toBe(documents);
    expect(found.codes).toEqual([]);
  });

  it.each([
    ['on 10/1/2026 and 1/1/26', '2026-01-01 2026-10-01'],
    ['Oct. 1, 2026 or 2 October 2026', '2026-10-01 2026-10-02'],
    ['2026-10-01', '2026-10-01'],
    ['13/45/2026, 04/0/09/2026, 2026-02-30, May 5', ''],
  ])('finds days in "%s"', (text, dates) => {
    expect(findInText(text).dates.join(' ')).toBe(dates);
  });

  it('quotes each sentence once, and no other', () => {
    const text = 'Nothing here. M54.50 and M54.51 come.\nM54.16 goes! (See 10/1/2026.) The end.';
    expect(findInText(text).quotes).toEqual([
      'M54.50 and M54.51 come.',
      'M54.16 goes!',
      '(See 10/1/2026.)',
    ]);
  });
});
