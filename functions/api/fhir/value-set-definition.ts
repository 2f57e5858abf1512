// Which codes a value set holds: one of our own by URL or id, or one the caller sends along.
import type { ValueSet } from 'fhir/r4.js';
import { agreed } from './asked-code.ts';
import {
  idInValueSetUrl,
  type OwnValueSet,
  splitCanonical,
  valueSetOfId,
  valueSetOfUrl,
} from './canonical.ts';
import { type AskedDay, coverageDefinition } from './coverage-definition.ts';
import { type CoverageSet, coverageSetUrl } from './coverage-set.ts';
import type { FhirContext } from './fhir-context.ts';
import { invalid, missing, notFound } from './fhir-error.ts';
import { readInlineValueSet } from './inline-value-set.ts';
import type { Include } from './value-set-include.ts';

/** A value set to work with. */
export type ValueSetDefinition = {
  /** As messages and the answer name it; absent for one sent along without a URL. */
  readonly url?: string;
  readonly own?: OwnValueSet;
  /** A list of a policy, in the version in force. */
  readonly coverage?: CoverageSet;
  /** The one sent along. */
  readonly given?: ValueSet;
  readonly includes: readonly Include[];
};

/** How a value set is asked for; a list of a policy is one on a day only. */
export type AskedValueSet = Omit<AskedDay, 'version'> & {
  readonly url?: string | undefined;
  readonly valueSet?: ValueSet | undefined;
  readonly valueSetVersion?: string | undefined;
};

/** The value set asked for by instance, URL or resource; throws 400, 404 or 422 when there is none. */
export async function definitionOf(
  context: FhirContext,
  { url, valueSet, valueSetVersion, ...day }: AskedValueSet,
  id: string | undefined,
): Promise<ValueSetDefinition> {
  const ways = [url, valueSet, id].filter((one) => one !== undefined);
  if (ways.length === 0) throw missing('url: needed, or valueSet');
  if (ways.length > 1) throw invalid('url: given beside valueSet or an instance; give one of them');
  if (valueSet) {
    const version = agreed({ valueSetVersion, 'valueSet.version': valueSet.version });
    const includes = readInlineValueSet(valueSet);
    const named = valueSet.url === undefined ? {} : { url: versioned(valueSet.url, version) };
    return { ...named, given: valueSet, includes };
  }
  const { base } = context;
  const asked = splitCanonical(url ?? '');
  const version = agreed({ valueSetVersion, 'version of url': asked.version });
  const own = id === undefined ? valueSetOfUrl(asked.url, base) : valueSetOfId(id);
  if (own) return ownDefinition(own, version);
  const name = id ?? idInValueSetUrl(asked.url, base) ?? '';
  const found = await coverageDefinition(context, name, { ...day, version });
  if (!found) throw notFound(`value set ${url ?? id} is not known here`);
  const { coverage, include } = found;
  const { source, id: document } = coverage.version;
  const canonical = coverageSetUrl({ source, id: document, ...coverage.group });
  return { url: versioned(canonical, version), coverage, includes: [include] };
}

/** The definition of an own value set; its version is that of its code system. */
export function ownDefinition(own: OwnValueSet, version?: string): ValueSetDefinition {
  const { system, isa, billableOnly } = own;
  const include: Include = {
    system,
    billableOnly,
    ...(isa !== undefined && { isa }),
    ...(version !== undefined && { version }),
  };
  return { url: versioned(own.url, version), own, includes: [include] };
}

const versioned = (url: string, version: string | undefined): string =>
  version === undefined ? url : `${url}|${version}`;
