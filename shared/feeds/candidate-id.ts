// The identity of a candidate: what it is made of, so that the same input is the same candidate in any run.
import { createHash } from 'node:crypto';
import type { Candidate } from '../core/candidate.ts';

/** sha256 over system, effective date, reconstruct flag and sorted files; 32 hex characters of it. */
export function candidateId(
  candidate: Pick<Candidate, 'system' | 'effective' | 'files' | 'reconstruct'>,
): string {
  const files = candidate.files.map(({ role, sha256, member }) =>
    JSON.stringify([role, sha256, member ?? null]),
  );
  const lines = [
    candidate.system,
    candidate.effective,
    candidate.reconstruct ? 'reconstruct' : 'as published',
    ...files.sort(),
  ];
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}
