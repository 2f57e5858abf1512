// Reference answers from the code table alone: for processes that have no snapshot.
import { CodewatchError } from '../core/errors.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import type { ReferenceSource } from '../ports/reference-source.ts';

/** Answers everything but searches and lists. */
export function createTableReference(codeTable: CodeTable, policies: PolicyTable): ReferenceSource {
  return {
    now: () => ({ codeTable, policies }),
    async withCatalogue() {
      throw new CodewatchError('unavailable', 'no snapshot is published yet; try again shortly');
    },
  };
}
