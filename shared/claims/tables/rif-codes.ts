// The codes of a claim in a CMS claim file: diagnoses with their roles, ICD-10-PCS procedures, the diagnosis of a line.
import type { Diagnosis, DiagnosisRole } from '../../core/artifact.ts';
import { addDiagnosis, addProcedure, type ClaimParts, warnAt } from '../claim-parts.ts';
import type { CodeColumn, RifColumns } from './rif-columns.ts';

/** A row of the file; `number` is its line. */
export type RifRow = { readonly cells: readonly string[]; readonly number: number };

/** The text of a cell; empty for a column the file does not have. */
export const cellAt = ({ cells }: RifRow, at: number): string => cells[at] ?? '';

const versionOf = (row: RifRow, column: CodeColumn): Diagnosis['system'] =>
  cellAt(row, column.version) === '9' ? 'icd9cm' : 'icd10cm';

/** Codes of some columns, less the first one that repeats `known`: CMS files list it twice. */
function takeDiagnoses(
  parts: ClaimParts,
  row: RifRow,
  columns: readonly CodeColumn[],
  role: DiagnosisRole,
  known?: string,
): void {
  let isKnown = false;
  for (const column of columns) {
    const text = cellAt(row, column.at);
    if (text === '') continue;
    const repeats: boolean = !isKnown && text === known;
    isKnown ||= repeats;
    const where = `line ${row.number}, ${column.name}`;
    if (!repeats) addDiagnosis(parts, where, versionOf(row, column), text, role);
  }
}

/** FST_DGNS_E_CD names the first of ICD_DGNS_E_CD1 to 12 again. */
const firstOf = (row: RifRow, columns: readonly CodeColumn[]): string | undefined => {
  const [first] = columns;
  return first?.name === 'FST_DGNS_E_CD' ? cellAt(row, first.at) : undefined;
};

/** Takes the codes of the claim, which every row of it repeats. */
export function takeCodes(parts: ClaimParts, columns: RifColumns, row: RifRow): void {
  const principal = cellAt(row, columns.principal.at);
  takeDiagnoses(parts, row, [columns.principal], 'principal');
  takeDiagnoses(parts, row, columns.diagnoses, 'other', principal);
  for (const [role, series] of columns.roles) {
    const first = firstOf(row, series);
    if (first === undefined) takeDiagnoses(parts, row, series, role);
    else {
      takeDiagnoses(parts, row, series.slice(0, 1), role);
      takeDiagnoses(parts, row, series.slice(1), role, first);
    }
  }
  for (const column of columns.procedures) {
    const text = cellAt(row, column.at);
    const where = `line ${row.number}, ${column.name}`;
    if (text === '') continue;
    if (cellAt(row, column.version) !== '9') addProcedure(parts, where, text);
    else
      warnAt(
        parts.warnings,
        where,
        'unsupported',
        'ICD-9-CM procedure codes are not kept; left out',
      );
  }
}

/** The place of the line's diagnosis among those sent, from 1; one the claim does not list is added. */
export function pointerOf(parts: ClaimParts, columns: RifColumns, row: RifRow): readonly number[] {
  const { lineDiagnosis } = columns;
  const text = cellAt(row, lineDiagnosis.at);
  if (text === '') return [];
  const before = parts.diagnoses.findIndex(({ code }) => code === text.trim().toUpperCase());
  if (before >= 0) return [parts.sent.indexOf(before) + 1];
  const where = `line ${row.number}, ${lineDiagnosis.name}`;
  addDiagnosis(parts, where, versionOf(row, lineDiagnosis), text, 'other');
  return parts.sent.at(-1) === -1 ? [] : [parts.sent.length];
}
