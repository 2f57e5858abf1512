// The contract of policies on every adapter: over items in memory and in dynalite, and from the snapshot of the same.
import { afterAll, describe, expect, test } from 'vitest';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { startTestEngines, type TestEngines } from '../support/engines.ts';
import { openSnapshotOf, type TestReference } from '../support/test-reference.ts';
import { policyTableContract } from './policy-table-contract.ts';
import { takeInPolicyHistory } from './policy-table-history.ts';

describe('shared/store/policy-table.ts in memory', () => {
  policyTableContract(async () => {
    const { items } = await takeInPolicyHistory(createMemoryItemStore());
    return createPolicyTable(items);
  });

  test('documents cannot be listed by diagnosis', async () => {
    const table = createPolicyTable(createMemoryItemStore());
    const asked = table.list({ diagnosis: 'M5416', limit: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('shared/store/policy-table.ts on dynalite', () => {
  let running: TestEngines | undefined;
  policyTableContract(async () => {
    running = await startTestEngines();
    const table = await running.makeTable();
    const store = createDynamoDbItemStore({ client: running.clients.dynamodb(), table });
    const { items } = await takeInPolicyHistory(store);
    return createPolicyTable(items);
  });
  afterAll(() => running?.stop());
});

describe('shared/edge/sqlite/snapshot-policy-table.ts', () => {
  let snapshot: TestReference | undefined;
  const open = async (): Promise<TestReference> => {
    snapshot ??= await openSnapshotOf(await takeInPolicyHistory(createMemoryItemStore()));
    return snapshot;
  };
  policyTableContract(async () => (await open()).policies);
  afterAll(() => snapshot?.close());

  test('documents are listed by the diagnoses of their newest version, in a range too', async () => {
    const { policies } = await open();
    const ids = async (diagnosis: string, procedure?: string) => {
      const filter = { diagnosis, limit: 10, ...(procedure === undefined ? {} : { procedure }) };
      return (await policies.list(filter)).items.map(({ id }) => id);
    };
    expect(await ids('M5416')).toEqual(['MED-7', 'A1', 'A2']);
    expect(await ids('M545')).toEqual([]);
    expect(await ids('M4325')).toEqual(['A3']);
    expect(await ids('M44')).toEqual([]);
    // M1A stands between M08 and M10, D3A before D37.
    expect(await ids('M1A0110')).toEqual(['A3']);
    expect(await ids('M149')).toEqual(['A3']);
    expect(await ids('M15')).toEqual([]);
    expect(await ids('D3A00')).toEqual([]);
    expect(await ids('D47Z1')).toEqual(['A3']);
    expect(await ids('M5416', '62323')).toEqual(['MED-7', 'A1']);
    expect(await ids('M5416', '99213')).toEqual([]);
  });

  test('its name says which editions it holds', async () => {
    expect((await open()).stamp).toMatch(/^f2_icd10cm-0_icd10pcs-0(?:_hcpcs-0)?_acme-1_mcd-4$/);
  });
});
