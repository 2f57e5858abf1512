// The fee sheet of OpenEMR, table `fee_sheet_options`: one template for every category and option, with the diagnoses and
// HCPCS codes it enters. Facts from OpenEMR's interface/super/edit_list.php and sql/database.sql.
import { type CodeUse, codesMax, idRule } from '../../core/artifact.ts';
import { normalizeCode } from '../../core/code-system.ts';
import { readIcd10cm } from '../claim-codes.ts';
import { changedId, storableIdOf } from '../claim-id.ts';
import { warnAt } from '../claim-parts.ts';
import type { IntakeWarning } from '../intake-record.ts';
import type { Refusal } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import type { TableReader } from './table-reader.ts';

/** Columns of the table, in its order. */
export const feeSheetColumns = ['fs_category', 'fs_option', 'fs_codes'] as const;

/** One row of the table; `where` is its place. */
export type FeeSheetRow = {
  readonly where: string;
  readonly category: string;
  readonly option: string;
  readonly codes: string;
};

// Code types that are watched, as OpenEMR ships them; all others are other procedures, products and vaccines.
const systems: ReadonlyMap<string, CodeUse['system']> = new Map([
  ['ICD10', 'icd10cm'],
  ['ICD10-PCS', 'icd10pcs'],
  ['HCPCS', 'hcpcs'],
]);

/** The name without the digit it is sorted by, which OpenEMR never shows. */
const shownName = (text: string): string =>
  text
    .replace(/^\d(?=.)/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();

type Codes = { readonly codes: readonly CodeUse[]; readonly malformed: boolean };

/** Reads `CPT4|99213|~ICD10|M54.5|~`: entries parted by `~`, each type, code and a selector. */
function readCodes(row: FeeSheetRow, warnings: IntakeWarning[]): Codes {
  const uses = new Map<string, CodeUse>();
  let malformed = false;
  for (const entry of row.codes.split('~')) {
    const [type = '', written = ''] = entry.split('|');
    if (type === 'ICD9') {
      warnAt(warnings, row.where, 'unsupported', 'fs_codes: ICD-9-CM codes are not kept; left out');
    }
    const system = systems.get(type.trim().toUpperCase());
    if (!system) continue;
    const code = system === 'icd10cm' ? readIcd10cm(written) : normalizeCode(system, written);
    if (code !== undefined) uses.set(`${system} ${code}`, { system, code });
    // CPT codes are HCPCS Level I, and often entered as HCPCS.
    else if (system !== 'hcpcs') {
      malformed = true;
      const message = `fs_codes: an ${type} code that cannot be one; left out`;
      warnAt(warnings, row.where, 'code-malformed', message);
    }
  }
  return { codes: [...uses.values()], malformed };
}

function refuseCodes({ codes, malformed }: Codes): Refusal | undefined {
  if (codes.length > codesMax) {
    return { code: 'field-invalid', message: `fs_codes: more than ${codesMax} codes` };
  }
  if (codes.length > 0) return undefined;
  return malformed
    ? { code: 'code-malformed', message: 'fs_codes: no ICD10 code that can be one' }
    : { code: 'codes-missing', message: 'fs_codes: no ICD10 or HCPCS code, so nothing to watch' };
}

/** The template of a row, or why there is none; its id is `category/option` as OpenEMR shows them. */
export function readFeeSheetRow(row: FeeSheetRow): ReadRecord {
  const { where } = row;
  const [category, option] = [shownName(row.category), shownName(row.option)];
  const sent = `${category}/${option}`;
  const id = category === '' || option === '' ? undefined : storableIdOf(sent);
  if (id === undefined) {
    const message = `fs_category and fs_option: ${idRule}`;
    return { kind: 'rejected', where, code: 'id-invalid', message };
  }
  const warnings: IntakeWarning[] = [];
  const read = readCodes(row, warnings);
  const refusal = refuseCodes(read);
  if (refusal) return { kind: 'rejected', where, ...refusal };
  const changed = changedId(sent, id);
  if (changed !== undefined) warnAt(warnings, where, 'id-invalid', changed);
  const artifact = {
    type: 'template',
    id,
    name: `${category}: ${option}`,
    kind: 'fee sheet',
    codes: read.codes,
  } as const;
  return { kind: 'accepted', where, artifact, ...(warnings.length > 0 && { warnings }) };
}

/** True for the header of the table as CSV. */
export const isFeeSheetHeader = (header: readonly string[]): boolean =>
  feeSheetColumns.every((column) => header.includes(column.toUpperCase()));

/** Reads the table as CSV; `header` in upper case. */
export function createFeeSheetReader(header: readonly string[]): TableReader {
  const [category = -1, option = -1, codes = -1] = feeSheetColumns.map((column) =>
    header.indexOf(column.toUpperCase()),
  );
  return {
    take: (cells, number) => [
      readFeeSheetRow({
        where: `line ${number}`,
        category: cells[category] ?? '',
        option: cells[option] ?? '',
        codes: cells[codes] ?? '',
      }),
    ],
    finish: () => [],
  };
}
