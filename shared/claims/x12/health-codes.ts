// The codes of a claim: HI segments with every qualifier of the 837 (TR3 005010X222 and 005010X223, loop 2300, HI;
// 004010 with the same qualifiers for ICD-9-CM).
import type { Diagnosis, DiagnosisRole } from '../../core/artifact.ts';
import { normalizeCode } from '../../core/code-system.ts';
import { readDiagnosisCode } from '../claim-codes.ts';
import { type ClaimDraft, warn } from './claim-draft.ts';
import { readDays } from './element-values.ts';

type Meaning =
  | {
      readonly kind: 'diagnosis';
      readonly system: Diagnosis['system'];
      readonly role: DiagnosisRole;
    }
  | { readonly kind: 'icd10pcs' | 'icd9-procedure' | 'occurrence' | 'not-kept' };

const diagnosis = (system: Diagnosis['system'], role: DiagnosisRole): Meaning => ({
  kind: 'diagnosis',
  system,
  role,
});

const meanings = new Map<string, Meaning>([
  ['ABK', diagnosis('icd10cm', 'principal')],
  ['ABF', diagnosis('icd10cm', 'other')],
  ['ABJ', diagnosis('icd10cm', 'admitting')],
  ['APR', diagnosis('icd10cm', 'reason-for-visit')],
  ['ABN', diagnosis('icd10cm', 'external-cause')],
  ['BK', diagnosis('icd9cm', 'principal')],
  ['BF', diagnosis('icd9cm', 'other')],
  ['BJ', diagnosis('icd9cm', 'admitting')],
  ['PR', diagnosis('icd9cm', 'reason-for-visit')],
  // 004010X096A1: patient reason for visit.
  ['ZZ', diagnosis('icd9cm', 'reason-for-visit')],
  ['BN', diagnosis('icd9cm', 'external-cause')],
  ['BBR', { kind: 'icd10pcs' }],
  ['BBQ', { kind: 'icd10pcs' }],
  ['BR', { kind: 'icd9-procedure' }],
  ['BQ', { kind: 'icd9-procedure' }],
  ['BH', { kind: 'occurrence' }],
  // DRG, HCPCS procedures, condition, value, occurrence span and treatment codes.
  ...['DR', 'BP', 'BO', 'BG', 'BE', 'BI', 'TC'].map(
    (qualifier) => [qualifier, { kind: 'not-kept' }] as const,
  ),
]);

const codesMax = 100;

function leaveOut(draft: ClaimDraft, number: number, position: string, message: string): void {
  warn(draft.warnings, number, position, 'code-malformed', `${message}; left out`);
  draft.leftOut ??= {
    code: 'code-malformed',
    message: `segment ${number}, ${position}: ${message}`,
  };
}

type Place = { readonly number: number; readonly position: string };

function takeDiagnosis(
  draft: ClaimDraft,
  { number, position }: Place,
  meaning: Extract<Meaning, { kind: 'diagnosis' }>,
  text: string,
): void {
  if (draft.sentDiagnoses.length >= codesMax) {
    leaveOut(draft, number, position, `more than ${codesMax} diagnoses`);
    return;
  }
  const reading = readDiagnosisCode(meaning.system, text);
  if (reading === undefined) {
    draft.sentDiagnoses.push(-1);
    leaveOut(draft, number, position, 'no diagnosis code can be written like this');
    return;
  }
  const { warnings, diagnoses } = draft;
  if (reading.system !== meaning.system) {
    const message =
      reading.system === 'icd10cm'
        ? 'the qualifier says ICD-9-CM, the code is ICD-10-CM; put A before the qualifier'
        : 'the qualifier says ICD-10-CM, the code is ICD-9-CM';
    warn(warnings, number, position, 'field-invalid', message);
  }
  if (reading.code !== text) {
    const message = 'X12 takes no dot, blank or lower case letter in a code; read without';
    warn(warnings, number, position, 'field-invalid', message);
  }
  if (meaning.role === 'principal' && diagnoses.some(({ role }) => role === 'principal')) {
    warn(warnings, number, position, 'segment-invalid', 'a second principal diagnosis; kept');
  }
  draft.sentDiagnoses.push(diagnoses.length);
  diagnoses.push({ ...reading, role: meaning.role });
}

function takeProcedure(draft: ClaimDraft, { number, position }: Place, text: string): void {
  const code = normalizeCode('icd10pcs', text);
  if (code === undefined || draft.procedures.length >= codesMax) {
    const message =
      code === undefined
        ? 'no ICD-10-PCS code can be written like this'
        : `more than ${codesMax} procedures`;
    leaveOut(draft, number, position, message);
    return;
  }
  draft.procedures.push(code);
}

/** Occurrence code 42 tells the day of discharge where it is not the last day of the statement. */
function takeOccurrence(draft: ClaimDraft, place: Place, parts: readonly string[]): void {
  if (parts[1] !== '42') return;
  const { last } = readDays(parts[3] ?? '');
  if (last !== undefined) draft.discharged = last;
  else warn(draft.warnings, place.number, place.position, 'date-invalid', 'no day; left out');
}

function takeCode(
  draft: ClaimDraft,
  place: Place,
  meaning: Meaning,
  parts: readonly string[],
): void {
  const text = parts[1] ?? '';
  if (meaning.kind === 'diagnosis') takeDiagnosis(draft, place, meaning, text);
  else if (meaning.kind === 'icd10pcs') takeProcedure(draft, place, text);
  else if (meaning.kind === 'occurrence') takeOccurrence(draft, place, parts);
  else if (meaning.kind === 'icd9-procedure') {
    const message = 'ICD-9-CM procedure codes are not kept';
    warn(draft.warnings, place.number, place.position, 'unsupported', message);
  }
}

/** The code that stands in the element behind its qualifier instead of in one with it. */
function strayCode(qualifier: string, next: string | undefined, component: string): string {
  const isCode =
    next !== undefined && next !== '' && !next.includes(component) && !meanings.has(next);
  return meanings.get(qualifier)?.kind === 'diagnosis' && isCode ? next : '';
}

/**
 * Takes the codes of one HI segment into the claim. Diagnoses that cannot be codes are left out with a
 * warning; `draft.leftOut` tells the first. Present-on-admission indicators are dropped.
 */
export function takeHealthCodes(
  draft: ClaimDraft,
  segment: { readonly number: number; readonly elements: readonly string[] },
): void {
  const { number, elements } = segment;
  for (let i = 1; i < elements.length; i += 1) {
    const text = elements[i] ?? '';
    if (text === '') continue;
    const place = { number, position: `HI${String(i).padStart(2, '0')}` };
    const parts = text.split(draft.component);
    const qualifier = parts[0] ?? '';
    const meaning = meanings.get(qualifier);
    if (!meaning) {
      const message = 'begins with no qualifier of the 837; left out';
      warn(draft.warnings, number, place.position, 'segment-invalid', message);
      continue;
    }
    const stray = parts.length === 1 ? strayCode(qualifier, elements[i + 1], draft.component) : '';
    if (stray !== '') {
      i += 1;
      const message =
        'qualifier and code stand in two elements; put the component separator between them';
      warn(draft.warnings, number, place.position, 'segment-invalid', message);
    }
    takeCode(draft, place, meaning, stray === '' ? parts : [qualifier, stray]);
  }
}
