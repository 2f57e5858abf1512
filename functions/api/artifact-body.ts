// A stored claim or template as the API answers it: the body of PUT given back, codes with the official dot.
import type { Artifact, ClaimLine, Diagnosis } from '../../shared/core/artifact.ts';
import { formatCode } from '../../shared/core/code-system.ts';
import { formatIcd9 } from '../../shared/core/icd9.ts';

/** Dollars, exact to the cent. */
const dollars = (cents: number): number => Number((cents / 100).toFixed(2));

const lineBody = ({ billedCents, ...line }: ClaimLine) => ({
  ...line,
  ...(billedCents !== undefined && { billed: dollars(billedCents) }),
});

const diagnosisBody = ({ system, code, role }: Diagnosis): Diagnosis => ({
  system,
  code: system === 'icd9cm' ? formatIcd9(code) : formatCode(system, code),
  role,
});

/** The artifact as JSON: `billed` in dollars, absent fields left out. */
export function artifactBody(artifact: Artifact) {
  const codes = artifact.codes.map(({ system, code }) => ({
    system,
    code: formatCode(system, code),
  }));
  if (artifact.type === 'template') return { ...artifact, codes };
  const { billedCents, lines, diagnoses, ...claim } = artifact;
  return {
    ...claim,
    codes,
    ...(diagnoses && { diagnoses: diagnoses.map(diagnosisBody) }),
    ...(billedCents !== undefined && { billed: dollars(billedCents) }),
    ...(lines && { lines: lines.map(lineBody) }),
  };
}
