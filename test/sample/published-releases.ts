// The sample's releases as a reader finds them: where their files lie in a mirror, and what steps lead from one to the next.
import { cdcPath, cmsHost } from './published-text.ts';

/** Files of one release: paths in the sample and, by the same names, in the official mirror. */
export type PublishedRelease = {
  readonly effective: string;
  readonly order: string;
  readonly codes: string;
  /** Order and codes addenda and the effective date they start from; none for the baseline. */
  readonly addenda?: { readonly order: string; readonly codes: string; readonly from: string };
};

const at = (effective: string, folder: string, names: readonly string[], from?: string) => {
  const [order = '', codes = '', addenda = '', codesAddenda = ''] = names.map(
    (name) => `${cdcPath}/${folder}${name}.txt`,
  );
  const release = { effective, order, codes };
  return from ? { ...release, addenda: { order: addenda, codes: codesAddenda, from } } : release;
};

const loose = (year: number): string[] =>
  ['order', 'codes', 'order_addenda', 'codes_addenda'].map((what) => `icd10cm_${what}_${year}`);

const dashed = (name: string): string[] =>
  ['order', 'codes', 'order-addenda', 'codes-addenda'].map((what) => `icd10cm-${what}-${name}`);

/** ICD-10-CM from FY2019 to FY2026, by effective date. */
export const publishedReleases: readonly PublishedRelease[] = [
  at('2018-10-01', '2019/', loose(2019)),
  at('2019-10-01', '2020/', loose(2020), '2018-10-01'),
  at('2020-10-01', '2021/', loose(2021), '2019-10-01'),
  at('2021-01-01', '2021/icd10cm-codes-order-Jan-2021.zip!', dashed('Jan-2021'), '2019-10-01'),
  at(
    '2021-10-01',
    '2022/Code Descriptions zip.zip!Code Descriptions/',
    dashed('2022'),
    '2021-01-01',
  ),
  at('2022-04-01', '2022/', loose(2022), '2021-10-01'),
  at('2022-10-01', '2023/icd10-Order-CodeFiles2023.zip!', dashed('2023'), '2022-04-01'),
  at(
    '2023-04-01',
    'April-1-2023-Update/icd10cm-code descriptions- April 1 2023.zip!',
    [
      'icd10cm-order- April 1 2023',
      'icd10cm-codes- April 1 2023',
      'icd10cm-order-addenda-April 1 2023',
      'icd10cm-codes-addenda-April 1 2023',
    ],
    '2022-10-01',
  ),
  at('2023-10-01', '2024/icd10cm-CodesDescriptions-2024.zip!', dashed('2024'), '2023-04-01'),
  at(
    '2024-04-01',
    '2024-Update/icd10cm-Codes-Descriptions-April-2024.zip!',
    dashed('April-2024'),
    '2023-10-01',
  ),
  at('2024-10-01', '2025/ICD10-CM Code Descriptions 2025.zip!', dashed('2025'), '2024-04-01'),
  at(
    '2025-04-01',
    '2025-Update/Code-desciptions-April-2025.zip!',
    dashed('April-2025'),
    '2024-10-01',
  ),
  at('2025-10-01', '2026/icd10cm-Code Descriptions-2026.zip!', dashed('2026'), '2025-04-01'),
];

const table = 'ICD-10-CM-Conversion-Table';

/** Conversion tables: path, and the last effective date each covers. */
export const publishedTables: readonly { readonly path: string; readonly upTo: string }[] = [
  { path: `2019/${table}-FY19-Effective-10-1-2018_FINAL.XLSX`, upTo: '2018-10-01' },
  { path: `2020/${table}-FY20-Effective-10-1-2019-corrected.csv`, upTo: '2019-10-01' },
  { path: `2021/${table}-FY2021-Jan-2021.xlsx`, upTo: '2021-01-01' },
  {
    path: `2022/${table}-FY2022-Effective-10-1-2021-updated-08-24-2021.xlsx`,
    upTo: '2021-10-01',
  },
  { path: `2022/${table}-FY2022-Effective-04-01-2022.xlsx`, upTo: '2022-04-01' },
  { path: `2023/${table}-FY2023-Effective-10-01-2022.xlsx`, upTo: '2022-10-01' },
  {
    path: `April-1-2023-Update/Copy of ${table}-FY2023-Effective-04-01-2023.xlsx`,
    upTo: '2023-04-01',
  },
  {
    path: `2024/${table}-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx`,
    upTo: '2023-10-01',
  },
  { path: '2025/icd-10-cm-conversion-table-FY2025.xlsx', upTo: '2024-10-01' },
  { path: '2026/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx', upTo: '2025-10-01' },
].map(({ path, upTo }) => ({ path: `${cdcPath}/${path}`, upTo }));

const pcsZip = (year: number, rest: string): string =>
  `${cmsHost}/files/zip/${year}-icd-10-pcs-order-file-long-and-abbreviated-titles${rest}.zip`;

/** ICD-10-PCS order files: April 2024 and FY2025. */
export const publishedProcedures = {
  april2024: `${pcsZip(2024, '-updated-12-19-2023')}!icd10pcs_order_2024.txt`,
  april2024Addenda: `${pcsZip(2024, '-updated-12-19-2023')}!order_addenda_2024.txt`,
  october2024: `${pcsZip(2025, '')}!icd10pcs_order_2025.txt`,
  october2024Addenda: `${pcsZip(2025, '')}!order_addenda_2025.txt`,
} as const;

/** ICD-10-CM order files that CMS publishes too, by effective date. */
export const secondSources: Readonly<Record<string, string>> = {
  '2024-10-01': `${cmsHost}/files/zip/2025-code-descriptions-tabular-order.zip!icd10cm_order_2025.txt`,
  '2025-10-01': `${cmsHost}/files/zip/2026-code-descriptions-tabular-order.zip!icd10cm_order_2026.txt`,
};
