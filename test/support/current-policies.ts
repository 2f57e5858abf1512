// What policies make of artifacts as they are stored, over the items of a code table.
import type { Payer } from '../../shared/core/payer.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { createCurrentPolicies, type ReadPolicies } from '../../shared/steps/current-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';

/** Reads the policies in a table's items; of a table without any, where none are given. */
export function policiesIn(
  items: ItemStore = createMemoryItemStore(),
  payers: readonly Payer[] = [],
): ReadPolicies {
  const policies = createPolicyTable(items);
  return createCurrentPolicies({ policies, reference: { now: () => ({ policies }) }, payers });
}
