// The claim of rows read through a column mapping: its fields, its codes, its lines.
import type { Claim, ClaimLine, ClaimSetting } from '../../core/artifact.ts';
import {
  addDiagnosis,
  addLine,
  addProcedure,
  type ClaimParts,
  finishParts,
  warnAt,
} from '../claim-parts.ts';
import type { RefusalCode } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import {
  type DateOrder,
  readAmount,
  readDay,
  readModifiers,
  readProcedure,
} from '../written-values.ts';
import type { MappedField } from './csv-mapping.ts';

/** The cells of one row by our fields, empty ones left off; `number` is its line. */
export type MappedRow = {
  readonly values: ReadonlyMap<MappedField, readonly string[]>;
  readonly number: number;
  readonly dateOrder: DateOrder;
};

/** The first cell mapped to a field, or empty. */
export const cellOf = (row: MappedRow, field: MappedField): string =>
  row.values.get(field)?.[0] ?? '';

/** The codes of all cells mapped to a field, which semicolons, commas, bars or blanks part. */
export const codesOfCells = (row: MappedRow, field: MappedField): readonly string[] =>
  (row.values.get(field) ?? [])
    .flatMap((cell) => cell.split(/[;,|\s]+/))
    .filter((code) => code !== '');

const settings: ReadonlyMap<string, ClaimSetting> = new Map([
  ['professional', 'professional'],
  ['outpatient', 'outpatient'],
  ['inpatient', 'inpatient'],
]);

const sexes: ReadonlyMap<string, 'female' | 'male'> = new Map([
  ['f', 'female'],
  ['female', 'female'],
  ['m', 'male'],
  ['male', 'male'],
]);

const shaped =
  (shape: RegExp) =>
  (text: string): string | undefined =>
    shape.test(text) ? text : undefined;

const readName = shaped(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,200}$/u);
const readState = shaped(/^[A-Za-z]{2}$/);
const readSpecialty = shaped(/^[0-9A-Za-z]{2,10}$/);

function readAge(text: string): number | undefined {
  const age = /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  return age !== undefined && age <= 130 ? age : undefined;
}

/** Reads a cell; one that cannot be read is left out with a warning, an empty one silently. */
function read<T>(
  parts: ClaimParts,
  row: MappedRow,
  field: MappedField,
  code: RefusalCode,
  parse: (text: string) => T | undefined,
): T | undefined {
  const text = cellOf(row, field);
  if (text === '') return undefined;
  const value = parse(text);
  const where = `line ${row.number}, ${field}`;
  if (value === undefined) warnAt(parts.warnings, where, code, 'cannot be read; left out');
  return value;
}

type Fields = Omit<Claim, 'type' | 'id' | 'codes' | 'diagnoses' | 'lines'>;

function fieldsOf(parts: ClaimParts, row: MappedRow): Fields {
  const day = (text: string) => readDay(text, row.dateOrder);
  const text = <T>(field: MappedField, parse: (cell: string) => T | undefined): T | undefined =>
    read(parts, row, field, 'field-invalid', parse);
  const fields = {
    name: text('name', readName),
    kind: text('kind', readName),
    owner: text('owner', readName),
    setting: text('setting', (cell) => settings.get(cell.toLowerCase())),
    dateOfService: read(parts, row, 'dateOfService', 'date-invalid', day),
    dischargeDate: read(parts, row, 'dischargeDate', 'date-invalid', day),
    payer: text('payer', readName),
    billedCents: read(parts, row, 'billed', 'amount-invalid', readAmount),
    state: text('state', readState)?.toUpperCase(),
    specialty: text('specialty', readSpecialty)?.toUpperCase(),
    age: text('age', readAge),
    sex: text('sex', (cell) => sexes.get(cell.toLowerCase())),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Takes the diagnoses of a row, less those an earlier row of the claim had, and on its first row its procedures. */
export function takeClaimCodes(
  parts: ClaimParts,
  row: MappedRow,
  known: ReadonlySet<string>,
  isFirst: boolean,
): void {
  for (const text of codesOfCells(row, 'codes')) {
    if (known.has(text)) continue;
    const role = parts.sent.length === 0 ? 'principal' : 'other';
    addDiagnosis(parts, `line ${row.number}, codes`, 'icd10cm', text, role);
  }
  if (!isFirst) return;
  for (const text of codesOfCells(row, 'procedureCodes')) {
    addProcedure(parts, `line ${row.number}, procedureCodes`, text);
  }
}

/** Takes the service line of a row, if a column of one is mapped and filled. */
export function takeClaimLine(parts: ClaimParts, row: MappedRow): void {
  const day = (text: string) => readDay(text, row.dateOrder);
  const procedure = read(parts, row, 'lineProcedure', 'code-malformed', readProcedure);
  const modifiers = readModifiers(codesOfCells(row, 'lineModifiers'));
  const date = read(parts, row, 'lineDate', 'date-invalid', day);
  const cents = read(parts, row, 'lineBilled', 'amount-invalid', readAmount);
  const line: ClaimLine = {
    ...(procedure !== undefined && { procedure }),
    ...(modifiers.length > 0 && { modifiers }),
    ...(date !== undefined && { dateOfService: date }),
    ...(cents !== undefined && { billedCents: cents }),
  };
  if (Object.keys(line).length > 0) addLine(parts, `line ${row.number}`, line);
}

/** The record of a claim whose rows have all come; `first` holds what is not of a line. */
export function finishMappedClaim(parts: ClaimParts, first: MappedRow, id: string): ReadRecord {
  const { age, ...fields } = fieldsOf(parts, first);
  return finishParts(parts, {
    where: `line ${first.number}`,
    id,
    idField: 'id',
    action: 'take',
    withoutCodes: 'no diagnosis in the columns mapped to codes',
    withoutDate: 'map a column to dateOfService, dischargeDate or lineDate',
    fields,
    ageOn: () => age,
  });
}
