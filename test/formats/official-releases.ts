// Where the official releases lie and what the officials say they hold: the oracle of the tests on real files.
import type { OfficialFile } from './official-member.ts';

/** One release: its files, and the rows and billable codes the officials count. */
export type OfficialRelease = {
  readonly name: string;
  readonly order: OfficialFile;
  readonly codes?: OfficialFile;
  readonly addenda?: OfficialFile;
  readonly codesAddenda?: OfficialFile;
  readonly rows: number;
  readonly billable: number;
  /** Codes whose title the addenda leave out, with respect to the release before. */
  readonly omitted?: number;
  /** Rows that stand elsewhere than in the release before though the addenda do not name them. */
  readonly moved?: number;
};

const cdc = (path: string, member?: RegExp): OfficialFile => ({
  host: 'cdc',
  path,
  ...(member && { member }),
});
const cms = (path: string, member?: RegExp): OfficialFile => ({
  host: 'cms',
  path,
  ...(member && { member }),
});

const orderMember = /^icd10cm.order(?!.addenda).*\.txt$/;
const addendaMember = /^icd10cm.order.addenda.*\.txt$/;
const codesMember = /^icd10cm.codes(?!.addenda).*\.txt$/;
const codesAddendaMember = /^icd10cm.codes.addenda.*\.txt$/;

const zipped = (path: string) => ({
  order: cdc(path, orderMember),
  codes: cdc(path, codesMember),
  addenda: cdc(path, addendaMember),
  codesAddenda: cdc(path, codesAddendaMember),
});

const loose = (year: number) => ({
  order: cdc(`${year}/icd10cm_order_${year}.txt`),
  addenda: cdc(`${year}/icd10cm_order_addenda_${year}.txt`),
  codesAddenda: cdc(`${year}/icd10cm_codes_addenda_${year}.txt`),
});

/**
 * ICD-10-CM. Counts: CDC's addenda statistics (headers + codes) of each release, for FY2016 those of its successor.
 * The addenda of each lead from the one before it, but January 2021's, which lead from FY2020.
 */
export const cmReleases: readonly OfficialRelease[] = [
  {
    name: 'FY2016',
    order: cdc('2016/ICD10CM_FY2016_code_descriptions.zip', orderMember),
    codes: cms(
      'medicare/coding/icd10/downloads/2016-code-descriptions-in-tabular-order.zip',
      codesMember,
    ),
    rows: 91_737,
    billable: 69_823,
  },
  { name: 'FY2017', ...loose(2017), rows: 93_830, billable: 71_486, omitted: 2 },
  {
    name: 'FY2018',
    order: cdc('2018/2018-ICD-10-Code-Order-Descriptions.zip', orderMember),
    addenda: cdc('2018/2018-ICD-10-Code-Order-Descriptions.zip', addendaMember),
    codes: cdc('2018/2018-ICD-10-CM-Codes-File.zip', codesMember),
    codesAddenda: cdc('2018/2018-ICD-10-CM-Codes-File.zip', codesAddendaMember),
    rows: 94_127,
    billable: 71_704,
    omitted: 12,
  },
  { name: 'FY2019', ...loose(2019), rows: 94_444, billable: 71_932 },
  {
    name: 'FY2020',
    ...loose(2020),
    codes: cms('medicare/coding/icd10/downloads/2020-icd-10-cm-codes.zip', codesMember),
    rows: 94_765,
    billable: 72_184,
  },
  {
    name: 'FY2021',
    ...loose(2021),
    codes: cdc('2021/icd10cm_codes_2021.txt'),
    rows: 95_352,
    billable: 72_616,
  },
  {
    name: 'January 2021',
    ...zipped('2021/icd10cm-codes-order-Jan-2021.zip'),
    rows: 95_358,
    billable: 72_621,
  },
  {
    name: 'FY2022',
    ...zipped('2022/Code Descriptions zip.zip'),
    rows: 95_524,
    billable: 72_748,
    omitted: 2,
    // V02.02 and V06.12 were put before V02.03 and V06.13, 4 and 9 rows each.
    moved: 2 * 13,
  },
  {
    name: 'April 2022',
    ...loose(2022),
    codes: cdc('2022/icd10cm_codes_2022.txt'),
    rows: 95_528,
    billable: 72_750,
  },
  {
    name: 'FY2023',
    ...zipped('2023/icd10-Order-CodeFiles2023.zip'),
    rows: 96_745,
    billable: 73_639,
  },
  {
    name: 'April 2023',
    ...zipped('April-1-2023-Update/icd10cm-code descriptions- April 1 2023.zip'),
    rows: 96_795,
    billable: 73_674,
  },
  {
    name: 'FY2024',
    ...zipped('2024/icd10cm-CodesDescriptions-2024.zip'),
    rows: 97_296,
    billable: 74_044,
    omitted: 1,
  },
  {
    name: 'FY2025',
    ...zipped('2025/ICD10-CM Code Descriptions 2025.zip'),
    rows: 97_584,
    billable: 74_260,
  },
  {
    name: 'FY2026',
    ...zipped('2026/icd10cm-Code Descriptions-2026.zip'),
    rows: 98_186,
    billable: 74_719,
  },
];

