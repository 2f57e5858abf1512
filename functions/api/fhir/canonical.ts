// Names of things in FHIR: canonical URLs of our own value sets and maps, the implicit value sets of the code systems,
// and the ids they are read under.
import {
  type CodeSystem,
  type CodeSystemId,
  codeSystemIds,
  codeSystems,
  formatCode,
  isCodeSystemId,
  normalizeCode,
} from '../../../shared/core/code-system.ts';
import { notFound } from './fhir-error.ts';

/**
 * Base of the canonical URLs of our own artifacts. A canonical must not change with the host that serves it, and
 * Codewatch owns no domain: `.example` is reserved (RFC 2606), so the name can never be somebody else's.
 */
export const canonicalBase = 'https://codewatch.example/fhir/R4';

/** The code system of a FHIR system URI, or undefined. */
export const systemOfUri = (uri: string): CodeSystemId | undefined =>
  codeSystemIds.find((id) => codeSystems[id].uri === uri);

/** The code system of a FHIR system URI; throws 404 naming the known ones. */
export function requireSystem(uri: string): CodeSystem {
  const id = systemOfUri(uri);
  if (id) return codeSystems[id];
  const known = codeSystemIds.map((one) => codeSystems[one].uri).join(', ');
  throw notFound(`code system ${uri} is not known here; known: ${known}`);
}

/** A canonical reference taken apart: `url|version`. */
export function splitCanonical(text: string): { readonly url: string; readonly version?: string } {
  const at = text.indexOf('|');
  return at < 0 ? { url: text } : { url: text.slice(0, at), version: text.slice(at + 1) };
}

/** Which codes an own value set holds: all of a system, the billable ones, or a code and all under it. */
export type ValueSetScope = {
  readonly system: CodeSystemId;
  /** With the official dot. */
  readonly isa?: string;
  readonly billableOnly: boolean;
};

/** An own value set: its canonical URL (with query, without version), its id, and which codes it holds. */
export type OwnValueSet = ValueSetScope & { readonly url: string; readonly id: string };

/** All codes of a system, headers included: `…?fhir_vs`. */
export const allCodes = (system: CodeSystemId): OwnValueSet => ({
  system,
  billableOnly: false,
  url: `${codeSystems[system].uri}?fhir_vs`,
  id: system,
});

/** All billable codes of a system. */
export const billableCodes = (system: CodeSystemId): OwnValueSet => ({
  system,
  billableOnly: true,
  url: `${canonicalBase}/ValueSet/${system}-billable`,
  id: `${system}-billable`,
});

/** A code and all codes under it: `…?fhir_vs=isa/M54`; undefined when the text cannot be a code. */
export function codesUnder(system: CodeSystemId, text: string): OwnValueSet | undefined {
  const normal = normalizeCode(system, text);
  if (normal === undefined) return undefined;
  const isa = formatCode(system, normal);
  const url = `${codeSystems[system].uri}?fhir_vs=isa/${isa}`;
  return { system, isa, billableOnly: false, url, id: `${system}-isa-${isa}` };
}

/** The own value set of an id, or undefined. */
export function valueSetOfId(id: string): OwnValueSet | undefined {
  const [head = '', kind, ...rest] = id.split('-');
  if (!isCodeSystemId(head)) return undefined;
  if (kind === undefined) return allCodes(head);
  if (kind === 'billable' && rest.length === 0) return billableCodes(head);
  const [code, ...more] = rest;
  if (kind === 'isa' && code !== undefined && more.length === 0) return codesUnder(head, code);
  return undefined;
}

/** The id in a URL of a value set, canonical or as served under `base`; undefined when it is no such URL. */
export function idInValueSetUrl(url: string, base: string): string | undefined {
  const folders = [canonicalBase, base].map((own) => `${own}/ValueSet/`);
  const folder = folders.find((one) => url.startsWith(one));
  return folder && url.slice(folder.length);
}

/** The own value set of a URL without version, canonical or as served under `base`; or undefined. */
export function valueSetOfUrl(url: string, base: string): OwnValueSet | undefined {
  const id = idInValueSetUrl(url, base);
  if (id !== undefined) return valueSetOfId(id);
  const at = url.indexOf('?');
  const system = at < 0 ? undefined : systemOfUri(url.slice(0, at));
  if (!system) return undefined;
  const query = url.slice(at + 1);
  if (query === 'fhir_vs') return allCodes(system);
  const isa = /^fhir_vs=isa\/(.+)$/.exec(query)?.[1];
  return isa === undefined ? undefined : codesUnder(system, isa);
}

/** The map of a system from codes out of use to what replaces them. */
export type OwnConceptMap = {
  readonly system: CodeSystemId;
  readonly url: string;
  readonly id: string;
};

/** The replacement map of a system. */
export const replacementMap = (system: CodeSystemId): OwnConceptMap => {
  const id = `${system}-replaced-by`;
  return { system, id, url: `${canonicalBase}/ConceptMap/${id}` };
};

/** The own map of an id, or undefined. */
export const conceptMapOfId = (id: string): OwnConceptMap | undefined =>
  codeSystemIds.map(replacementMap).find((map) => map.id === id);

/** The own map of a URL without version, canonical or as served under `base`; or undefined. */
export function conceptMapOfUrl(url: string, base: string): OwnConceptMap | undefined {
  return codeSystemIds
    .map(replacementMap)
    .find((map) => map.url === url || `${base}/ConceptMap/${map.id}` === url);
}
