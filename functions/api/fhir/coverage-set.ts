// Coverage sets: each list of each policy as a value set. What they are called, and which list of which document a name means.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import type {
  CoverageList,
  DiagnosisGroup,
  PolicyRef,
  PolicySourceId,
  PolicyVersion,
} from '../../../shared/core/policy.ts';
import { policyOnDay } from '../../../shared/operations/show-policy.ts';
import type { PolicyStatus } from '../../../shared/operations/written-policy.ts';
import type { PolicyTable } from '../../../shared/ports/policy-table.ts';
import { canonicalBase } from './canonical.ts';
import { notFound } from './fhir-error.ts';

/** A list of a document, whatever version of it. */
export type CoverageSetName = PolicyRef & Pick<DiagnosisGroup, 'list' | 'group'>;

/** A list in one version of a document, and where the document stands today. */
export type CoverageSet = {
  readonly version: PolicyVersion;
  readonly group: DiagnosisGroup;
  readonly status: PolicyStatus;
};

/** A list that some version of its document has, with all of them. */
export type FoundCoverageSet = {
  readonly name: CoverageSetName;
  readonly versions: readonly PolicyVersion[];
};

/** Longer ones first: `not-covered` ends in `covered`. */
const lists: readonly CoverageList[] = [
  'prior-authorization',
  'not-covered',
  'requires',
  'covered',
];

/** FHIR R4 id. A list whose name does not fit in one is no value set. */
const idShape = /^[A-Za-z0-9.-]{1,64}$/;

/** `mcd-A57791-covered-1`: source, document, list, group. */
export const coverageSetId = ({ source, id, list, group }: CoverageSetName): string =>
  `${source}-${id}-${list}-${group}`;

/** Its canonical URL, without version: that is the document's. */
export const coverageSetUrl = (name: CoverageSetName): string =>
  `${canonicalBase}/ValueSet/${coverageSetId(name)}`;

/** What an id may mean: names of documents have dashes, too. */
function namesIn(id: string, sources: readonly PolicySourceId[]): CoverageSetName[] {
  if (!idShape.test(id)) return [];
  return lists.flatMap((list) =>
    [...id.matchAll(new RegExp(`-${list}-`, 'g'))].flatMap(({ index }) => {
      const group = id.slice(index + list.length + 2);
      const document = id.slice(0, index);
      return sources
        .filter((source) => document.startsWith(`${source}-`) && group !== '')
        .map((source) => ({ source, id: document.slice(source.length + 1), list, group }));
    }),
  );
}

/** The group of a version, or undefined. */
export const groupIn = (
  { groups }: PolicyVersion,
  { list, group }: Pick<CoverageSetName, 'list' | 'group'>,
): DiagnosisGroup | undefined => groups.find((one) => one.list === list && one.group === group);

/** Ids of the value sets of a version. */
export const coverageSetIds = ({ source, id, groups }: PolicyVersion): string[] =>
  groups
    .map(({ list, group }) => coverageSetId({ source, id, list, group }))
    .filter((one) => idShape.test(one));

/** The list of an id; undefined when no version of any document has it. */
export async function findCoverageSet(
  policies: Pick<PolicyTable, 'sources' | 'versions'>,
  id: string,
): Promise<FoundCoverageSet | undefined> {
  for (const name of namesIn(id, await policies.sources())) {
    const versions = await policies.versions({ source: name.source, id: name.id });
    if (versions.some((version) => groupIn(version, name))) return { name, versions };
  }
  return undefined;
}

/** The list as it is today: of the version in force, else of the next one, else of the last. Throws 404 when that has it no more. */
export function coverageSetToday(
  { name, versions }: FoundCoverageSet,
  today: CalendarDate,
): CoverageSet {
  const shown = policyOnDay(versions, today);
  if (!shown) throw notFound(`every version of ${name.id} was taken back`);
  const { version, status } = shown;
  return { version, status, group: requireGroup(version, name) };
}

/** The group of a version; throws 404 naming the lists it has. */
export function requireGroup(version: PolicyVersion, name: CoverageSetName): DiagnosisGroup {
  const group = groupIn(version, name);
  if (group) return group;
  const known = coverageSetIds(version).join(', ') || 'none';
  throw notFound(
    `version ${version.version} of ${name.id} has no list ${coverageSetId(name)}; it has: ${known}`,
  );
}
