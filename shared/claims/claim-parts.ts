// A claim while its parts come in from FHIR, RIF or CSV, and the record it becomes: what is kept, what is left out and told.
import {
  type Claim,
  type ClaimLine,
  type Diagnosis,
  type DiagnosisRole,
  governingDate,
  idRule,
} from '../core/artifact.ts';
import { normalizeCode } from '../core/code-system.ts';
import { codesOf, principalFirst, readDiagnosisCode } from './claim-codes.ts';
import { changedId, storableIdOf } from './claim-id.ts';
import type { IntakeWarning } from './intake-record.ts';
import type { Refusal, RefusalCode } from './parse-artifact.ts';
import type { ReadRecord } from './tell-repeats.ts';

/** One claim while its parts come in. */
export type ClaimParts = {
  readonly diagnoses: Diagnosis[];
  /** For every diagnosis sent its index in `diagnoses`, or -1 when it was left out. */
  readonly sent: number[];
  /** ICD-10-PCS codes. */
  readonly procedures: string[];
  /** Their pointers are places among the diagnoses sent, from 1. */
  readonly lines: ClaimLine[];
  readonly warnings: IntakeWarning[];
  /** The first code that was left out. */
  leftOut?: Refusal;
};

/** What a claim is besides its codes and lines. */
export type ClaimHead = {
  readonly where: string;
  /** Its id as sent, and what to call it in messages. */
  readonly id: string;
  readonly idField: string;
  /** `void` removes the claim, `replace` takes the place of an earlier one. */
  readonly action: 'take' | 'replace' | 'void';
  /** What to do about a claim without any code. */
  readonly withoutCodes: string;
  /** What to do about a claim without any date. */
  readonly withoutDate: string;
  readonly fields: Omit<Claim, 'type' | 'id' | 'codes' | 'diagnoses' | 'lines' | 'age'>;
  /** Age in years on the governing date, if that is known. */
  readonly ageOn?: (date: NonNullable<Claim['dateOfService']>) => number | undefined;
};

const warningsMax = 50;
const codesMax = 100;
/** X12 counts lines of a claim to 999. */
const linesMax = 999;

/** No part yet. */
export const newParts = (): ClaimParts => ({
  diagnoses: [],
  sent: [],
  procedures: [],
  lines: [],
  warnings: [],
});

/** Adds a warning; the message never holds content. */
export function warnAt(
  warnings: IntakeWarning[],
  where: string,
  code: RefusalCode,
  message: string,
): void {
  if (warnings.length < warningsMax) warnings.push({ where, code, message });
  else if (warnings.length === warningsMax) {
    warnings.push({ where, code, message: 'further warnings are left out' });
  }
}

function leaveOut(parts: ClaimParts, where: string, message: string): void {
  warnAt(parts.warnings, where, 'code-malformed', `${message}; left out`);
  parts.leftOut ??= { code: 'code-malformed', message: `${where}: ${message}` };
}

/** Takes a diagnosis, as `system` or, where the code can only be of that, as the other ICD. */
export function addDiagnosis(
  parts: ClaimParts,
  where: string,
  system: Diagnosis['system'],
  text: string,
  role: DiagnosisRole,
): void {
  const reading = readDiagnosisCode(system, text);
  if (!reading || parts.sent.length >= codesMax) {
    parts.sent.push(-1);
    const why = reading ? `more than ${codesMax} diagnoses` : 'cannot be a diagnosis code';
    leaveOut(parts, where, why);
    return;
  }
  if (reading.system !== system) {
    const message =
      reading.system === 'icd10cm'
        ? 'called ICD-9-CM, but the code is ICD-10-CM; correct its system'
        : 'called ICD-10-CM, but the code is ICD-9-CM; correct its system';
    warnAt(parts.warnings, where, 'field-invalid', message);
  }
  if (role === 'principal' && parts.diagnoses.some((one) => one.role === 'principal')) {
    warnAt(parts.warnings, where, 'field-invalid', 'a second principal diagnosis; kept');
  }
  parts.sent.push(parts.diagnoses.length);
  parts.diagnoses.push({ ...reading, role });
}

