// What is found in running text, and what only looks like it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode } from '../../../shared/core/code-system.ts';
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
    ['QA0.0101 and QA0.0102', 'QA00101 QA00102'],
    ['ICD-10 code QA00101, QA00102', 'QA00101 QA00102'],
    ['ICD-10-CM codes M54.50-M54.59', 'M5450 M5459'],
    ['M54.50–M54.59/M54.16,M54.17', 'M5416 M5417 M5450 M5459'],
    ['Removed:\n-M54.50\n- M54.51', 'M5450 M5451'],
    ['CPT 62323/M54.16', 'M5416'],
  ])('finds diagnoses in "%s"', (text, codes) => {
    expect(findInText(text).codes.join(' ')).toBe(codes);
  });

  it.each([
    ['ICD-10-CM code I10 is removed.', 'I10'],
    ['diagnosis codes B20, I10 and N20', 'B20 I10 N20'],
    ['Code I10 (ICD-10-CM) ends', 'I10'],
    ['E11.9, I10, and Z00 are diagnoses', 'E119 I10 Z00'],
    ['ICD-10 categories C00-D49 and I10/I1A', 'C00 D49 I10 I1A'],
    ['New ICD-10 codes:\nI10\n\u2022 N20 Kidney stones\n-B20', 'B20 I10 N20'],
    ['M54.- and M54.5- of ICD-10', 'M54 M545'],
  ])('finds codes of three characters where diagnoses are listed: "%s"', (text, codes) => {
    expect(findInText(text).codes.join(' ')).toBe(codes);
  });

  it.each([
    'I10 and E20 without a word of what they are',
    'Ask for the ICD-10 codes. Take exit I10 then.',
    'ICD-10 codes and vitamin B12',
    'ICD-10-CM codes in X12 837, HCC V28 and MAC jurisdiction J15',
    'ICD-10-CM codes of FY2026, CY2027, CR13166, MM13166 and SE20011',
    'ICD-10-CM FY2026 and code FY2027',
    'ICD-10 codes F13,21 and I10.',
  ])('finds no code of three characters, none of two letters: "%s"', (text) => {
    expect(findInText(text).codes.filter((code) => code !== 'I10')).toEqual([]);
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
    ['CPT codes 62320-62323 are non-covered.', '62320 62323'],
    ['CPT codes 62320–62321 and 62322\u201162323', '62320 62321 62322 62323'],
    ['CPT 62321/62323 or CPT-62320', '62320 62321 62323'],
    ['codes 62320,62321, or 62323', '62320 62321 62323'],
    ['code 99213-25 and 62323-LT', '62323 99213'],
    ['0213T-0218T', '0213T 0218T'],
    ['HCPCS codes J0585-J0588', 'J0585 J0588'],
    ['HCPCS code J2506,03/05/2024', 'J2506'],
    ['0913A and 2026A are codes', '0913A'],
    ['codes of $10000-15000, $ 12345, 10,000-15,000 or 12345%', ''],
    ['codes: call 1-800-555-12345, fax 12345 or 410-786-3000', ''],
    ['codes in ZIP 90210-90213, zip codes 10001, 10002 and 10003', ''],
    ['codes at BALTIMORE, MD 21244/21245 and Portland OR 97201', ''],
    ['codes in 2026-09123, CMS-10123, 90 FR 12345, CRs 13166, 13167 and 13168', ''],
    ['codes of 10-01-2026, 20261001, 2025-2026 and contractor 05102', ''],
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
    ['10-01-2026', '2026-10-01'],
    ['10/01/2026-12/31/2026', '2026-10-01 2026-12-31'],
    ['October 1 - 15, 2026', '2026-10-01 2026-10-15'],
    ['Oct. 1st through Nov. 15th, 2026', '2026-10-01 2026-11-15'],
    ['October 1 and 15, 2026', '2026-10-01 2026-10-15'],
    ['1–15 October 2026', '2026-10-01 2026-10-15'],
    ['sections 4 and 1 October 2026', '2026-10-01'],
    ['October 2026, 10-01-26, 555-10-2026, 13-45-2026, 10-01-20261, 1-10-01-2026', ''],
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

  const category = fc.stringMatching(/^[A-Z](?:\d[0-9AB]|[A-Z]\d)$/);
  const diagnosis = fc
    .tuple(category, fc.stringMatching(/^[0-9A-Z]{1,4}$/))
    .map((parts) => formatCode('icd10cm', parts.join('')));
  const procedure = fc.stringMatching(/^(?:\d{5}|\d{4}[FTU]|[BCE-V]\d{4})$/);
  const joint = fc.constantFrom('-', '–', '—', '/', ' - ', ' to ', ' through ', ', ', ' and ');

  it('finds both ends of every range and both codes of every pair, and nothing else', () => {
    fc.assert(
      fc.property(diagnosis, diagnosis, joint, (from, to, between) => {
        const found = findInText(`Of ${from}${between}${to}.`);
        const ends = [from, to].map((code) => code.replace('.', ''));
        expect(found.codes).toEqual([...new Set(ends)].toSorted());
        expect(found.procedures).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(procedure, procedure, joint, (from, to, between) => {
        const found = findInText(`CPT/HCPCS codes (${from}${between}${to}) end.`);
        expect(found.procedures).toEqual([...new Set([from, to])].toSorted());
        expect(found.codes).toEqual([]);
      }),
    );
  });

  it('finds no code in amounts, telephone numbers, postal codes, days, years and numbers of documents', () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
    const other = fc.oneof(
      digits(5).map((amount) => `$${amount}`),
      fc.tuple(digits(2), digits(3)).map((parts) => parts.join(',')),
      fc.tuple(digits(5), digits(2)).map((parts) => parts.join('.')),
      fc.tuple(digits(3), digits(3), digits(4)).map((parts) => parts.join('-')),
      fc.tuple(digits(5), digits(4)).map(([zip, more]) => `Baltimore, MD ${zip}-${more}`),
      digits(5).map((zip) => `zip code ${zip}`),
      fc.tuple(digits(2), digits(2), digits(4)).map((parts) => parts.join('/')),
      fc.tuple(digits(2), digits(2), digits(4)).map((parts) => parts.join('-')),
      fc.tuple(digits(4), digits(5)).map((parts) => parts.join('-')),
      digits(2).map((year) => `FY20${year}`),
      digits(5).map((request) => `Change Request ${request}`),
    );
    fc.assert(
      fc.property(fc.array(other, { maxLength: 4 }), (others) => {
        const text = `ICD-10 diagnosis codes and CPT codes: ${others.join('; ')}.`;
        const { codes, procedures } = findInText(text);
        expect([...codes, ...procedures]).toEqual([]);
      }),
    );
  });
});
