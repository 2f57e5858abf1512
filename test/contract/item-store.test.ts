// The item store contract on every adapter and engine: memory, dynalite, and AWS's own DynamoDB Local.
import { afterAll, describe } from 'vitest';
import { createTable } from '../../infra/local/create-table.ts';
import { createAwsClients } from '../../shared/edge/aws-clients.ts';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { skipDynamoDbLocal, startDynamoDbLocal } from '../support/dynamodb-local.ts';
import { startTestEngines, type TestEngines } from '../support/engines.ts';
import { itemStoreContract } from './item-store-contract.ts';

describe('shared/edge/memory-item-store.ts', () => {
  itemStoreContract(async () => createMemoryItemStore());
});

describe('shared/edge/dynamodb-item-store.ts on dynalite', () => {
  let running: TestEngines | undefined;
  const start = async () => {
    running = await startTestEngines();
    const table = await running.makeTable();
    return createDynamoDbItemStore({ client: running.clients.dynamodb(), table });
  };
  itemStoreContract(start, { startKeyInUtf16: true });
  afterAll(() => running?.stop());
});

describe.skipIf(skipDynamoDbLocal)('shared/edge/dynamodb-item-store.ts on DynamoDB Local', () => {
  let stop: (() => Promise<void>) | undefined;
  const start = async () => {
    const local = await startDynamoDbLocal();
    const clients = createAwsClients({
      dynamodb: {
        endpoint: local.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'codewatch', secretAccessKey: 'codewatch' },
      },
    });
    stop = async () => {
      clients.close();
      await local.stop();
    };
    await createTable(clients.dynamodb(), 'contract');
    return createDynamoDbItemStore({ client: clients.dynamodb(), table: 'contract' });
  };
  itemStoreContract(start);
  afterAll(() => stop?.());
});
