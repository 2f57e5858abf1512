// A FHIR R4 Claim or ExplanationOfBenefit (CARIN Blue Button shapes among them) becomes a claim. Sources:
// hl7.org/fhir/R4/claim.html, explanationofbenefit.html; hl7.org/fhir/us/carin-bb.
import { codeSystems } from '../../core/code-system.ts';
import { type ClaimHead, type ClaimParts, finishParts, newParts, warnAt } from '../claim-parts.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import { actionOf } from '../x12/bill-type.ts';
import { readDiagnoses, type SentDiagnosis, takeDiagnoses } from './claim-diagnoses.ts';
import { readMoney, submittedOf, takeItems, takeProcedures } from './claim-items.ts';
import { patientOf, payerOf, specialtyOf } from './claim-parties.ts';
import { billOf, dischargeOf, isUnread, lastDayOf, settingOf } from './claim-setting.ts';
import { anyCodesOf } from './code-systems.ts';
import type { Conditions } from './conditions.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json-access.ts';
import type { Place } from './place.ts';

/** A claim read but for the diagnoses that stand in Conditions; holds nothing of its patient but what is kept. */
export type FhirClaim = {
  readonly parts: ClaimParts;
  readonly head: ClaimHead;
  readonly diagnoses: readonly SentDiagnosis[];
};

// Numbers of persons stand on no claim by right; when they do, under these systems or with a type.
const personalSystem = /us-(?:mbi|ssn|medicare)|hicn|bene|member|patient|subscriber/i;

/**
 * The claim's own id: the identifier typed `uc` (CARIN, unique claim id), else one without type in a
 * system of its own, else `id`. Identifiers of other types may be numbers of persons.
 */
function idOf(resource: JsonObject): string {
  const identifiers = objectsAt(resource, 'identifier').map(({ value }) => value);
  const unique = identifiers.find((one) => anyCodesOf(objectAt(one, 'type')).includes('uc'));
  const own = identifiers.find((one) => {
    const system = textAt(one, 'system');
    return one.type === undefined && system !== undefined && !personalSystem.test(system);
  });
  return textAt(unique ?? own, 'value') ?? textAt(resource, 'id') ?? '';
}

function actionOfResource(resource: JsonObject): ClaimHead['action'] {
  const status = textAt(resource, 'status');
  if (status === 'cancelled' || status === 'entered-in-error') return 'void';
  return actionOf(billOf(resource)?.frequency ?? '');
}

/** The total submitted: one Money on a Claim, one of several totals on an ExplanationOfBenefit. */
function totalOf(parts: ClaimParts, resource: JsonObject, prefix: string): number | undefined {
  const isList = Array.isArray(resource.total);
  const money = isList ? submittedOf(resource, 'total') : objectAt(resource, 'total');
  return readMoney(parts, `${prefix}total`, money);
}

function datesOf(
  parts: ClaimParts,
  resource: JsonObject,
  { prefix }: Place,
): Pick<ClaimHead['fields'], 'dateOfService' | 'dischargeDate'> {
  const period = objectAt(resource, 'billablePeriod');
  const through = lastDayOf(period);
  if (isUnread(period, through)) {
    warnAt(parts.warnings, `${prefix}billablePeriod`, 'date-invalid', 'no day; left out');
  }
  if (settingOf(resource) !== 'inpatient') {
    return through === undefined ? {} : { dateOfService: through };
  }
  const dischargeDate = dischargeOf(resource) ?? through;
  return dischargeDate === undefined ? {} : { dischargeDate };
}

function headOf(parts: ClaimParts, resource: JsonObject, place: Place): ClaimHead {
  const setting = settingOf(resource);
  const payer = payerOf(resource);
  const billedCents = totalOf(parts, resource, place.prefix);
  const specialty = specialtyOf(resource);
  const { sex, ageOn } = patientOf(resource);
  return {
    where: place.where,
    id: idOf(resource),
    idField: 'identifier',
    action: actionOfResource(resource),
    withoutCodes: `no diagnosis; send it with a coding of ${codeSystems.icd10cm.uri}`,
    withoutDate: 'send item.servicedDate or billablePeriod',
    fields: {
      ...(setting !== undefined && { setting }),
      ...datesOf(parts, resource, place),
      ...(payer !== undefined && { payer }),
      ...(billedCents !== undefined && { billedCents }),
      ...(specialty !== undefined && { specialty }),
      ...(sex !== undefined && { sex }),
    },
    ...(ageOn && { ageOn }),
  };
}

/** Reads a Claim or ExplanationOfBenefit; a refused record for one that asks for no payment. */
export function readClaimResource(
  resource: JsonObject,
  place: Place,
): FhirClaim | Extract<ReadRecord, { kind: 'rejected' }> {
  const use = textAt(resource, 'use');
  if (use === 'preauthorization' || use === 'predetermination') {
    const message = `use ${use}: no claim; send those of use claim`;
    return { kind: 'rejected', where: place.where, code: 'unsupported', message };
  }
  const parts = newParts();
  const diagnoses = readDiagnoses(resource, place.prefix);
  const head = headOf(parts, resource, place);
  takeItems(parts, resource, place.prefix, diagnoses);
  takeProcedures(parts, resource, place.prefix);
  return { parts, head, diagnoses };
}

/** The record of a claim, its diagnoses taken from their codes and from `conditions`. */
export function finishClaimResource(claim: FhirClaim, conditions: Conditions): ReadRecord {
  takeDiagnoses(claim.parts, claim.diagnoses, conditions);
  return finishParts(claim.parts, claim.head);
}
