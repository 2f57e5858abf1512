// Which codes a value set holds: one of our own by URL or id, or one the caller sends along.
import type { ValueSet } from 'fhir/r4.js';
import { agreed } from './asked-code.ts';
import { type OwnValueSet, splitCanonical, valueSetOfId, valueSetOfUrl } from './canonical.ts';
import { invalid, missing, notFound } from './fhir-error.ts';
import { readInlineValueSet } from './inline-value-set.ts';
import type { Include } from './value-set-include.ts';

/** A value set to work with. */
export type ValueSetDefinition = {
  /** As messages and the answer name it; absent for one sent along without a URL. */
  readonly url?: string;
  readonly own?: OwnValueSet;
  /** The one sent along. */
  readonly given?: ValueSet;
  readonly includes: readonly Include[];
};

/** How a value set is asked for. */
export type AskedValueSet = {
  readonly url?: string | undefined;
  readonly valueSet?: ValueSet | undefined;
  readonly valueSetVersion?: string | undefined;
};

/** The value set asked for by instance, URL or resource; throws 400 or 404 when there is none. */
export function definitionOf(
  { url, valueSet, valueSetVersion }: AskedValueSet,
  id: string | undefined,
  base: string,
): ValueSetDefinition {
  const ways = [url, valueSet, id].filter((one) => one !== undefined);
  if (ways.length === 0) throw missing('url: needed, or valueSet');
  if (ways.length > 1) throw invalid('url: given beside valueSet or an instance; give one of them');
  if (valueSet) {
    const version = agreed({ valueSetVersion, 'valueSet.version': valueSet.version });
    const includes = readInlineValueSet(valueSet);
    const named = valueSet.url === undefined ? {} : { url: versioned(valueSet.url, version) };
    return { ...named, given: valueSet, includes };
  }
  const asked = splitCanonical(url ?? '');
  const own = id === undefined ? valueSetOfUrl(asked.url, base) : valueSetOfId(id);
  if (!own) throw notFound(`value set ${url ?? id} is not known here`);
  return ownDefinition(own, agreed({ valueSetVersion, 'version of url': asked.version }));
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
