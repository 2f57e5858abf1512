// Where the sample mirror has its files: folders, names and listing dates as ftp.cdc.gov and www.cms.gov show them.
import type { SampleReleaseId } from './releases.ts';

/** What a file says about its release. */
export type FileContent = 'order' | 'codes' | 'addenda' | 'codes-addenda' | 'csv' | 'xlsx';

/** A text or table: loose, or a member of a zip. */
export type SampleFile = {
  readonly name: string;
  readonly content: FileContent;
  readonly release: SampleReleaseId;
};

/** A file a server offers, with its listing date; a zip has members. */
export type PublishedFile = { readonly listed: string } & (
  | SampleFile
  | { readonly name: string; readonly members: readonly SampleFile[] }
);

/** One folder of CDC's ICD-10-CM directory. */
export type PublishedFolder = {
  readonly name: string;
  readonly listed: string;
  readonly files: readonly PublishedFile[];
};

type Names = Readonly<Partial<Record<FileContent, string>>>;

const files = (release: SampleReleaseId, names: Names): SampleFile[] => {
  const order: readonly FileContent[] = [
    'csv',
    'xlsx',
    'codes',
    'codes-addenda',
    'order',
    'addenda',
  ];
  return order.flatMap((content) => {
    const name = names[content];
    return name ? [{ name, content, release }] : [];
  });
};

const loose = (listed: string, release: SampleReleaseId, names: Names): PublishedFile[] =>
  files(release, names).map((file) => ({ ...file, listed }));

const zip = (
  listed: string,
  name: string,
  release: SampleReleaseId,
  names: Names,
): PublishedFile => ({ listed, name, members: files(release, names) });

/** Loose files as FY2019 to FY2021 and April 2022 have them. */
const looseNames = (year: number): Names => ({
  codes: `icd10cm_codes_${year}.txt`,
  'codes-addenda': `icd10cm_codes_addenda_${year}.txt`,
  order: `icd10cm_order_${year}.txt`,
  addenda: `icd10cm_order_addenda_${year}.txt`,
});

/** Members as CDC's zips have them since FY2022: dashes, the release's name last. */
const zipNames = (name: string, folder = ''): Names => ({
  codes: `${folder}icd10cm-codes-${name}.txt`,
  'codes-addenda': `${folder}icd10cm-codes-addenda-${name}.txt`,
  order: `${folder}icd10cm-order-${name}.txt`,
  addenda: `${folder}icd10cm-order-addenda-${name}.txt`,
});

const table = 'ICD-10-CM-Conversion-Table';

