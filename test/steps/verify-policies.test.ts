// Verify tells when the table says otherwise of a policy than the edition it came with.
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { Item } from '../../shared/ports/item-store.ts';
import { verifyPolicies } from '../../shared/steps/verify-policies.ts';
import { policyPartition } from '../../shared/store/keys.ts';
import { group, policy } from '../support/policies.ts';
import { arrive, policyPorts } from '../support/policy-arrivals.ts';

const documents = (codes: string) =>
  ['A100', 'A101'].map((id) => policy({ id, groups: [group('covered', codes, '62323')] }));

const setUp = async () => {
  const stores = { items: createMemoryItemStore(), archive: createMemoryArchive() };
  const weekly = arrive(policyPorts(stores), 'mcd', 'export');
  const edition = (codes: string) => ({
    ...{ complete: true, documents: documents(codes), reviews: [], findings: [] },
  });
  await weekly('2025-06-01', edition('M5416 M545'));
  await weekly('2025-06-08', edition('M5416'));
  return stores;
};

let stores: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  stores = await setUp();
});

const versionItems = (id: string): Item[] =>
  stores.items.allItems().filter(({ pk }) => pk === policyPartition({ source: 'mcd', id }));

describe('shared/steps/verify-policies.ts', () => {
  it('agrees with what was taken in, edition after edition', async () => {
    expect(await verifyPolicies(stores)).toMatchObject([
      { source: 'mcd', editions: 2, documents: 2, compared: 2, disagreementCount: 0 },
    ]);
  });

  it('names a version that says otherwise in the table', async () => {
    // The newest record as the first edition wrote it.
    const [before, now] = versionItems('A101').toSorted((a, b) => (a.sk < b.sk ? -1 : 1));
    if (!before || !now) throw new Error('two records are needed');
    const { pk, sk, seq, edition } = now;
    await stores.items.put({ ...before, pk, sk, seq, edition });
    expect(await verifyPolicies(stores)).toMatchObject([
      {
        disagreementCount: 1,
        disagreements: [{ id: 'A101', table: 'different' }],
      },
    ]);
  });

  it('names a version the table does not have', async () => {
    for (const { pk, sk } of versionItems('A100')) await stores.items.delete({ pk, sk });
    const [{ disagreements } = { disagreements: [] }] = await verifyPolicies(stores);
    expect(disagreements).toEqual([{ id: 'A100', version: '1', table: 'missing' }]);
  });

  it('has nothing to say where no policy was taken in', async () => {
    expect(
      await verifyPolicies({ items: createMemoryItemStore(), archive: createMemoryArchive() }),
    ).toEqual([]);
  });
});
