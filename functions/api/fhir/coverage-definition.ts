// A coverage set to work with on a day: the version of the document in force on it, and which codes its list holds.
import { type CalendarDate, parseCalendarDate } from '../../../shared/core/calendar-date.ts';
import { formatCode } from '../../../shared/core/code-system.ts';
import type { PolicyVersion } from '../../../shared/core/policy.ts';
import {
  latestRecords,
  policyInForce,
  versionsAhead,
} from '../../../shared/core/policy-timeline.ts';
import { policyOnDay } from '../../../shared/operations/show-policy.ts';
import {
  type CoverageSet,
  coverageSetId,
  type FoundCoverageSet,
  findCoverageSet,
  requireGroup,
} from './coverage-set.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { FhirError, notFound, notSupported } from './fhir-error.ts';
import type { Include } from './value-set-include.ts';

/** What says which day is meant. */
export type AskedDay = {
  /** Version of the document. */
  readonly version?: string | undefined;
  readonly date?: CalendarDate | undefined;
  /** Version of ICD-10-CM. */
  readonly systemVersion?: string | undefined;
};

/** The list as it is in force, and its codes. */
export type CoverageDefinition = { readonly coverage: CoverageSet; readonly include: Include };

/**
 * The coverage set of an id on the day asked about: the date; else the first day of the version named, of the document or of
 * ICD-10-CM; else today. Undefined when no document has such a list; throws 404 when no version is in force on the day, or
 * the one in force has not got the list, 422 when version and date disagree.
 */
export async function coverageDefinition(
  context: FhirContext,
  id: string,
  asked: AskedDay,
): Promise<CoverageDefinition | undefined> {
  const found = await findCoverageSet(context.reference.policies, id);
  if (!found) return undefined;
  const named = namedVersion(found, asked.version);
  const ofSystem =
    asked.systemVersion === undefined ? undefined : parseCalendarDate(asked.systemVersion);
  const date = asked.date ?? named?.effective ?? ofSystem ?? todayOf(context);
  const version = requireInForce(found, date);
  if (named && named.version !== version.version) {
    const text =
      `version ${named.version} of ${found.name.id} is not in force on ${date}: ${version.version} is; ` +
      'give only one of them';
    throw new FhirError(422, 'conflict', text, 'version-error');
  }
  const group = requireGroup(version, found.name);
  if (group.everythingElse) throw everythingElse(found);
  const status = policyOnDay(found.versions, todayOf(context))?.status ?? 'ended';
  const { codes, ranges } = group.diagnoses;
  const include: Include = {
    system: 'icd10cm',
    billableOnly: true,
    codes: codes.map((code) => ({ code: formatCode('icd10cm', code) })),
    ranges,
    on: date,
  };
  return { coverage: { version, group, status }, include };
}

function namedVersion(
  { name, versions }: FoundCoverageSet,
  version: string | undefined,
): PolicyVersion | undefined {
  if (version === undefined) return undefined;
  const known = latestRecords(versions);
  const named = known.find((one) => one.version === version);
  if (named) return named;
  const others = known.map((one) => one.version).join(', ');
  throw notFound(`version ${version} of ${name.id} is not known here; known: ${others}`);
}

function requireInForce({ name, versions }: FoundCoverageSet, date: CalendarDate): PolicyVersion {
  const inForce = policyInForce(versions, date);
  if (inForce) return inForce;
  const [next] = versionsAhead(versions, date);
  const last = latestRecords(versions).at(-1);
  const otherwise = next
    ? `version ${next.version} begins on ${next.effective}`
    : `it ended on ${last?.ends ?? 'an earlier day'}`;
  throw notFound(`no version of ${name.id} is in force on ${date}: ${otherwise}`);
}

/** `XX000` names no codes: what it comes to depends on what the other lists hold for a procedure. */
const everythingElse = ({ name }: FoundCoverageSet): FhirError =>
  notSupported(
    `${coverageSetId(name)} holds every code that ${name.id} does not list otherwise (XX000); ` +
      'ask GET /v1/coverage about a procedure and a diagnosis',
  );
