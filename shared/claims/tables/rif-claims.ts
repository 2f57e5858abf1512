// CMS claim files (RIF), pipe-delimited: one row a line, the rows of one claim behind each other, sharing CLM_ID.
import type { ClaimLine, ClaimSetting } from '../../core/artifact.ts';
import {
  addLine,
  type ClaimHead,
  type ClaimParts,
  finishParts,
  newParts,
  warnAt,
} from '../claim-parts.ts';
import type { RefusalCode } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import { readAmount, readDay, readModifiers, readProcedure } from '../written-values.ts';
import { actionOf, settingOfBill } from '../x12/bill-type.ts';
import { cellAt, pointerOf, type RifRow, takeCodes } from './rif-codes.ts';
import { findRifColumns, type RifColumns } from './rif-columns.ts';
import { stateOfSsa } from './state-codes.ts';
import type { TableReader } from './table-reader.ts';

/** One claim while its rows come in. */
type Group = { readonly id: string; readonly number: number; readonly parts: ClaimParts } & Pick<
  ClaimHead,
  'action' | 'fields'
>;

// NCH claim types of professional claims: carrier 71 and 72, DMERC 81 and 82. Records O and M where
// the type is not told.
const professionalTypes = new Set(['71', '72', '81', '82']);

function settingOf(columns: RifColumns, row: RifRow): ClaimSetting {
  const type = cellAt(row, columns.claimType);
  const record = cellAt(row, columns.recordType);
  const isProfessional = type === '' ? /^[OM]$/.test(record) : professionalTypes.has(type);
  if (isProfessional) return 'professional';
  const bill = `${cellAt(row, columns.facility)}${cellAt(row, columns.facilityClass)}`;
  if (/^\d{2}$/.test(bill)) return settingOfBill(bill);
  // 20 and 30 skilled nursing, 60 to 64 hospital inpatient.
  return /^(?:20|30|6[0-4])$/.test(type) ? 'inpatient' : 'outpatient';
}

/** Part A or B: NCH near line records V (institutional) and U (home health) are paid by Part A. */
function partOf(columns: RifColumns, row: RifRow, setting: ClaimSetting): 'MA' | 'MB' {
  const record = cellAt(row, columns.recordType);
  if (record === '') return setting === 'inpatient' ? 'MA' : 'MB';
  return record === 'V' || record === 'U' ? 'MA' : 'MB';
}

function actionOfRow(columns: RifColumns, row: RifRow): ClaimHead['action'] {
  const written = cellAt(row, columns.action).toUpperCase();
  if (written === 'DELETE') return 'void';
  const action = actionOf(cellAt(row, columns.frequency));
  return written === 'UPDATE' && action === 'take' ? 'replace' : action;
}

/** Reads what of a cell can be read; what cannot is left out with a warning, an empty cell silently. */
function readCell<T>(
  parts: ClaimParts,
  where: string,
  code: RefusalCode,
  text: string,
  read: (text: string) => T | undefined,
): T | undefined {
  if (text.trim() === '') return undefined;
  const value = read(text);
  const what = { 'date-invalid': 'no day', 'amount-invalid': 'no amount in dollars' } as const;
  const why = code === 'date-invalid' || code === 'amount-invalid' ? what[code] : 'not readable';
  if (value === undefined) warnAt(parts.warnings, where, code, `${why}; left out`);
  return value;
}

function openGroup(columns: RifColumns, row: RifRow): Group {
  const parts = newParts();
  const at = `line ${row.number}`;
  const setting = settingOf(columns, row);
  const day = (column: number, name: string) =>
    readCell(parts, `${at}, ${name}`, 'date-invalid', cellAt(row, column), readDay);
  const through = day(columns.through, 'CLM_THRU_DT');
  const discharge =
    setting === 'inpatient' ? (day(columns.discharge, 'NCH_BENE_DSCHRG_DT') ?? through) : undefined;
  const billed = columns.billed.map((column) => cellAt(row, column)).find((text) => text !== '');
  const billedCents = readCell(parts, `${at}, charges`, 'amount-invalid', billed ?? '', readAmount);
  const state = stateOfSsa(cellAt(row, columns.state));
  const specialty = cellAt(row, columns.specialty);
  takeCodes(parts, columns, row);
  return {
    id: cellAt(row, columns.id),
    number: row.number,
    parts,
    action: actionOfRow(columns, row),
    fields: {
      setting,
      ...(discharge !== undefined && { dischargeDate: discharge }),
      ...(setting !== 'inpatient' && through !== undefined && { dateOfService: through }),
      // These files hold claims of original Medicare and nothing else.
      payer: 'medicare',
      claimFiling: partOf(columns, row, setting),
      ...(billedCents !== undefined && { billedCents }),
      ...(state !== undefined && { state }),
      ...(/^[0-9A-Z]{2}$/.test(specialty) && { specialty }),
    },
  };
}

function takeLine({ parts }: Group, columns: RifColumns, row: RifRow): void {
  const at = `line ${row.number}`;
  const text = cellAt(row, columns.procedure);
  // Revenue center 0001 is the sum of the others, no service, unless it names one.
  if (text === '' && cellAt(row, columns.revenue) === '0001') return;
  const procedure = readCell(parts, `${at}, HCPCS_CD`, 'code-malformed', text, readProcedure);
  const modifiers = readModifiers(columns.modifiers.map((column) => cellAt(row, column)));
  const written = (places: readonly number[]): string =>
    places.map((column) => cellAt(row, column)).find((cell) => cell !== '') ?? '';
  const date = readCell(parts, `${at}, date`, 'date-invalid', written(columns.lineDates), readDay);
  const billed = written(columns.lineBilled);
  const cents = readCell(parts, `${at}, charge`, 'amount-invalid', billed, readAmount);
  const pointers = pointerOf(parts, columns, row);
  const line: ClaimLine = {
    ...(procedure !== undefined && { procedure }),
    ...(modifiers.length > 0 && { modifiers }),
    ...(date !== undefined && { dateOfService: date }),
    ...(cents !== undefined && { billedCents: cents }),
    ...(pointers.length > 0 && { pointers }),
  };
  addLine(parts, at, line);
}

function closeGroup(group: Group | undefined): readonly ReadRecord[] {
  if (!group) return [];
  const { id, number, parts, action, fields } = group;
  const head = {
    where: `line ${number}`,
    id,
    idField: 'CLM_ID',
    action,
    withoutCodes: 'no diagnosis in PRNCPAL_DGNS_CD or ICD_DGNS_CD1 to 25; send the claim with it',
    withoutDate: 'send CLM_THRU_DT as 01-Oct-2025',
    fields,
  };
  return [finishParts(parts, head)];
}

/** True for the header of a CMS claim file: one with claims and diagnoses. */
export const isRifHeader = (header: readonly string[]): boolean =>
  header.includes('CLM_ID') &&
  header.some((name) => name === 'PRNCPAL_DGNS_CD' || name === 'ICD_DGNS_CD1');

/** Reads a CMS claim file; `header` in upper case. The record's place is the first line of its claim. */
export function createRifReader(header: readonly string[]): TableReader {
  const columns = findRifColumns(header);
  let group: Group | undefined;
  return {
    take: (cells, number) => {
      const row = { cells, number };
      const isSame = group !== undefined && group.id === cellAt(row, columns.id);
      const done = isSame ? [] : closeGroup(group);
      if (!isSame || !group) group = openGroup(columns, row);
      takeLine(group, columns, row);
      return done;
    },
    finish: () => closeGroup(group),
  };
}
