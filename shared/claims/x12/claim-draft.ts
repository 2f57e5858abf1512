// A claim while its segments come in: everything kept of it, nothing of the patient.
import type { ClaimSetting, Diagnosis } from '../../core/artifact.ts';
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { IntakeWarning } from '../intake-record.ts';
import type { Refusal, RefusalCode } from '../parse-artifact.ts';
import { actionOf, type ClaimAction, settingOfBill } from './bill-type.ts';
import { readCents } from './element-values.ts';
import type { ClaimTransaction } from './transaction-version.ts';

/** One service line while its segments come in. */
export type LineDraft = {
  /** An LX alone is no line yet. */
  hasService: boolean;
  procedure?: string;
  /** The procedure is a rate code (HIPPS), though some are written like HCPCS codes. */
  isRate?: true;
  modifiers?: readonly string[];
  dateOfService?: CalendarDate;
  billedCents?: number;
  /** As sent: places among the diagnoses of HI, from 1. */
  pointers?: readonly number[];
};

/** One claim while its segments come in. */
export type ClaimDraft = {
  /** Segment number of CLM. */
  readonly number: number;
  readonly where: string;
  readonly component: string;
  /** CLM01 as sent. */
  readonly sentId: string;
  readonly action: ClaimAction;
  readonly setting: ClaimSetting;
  billedCents?: number;
  readonly diagnoses: Diagnosis[];
  /** For every diagnosis sent its index in `diagnoses`, or -1 when it was left out. */
  readonly sentDiagnoses: number[];
  /** ICD-10-PCS codes. */
  readonly procedures: string[];
  /** The first code that was left out. */
  leftOut?: Refusal;
  statementThrough?: CalendarDate;
  /** Occurrence code 42. */
  discharged?: CalendarDate;
  /** DTP*472 at claim level. */
  dateOfService?: CalendarDate;
  specialty?: string;
  lineSpecialty?: string;
  readonly lines: LineDraft[];
  readonly warnings: IntakeWarning[];
};

const warningsMax = 50;

/** Adds a warning about an element, such as `HI02` of segment 22. */
export function warn(
  warnings: IntakeWarning[],
  number: number,
  position: string,
  code: RefusalCode,
  message: string,
): void {
  if (warnings.length < warningsMax) {
    warnings.push({ where: `segment ${number}, ${position}`, code, message });
  } else if (warnings.length === warningsMax) {
    warnings.push({ where: `segment ${number}`, code, message: 'further warnings are left out' });
  }
}

// CLM05 always has three parts, so that it shows a component separator other than the one announced.
const placeOfService = /^[0-9A-Z]{0,2}([^0-9A-Za-z\s.])[AB]?\1\d(?:\.0+)?$/;

/** The component separator this claim really uses: the announced one, or the one CLM05 shows. */
function componentOf(clm05: string, announced: string): string {
  return clm05.includes(announced) ? announced : (placeOfService.exec(clm05)?.[1] ?? announced);
}

function settingOf(draft: readonly string[], transaction: ClaimTransaction): ClaimSetting {
  return transaction === 'professional' ? 'professional' : settingOfBill(draft[0] ?? '');
}

function checkPlace(draft: ClaimDraft, parts: readonly string[]): void {
  if (draft.setting === 'professional') return;
  const { warnings, number } = draft;
  if ((parts[0] ?? '') === '') {
    warn(warnings, number, 'CLM05', 'field-invalid', 'no type of bill; taken as outpatient');
  } else if ((parts[1] ?? 'A') !== 'A') {
    const message = 'CLM05-2 must be A on an institutional claim; CLM05-1 is read as type of bill';
    warn(warnings, number, 'CLM05', 'field-invalid', message);
  }
}

/** Opens a claim at its CLM segment (loop 2300). `announced` is ISA16. */
export function openClaim(
  segment: { readonly number: number; readonly elements: readonly string[] },
  place: string,
  transaction: ClaimTransaction,
  announced: string,
): ClaimDraft {
  const [, id = '', amount = '', , , clm05 = ''] = segment.elements;
  const { number } = segment;
  const component = componentOf(clm05, announced);
  const parts = clm05.split(component);
  const draft: ClaimDraft = {
    number,
    where: `segment ${number} (CLM in ${place})`,
    component,
    sentId: id.trim(),
    action: actionOf(parts[2] ?? ''),
    setting: settingOf(parts, transaction),
    diagnoses: [],
    sentDiagnoses: [],
    procedures: [],
    lines: [],
    warnings: [],
  };
  const billedCents = readCents(amount);
  if (billedCents !== undefined) draft.billedCents = billedCents;
  else warn(draft.warnings, number, 'CLM02', 'amount-invalid', 'no amount in dollars; left out');
  if (component !== announced) {
    const message =
      'components are not parted by the separator that ISA16 announces; correct ISA16';
    warn(draft.warnings, number, 'CLM05', 'envelope-invalid', message);
  }
  checkPlace(draft, parts);
  return draft;
}
