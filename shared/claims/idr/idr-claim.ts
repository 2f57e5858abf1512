// A claim of the IDR from its row in CLM and the rows that belong to it in the other tables.
import type { ClaimLine } from '../../core/artifact.ts';
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { JoinRow, RelatedRows } from '../../ports/table-join.ts';
import {
  addDiagnosis,
  addLine,
  type ClaimHead,
  type ClaimParts,
  finishParts,
  newParts,
  warnAt,
} from '../claim-parts.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import { readAmount, readDay, readModifiers, readProcedure } from '../written-values.ts';
import { actionOf } from '../x12/bill-type.ts';
import { takeCodes } from './idr-codes.ts';
import { claimColumns, lineColumns, revenueColumns } from './idr-columns.ts';
import { readClaimType } from './idr-setting.ts';
import type { IdrTableName } from './idr-tables.ts';

/** More rows of one claim than any has: of each table a claim is given this many. */
const rowsMax = 2_000;

/** Reads the cells of a row by the names of its columns; `~`, with which the IDR says "none", is empty. */
export function cellsOf<Name extends string>(
  columns: readonly Name[],
  { cells }: JoinRow,
): (name: Name) => string {
  return (name) => {
    const text = cells[columns.indexOf(name)] ?? '';
    return text === '~' ? '' : text;
  };
}

/** The place of a row, as it is told: table and line. */
export const placeOf = (table: IdrTableName, { line }: Pick<JoinRow, 'line'>): string =>
  `${table} line ${line}`;

/** What a cell says; what it cannot say is left out with a warning. */
type ReadCell = <T>(
  where: string,
  code: 'date-invalid' | 'amount-invalid' | 'code-malformed',
  text: string,
  read: (text: string) => T | undefined,
) => T | undefined;

const why = {
  'date-invalid': 'no day',
  'amount-invalid': 'no amount in dollars',
  'code-malformed': 'cannot be a procedure code',
} as const;

const reading =
  ({ warnings }: ClaimParts): ReadCell =>
  (where, code, text, read) => {
    if (text === '') return undefined;
    const value = read(text);
    if (value === undefined) warnAt(warnings, where, code, `${why[code]}; left out`);
    return value;
  };

/** A day; 1000-01-01 and 9999-12-31 are how the IDR writes none. */
const isNoDay = (text: string): boolean => /^(?:1000-01-01|9999-12-31)/.test(text);

const dayText = (text: string): string => (isNoDay(text) ? '' : text);

type Rows = readonly JoinRow[];

/** The days of revenue centers by the number of their line. */
function revenueDays(rows: Rows): ReadonlyMap<string, string> {
  return new Map(
    rows.map((row) => {
      const cell = cellsOf(revenueColumns, row);
      return [cell('CLM_LINE_NUM'), dayText(cell('CLM_LINE_INSTNL_REV_CTR_DT'))];
    }),
  );
}

/** The place of the line's diagnosis among those sent, from 1; one the claim does not list is added. */
function pointerOf(parts: ClaimParts, where: string, text: string): readonly number[] {
  if (text === '') return [];
  const before = parts.diagnoses.findIndex(({ code }) => code === text.toUpperCase());
  if (before >= 0) return [parts.sent.indexOf(before) + 1];
  addDiagnosis(parts, `${where}, CLM_LINE_DGNS_CD`, 'icd10cm', text, 'other');
  return parts.sent.at(-1) === -1 ? [] : [parts.sent.length];
}

function takeLine(parts: ClaimParts, row: JoinRow, days: ReadonlyMap<string, string>): void {
  const at = placeOf('CLM_LINE', row);
  const cell = cellsOf(lineColumns, row);
  const read = reading(parts);
  const text = cell('CLM_LINE_HCPCS_CD');
  // Revenue center 0001 is the sum of the others, no service, unless it names one.
  if (text === '' && cell('CLM_LINE_REV_CTR_CD') === '0001') return;
  const procedure = read(`${at}, CLM_LINE_HCPCS_CD`, 'code-malformed', text, readProcedure);
  const modifiers = readModifiers(
    ([1, 2, 3, 4, 5] as const).map((n) => cell(`HCPCS_${n}_MDFR_CD`)),
  );
  const written = [days.get(cell('CLM_LINE_NUM')) ?? '']
    .concat(dayText(cell('CLM_LINE_THRU_DT')), dayText(cell('CLM_LINE_FROM_DT')))
    .find((one) => one !== '');
  const date = read(`${at}, date`, 'date-invalid', written ?? '', readDay);
  const amount = cell('CLM_LINE_SBMT_CHRG_AMT');
  const cents = read(`${at}, CLM_LINE_SBMT_CHRG_AMT`, 'amount-invalid', amount, readAmount);
  const pointers = pointerOf(parts, at, cell('CLM_LINE_DGNS_CD'));
  const line: ClaimLine = {
    ...(procedure !== undefined && { procedure }),
    ...(modifiers.length > 0 && { modifiers }),
    ...(date !== undefined && { dateOfService: date }),
    ...(cents !== undefined && { billedCents: cents }),
    ...(pointers.length > 0 && { pointers }),
  };
  addLine(parts, at, line);
}

