// Editions with their approval, from the quarantine on: taken in, doubted, approved and committed by the real steps.
import { describe, expect, test } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { readPolicyEditions } from '../../shared/operations/read-policy-editions.ts';
import { approvePolicyEdition } from '../../shared/steps/approve-policies.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { group, policy } from '../support/policies.ts';
import { arrive, policyPorts } from '../support/policy-arrivals.ts';

/** Articles that all cover the same. */
const articles = (count: number) => ({
  ...{ complete: true, reviews: [], findings: [] },
  documents: Array.from({ length: count }, (_, at) =>
    policy({ id: `A${100 + at}`, groups: [group('covered', 'M542', '62323')] }),
  ),
});

describe('shared/operations/read-policy-editions.ts', () => {
  test('an edition that was approved says who lifted its quarantine, when and why; no other does', async () => {
    const items = createMemoryItemStore();
    const limits = { lostDocumentsShareMax: 0.05 };
    const base = policyPorts({ items, archive: createMemoryArchive() });
    if (!base.limits) throw new Error('ports without limits');
    const ports = { ...base, limits: { ...base.limits, ...limits } };
    const weekly = arrive(ports, 'mcd', 'export');
    const shown = async () =>
      (await readPolicyEditions({ codeItems: items }, { source: 'mcd' })).map(
        ({ seq, status, approval }) => [seq, status, approval],
      );
    await weekly('2025-06-01', articles(100));
    const made = await weekly('2025-06-08', articles(90));
    if (made.outcome !== 'quarantined') throw new Error(`it was ${made.outcome}`);
    expect(await shown()).toEqual([
      [1, 'committed', null],
      [null, 'quarantined', null],
    ]);
    const queue = createMemoryQueue();
    const clock = { now: () => '2025-06-09T08:00:00.000Z' };
    const request = { id: made.edition.id, by: 'Ada', reason: ' MAC merger ' };
    await approvePolicyEdition({ items, queue, clock }, request);
    await ingestPolicies(ports, JSON.parse(queue.messages[0]?.body ?? ''));
    expect(await shown()).toEqual([
      [1, 'committed', null],
      [2, 'committed', { by: 'Ada', at: '2025-06-09T08:00:00.000Z', reason: 'MAC merger' }],
    ]);
  });
});