/** CDC's folders, in the order the listing has them. */
export const cdcFolders: readonly PublishedFolder[] = [
  {
    name: '2019',
    listed: '2019-06-18T13:30',
    files: [
      ...loose('2018-07-19T15:04', 'cm-2018-10', {
        xlsx: `${table}-FY19-Effective-10-1-2018_FINAL.XLSX`,
      }),
      ...loose('2018-06-08T15:06', 'cm-2018-10', {
        codes: 'icd10cm_codes_2019.txt',
        order: 'icd10cm_order_2019.txt',
      }),
    ],
  },
  {
    name: '2020',
    listed: '2024-07-09T22:15',
    files: [
      ...loose('2019-12-02T11:33', 'cm-2019-10', {
        csv: `${table}-FY20-Effective-10-1-2019-corrected.csv`,
      }),
      ...loose('2019-06-20T13:43', 'cm-2019-10', looseNames(2020)),
    ],
  },
  {
    name: '2021',
    listed: '2024-07-09T22:14',
    files: [
      ...loose('2020-12-16T16:12', 'cm-2021-01', { xlsx: `${table}-FY2021-Jan-2021.xlsx` }),
      zip(
        '2020-12-03T16:17',
        'icd10cm-codes-order-Jan-2021.zip',
        'cm-2021-01',
        zipNames('Jan-2021'),
      ),
      ...loose('2020-06-26T13:31', 'cm-2020-10', looseNames(2021)),
    ],
  },
  {
    name: '2022',
    listed: '2022-09-22T13:29',
    files: [
      zip(
        '2021-06-23T09:16',
        'Code Descriptions zip.zip',
        'cm-2021-10',
        zipNames('2022', 'Code Descriptions/'),
      ),
      ...loose('2022-04-13T09:47', 'cm-2022-04', {
        xlsx: `${table}-FY2022-Effective-04-01-2022.xlsx`,
      }),
      ...loose('2021-08-25T15:28', 'cm-2021-10', {
        xlsx: `${table}-FY2022-Effective-10-1-2021-updated-08-24-2021.xlsx`,
      }),
      ...loose('2021-12-16T13:11', 'cm-2022-04', looseNames(2022)),
    ],
  },
  {
    name: '2023',
    listed: '2024-03-27T13:05',
    files: [
      ...loose('2022-06-09T14:40', 'cm-2022-10', {
        xlsx: `${table}-FY2023-Effective-10-01-2022.xlsx`,
      }),
      zip('2022-06-09T14:40', 'icd10-Order-CodeFiles2023.zip', 'cm-2022-10', zipNames('2023')),
    ],
  },
  {
    name: '2024',
    listed: '2024-09-20T11:43',
    files: [
      ...loose('2023-09-21T15:18', 'cm-2023-10', {
        xlsx: `${table}-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx`,
      }),
      zip('2023-07-05T10:51', 'icd10cm-CodesDescriptions-2024.zip', 'cm-2023-10', zipNames('2024')),
    ],
  },
  {
    name: '2024-Update',
    listed: '2024-01-11T10:50',
    files: [
      zip(
        '2023-12-29T11:25',
        'icd10cm-Codes-Descriptions-April-2024.zip',
        'cm-2024-04',
        zipNames('April-2024'),
      ),
    ],
  },
  {
    name: '2025',
    listed: '2025-09-19T11:43',
    files: [
      ...loose('2024-07-09T14:20', 'cm-2024-10', {
        xlsx: 'icd-10-cm-conversion-table-FY2025.xlsx',
      }),
      zip(
        '2024-07-09T14:20',
        'ICD10-CM Code Descriptions 2025.zip',
        'cm-2024-10',
        zipNames('2025'),
      ),
    ],
  },
  {
    name: '2025-Update',
    listed: '2025-02-24T10:10',
    files: [
      zip(
        '2025-01-23T17:19',
        'Code-desciptions-April-2025.zip',
        'cm-2025-04',
        zipNames('April-2025'),
      ),
    ],
  },
  {
    name: '2026',
    listed: '2025-07-02T16:14',
    files: [
      ...loose('2025-06-30T15:40', 'cm-2025-10', {
        xlsx: 'ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx',
      }),
      zip('2025-06-12T12:21', 'icd10cm-Code Descriptions-2026.zip', 'cm-2025-10', zipNames('2026')),
    ],
  },
  {
    name: 'April-1-2023-Update',
    listed: '2023-03-15T13:25',
    files: [
      ...loose('2023-01-13T14:36', 'cm-2023-04', {
        xlsx: `Copy of ${table}-FY2023-Effective-04-01-2023.xlsx`,
      }),
      zip('2023-01-05T10:31', 'icd10cm-code descriptions- April 1 2023.zip', 'cm-2023-04', {
        codes: 'icd10cm-codes- April 1 2023.txt',
        'codes-addenda': 'icd10cm-codes-addenda-April 1 2023.txt',
        order: 'icd10cm-order- April 1 2023.txt',
        addenda: 'icd10cm-order-addenda-April 1 2023.txt',
      }),
    ],
  },
];

/** CMS's zips by host-relative path, newest first, dated as their members are. */
export const cmsFiles: readonly PublishedFile[] = [
  zip(
    '2025-06-06T12:29',
    '/files/zip/2026-code-descriptions-tabular-order.zip',
    'cm-2025-10',
    looseNames(2026),
  ),
  zip(
    '2024-06-03T07:31',
    '/files/zip/2025-icd-10-pcs-order-file-long-and-abbreviated-titles.zip',
    'pcs-2024-10',
    { order: 'icd10pcs_order_2025.txt', addenda: 'order_addenda_2025.txt' },
  ),
  zip(
    '2024-06-28T09:16',
    '/files/zip/2025-code-descriptions-tabular-order.zip',
    'cm-2024-10',
    looseNames(2025),
  ),
  zip(
    '2023-11-20T10:50',
    '/files/zip/2024-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-12-19-2023.zip',
    'pcs-2024-04',
    { order: 'icd10pcs_order_2024.txt', addenda: 'order_addenda_2024.txt' },
  ),
];
