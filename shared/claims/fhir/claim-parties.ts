// Who pays, who rendered, and what may be known of the patient: payer, specialty, age and sex. Nothing else of any party is
// read, and of the patient nothing but sex and day of birth, which goes with the claim.
import type { Claim } from '../../core/artifact.ts';
import type { CalendarDate } from '../../core/calendar-date.ts';
import { ageOn } from '../x12/element-values.ts';
import { dayOf } from './claim-setting.ts';
import { anyCodesOf } from './code-systems.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json-access.ts';

/** The resource a reference names, if this one contains it. */
function containedAt(
  resource: JsonObject,
  reference: JsonObject | undefined,
): JsonObject | undefined {
  const name = textAt(reference, 'reference');
  if (!name?.startsWith('#')) return undefined;
  const found = objectsAt(resource, 'contained').find(
    ({ value }) => textAt(value, 'id')?.replace(/^#/, '') === name.slice(1),
  );
  return found?.value;
}

/** A name or number of an organisation without control characters. */
function clean(text: string | undefined): string | undefined {
  const value = text?.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  return value === undefined || value === '' ? undefined : value.slice(0, 200);
}

function organisationOf(
  resource: JsonObject,
  reference: JsonObject | undefined,
): string | undefined {
  const organisation = containedAt(resource, reference);
  const isOne = organisation?.resourceType === 'Organization';
  return clean(
    textAt(objectAt(reference, 'identifier'), 'value') ??
      textAt(reference, 'display') ??
      (isOne ? textAt(organisation, 'name') : undefined),
  );
}

/** True for a reference that says it is to an organisation: a payor may also be the patient. */
function isOrganisation(resource: JsonObject, reference: JsonObject): boolean {
  const type = textAt(reference, 'type') ?? '';
  const target = textAt(reference, 'reference') ?? '';
  const contained = containedAt(resource, reference)?.resourceType;
  return [type, contained].includes('Organization') || /(?:^|\/)Organization\//.test(target);
}

/** The payor of the coverage the claim is sent to first, if an organisation is. */
function payorOf(resource: JsonObject): string | undefined {
  const insurances = objectsAt(resource, 'insurance').map(({ value }) => value);
  const focal = insurances.find((one) => one.focal === true) ?? insurances[0];
  const reference = objectAt(focal, 'coverage');
  // CMS's FISS claims name the payer where others put the number of the member.
  const identifier = objectAt(reference, 'identifier');
  if (textAt(identifier, 'system')?.endsWith('/payers-name')) {
    return clean(textAt(identifier, 'value'));
  }
  const payors = objectsAt(containedAt(resource, reference), 'payor').map(({ value }) => value);
  const organisation = payors.find((one) => isOrganisation(resource, one));
  return organisation && organisationOf(resource, organisation);
}

/** The payer: number, display or name of the insurer, else of the organisation behind the coverage. */
export const payerOf = (resource: JsonObject): string | undefined =>
  organisationOf(resource, objectAt(resource, 'insurer')) ?? payorOf(resource);

const rendering = ['rendering', 'performing', 'primary', 'attending'];

/** Taxonomy code, else CMS specialty code, of the provider who rendered the services, else attended. */
export function specialtyOf(resource: JsonObject): string | undefined {
  const team = objectsAt(resource, 'careTeam').map(({ value }) => value);
  const roleRank = (member: JsonObject): number => {
    const codes = anyCodesOf(objectAt(member, 'role'));
    const rank = rendering.findIndex((role) => codes.includes(role));
    return rank < 0 ? rendering.length : rank;
  };
  for (const member of [...team].sort((a, b) => roleRank(a) - roleRank(b))) {
    const codings = objectsAt(objectAt(member, 'qualification'), 'coding');
    const of = (system: RegExp): string | undefined => {
      const found = codings.find(({ value }) => system.test(textAt(value, 'system') ?? ''));
      return textAt(found?.value, 'code')?.toUpperCase();
    };
    const code = of(/provider-taxonomy$/i) ?? of(/SPCLTY-CD$/i);
    if (code !== undefined && /^[0-9A-Z]{2,10}$/.test(code)) return code;
  }
  return undefined;
}

/** Sex and age of a patient the claim contains. */
export function patientOf(resource: JsonObject): {
  readonly sex?: NonNullable<Claim['sex']>;
  readonly ageOn?: (date: CalendarDate) => number | undefined;
} {
  const patient = containedAt(resource, objectAt(resource, 'patient'));
  if (patient?.resourceType !== 'Patient') return {};
  const { gender } = patient;
  const birth = dayOf(textAt(patient, 'birthDate'));
  return {
    ...((gender === 'female' || gender === 'male') && { sex: gender }),
    ...(birth !== undefined && { ageOn: (date: CalendarDate) => ageOn(birth, date) }),
  };
}
