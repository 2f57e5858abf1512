// The policies of the API's tests beside small releases, as answered from the table and from a snapshot of it.
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { apiPayers, takeInPolicies } from '../support/api-policies.ts';
import { openSnapshotOf, takeIn } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

/** Ports over one history, from the table or from a snapshot; it is 1 February 2026. */
export async function policyReference(from: 'table' | 'snapshot' = 'snapshot') {
  const stores = await takeIn(smallReleases);
  await takeInPolicies(stores);
  const { items } = stores;
  const reference =
    from === 'snapshot'
      ? await openSnapshotOf(stores)
      : { codeTable: createCodeTable(items), policies: createPolicyTable(items) };
  const clock = { now: () => '2026-02-01T00:00:00.000Z' };
  const { codeTable, policies } = reference;
  return { codeTable, policies, clock, payers: apiPayers, stores };
}
