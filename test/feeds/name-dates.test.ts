// Names as CMS and CDC really wrote them, and what each says about time.
import { describe, expect, it } from 'vitest';
import { readNameDates } from '../../shared/feeds/name-dates.ts';

type Expected = { fiscalYears: number[]; effective?: string; updated?: string };

const names: readonly [string, Expected][] = [
  ['2021', { fiscalYears: [2021] }],
  ['2024-Update', { fiscalYears: [2024] }],
  ['April-1-2023-Update', { fiscalYears: [2023], effective: '2023-04-01' }],
  ['CM- Committee', { fiscalYears: [] }],
  ['icd10cm_order_2022.txt', { fiscalYears: [2022] }],
  ['ICD10CM_FY2016_code_descriptions.zip', { fiscalYears: [2016] }],
  ['icd10-Order-CodeFiles2023.zip', { fiscalYears: [2023] }],
  ['ICD10-CM Code Descriptions 2025.zip', { fiscalYears: [2025] }],
  ['Code Descriptions zip.zip', { fiscalYears: [] }],
  ['icd10cm-order- April 1 2023.txt', { fiscalYears: [2023], effective: '2023-04-01' }],
  ['icd10cm-order-Jan-2021.txt', { fiscalYears: [2021], effective: '2021-01-01' }],
  ['Code-desciptions-April-2025.zip', { fiscalYears: [2025], effective: '2025-04-01' }],
  ['icd10cm-Codes-File-2022-April-1.pdf', { fiscalYears: [2022], effective: '2022-04-01' }],
  ['icd10cm-order-October-2025.txt', { fiscalYears: [2026], effective: '2025-10-01' }],
  ['ICD-10-CM_ConversionTable-FY17.xlsx', { fiscalYears: [2017] }],
  [
    'ICD-10-CM-Conversion-Table-FY18-Effective-10-1-2017.xlsx',
    { fiscalYears: [2018], effective: '2017-10-01' },
  ],
  [
    'ICD-10-CM-Conversion-Table-FY2022-Effective-10-1-2021-updated-08-24-2021.xlsx',
    { fiscalYears: [2022], effective: '2021-10-01', updated: '2021-08-24' },
  ],
  [
    'ICD-10-CM-Conversion-Table-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx',
    { fiscalYears: [2024], effective: '2023-10-01', updated: '2023-09-21' },
  ],
  [
    '2021-code-descriptions-tabular-order-updated-12162020.zip',
    { fiscalYears: [2021], updated: '2020-12-16' },
  ],
  [
    '2022-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-december-1-2021.zip',
    { fiscalYears: [2022], updated: '2021-12-01' },
  ],
  [
    '2023-code-descriptions-tabular-order-updated-01-11-2023.zip',
    { fiscalYears: [2023], updated: '2023-01-11' },
  ],
  ['errata-january-12-2022.zip', { fiscalYears: [], updated: '2022-01-12' }],
  ['icd10pcs_conversion_table_2022.xlsx', { fiscalYears: [2022] }],
];

describe('shared/feeds/name-dates.ts', () => {
  it.each(names)('reads %s', (name, expected) => {
    expect(readNameDates(name)).toEqual(expected);
  });

  it('takes no date that is none: there is no 31 February', () => {
    expect(readNameDates('2023-codes-updated-02-31-2023.zip').updated).toBeUndefined();
  });

  it('takes a day inside a month for when the file was made, not for when it takes effect', () => {
    const dates = readNameDates('icd10cm_order_2024 December 19 2023.txt');
    expect(dates).toEqual({ fiscalYears: [2024], updated: '2023-12-19' });
  });
});
