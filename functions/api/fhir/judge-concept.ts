// Judges the codings of a CodeableConcept one by one: any valid one will do, and one of a foreign system spoils nothing.
import { systemOfUri } from './canonical.ts';
import { FhirError, issueOf } from './fhir-error.ts';
import type { CodingToJudge, JudgedCoding } from './judge-coding.ts';
import type { GivenCoding } from './parameter-types.ts';
import type { JudgedMember } from './validation-answer.ts';

/** A coding that has what it takes to be judged. */
export type CompleteCoding = GivenCoding & { readonly system: string; readonly code: string };

/** Judges each coding, in order; those that cannot be judged get an issue that says why. */
export async function judgeConcept(
  codings: readonly GivenCoding[],
  judge: (coding: CompleteCoding, pathOf: CodingToJudge['pathOf']) => Promise<JudgedCoding>,
): Promise<readonly JudgedMember[]> {
  const members: JudgedMember[] = [];
  for (const [at, coding] of codings.entries()) {
    const path = `CodeableConcept.coding[${at}]`;
    members.push(
      await judgeMember(coding, path, (one) => judge(one, (field) => `${path}.${field}`)),
    );
  }
  return members;
}

async function judgeMember(
  coding: GivenCoding,
  path: string,
  judge: (coding: CompleteCoding) => Promise<JudgedCoding>,
): Promise<JudgedMember> {
  const { system, code } = coding;
  if (system === undefined || code === undefined) {
    const text = `a coding needs system and code; this one has no ${system ? 'code' : 'system'}`;
    return { issue: issueOf('error', 'invalid', text, { tx: 'invalid-data', path }) };
  }
  if (!systemOfUri(system)) {
    const text = `code system ${system} is not known here: this coding was not judged`;
    const where = { tx: 'not-found', path: `${path}.system` } as const;
    return { issue: issueOf('error', 'not-found', text, where) };
  }
  try {
    return { judged: await judge({ ...coding, system, code }) };
  } catch (error) {
    // A version that is not known is this coding's trouble; the others may still be good.
    if (!(error instanceof FhirError) || error.status !== 404) throw error;
    return { issue: issueOf('error', error.issue, error.message, { tx: error.tx, path }) };
  }
}
