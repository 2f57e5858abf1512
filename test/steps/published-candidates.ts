// The releases CDC and CMS published and their files, copied by hand from the listings, CMS's page and the zips.

/** A candidate as the test shows it: files by role, `folder/name` at CDC, `name` at CMS, ` ! member`. */
export type ExpectedCandidate = {
  readonly effective: string;
  readonly published: string;
  readonly files: Readonly<Record<string, string | undefined>>;
};

const loose = (year: number) => ({
  order: `${year}/icd10cm_order_${year}.txt`,
  addenda: `${year}/icd10cm_order_addenda_${year}.txt`,
  'codes-addenda': `${year}/icd10cm_codes_addenda_${year}.txt`,
});
const zipped = (zip: string, when: string) => ({
  order: `${zip} ! icd10cm-order-${when}.txt`,
  codes: `${zip} ! icd10cm-codes-${when}.txt`,
  addenda: `${zip} ! icd10cm-order-addenda-${when}.txt`,
  'codes-addenda': `${zip} ! icd10cm-codes-addenda-${when}.txt`,
});
const second = (zip: string, year: number) => ({
  'second-source': `${zip} ! icd10cm_order_${year}.txt`,
});

const cms2016 = '2016-code-descriptions-in-tabular-order.zip';
const cms2020 = '2020-icd-10-cm-codes.zip';
const order2018 = '2018/2018-ICD-10-Code-Order-Descriptions.zip';
const codes2018 = '2018/2018-ICD-10-CM-Codes-File.zip';
const january2021 = '2021/ICD-10-CM-Conversion-Table-FY2021-Jan-2021.xlsx';
const april2023 = 'April-1-2023-Update/icd10cm-code descriptions- April 1 2023.zip';
const table2024 =
  '2024/ICD-10-CM-Conversion-Table-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx';
const table2025 = '2025/icd-10-cm-conversion-table-FY2025.xlsx';

/** ICD-10-CM: every October since 2015, January 2021, April since 2022; the last two April ones change nothing. */
export const expectedCm: readonly ExpectedCandidate[] = [
  {
    effective: '2015-10-01',
    published: '2015-06-16',
    files: {
      order: '2016/ICD10CM_FY2016_code_descriptions.zip ! icd10cm_order_2016.txt',
      codes: `${cms2016} ! icd10cm_codes_2016.txt`,
      ...second(cms2016, 2016),
    },
  },
  {
    effective: '2016-10-01',
    published: '2016-08-18',
    files: { ...loose(2017), conversion: '2017/ICD-10-CM_ConversionTable-FY17.xlsx' },
  },
  {
    effective: '2017-10-01',
    published: '2017-06-28',
    files: {
      order: `${order2018} ! icd10cm_order_2018.txt`,
      addenda: `${order2018} ! icd10cm_order_addenda_2018.txt`,
      codes: `${codes2018} ! icd10cm_codes_2018.txt`,
      'codes-addenda': `${codes2018} ! icd10cm_codes_addenda_2018.txt`,
      conversion: '2018/ICD-10-CM-Conversion-Table-FY18-Effective-10-1-2017.xlsx',
    },
  },
  {
    effective: '2018-10-01',
    published: '2018-06-08',
    files: {
      ...loose(2019),
      conversion: '2019/ICD-10-CM-Conversion-Table-FY19-Effective-10-1-2018_FINAL.XLSX',
    },
  },
  {
    effective: '2019-10-01',
    published: '2019-06-20',
    files: {
      ...loose(2020),
      codes: `${cms2020} ! icd10cm_codes_2020.txt`,
      conversion: '2020/ICD-10-CM-Conversion-Table-FY20-Effective-10-1-2019-corrected.csv',
      ...second(cms2020, 2020),
    },
  },
  {
    effective: '2020-10-01',
    published: '2020-06-26',
    files: { ...loose(2021), codes: '2021/icd10cm_codes_2021.txt', conversion: january2021 },
  },
  {
    effective: '2021-01-01',
    published: '2020-12-03',
    files: {
      ...zipped('2021/icd10cm-codes-order-Jan-2021.zip', 'Jan-2021'),
      conversion: january2021,
      ...second('2021-code-descriptions-tabular-order-updated-12162020.zip', 2021),
    },
  },
  {
    effective: '2021-10-01',
    published: '2021-06-23',
    files: {
      ...zipped('2022/Code Descriptions zip.zip', '2022'),
      conversion:
        '2022/ICD-10-CM-Conversion-Table-FY2022-Effective-10-1-2021-updated-08-24-2021.xlsx',
    },
  },
  {
    effective: '2022-04-01',
    published: '2021-12-16',
    files: {
      ...loose(2022),
      codes: '2022/icd10cm_codes_2022.txt',
      conversion: '2022/ICD-10-CM-Conversion-Table-FY2022-Effective-04-01-2022.xlsx',
      ...second('2022-code-descriptions-tabular-order-updated-02012022.zip', 2022),
    },
  },
  {
    effective: '2022-10-01',
    published: '2022-06-09',
    files: {
      ...zipped('2023/icd10-Order-CodeFiles2023.zip', '2023'),
      conversion: '2023/ICD-10-CM-Conversion-Table-FY2023-Effective-10-01-2022.xlsx',
    },
  },
  {
    effective: '2023-04-01',
    published: '2023-01-05',
    files: {
      ...zipped(april2023, 'April 1 2023'),
      // CDC put a blank before the month in two of the four names.
      order: `${april2023} ! icd10cm-order- April 1 2023.txt`,
      codes: `${april2023} ! icd10cm-codes- April 1 2023.txt`,
      conversion:
        'April-1-2023-Update/Copy of ICD-10-CM-Conversion-Table-FY2023-Effective-04-01-2023.xlsx',
      ...second('2023-code-descriptions-tabular-order-updated-01-11-2023.zip', 2023),
    },
  },
  {
    effective: '2023-10-01',
    published: '2023-07-05',
    files: { ...zipped('2024/icd10cm-CodesDescriptions-2024.zip', '2024'), conversion: table2024 },
  },
  {
    effective: '2024-04-01',
    published: '2023-12-29',
    files: {
      ...zipped('2024-Update/icd10cm-Codes-Descriptions-April-2024.zip', 'April-2024'),
      conversion: table2024,
      ...second('2024-code-descriptions-tabular-order-updated-02-01-2024.zip', 2024),
    },
  },
  {
    effective: '2024-10-01',
    published: '2024-07-09',
    files: {
      ...zipped('2025/ICD10-CM Code Descriptions 2025.zip', '2025'),
      conversion: table2025,
      ...second('2025-code-descriptions-tabular-order.zip', 2025),
    },
  },
  {
    effective: '2025-04-01',
    published: '2025-01-23',
    files: {
      ...zipped('2025-Update/Code-desciptions-April-2025.zip', 'April-2025'),
      conversion: table2025,
    },
  },
  {
    effective: '2025-10-01',
    published: '2025-06-12',
    files: {
      ...zipped('2026/icd10cm-Code Descriptions-2026.zip', '2026'),
      conversion: '2026/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx',
      ...second('2026-code-descriptions-tabular-order.zip', 2026),
    },
  },
];