const pcsFiles = (path: string) => ({
  order: cms(path, /^icd10pcs_order_\d{4}\.txt$/),
  addenda: cms(path, /^order_addenda_\d{4}\.txt$/),
});

/** ICD-10-PCS: headers + codes and codes as CMS's addenda statistics count them. */
export const pcsReleases: readonly OfficialRelease[] = [
  {
    name: 'FY2016',
    ...pcsFiles('medicare/coding/icd10/downloads/2016-pcs-long-abbrev-titles.zip'),
    codes: cms(
      'medicare/coding/icd10/downloads/2016-pcs-long-abbrev-titles.zip',
      /^icd10pcs_codes_2016\.txt$/,
    ),
    codesAddenda: cms(
      'medicare/coding/icd10/downloads/2016-pcs-long-abbrev-titles.zip',
      /^codes_addenda_2016\.txt$/,
    ),
    rows: 848 + 71_974,
    billable: 71_974,
  },
  {
    name: 'FY2017',
    ...pcsFiles('medicare/coding/icd10/downloads/2017-pcs-long-abbrev-titles.zip'),
    rows: 857 + 75_789,
    billable: 75_789,
  },
  {
    name: 'FY2018',
    ...pcsFiles('medicare/coding/icd10/downloads/2018-icd-10-pcs-order-file.zip'),
    rows: 873 + 78_705,
    billable: 78_705,
  },
  {
    name: 'FY2019',
    ...pcsFiles('medicare/coding/icd10/downloads/2019-icd-10-pcs-order-file.zip'),
    rows: 877 + 78_881,
    billable: 78_881,
  },
  {
    name: 'FY2020',
    ...pcsFiles('medicare/coding/icd10/downloads/2020-icd-10-pcs-order.zip'),
    rows: 880 + 77_559,
    billable: 77_559,
  },
  {
    name: 'January 2021',
    ...pcsFiles(
      'files/zip/2021-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-december-1-2020.zip',
    ),
    rows: 890 + 78_136,
    billable: 78_136,
  },
  {
    name: 'April 2022',
    ...pcsFiles(
      'files/zip/2022-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-december-1-2021.zip',
    ),
    rows: 895 + 78_227,
    billable: 78_227,
  },
  {
    name: 'April 2023',
    ...pcsFiles(
      'files/zip/2023-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-01-11-2023.zip',
    ),
    rows: 901 + 78_530,
    billable: 78_530,
  },
  {
    name: 'April 2024',
    ...pcsFiles(
      'files/zip/2024-icd-10-pcs-order-file-long-and-abbreviated-titles-updated-12-19-2023.zip',
    ),
    rows: 905 + 78_638,
    billable: 78_638,
  },
  {
    name: 'FY2025',
    ...pcsFiles('files/zip/2025-icd-10-pcs-order-file-long-and-abbreviated-titles.zip'),
    rows: 908 + 78_948,
    billable: 78_948,
  },
];
