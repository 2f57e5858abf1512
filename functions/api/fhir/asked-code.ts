// Which code an operation is asked about, however the caller put it: code and system, or a coding, or an instance.
import { type CodeSystem, codeSystems, isCodeSystemId } from '../../../shared/core/code-system.ts';
import { requireSystem } from './canonical.ts';
import { FhirError, invalid, missing, notFound } from './fhir-error.ts';
import type { GivenCoding } from './parameter-types.ts';

/** A code in a code system, as asked for. */
export type AskedCode = {
  readonly system: CodeSystem;
  readonly code: string;
  readonly version?: string;
};

/** The code system (and version) a CodeSystem id stands for: `icd10cm`, `icd10cm-2025-10-01`. */
export function codeSystemOfId(id: string): {
  readonly system: CodeSystem;
  readonly version?: string;
} {
  const [name = '', ...version] = id.split('-');
  if (!isCodeSystemId(name)) throw notFound(`no CodeSystem/${id.slice(0, 64)} here`);
  return { system: codeSystems[name], ...(version.length > 0 && { version: version.join('-') }) };
}

/** The one value of those given; throws 400, naming them, when they contradict each other. */
export function agreed(given: Readonly<Record<string, string | undefined>>): string | undefined {
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  const [first] = told;
  const other = told.find(([, value]) => value !== first?.[1]);
  if (!first || !other) return first?.[1];
  const text = `${first[0]} ${first[1]} and ${other[0]} ${other[1]} contradict each other`;
  throw new FhirError(
    400,
    'conflict',
    text,
    first[0].includes('ersion') ? 'version-error' : undefined,
  );
}

/** The code asked about at type level or on an instance; throws 400 where something is missing or contradictory. */
export function askedCode(
  given: {
    readonly code?: string | undefined;
    readonly system?: string | undefined;
    readonly version?: string | undefined;
    readonly coding?: GivenCoding | undefined;
  },
  id: string | undefined,
  names: { readonly code: string; readonly system: string; readonly coding: string } = {
    code: 'code',
    system: 'system',
    coding: 'coding',
  },
): AskedCode {
  const { coding } = given;
  if (coding && given.code !== undefined) {
    throw invalid(`${names.code}: given beside ${names.coding}; give one of them`);
  }
  const code = coding ? coding.code : given.code;
  if (code === undefined) {
    throw missing(
      coding ? `${names.coding}.code: needed` : `${names.code}: needed, or ${names.coding}`,
    );
  }
  const instance = id === undefined ? undefined : codeSystemOfId(id);
  const uri = agreed({
    [names.system]: given.system,
    [`${names.coding}.system`]: coding?.system,
    'the instance': instance?.system.uri,
  });
  if (uri === undefined) {
    throw missing(
      coding ? `${names.coding}.system: needed` : `${names.system}: needed with ${names.code}`,
    );
  }
  const version = agreed({
    version: given.version,
    [`${names.coding}.version`]: coding?.version,
    "the instance's version": instance?.version,
  });
  return { system: requireSystem(uri), code, ...(version !== undefined && { version }) };
}
