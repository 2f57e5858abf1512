// Coverage sets as a search finds them: by id, or all of a document by the beginning of their names. There are thousands; they
// are never listed unasked.
import type { ValueSet } from 'fhir/r4.js';
import type { PolicyRef, PolicyVersion } from '../../../shared/core/policy.ts';
import { policyOnDay } from '../../../shared/operations/show-policy.ts';
import type { PolicyTable } from '../../../shared/ports/policy-table.ts';
import { coverageSetIds, coverageSetToday, findCoverageSet, groupIn } from './coverage-set.ts';
import { coverageSetNameBase, coverageSetResource } from './coverage-set-resource.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';

/** The sets of these ids, and those of the document a name begins with; the caller sorts out what else is asked. */
export async function searchCoverageSets(
  context: FhirContext,
  { ids, name }: { readonly ids: readonly string[]; readonly name: string | undefined },
): Promise<readonly ValueSet[]> {
  const policies = readOnce(context.reference.policies);
  const today = todayOf(context);
  const wanted = new Set(ids);
  for (const versions of name === undefined ? [] : await documentsNamed(policies, name)) {
    const shown = policyOnDay(versions, today);
    for (const id of shown ? coverageSetIds(shown.version) : []) wanted.add(id);
  }
  const sets: ValueSet[] = [];
  for (const id of wanted) {
    const found = await findCoverageSet(policies, id);
    const shown = found && policyOnDay(found.versions, today);
    // A list its document has no more is none today.
    if (!shown || !groupIn(shown.version, found.name)) continue;
    sets.push(coverageSetResource(coverageSetToday(found, today)));
  }
  return sets;
}

type Policies = Pick<PolicyTable, 'sources' | 'versions'>;

/** Each document is read once, however many of its lists are asked for. */
function readOnce(policies: Policies): Policies {
  const read = new Map<string, Promise<readonly PolicyVersion[]>>();
  return {
    sources: () => policies.sources(),
    versions(ref: PolicyRef) {
      const name = `${ref.source}#${ref.id}`;
      const versions = read.get(name) ?? policies.versions(ref);
      read.set(name, versions);
      return versions;
    },
  };
}

/** Documents whose sets have names that begin so: the name has to reach to the end of the document's. */
async function documentsNamed(
  policies: Policies,
  name: string,
): Promise<readonly (readonly PolicyVersion[])[]> {
  const documents: (readonly PolicyVersion[])[] = [];
  for (const source of await policies.sources()) {
    const base = coverageSetNameBase({ source, id: '' }).toLowerCase();
    if (!name.toLowerCase().startsWith(base)) continue;
    const [id = ''] = name.slice(base.length).split('_');
    for (const spelled of new Set([id, id.toUpperCase()])) {
      const versions = spelled === '' ? [] : await policies.versions({ source, id: spelled });
      if (versions.length > 0) documents.push(versions);
    }
  }
  return documents;
}
