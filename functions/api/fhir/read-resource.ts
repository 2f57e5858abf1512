// Reads one resource by its id.
import type { FhirResource } from 'fhir/r4.js';
import { codeSystemOfId } from './asked-code.ts';
import { conceptMapOfId, valueSetOfId } from './canonical.ts';
import { codeSystemResource } from './code-system-resource.ts';
import { conceptMapResource } from './concept-map-resource.ts';
import { coverageSetToday, findCoverageSet } from './coverage-set.ts';
import { coverageSetResource } from './coverage-set-resource.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { notFound } from './fhir-error.ts';
import { knownVersions, pointOf } from './known-versions.ts';
import type { ResourceType } from './operation.ts';
import { requireRoot } from './require-root.ts';
import { valueSetResource } from './value-set-resource.ts';

/** The resource as it is today, of a versioned CodeSystem id that version; throws 404 when there is none. */
export function readResource(
  context: FhirContext,
  resource: ResourceType,
  id: string,
): Promise<FhirResource> {
  return readers[resource](context, id);
}

const readers: Readonly<
  Record<ResourceType, (context: FhirContext, id: string) => Promise<FhirResource>>
> = {
  async CodeSystem(context, id) {
    const { system, version } = codeSystemOfId(id);
    const point = await pointOf(context, system.id, { version });
    const versions = await knownVersions(context, system.id);
    const release = versions.find((one) => one.effective === point.version);
    if (!release) throw notFound(`no CodeSystem/${id} here`);
    return codeSystemResource(release, id);
  },
  async ValueSet(context, id) {
    const own = valueSetOfId(id);
    if (!own) return readCoverageSet(context, id);
    const { date, version } = await pointOf(context, own.system, {});
    await requireRoot(context, own, date);
    return valueSetResource(own, version);
  },
  async ConceptMap(context, id) {
    const own = conceptMapOfId(id);
    if (!own) throw notFound(`no ConceptMap/${id.slice(0, 64)} here`);
    const { version } = await pointOf(context, own.system, {});
    return conceptMapResource(own, version);
  },
};

async function readCoverageSet(context: FhirContext, id: string): Promise<FhirResource> {
  const found = await findCoverageSet(context.reference.policies, id);
  if (!found) throw notFound(`no ValueSet/${id.slice(0, 64)} here`);
  return coverageSetResource(coverageSetToday(found, todayOf(context)));
}