/** Takes the place of a diagnosis without code, so that those behind it keep theirs. */
export function addUnread(
  parts: ClaimParts,
  where: string,
  code: RefusalCode,
  message: string,
): void {
  parts.sent.push(-1);
  warnAt(parts.warnings, where, code, `${message}; left out`);
  parts.leftOut ??= { code, message: `${where}: ${message}` };
}

/** Takes an ICD-10-PCS code. */
export function addProcedure(parts: ClaimParts, where: string, text: string): void {
  const code = normalizeCode('icd10pcs', text);
  if (code === undefined) leaveOut(parts, where, 'cannot be an ICD-10-PCS code');
  else if (parts.procedures.length >= codesMax) {
    leaveOut(parts, where, `more than ${codesMax} procedures`);
  } else parts.procedures.push(code);
}

/** Takes a line; its pointers are places among the diagnoses sent. */
export function addLine(parts: ClaimParts, where: string, line: ClaimLine): void {
  if (parts.lines.length < linesMax) parts.lines.push(line);
  else
    warnAt(
      parts.warnings,
      where,
      'field-invalid',
      `more than ${linesMax} lines; the rest left out`,
    );
}

function finishLine(parts: ClaimParts, line: ClaimLine, moved: readonly number[]): ClaimLine {
  const { pointers, ...rest } = line;
  const pointed = pointers?.flatMap((pointer) => {
    const sent = parts.sent[pointer - 1];
    // A pointer past them all still points past them, for scrubbing to tell.
    if (sent === undefined) return pointer - parts.sent.length + moved.length;
    const to = moved[sent];
    return to === undefined ? [] : to + 1;
  });
  return { ...rest, ...(pointed && pointed.length > 0 && { pointers: pointed }) };
}

function withAge(claim: Claim, head: ClaimHead, warnings: IntakeWarning[]): Claim {
  const date = governingDate(claim);
  if (date === undefined) {
    warnAt(warnings, head.where, 'date-invalid', `no date of service; ${head.withoutDate}`);
    return claim;
  }
  const age = head.ageOn?.(date);
  return age === undefined ? claim : { ...claim, age };
}

/** The record of a claim whose parts have all come. */
export function finishParts(parts: ClaimParts, head: ClaimHead): ReadRecord {
  const { where, idField } = head;
  const id = storableIdOf(head.id);
  if (id === undefined) {
    return { kind: 'rejected', where, code: 'id-invalid', message: `${idField}: ${idRule}` };
  }
  if (head.action === 'void') return { kind: 'void', where, type: 'claim', id };
  if (parts.diagnoses.length + parts.procedures.length === 0) {
    const refusal = parts.leftOut ?? { code: 'codes-missing', message: head.withoutCodes };
    return { kind: 'rejected', where, ...refusal };
  }
  const { warnings } = parts;
  const changed = changedId(head.id, id);
  if (changed !== undefined) warnAt(warnings, where, 'id-invalid', `${idField}: ${changed}`);
  const { diagnoses, moved } = principalFirst(parts.diagnoses);
  const lines = parts.lines.map((line) => finishLine(parts, line, moved));
  const isDated = lines.some((line) => line.dateOfService !== undefined);
  const { dateOfService, ...fields } = head.fields;
  const hasOwnDate = dateOfService !== undefined && !isDated;
  const claim: Claim = {
    type: 'claim',
    id,
    codes: codesOf(diagnoses, parts.procedures, lines),
    diagnoses,
    ...fields,
    // Lines with dates of their own govern.
    ...(hasOwnDate && { dateOfService }),
    ...(lines.length > 0 && { lines }),
  };
  const artifact = withAge(claim, head, warnings);
  const told = warnings.length > 0 && { warnings };
  const replaces = head.action === 'replace' && ({ replaces: true } as const);
  return { kind: 'accepted', where, artifact, ...told, ...replaces };
}
