// The diagnoses of a Claim or ExplanationOfBenefit: by code or by reference to a Condition, with their roles and order.
import type { DiagnosisRole } from '../../core/artifact.ts';
import { addDiagnosis, addUnread, type ClaimParts } from '../claim-parts.ts';
import { anyCodesOf, codesOfConcept, type KindOfCode } from './code-systems.ts';
import { type Conditions, containedConditions, findCondition } from './conditions.ts';
import { type JsonObject, numbersAt, objectAt, objectsAt, textAt } from './json-access.ts';

/** One diagnosis as sent; its codes, or the Condition that has them. */
export type SentDiagnosis = {
  readonly where: string;
  readonly sequence: number;
  readonly role: DiagnosisRole;
  readonly codes: readonly KindOfCode[];
  readonly reference?: string;
};

// http://terminology.hl7.org/CodeSystem/ex-diagnosistype and CARIN's C4BBClaimDiagnosisType, the
// weightiest first: a diagnosis may have several types.
const roles: readonly (readonly [string, DiagnosisRole])[] = [
  ['principal', 'principal'],
  ['admitting', 'admitting'],
  ['patientreasonforvisit', 'reason-for-visit'],
  ['externalcauseofinjury', 'external-cause'],
  ['externalcause', 'external-cause'],
];

function roleOf(types: readonly string[]): DiagnosisRole {
  return roles.find(([type]) => types.includes(type))?.[1] ?? 'other';
}

/**
 * The diagnoses in the order of their sequences. Where none has a type, the first is the principal
 * one. `prefix` stands before the paths told.
 */
export function readDiagnoses(resource: JsonObject, prefix: string): readonly SentDiagnosis[] {
  const contained = containedConditions(resource);
  const found = objectsAt(resource, 'diagnosis').map(({ at, value }) => {
    const types = objectsAt(value, 'type').flatMap((type) => anyCodesOf(type.value));
    const reference = textAt(objectAt(value, 'diagnosisReference'), 'reference');
    const inside = reference === undefined ? undefined : contained.get(reference);
    const diagnosis: SentDiagnosis = {
      where: `${prefix}diagnosis[${at}]`,
      sequence: numbersAt(value, 'sequence')[0] ?? at + 1,
      role: roleOf(types),
      codes: inside ?? codesOfConcept(objectAt(value, 'diagnosisCodeableConcept')),
      ...(reference !== undefined && inside === undefined && { reference }),
    };
    return { diagnosis, isTyped: types.length > 0 };
  });
  const isTyped = found.some((one) => one.isTyped);
  const sorted = found.map(({ diagnosis }) => diagnosis).sort((a, b) => a.sequence - b.sequence);
  return sorted.map((one, at) => (at === 0 && !isTyped ? { ...one, role: 'principal' } : one));
}

/** True while a diagnosis waits for a Condition that may come later in the file. */
export const isWaiting = (diagnoses: readonly SentDiagnosis[], conditions: Conditions): boolean =>
  diagnoses.some(
    ({ reference, codes }) =>
      reference !== undefined &&
      codes.length === 0 &&
      findCondition(conditions, reference) === undefined,
  );

const isDiagnosis = ({ kind }: KindOfCode): boolean => kind === 'icd10cm' || kind === 'icd9cm';

function takeDiagnosis(parts: ClaimParts, sent: SentDiagnosis, conditions: Conditions): void {
  const { where, role, reference } = sent;
  const referred = reference === undefined ? undefined : findCondition(conditions, reference);
  const codes = [...sent.codes, ...(referred ?? [])].filter(isDiagnosis);
  const code = codes.find(({ kind }) => kind === 'icd10cm') ?? codes[0];
  if (code) {
    const system = code.kind === 'icd9cm' ? 'icd9cm' : 'icd10cm';
    addDiagnosis(parts, where, system, code.code, role);
  } else if (reference !== undefined && referred === undefined) {
    const message =
      'refers to a Condition that is not in this file; send it along or send the code';
    addUnread(parts, where, 'codes-missing', message);
  } else {
    addUnread(parts, where, 'codes-missing', 'has no ICD-10-CM code; add a coding with one');
  }
}

/** Takes the diagnoses into the claim, one place each, so that pointers stay right. */
export function takeDiagnoses(
  parts: ClaimParts,
  diagnoses: readonly SentDiagnosis[],
  conditions: Conditions,
): void {
  for (const sent of diagnoses) takeDiagnosis(parts, sent, conditions);
}
