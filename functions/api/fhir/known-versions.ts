// Versions of a code system and the day a request asks about. A version is the effective date of a committed release.
import { type CalendarDate, parseCalendarDate } from '../../../shared/core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../../../shared/core/code-system.ts';
import type { ReleaseRecord } from '../../../shared/core/release.ts';
import type { CodeTable } from '../../../shared/ports/code-table.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { FhirError, notFound } from './fhir-error.ts';

/** What a request asks about: one code system on one day, and the version that is in force on it. */
export type Point = {
  readonly system: CodeSystemId;
  readonly date: CalendarDate;
  readonly version: CalendarDate;
  /** True when the caller named the version: then only its own codes are codes. */
  readonly pinned: boolean;
};

/** Of a code table that never changes (a snapshot), the releases are read once. */
const kept = new WeakMap<CodeTable, Map<CodeSystemId, Promise<readonly ReleaseRecord[]>>>();

/** The committed releases of a system, each a version of it, oldest first. */
export function knownVersions(
  { reference }: Pick<FhirContext, 'reference'>,
  system: CodeSystemId,
): Promise<readonly ReleaseRecord[]> {
  const { codeTable, stamp } = reference;
  if (stamp === undefined) return committed(codeTable, system);
  const bySystem = kept.get(codeTable) ?? new Map();
  kept.set(codeTable, bySystem);
  const before = bySystem.get(system);
  if (before) return before;
  const read = committed(codeTable, system);
  bySystem.set(system, read);
  // A read that failed is tried again by the next request.
  read.catch(() => bySystem.delete(system));
  return read;
}

async function committed(
  table: CodeTable,
  system: CodeSystemId,
): Promise<readonly ReleaseRecord[]> {
  const releases = await table.releases(system);
  return releases.filter((one) => one.status === 'committed');
}

/** The version in force on a day, or undefined before the first. */
export const inForceOn = (
  versions: readonly ReleaseRecord[],
  date: CalendarDate,
): ReleaseRecord | undefined => versions.findLast((one) => one.effective <= date);

/**
 * The point a request asks about. With `date` the version in force on it; with `version` the day it takes effect; with
 * both the date, if the version is in force on it; with neither today. Throws 404 for a version that is not known and a
 * date no version covers, 422 when date and version disagree.
 */
export async function pointOf(
  context: FhirContext,
  system: CodeSystemId,
  asked: { readonly version?: string | undefined; readonly date?: CalendarDate | undefined },
): Promise<Point> {
  const versions = await knownVersions(context, system);
  const { version } = asked;
  const date =
    asked.date ?? (version === undefined ? todayOf(context) : parseCalendarDate(version));
  const named = versions.find((one) => one.effective === version);
  if (version !== undefined && !named) throw unknownVersion(system, version, versions);
  const inForce = date && inForceOn(versions, date);
  if (!date || !inForce) throw uncovered(system, date ?? '', versions);
  if (named && named !== inForce) {
    const text =
      `version ${version} of ${codeSystems[system].uri} is not in force on ${date}: ` +
      `${inForce.effective} is; give only one of them`;
    throw new FhirError(422, 'conflict', text, 'version-error');
  }
  return { system, date, version: inForce.effective, pinned: named !== undefined };
}

function unknownVersion(system: CodeSystemId, version: string, versions: readonly ReleaseRecord[]) {
  const known = versions.map((one) => one.effective).join(', ') || 'none';
  return notFound(
    `version ${version} of ${codeSystems[system].uri} is not known here; known: ${known}`,
  );
}

function uncovered(system: CodeSystemId, date: string, versions: readonly ReleaseRecord[]) {
  const oldest = versions[0]?.effective;
  const which = oldest ? `the oldest known takes effect on ${oldest}` : 'none is known here';
  return notFound(`no version of ${codeSystems[system].uri} is in force on ${date}; ${which}`);
}
