// The official ICD-10-CM order files read straight from the mirror, by a reader that shares nothing with the product's:
// what the tests compare the table with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { cdcFolder } from './official-files.ts';

/** What one row says of a code. */
export type OfficialRow = { readonly flag: string; readonly short: string; readonly long: string };

/** One release as domain knowledge has it: its date, its file, and its counts from the officials' statistics. */
export type OfficialRelease = {
  readonly id: string;
  readonly effective: string;
  readonly file: string;
  readonly rows: number;
  readonly billable: number;
};

/** Every ICD-10-CM release from 2015-10-01 to 2025-10-01 that changed something, with its row and billable counts. */
export const officialReleases: readonly OfficialRelease[] = [
  ['icd10cm-2016', '2015-10-01', '2016/ICD10CM_FY2016_code_descriptions.zip', 91_737, 69_823],
  ['icd10cm-2017', '2016-10-01', '2017/icd10cm_order_2017.txt', 93_830, 71_486],
  ['icd10cm-2018', '2017-10-01', '2018/2018-ICD-10-Code-Order-Descriptions.zip', 94_127, 71_704],
  ['icd10cm-2019', '2018-10-01', '2019/icd10cm_order_2019.txt', 94_444, 71_932],
  ['icd10cm-2020', '2019-10-01', '2020/icd10cm_order_2020.txt', 94_765, 72_184],
  ['icd10cm-2021', '2020-10-01', '2021/icd10cm_order_2021.txt', 95_352, 72_616],
  ['icd10cm-2021-01', '2021-01-01', '2021/icd10cm-codes-order-Jan-2021.zip', 95_358, 72_621],
  ['icd10cm-2022', '2021-10-01', '2022/Code Descriptions zip.zip', 95_524, 72_748],
  ['icd10cm-2022-04', '2022-04-01', '2022/icd10cm_order_2022.txt', 95_528, 72_750],
  ['icd10cm-2023', '2022-10-01', '2023/icd10-Order-CodeFiles2023.zip', 96_745, 73_639],
  [
    'icd10cm-2023-04',
    '2023-04-01',
    'April-1-2023-Update/icd10cm-code descriptions- April 1 2023.zip',
    96_795,
    73_674,
  ],
  ['icd10cm-2024', '2023-10-01', '2024/icd10cm-CodesDescriptions-2024.zip', 97_296, 74_044],
  ['icd10cm-2025', '2024-10-01', '2025/ICD10-CM Code Descriptions 2025.zip', 97_584, 74_260],
  ['icd10cm-2026', '2025-10-01', '2026/icd10cm-Code Descriptions-2026.zip', 98_186, 74_719],
].map(([id, effective, file, rows, billable]) => ({
  id: String(id),
  effective: String(effective),
  file: String(file),
  rows: Number(rows),
  billable: Number(billable),
}));

const centralHeader = 0x02014b50;

/** The order file inside a zip, found by walking the central directory (PKWARE APPNOTE 4.3.12). */
function orderMember(zip: Buffer): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') + 16);
  while (zip.readUInt32LE(at) === centralHeader) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('latin1', at + 46, at + 46 + nameLength);
    if (/icd10(?:cm|pcs)[-_]order(?!.*addenda).*\.txt$/i.test(name)) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return inflateRawSync(packed).toString('latin1');
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error('no order file in the zip');
}

/** Rows of an official release by code. */
export const officialRows = (release: OfficialRelease): Map<string, OfficialRow> =>
  orderFileRows(join(cdcFolder, release.file));

/** Rows of an order file (.txt, or .zip that holds one) by code, cut out of the columns the CMS layout gives. */
export function orderFileRows(path: string): Map<string, OfficialRow> {
  const bytes = readFileSync(path);
  const text = path.endsWith('.zip') ? orderMember(bytes) : bytes.toString('latin1');
  const rows = new Map<string, OfficialRow>();
  for (const line of text.split('\r\n')) {
    if (line === '') continue;
    rows.set(line.slice(6, 13).trimEnd(), {
      flag: line.slice(14, 15),
      short: line.slice(16, 76).trimEnd(),
      long: line.slice(77).trimEnd(),
    });
  }
  return rows;
}
