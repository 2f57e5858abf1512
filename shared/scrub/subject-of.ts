// What is scrubbed of a stored or inline claim or template.
import {
  type Artifact,
  type Claim,
  type CodeUse,
  type Diagnosis,
  governingDate,
} from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { normalizeCode } from '../core/code-system.ts';
import { keptProcedure } from '../core/procedure-code.ts';
import type { Subject, SubjectDiagnosis } from './rule.ts';

/**
 * The subject of an artifact. Of a claim its own date governs, and `date` only where it has none; of a template `date`
 * does. A claim without `diagnoses` has its ICD-10-CM codes as such, in order, the first as principal.
 */
export function subjectOf(artifact: Artifact, date?: CalendarDate): Subject {
  const { type, codes } = artifact;
  const procedures = codes.filter(({ system }) => system === 'icd10pcs').map(({ code }) => code);
  const hcpcs = listedHcpcs(artifact);
  if (artifact.type === 'template') {
    const diagnoses = positioned(diagnosesOf(codes));
    return { type, diagnoses, procedures, ...hcpcs, lines: [], ...(date && { date }) };
  }
  const { setting, payer, claimFiling, state, age, sex } = artifact;
  const governing = governingDate(artifact) ?? date;
  return {
    type,
    diagnoses: positioned(artifact.diagnoses ?? diagnosesOf(codes)),
    procedures,
    ...hcpcs,
    lines: linesOf(artifact),
    ...(setting && { setting }),
    ...(governing && { date: governing }),
    ...(payer !== undefined && { payer }),
    ...(claimFiling !== undefined && { claimFiling }),
    ...(state !== undefined && { state }),
    ...(age !== undefined && { age }),
    ...(sex && { sex }),
  };
}

const positioned = (diagnoses: readonly Diagnosis[]): readonly SubjectDiagnosis[] =>
  diagnoses.map((diagnosis, index) => ({ ...diagnosis, position: index + 1 }));

function diagnosesOf(codes: readonly CodeUse[]): readonly Diagnosis[] {
  return codes
    .filter(({ system }) => system === 'icd10cm')
    .map(({ code }, index) => ({
      system: 'icd10cm',
      code,
      role: index === 0 ? 'principal' : 'other',
    }));
}

/** A claim's HCPCS codes are mostly those of its lines, which say their dates. */
function listedHcpcs(artifact: Artifact): Pick<Subject, 'hcpcs'> {
  const listed = artifact.codes.filter(({ system }) => system === 'hcpcs');
  if (listed.length === 0) return {};
  const lines = artifact.type === 'claim' ? (artifact.lines ?? []) : [];
  const onLines = new Set(lines.map(({ procedure }) => normalizeCode('hcpcs', procedure ?? '')));
  const others = listed.map(({ code }) => code).filter((code) => !onLines.has(code));
  return others.length > 0 ? { hcpcs: others } : {};
}

/**
 * Lines as rules need them. Where the discharge governs, the dates of lines do not, but for policies.
 * Procedures are brought into the form they are kept in: older claims were stored as written.
 */
function linesOf({ lines = [], dischargeDate }: Claim): Subject['lines'] {
  return lines.map(({ procedure, dateOfService, pointers }, index) => ({
    number: index + 1,
    ...(procedure !== undefined && { procedure: keptProcedure(procedure) }),
    ...(dateOfService && { dateOfService }),
    ...(dateOfService && !dischargeDate && { date: dateOfService }),
    ...(pointers && { pointers }),
  }));
}