type ClaimCell = (name: (typeof claimColumns)[number]) => string;

/**
 * What becomes of the claim. A row that is not the latest of its claim, not its final action, or of another time of the
 * warehouse takes its claim back: an adjustment comes under an id of its own.
 */
function actionOfRow(cell: ClaimCell): ClaimHead['action'] {
  const obsolete = cell('CLM_OBSLT_DT');
  const isPast =
    cell('CLM_LTST_CLM_IND') === 'N' ||
    cell('CLM_FINL_ACTN_IND') === 'N' ||
    (obsolete !== '' && !isNoDay(obsolete));
  return isPast ? 'void' : actionOf(cell('CLM_BILL_FREQ_CD'));
}

/** Rows of CLM_DT_SGNTR under the claim's signature of dates. */
export type DatesOf = (signature: string) => Rows;

/** The day of discharge, where the signature has one. */
function dischargeOf(parts: ClaimParts, dates: Rows): CalendarDate | undefined {
  const [row] = dates;
  const text = dayText(row?.cells[0] ?? '').replace('~', '');
  const where = row ? `${placeOf('CLM_DT_SGNTR', row)}, CLM_DSCHRG_DT` : '';
  return reading(parts)(where, 'date-invalid', text, readDay);
}

const takeLines = (parts: ClaimParts, related: RelatedRows): void => {
  const days = revenueDays(related('CLM_LINE_INSTNL', rowsMax));
  for (const line of related('CLM_LINE', rowsMax)) takeLine(parts, line, days);
};

/** The record of a row of CLM. Its place is that row. */
export function readIdrClaim(row: JoinRow, related: RelatedRows, datesOf: DatesOf): ReadRecord {
  const where = placeOf('CLM', row);
  const cell = cellsOf(claimColumns, row);
  const bill = `${cell('CLM_BILL_FAC_TYPE_CD')}${cell('CLM_BILL_CLSFCTN_CD')}`;
  const type = readClaimType(cell('CLM_TYPE_CD'), bill);
  if ('none' in type) return { kind: 'rejected', where, code: 'codes-missing', message: type.none };
  const parts = newParts();
  const read = reading(parts);
  const { setting, part } = type;
  const through = (['CLM_THRU_DT', 'CLM_FROM_DT'] as const)
    .map((name) => read(`${where}, ${name}`, 'date-invalid', dayText(cell(name)), readDay))
    .find((day) => day !== undefined);
  const discharge =
    setting === 'inpatient'
      ? (dischargeOf(parts, datesOf(cell('CLM_DT_SGNTR_SK'))) ?? through)
      : undefined;
  const charge = cell('CLM_SBMT_CHRG_AMT');
  const cents = read(`${where}, CLM_SBMT_CHRG_AMT`, 'amount-invalid', charge, readAmount);
  takeCodes(parts, related('CLM_PROD', rowsMax));
  takeLines(parts, related);
  return finishParts(parts, {
    where,
    id: cell('CLM_UNIQ_ID'),
    idField: 'CLM_UNIQ_ID',
    action: actionOfRow(cell),
    withoutCodes: 'no diagnosis in CLM_PROD; send its rows of CLM_PROD with it',
    withoutDate: 'send CLM_THRU_DT as 2025-10-01',
    fields: {
      setting,
      ...(discharge !== undefined && { dischargeDate: discharge }),
      ...(setting !== 'inpatient' && through !== undefined && { dateOfService: through }),
      // The repository holds claims of Medicare and nothing else.
      payer: 'medicare',
      claimFiling: part,
      ...(cents !== undefined && { billedCents: cents }),
    },
  });
}
