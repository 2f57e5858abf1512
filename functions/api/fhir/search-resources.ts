// Searches resources: CodeSystem, ValueSet and ConceptMap by id, url, version, name and status (FHIR R4 search).
import type { Bundle, BundleLink, CodeSystem, ConceptMap, ValueSet } from 'fhir/r4.js';
import { codeSystemIds } from '../../../shared/core/code-system.ts';
import {
  allCodes,
  billableCodes,
  idInValueSetUrl,
  type OwnValueSet,
  replacementMap,
  valueSetOfId,
  valueSetOfUrl,
} from './canonical.ts';
import { codeSystemResource } from './code-system-resource.ts';
import { conceptMapResource } from './concept-map-resource.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { FhirError } from './fhir-error.ts';
import { inForceOn, knownVersions } from './known-versions.ts';
import type { ResourceType } from './operation.ts';
import { countType, stringType, uriType } from './parameter-types.ts';
import { type Given, one, readParameters, type Values } from './read-parameters.ts';
import { requireRoot } from './require-root.ts';
import { searchCoverageSets } from './search-coverage-sets.ts';
import { valueSetResource } from './value-set-resource.ts';

/** Search parameters of every resource type; the CapabilityStatement lists them. */
export const searchParameters = {
  _id: one(stringType, 'ids, separated by commas'),
  url: one(uriType, 'canonical URLs without version, separated by commas'),
  version: one(stringType, 'versions, separated by commas'),
  name: one(stringType, 'beginning of the name, in any case'),
  status: one(
    stringType,
    'active; of policies that begin later draft, of those that ended retired',
  ),
  _count: one(countType, 'resources a page, at most 100'),
  _offset: one(
    countType,
    'resources to leave out before the first; links to further pages have it',
  ),
};

type SearchValues = Values<typeof searchParameters>;
type Found = CodeSystem | ValueSet | ConceptMap;

const countMax = 100;
const countUsual = 50;

/** The matches as a searchset Bundle, a page of them; with `countOnly` only their number. */
export async function searchResources(
  context: FhirContext,
  resource: ResourceType,
  given: readonly Given[],
  countOnly: boolean,
): Promise<Bundle> {
  const values = readParameters(`the search for ${resource}`, searchParameters, given);
  const all = await candidates[resource](context, values);
  const matches = all.filter((one) => isMatch(one, values, context.base));
  const count = Math.min(values._count ?? countUsual, countMax);
  const offset = values._offset ?? 0;
  const total = matches.length;
  const bundle: Bundle = { resourceType: 'Bundle', type: 'searchset', total };
  if (countOnly || count === 0) return bundle;
  const page = matches.slice(offset, offset + count);
  const link = [linkTo(context.base, resource, values, 'self', offset)];
  if (offset + count < total) {
    link.push(linkTo(context.base, resource, values, 'next', offset + count));
  }
  const entry = page.map((one) => ({
    fullUrl: `${context.base}/${resource}/${one.id}`,
    resource: one,
    search: { mode: 'match' as const },
  }));
  return { ...bundle, link, entry };
}

function linkTo(
  base: string,
  resource: ResourceType,
  values: SearchValues,
  relation: string,
  offset: number,
): BundleLink {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (name !== '_offset') query.set(name, String(value));
  }
  if (offset > 0) query.set('_offset', String(offset));
  const text = query.toString();
  return { relation, url: `${base}/${resource}${text && `?${text}`}` };
}

const oneOf = (list: string | undefined, value: string | undefined): boolean =>
  list === undefined || list.split(',').includes(value ?? '');

function isMatch(found: Found, { _id, url, version, name, status }: SearchValues, base: string) {
  const served = `${base}/${found.resourceType}/${found.id}`;
  return (
    oneOf(_id, found.id) &&
    (oneOf(url, found.url) || oneOf(url, served)) &&
    oneOf(version, found.version) &&
    oneOf(status, found.status) &&
    (name === undefined || (found.name ?? '').toLowerCase().startsWith(name.toLowerCase()))
  );
}

const candidates: Readonly<
  Record<ResourceType, (context: FhirContext, values: SearchValues) => Promise<readonly Found[]>>
> = {
  /** The version in force today under the bare id, and every version under its own, newest first. */
  async CodeSystem(context, { _id }) {
    const found: CodeSystem[] = [];
    const asked = _id?.split(',') ?? [];
    for (const system of codeSystemIds) {
      const versions = await knownVersions(context, system);
      const current = inForceOn(versions, todayOf(context));
      if (current) found.push(codeSystemResource(current, system));
      for (const version of versions.toReversed()) {
        const id = `${system}-${version.effective}`;
        if (version !== current || asked.includes(id)) found.push(codeSystemResource(version, id));
      }
    }
    return found;
  },
  /** Those of whole systems, the category asked for by id or URL, the lists of policies asked for by those or by name. */
  async ValueSet(context, { _id, url, name }) {
    const asked = [
      ...(_id?.split(',').map(valueSetOfId) ?? []),
      ...(url?.split(',').map((one) => valueSetOfUrl(one, context.base)) ?? []),
    ].filter((own) => own?.isa !== undefined);
    const own = new Map<string, OwnValueSet>();
    for (const one of [
      ...codeSystemIds.flatMap((id) => [allCodes(id), billableCodes(id)]),
      ...asked,
    ]) {
      if (one) own.set(one.id, one);
    }
    const found: ValueSet[] = [];
    for (const one of own.values()) {
      const current = inForceOn(await knownVersions(context, one.system), todayOf(context));
      if (current && (await isListed(context, one))) {
        found.push(valueSetResource(one, current.effective));
      }
    }
    const ids = [
      ...(_id?.split(',') ?? []),
      ...(url?.split(',').flatMap((one) => idInValueSetUrl(one, context.base) ?? []) ?? []),
    ].filter((id) => valueSetOfId(id) === undefined);
    return [...found, ...(await searchCoverageSets(context, { ids, name }))];
  },
  async ConceptMap(context) {
    const found: ConceptMap[] = [];
    for (const map of codeSystemIds.map(replacementMap)) {
      const current = inForceOn(await knownVersions(context, map.system), todayOf(context));
      if (current) found.push(conceptMapResource(map, current.effective));
    }
    return found;
  },
};

async function isListed(context: FhirContext, own: OwnValueSet): Promise<boolean> {
  try {
    await requireRoot(context, own, todayOf(context));
    return true;
  } catch (error) {
    if (error instanceof FhirError && error.status === 404) return false;
    throw error;
  }
}
