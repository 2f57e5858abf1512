// Puts the official dot into codes on their way out: stored without it, answered with it.
import type { Change, Replacement } from '../core/change.ts';
import { type CodeSystemId, formatCode } from '../core/code-system.ts';

/** Replacements (or predecessors) with their codes as officially written. */
export function writtenReplacements<R extends Replacement>(
  system: CodeSystemId,
  replacements: readonly R[],
): readonly R[] {
  return replacements.map((one) => ({ ...one, code: formatCode(system, one.code) }));
}

/** A change with its codes as officially written. */
export function writtenChange(system: CodeSystemId, change: Change): Change {
  return {
    ...change,
    code: formatCode(system, change.code),
    replacedBy: writtenReplacements(system, change.replacedBy),
    ...(change.replaces && { replaces: writtenReplacements(system, change.replaces) }),
  };
}