const pcs = (zip: string, year: number) => ({
  order: `${zip} ! icd10pcs_order_${year}.txt`,
  addenda: `${zip} ! order_addenda_${year}.txt`,
});
const titles = 'icd-10-pcs-order-file-long-and-abbreviated-titles';
const update2021 = pcs(`2021-${titles}-updated-december-1-2020.zip`, 2021);
const update2022 = pcs(`2022-${titles}-updated-december-1-2021.zip`, 2022);
const update2023 = pcs(`2023-${titles}-updated-01-11-2023.zip`, 2023);
const update2024 = pcs(`2024-${titles}-updated-12-19-2023.zip`, 2024);
const zip2016 = '2016-pcs-long-abbrev-titles.zip';
const erratum = 'errata-january-12-2022.zip';
const conversion = `${erratum} ! icd10pcs_conversion_table_2022.xlsx`;

/** ICD-10-PCS: October's files of FY2021 to FY2024 are no longer published, only their updates. */
export const expectedPcs: readonly ExpectedCandidate[] = [
  {
    effective: '2015-10-01',
    published: '2015-07-21',
    files: {
      ...pcs(zip2016, 2016),
      codes: `${zip2016} ! icd10pcs_codes_2016.txt`,
      'codes-addenda': `${zip2016} ! codes_addenda_2016.txt`,
    },
  },
  {
    effective: '2016-10-01',
    published: '2016-06-01',
    files: pcs('2017-pcs-long-abbrev-titles.zip', 2017),
  },
  {
    effective: '2017-10-01',
    published: '2017-05-16',
    files: pcs('2018-icd-10-pcs-order-file.zip', 2018),
  },
  {
    effective: '2018-10-01',
    published: '2018-05-14',
    files: pcs('2019-icd-10-pcs-order-file.zip', 2019),
  },
  {
    effective: '2019-10-01',
    published: '2019-05-21',
    files: pcs('2020-icd-10-pcs-order.zip', 2020),
  },
  { effective: '2021-01-01', published: '2020-12-01', files: { ...update2021, conversion } },
  {
    effective: '2021-10-01 reconstructed',
    published: '2021-12-01',
    files: { ...update2022, conversion },
  },
  { effective: '2022-04-01', published: '2021-12-01', files: update2022 },
  {
    effective: '2022-04-01',
    published: '2022-01-28',
    files: {
      ...pcs(erratum, 2022),
      'codes-addenda': `${erratum} ! codes_addenda_2022.txt`,
      conversion,
    },
  },
  { effective: '2022-10-01 reconstructed', published: '2023-01-11', files: update2023 },
  { effective: '2023-04-01', published: '2023-01-11', files: update2023 },
  { effective: '2023-10-01 reconstructed', published: '2023-12-19', files: update2024 },
  { effective: '2024-04-01', published: '2023-12-19', files: update2024 },
  { effective: '2024-10-01', published: '2024-06-03', files: pcs(`2025-${titles}.zip`, 2025) },
];
