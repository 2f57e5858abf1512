// A claim's finding holds what its filing deadline is worked out from, the same whichever way the claim and the release met.
import { describe, expect, test } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { policiesIn } from '../support/current-policies.ts';
import { clinicTemplates, until2022 } from './spine-story.ts';
import { toldCodeTable } from './told-code-table.ts';

const claim: Claim = {
  type: 'claim',
  id: 'c',
  codes: [{ system: 'icd10cm', code: 'M545' }],
  dateOfService: calendarDate('2021-10-05'),
  lines: [{ dateOfService: calendarDate('2021-10-06') }],
  payer: 'Palmetto',
  claimFiling: 'MB',
  billedCents: 10_000,
};
// The governing date: of several lines the latest.
const service = { date: '2021-10-06', payer: 'Palmetto', claimFiling: 'MB' };

function world() {
  const tenants = createTenantStore(createMemoryItemStore());
  const clock = { now: () => '2021-10-20T06:00:00.000Z' };
  const codeTable = toldCodeTable(until2022);
  return {
    tenants,
    clock,
    codeTable,
    notifyQueue: createMemoryQueue(),
    readPolicies: policiesIn(),
  };
}

describe('shared/steps, what findings hold of a claim for its deadline', () => {
  test('the release came first', async () => {
    const ports = world();
    const { findings } = await registerArtifact(ports, 'a', claim);
    expect(findings.map((one) => one.service)).toEqual([service]);
  });

  test('the claim came first', async () => {
    const ports = world();
    await ports.tenants.putArtifact('a', claim);
    for (const template of clinicTemplates) await ports.tenants.putArtifact('a', template);
    await assessToTheEnd(ports, { system: 'icd10cm', release: 'icd10cm-2022', seq: 1 });
    const { items } = await ports.tenants.listFindings('a', { limit: 10 });
    const claims = items.filter(({ artifact }) => artifact.type === 'claim');
    expect(claims.map((one) => one.service)).toEqual([service]);
    // Templates bill nothing.
    const templates = items.filter(({ artifact }) => artifact.type === 'template');
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.every((one) => one.service === undefined)).toBe(true);
  });
});
