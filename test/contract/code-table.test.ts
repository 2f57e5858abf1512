// The code table contract on every adapter: over items in memory and in dynalite, and from the snapshot of the same.
import { afterAll, describe } from 'vitest';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { startTestEngines, type TestEngines } from '../support/engines.ts';
import { openSnapshotOf, type TestReference } from '../support/test-reference.ts';
import { codeTableContract } from './code-table-contract.ts';
import { takeInContractHistory } from './code-table-history.ts';

describe('shared/store/code-table.ts in memory', () => {
  codeTableContract(async () => {
    const { items } = await takeInContractHistory(createMemoryItemStore());
    return createCodeTable(items);
  });
});

describe('shared/store/code-table.ts on dynalite', () => {
  let running: TestEngines | undefined;
  codeTableContract(async () => {
    running = await startTestEngines();
    const table = await running.makeTable();
    const store = createDynamoDbItemStore({ client: running.clients.dynamodb(), table });
    const { items } = await takeInContractHistory(store);
    return createCodeTable(items);
  });
  afterAll(() => running?.stop());
});

describe('shared/edge/sqlite/snapshot-code-table.ts', () => {
  let snapshot: TestReference | undefined;
  codeTableContract(async () => {
    snapshot = await openSnapshotOf(await takeInContractHistory(createMemoryItemStore()));
    return snapshot.codeTable;
  });
  afterAll(() => snapshot?.close());
});
