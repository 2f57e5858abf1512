// FHIR resources one after the other: claims and templates are taken in, what accompanies them is passed over, a claim
// whose diagnosis stands in a Condition still to come waits for it.
import type { ReadRecord } from '../tell-repeats.ts';
import { isWaiting } from './claim-diagnoses.ts';
import { type FhirClaim, finishClaimResource, readClaimResource } from './claim-resource.ts';
import { type Conditions, rememberCondition } from './conditions.ts';
import { isObject, type JsonObject, textAt } from './json-access.ts';
import { type Place, placeOfEntry } from './place.ts';
import { readTemplateResource } from './template-resource.ts';

/** What is known between two resources. */
export type FhirState = {
  readonly conditions: Conditions;
  readonly waiting: FhirClaim[];
  /** Resources that are no records of their own. */
  passed: number;
};

const waitingMax = 1_000;

/** Before the first resource. */
export const newFhirState = (): FhirState => ({
  conditions: new Map(),
  waiting: [],
  passed: 0,
});

// What stands in a Bundle beside claims, or in an export of several types.
const accompanying = new Set([
  ...['Patient', 'RelatedPerson', 'Person', 'Coverage', 'Organization', 'OrganizationAffiliation'],
  ...['Practitioner', 'PractitionerRole', 'Location', 'HealthcareService', 'Endpoint', 'CareTeam'],
  ...['Condition', 'Procedure', 'Encounter', 'EpisodeOfCare', 'Observation', 'DiagnosticReport'],
  ...['ServiceRequest', 'MedicationRequest', 'Medication', 'MedicationAdministration', 'Device'],
  ...['Immunization', 'AllergyIntolerance', 'CarePlan', 'Goal', 'DocumentReference', 'Provenance'],
  ...['SupplyDelivery', 'ImagingStudy', 'Account', 'OperationOutcome', 'Parameters'],
]);

/** The types that hold something else than claims, to be told by name. */
const refused: ReadonlyMap<string, string> = new Map([
  ['ClaimResponse', 'an answer of the payer; send the Claim or the ExplanationOfBenefit'],
  ['Questionnaire', 'a form; send the order set as PlanDefinition'],
  ['ValueSet', 'a list of codes; send it as PlanDefinition, CSV or JSON'],
  ['List', 'a list of references; send what it refers to'],
]);

function refuseType(type: string, place: Place): ReadRecord {
  const known = refused.get(type);
  const message =
    known === undefined
      ? 'holds no claim or template; read are Claim, ExplanationOfBenefit, PlanDefinition, ActivityDefinition'
      : `${type}: ${known}`;
  return { kind: 'rejected', where: place.where, code: 'unsupported', message };
}

function takeClaim(state: FhirState, resource: JsonObject, place: Place): readonly ReadRecord[] {
  const claim = readClaimResource(resource, place);
  if ('kind' in claim) return [claim];
  const { conditions, waiting } = state;
  if (!isWaiting(claim.diagnoses, conditions)) return [finishClaimResource(claim, conditions)];
  waiting.push(claim);
  const longest = waiting.length > waitingMax ? waiting.shift() : undefined;
  return longest ? [finishClaimResource(longest, conditions)] : [];
}

/** Takes a resource; `fullUrl` is that of its entry in a Bundle. */
export function takeResource(
  state: FhirState,
  resource: JsonObject,
  place: Place,
  fullUrl?: string,
): readonly ReadRecord[] {
  const type = textAt(resource, 'resourceType') ?? '';
  if (type === 'Claim' || type === 'ExplanationOfBenefit') return takeClaim(state, resource, place);
  if (type === 'PlanDefinition' || type === 'ActivityDefinition') {
    return [readTemplateResource(resource, place)];
  }
  if (type === 'Bundle') return takeBundle(state, resource, place);
  if (type === 'Condition') rememberCondition(state.conditions, resource, fullUrl);
  if (!accompanying.has(type)) return [refuseType(type, place)];
  state.passed += 1;
  return [];
}

/** Takes an entry of a Bundle. */
export function takeEntry(state: FhirState, entry: unknown, place: Place): readonly ReadRecord[] {
  const resource = isObject(entry) ? entry.resource : undefined;
  if (isObject(entry) && isObject(resource)) {
    return takeResource(state, resource, place, textAt(entry, 'fullUrl'));
  }
  // An entry that only deletes, or answers a request, holds none.
  if (isObject(entry) && (isObject(entry.request) || isObject(entry.response))) {
    state.passed += 1;
    return [];
  }
  const message = 'an entry without resource';
  return [{ kind: 'rejected', where: place.where, code: 'unreadable', message }];
}

function takeBundle(state: FhirState, bundle: JsonObject, place: Place): readonly ReadRecord[] {
  const entries: readonly unknown[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  const records = entries.flatMap((entry, at) =>
    takeEntry(state, entry, placeOfEntry(place.prefix, at)),
  );
  return [...records, ...releaseWaiting(state)];
}

/** The records of claims whose Conditions never came: at the end of their Bundle or of the file. */
export function releaseWaiting(state: FhirState): readonly ReadRecord[] {
  return state.waiting.splice(0).map((claim) => finishClaimResource(claim, state.conditions));
}
