// A claim whose segments have all come becomes the claim that is stored, or the reason why not.
import { type Claim, type ClaimLine, governingDate, idRule } from '../../core/artifact.ts';
import { codesOf, principalFirst } from '../claim-codes.ts';
import { storableIdOf } from '../claim-id.ts';
import type { Refusal } from '../parse-artifact.ts';
import { type ClaimDraft, type LineDraft, warn } from './claim-draft.ts';
import { ageOn, readName } from './element-values.ts';
import type { Loops } from './loops.ts';

/** The claim, or why there is none. */
export type FinishedClaim =
  | { readonly claim: Claim; readonly refusal?: undefined }
  | { readonly claim?: undefined; readonly refusal: Refusal };

/** The id a claim is stored under: CLM01; undefined when it cannot be stored. */
export function claimIdOf(sent: string): string | undefined {
  const name = readName(sent);
  return name === undefined || sent.length > 128 ? undefined : storableIdOf(name);
}

/**
 * A pointer to a diagnosis as sent becomes one into `diagnoses`; none for a diagnosis left out. One
 * that pointed past them all still does.
 */
function pointTo(pointer: number, draft: ClaimDraft, moved: readonly number[]): number | undefined {
  const sent = draft.sentDiagnoses[pointer - 1];
  if (sent === undefined) return pointer - draft.sentDiagnoses.length + moved.length;
  const to = moved[sent];
  return to === undefined ? undefined : to + 1;
}

function finishLine(line: LineDraft, draft: ClaimDraft, moved: readonly number[]): ClaimLine {
  const { hasService: _, isRate: __, pointers, ...rest } = line;
  const pointed = pointers
    ?.map((pointer) => pointTo(pointer, draft, moved))
    .filter((pointer) => pointer !== undefined);
  return { ...rest, ...(pointed && pointed.length > 0 && { pointers: pointed }) };
}

type Dates = Pick<Claim, 'dateOfService' | 'dischargeDate'>;

/**
 * Inpatient: occurrence code 42, else the last day of the statement. Others: the lines have their own
 * dates; where none has, the claim's date or the last day of the statement.
 */
function datesOf(draft: ClaimDraft): Dates {
  const { discharged, statementThrough, setting } = draft;
  if (setting === 'inpatient') {
    const dischargeDate = discharged ?? statementThrough ?? draft.dateOfService;
    return dischargeDate === undefined ? {} : { dischargeDate };
  }
  if (draft.lines.some((line) => line.dateOfService !== undefined)) return {};
  const dateOfService = draft.dateOfService ?? statementThrough;
  return dateOfService === undefined ? {} : { dateOfService };
}

function refusalOf(draft: ClaimDraft, id: string | undefined): Refusal | undefined {
  if (id === undefined) return { code: 'id-invalid', message: `CLM01: ${idRule}` };
  if (draft.action === 'void' || draft.diagnoses.length + draft.procedures.length > 0) {
    return undefined;
  }
  return (
    draft.leftOut ?? {
      code: 'codes-missing',
      message: 'no HI segment with a diagnosis; send the claim with its diagnosis codes',
    }
  );
}

function takePatient(draft: ClaimDraft, claim: Claim, loops: Loops): Pick<Claim, 'age' | 'sex'> {
  const { birth, sex } = loops.patient ?? loops.subscriber;
  const date = governingDate(claim);
  if (date === undefined) {
    const message =
      'no date of service; send DTP*472 with every line, on an institutional claim DTP*434';
    warn(draft.warnings, draft.number, 'CLM', 'date-invalid', message);
  }
  const age = birth === undefined || date === undefined ? undefined : ageOn(birth, date);
  if (birth !== undefined && date !== undefined && age === undefined) {
    const message = 'the patient is born after the claim or too long before it; age left out';
    warn(draft.warnings, draft.number, 'CLM', 'date-invalid', message);
  }
  return { ...(age !== undefined && { age }), ...(sex !== undefined && { sex }) };
}

/** Closes a claim; adds its last warnings to the draft's. */
export function finishClaim(draft: ClaimDraft, loops: Loops): FinishedClaim {
  const id = claimIdOf(draft.sentId);
  const refusal = refusalOf(draft, id);
  if (id === undefined || refusal) {
    return { refusal: refusal ?? { code: 'id-invalid', message: `CLM01: ${idRule}` } };
  }
  if (id !== draft.sentId && /[#%]/.test(draft.sentId)) {
    const message = 'an id cannot hold # here; stored with %23 in its place';
    warn(draft.warnings, draft.number, 'CLM01', 'id-invalid', message);
  }
  const { diagnoses, moved } = principalFirst(draft.diagnoses);
  const lines = draft.lines.filter((line) => line.hasService);
  const specialty = draft.specialty ?? draft.lineSpecialty ?? loops.specialty;
  const { billedCents } = draft;
  const claim: Claim = {
    type: 'claim',
    id,
    codes: codesOf(
      diagnoses,
      draft.procedures,
      lines.filter(({ isRate }) => !isRate),
    ),
    setting: draft.setting,
    diagnoses,
    ...datesOf(draft),
    ...(loops.payer !== undefined && { payer: loops.payer }),
    ...(loops.claimFiling !== undefined && { claimFiling: loops.claimFiling }),
    ...(billedCents !== undefined && { billedCents }),
    ...(lines.length > 0 && { lines: lines.map((line) => finishLine(line, draft, moved)) }),
    ...(loops.state !== undefined && { state: loops.state }),
    ...(specialty !== undefined && { specialty }),
  };
  return { claim: { ...claim, ...takePatient(draft, claim, loops) } };
}
