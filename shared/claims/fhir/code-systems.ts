// What FHIR calls the code systems kept of a claim, and how codings are found in a CodeableConcept.
import { type JsonObject, objectsAt, textAt } from './json-access.ts';

/** A kind of code that is kept, or told when it is not. */
export type CodeKind = 'icd10cm' | 'icd9cm' | 'icd10pcs' | 'icd9-procedure' | 'procedure';

// Official URIs and OIDs (terminology.hl7.org, "External code systems"; CARIN Blue Button and CMS's
// Blue Button resources). ICD-10 of WHO stands on American claims only by mistake for ICD-10-CM.
const kinds: ReadonlyMap<string, CodeKind> = new Map([
  ['hl7.org/fhir/sid/icd-10-cm', 'icd10cm'],
  ['hl7.org/fhir/sid/icd-10', 'icd10cm'],
  ['urn:oid:2.16.840.1.113883.6.90', 'icd10cm'],
  ['urn:oid:2.16.840.1.113883.6.3', 'icd10cm'],
  ['hl7.org/fhir/sid/icd-9-cm', 'icd9cm'],
  ['hl7.org/fhir/sid/icd-9-cm/diagnosis', 'icd9cm'],
  ['urn:oid:2.16.840.1.113883.6.103', 'icd9cm'],
  ['cms.gov/medicare/coding/icd10', 'icd10pcs'],
  ['hl7.org/fhir/sid/icd-10-pcs', 'icd10pcs'],
  ['urn:oid:2.16.840.1.113883.6.4', 'icd10pcs'],
  ['cms.gov/medicare/coding/icd9', 'icd9-procedure'],
  ['hl7.org/fhir/sid/icd-9-cm/procedure', 'icd9-procedure'],
  ['urn:oid:2.16.840.1.113883.6.104', 'icd9-procedure'],
  ['ama-assn.org/go/cpt', 'procedure'],
  ['urn:oid:2.16.840.1.113883.6.12', 'procedure'],
  ['cms.gov/medicare/coding/hcpcsreleasecodesets', 'procedure'],
  ['cms.gov/medicare/coding/medhcpcsgeninfo', 'procedure'],
  ['terminology.hl7.org/codesystem/hcpcs', 'procedure'],
  ['bluebutton.cms.gov/resources/codesystem/hcpcs', 'procedure'],
  ['urn:oid:2.16.840.1.113883.6.285', 'procedure'],
]);

/** The kind of a system's codes, however its URI is spelt; undefined for one that is not kept. */
export const kindOfSystem = (system: string): CodeKind | undefined =>
  kinds.get(
    system
      .toLowerCase()
      .replace(/^https?:\/\/(?:www\.)?/, '')
      .replace(/\/$/, ''),
  );

/** A code with its kind. */
export type KindOfCode = { readonly kind: CodeKind; readonly code: string };

/** The codings of a CodeableConcept whose systems are known, in its order. */
export function codesOfConcept(concept: JsonObject | undefined): readonly KindOfCode[] {
  return objectsAt(concept, 'coding').flatMap(({ value }) => {
    const kind = kindOfSystem(textAt(value, 'system') ?? '');
    const code = textAt(value, 'code');
    return kind === undefined || code === undefined ? [] : [{ kind, code }];
  });
}

/** All codes of a CodeableConcept in lower case, whatever their systems. */
export const anyCodesOf = (concept: JsonObject | undefined): readonly string[] =>
  objectsAt(concept, 'coding').flatMap(({ value }) => textAt(value, 'code')?.toLowerCase() ?? []);
