// A stored claim or template as the API answers it: the body of PUT given back, codes with the official dot.
import type { Artifact, ClaimLine } from '../../shared/core/artifact.ts';
import { formatCode } from '../../shared/core/code-system.ts';

/** Dollars, exact to the cent. */
const dollars = (cents: number): number => Number((cents / 100).toFixed(2));

const lineBody = ({ billedCents, ...line }: ClaimLine) => ({
  ...line,
  ...(billedCents !== undefined && { billed: dollars(billedCents) }),
});

/** The artifact as JSON: `billed` in dollars, absent fields left out. */
export function artifactBody(artifact: Artifact) {
  const codes = artifact.codes.map(({ system, code }) => ({
    system,
    code: formatCode(system, code),
  }));
  if (artifact.type === 'template') return { ...artifact, codes };
  const { billedCents, lines, ...claim } = artifact;
  return {
    ...claim,
    codes,
    ...(billedCents !== undefined && { billed: dollars(billedCents) }),
    ...(lines && { lines: lines.map(lineBody) }),
  };
}
