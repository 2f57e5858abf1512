// What only a misbehaving DynamoDB shows: unprocessed writes, throttling, no answer. The rest is in test/contract/.
import {
  type BatchWriteItemCommandInput,
  type BatchWriteItemCommandOutput,
  DynamoDBClient,
  GetItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import {
  createDynamoDbItemStore,
  type RequestCounts,
} from '../../shared/edge/dynamodb-item-store.ts';
import { closedPort } from '../support/engines.ts';

const metadata = { $metadata: {} };

/** A client that never reaches the network: `batch` answers batch writes by their sort keys, `get` the reads. */
function fakeClient(answers: {
  readonly batch?: (sks: readonly string[], call: number) => readonly string[];
  readonly get?: () => never;
}): { readonly client: DynamoDBClient; readonly calls: string[][] } {
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const calls: string[][] = [];
  const batch = (writes: readonly WriteRequest[]): BatchWriteItemCommandOutput => {
    const skOf = (write: WriteRequest): string =>
      write.PutRequest?.Item?.sk?.S ?? write.DeleteRequest?.Key?.sk?.S ?? '';
    calls.push(writes.map(skOf));
    const left = answers.batch?.(writes.map(skOf), calls.length) ?? [];
    const unprocessed = writes.filter((write) => left.includes(skOf(write)));
    return { ...metadata, UnprocessedItems: unprocessed.length > 0 ? { table: unprocessed } : {} };
  };
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      if (context.commandName === GetItemCommand.name) answers.get?.();
      const input = args.input as BatchWriteItemCommandInput;
      return { response: {}, output: batch(input.RequestItems?.table ?? []) };
    },
    { step: 'initialize', priority: 'high', name: 'fake' },
  );
  return { client, calls };
}

const itemsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ pk: 'p', sk: String(n).padStart(3, '0') }));

const throttled = Object.assign(new Error('slow down'), {
  name: 'ProvisionedThroughputExceededException',
  $metadata: { httpStatusCode: 400 },
});

describe('shared/edge/dynamodb-item-store.ts', () => {
  test('writes that were left unprocessed are sent again until none is left', async () => {
    const counts: RequestCounts[] = [];
    // Of the first call all but the first write is left, of the second all but the first of those, then none.
    const { client, calls } = fakeClient({ batch: (sks, call) => (call < 3 ? sks.slice(1) : []) });
    const onRequest = (count: RequestCounts) => void counts.push(count);
    const store = createDynamoDbItemStore({ client, table: 'table', onRequest, waitMs: 1 });
    await store.putMany(itemsOf(4));
    expect(calls).toEqual([
      ['000', '001', '002', '003'],
      ['001', '002', '003'],
      ['002', '003'],
    ]);
    expect(counts.map(({ itemsWritten }) => itemsWritten)).toEqual([1, 1, 2]);
  });

  test('deletes that were left unprocessed are sent again too', async () => {
    const { client, calls } = fakeClient({ batch: (sks, call) => (call === 1 ? sks : []) });
    const store = createDynamoDbItemStore({ client, table: 'table', waitMs: 1 });
    await store.deleteMany(itemsOf(2));
    expect(calls).toEqual([
      ['000', '001'],
      ['000', '001'],
    ]);
  });

  test('a call is cut into batches of 25, every item in one of them', async () => {
    const { client, calls } = fakeClient({});
    const store = createDynamoDbItemStore({ client, table: 'table' });
    await store.putMany(itemsOf(260));
    expect(calls.map((sks) => sks.length)).toEqual([...Array(10).fill(25), 10]);
    expect(calls.flat().sort()).toEqual(itemsOf(260).map(({ sk }) => sk));
  });

  test('writes that stay unprocessed end as unavailable, and a retry can help', async () => {
    const { client, calls } = fakeClient({ batch: (sks) => sks });
    const store = createDynamoDbItemStore({ client, table: 'table', waitMs: 0 });
    await expect(store.putMany(itemsOf(1))).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      message: 'table table left 1 writes undone',
    });
    expect(calls).toHaveLength(10);
  });

  test('after a batch that failed for good, no further batch begins', async () => {
    const refused = Object.assign(new Error('refused'), { $metadata: { httpStatusCode: 400 } });
    const { client, calls } = fakeClient({
      batch() {
        throw refused;
      },
    });
    const store = createDynamoDbItemStore({ client, table: 'table', waitMs: 1 });
    await expect(store.putMany(itemsOf(1_000))).rejects.toBe(refused);
    expect(calls.length).toBeLessThanOrEqual(8);
  });

  test('throttled batches are repeated', async () => {
    const { client, calls } = fakeClient({
      batch(_, call) {
        if (call <= 2) throw throttled;
        return [];
      },
    });
    const store = createDynamoDbItemStore({ client, table: 'table', waitMs: 1 });
    await store.putMany(itemsOf(3));
    expect(calls).toHaveLength(3);
  });

  test('a throttled read is unavailable, with the cause', async () => {
    const { client } = fakeClient({
      get() {
        throw throttled;
      },
    });
    const store = createDynamoDbItemStore({ client, table: 'table' });
    await expect(store.get({ pk: 'p', sk: 's' })).rejects.toMatchObject({
      code: 'unavailable',
      cause: throttled,
    });
  });

  test('a closed port is unavailable', async () => {
    const client = new DynamoDBClient({ ...closedPort, maxAttempts: 1 });
    const store = createDynamoDbItemStore({ client, table: 'table' });
    await expect(store.query({ pk: 'p' })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
