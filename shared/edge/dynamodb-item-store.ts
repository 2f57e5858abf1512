// The item store over DynamoDB: GetItem, PutItem, DeleteItem, Query and BatchWriteItem, strongly consistent, no more.
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Item, ItemKey, ItemStore } from '../ports/item-store.ts';
import { fromAttributes, toAttributes } from './dynamodb-attributes.ts';
import { writeInBatches } from './dynamodb-batch-write.ts';
import { type QueryRange, queryRange } from './query-range.ts';
import { asUnavailable } from './unavailable-error.ts';

/** What one request did. Items a batch left unprocessed do not count until they are written. */
export type RequestCounts = {
  readonly requests: number;
  readonly itemsRead: number;
  readonly itemsWritten: number;
};

/** Answers the call; a failure a retry can help becomes `unavailable`. */
async function answer<T>(table: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw asUnavailable(error, `table ${table}`);
  }
}

/** The key condition of a query; `pk` and `sk` are not reserved words. */
function keyCondition(pk: string, range: QueryRange) {
  const values = (more: Readonly<Record<string, string>>) => toAttributes({ ':pk': pk, ...more });
  const on = (condition: string, more: Readonly<Record<string, string>>) => ({
    KeyConditionExpression: `pk = :pk AND ${condition}`,
    ExpressionAttributeValues: values(more),
  });
  const { prefix, from, to } = range;
  if (prefix !== undefined) return on('begins_with(sk, :prefix)', { ':prefix': prefix });
  if (from !== undefined && to !== undefined) {
    return on('sk BETWEEN :from AND :to', { ':from': from, ':to': to });
  }
  if (from !== undefined) return on('sk >= :from', { ':from': from });
  if (to !== undefined) return on('sk <= :to', { ':to': to });
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values({}) };
}

type StoreOptions = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Hears of every answered request. */
  readonly onRequest?: (counts: RequestCounts) => void;
  /** Milliseconds, 50 by default: the first wait after unprocessed writes; the next ones about double. */
  readonly waitMs?: number;
};

const keyOf = ({ pk, sk }: ItemKey) => ({ pk: { S: pk }, sk: { S: sk } });

const counted = (options: StoreOptions, itemsRead: number, itemsWritten: number): void =>
  options.onRequest?.({ requests: 1, itemsRead, itemsWritten });

function readsOf(options: StoreOptions): Pick<ItemStore, 'get' | 'query'> {
  const { client, table } = options;
  return {
    async get(key) {
      const command = new GetItemCommand({
        TableName: table,
        Key: keyOf(key),
        ConsistentRead: true,
      });
      const { Item: found } = await answer(table, client.send(command));
      counted(options, found ? 1 : 0, 0);
      return found && fromAttributes(found);
    },
    async query(query) {
      const range = queryRange(query);
      if (!range) return { items: [] };
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        ScanIndexForward: !query.descending,
        ...keyCondition(query.pk, range),
        ...(query.limit === undefined ? {} : { Limit: query.limit }),
        ...(range.after === undefined
          ? {}
          : { ExclusiveStartKey: keyOf({ pk: query.pk, sk: range.after }) }),
      });
      const { Items = [], LastEvaluatedKey } = await answer(table, client.send(command));
      counted(options, Items.length, 0);
      const items = Items.map(fromAttributes);
      const next = LastEvaluatedKey?.sk?.S;
      return next === undefined ? { items } : { items, next };
    },
  };
}

/** Writes the item if the condition holds; false when it does not. */
async function putIf(
  options: StoreOptions,
  item: Item,
  condition: Partial<PutItemCommandInput>,
): Promise<boolean> {
  const { client, table } = options;
  try {
    await client.send(
      new PutItemCommand({ TableName: table, Item: toAttributes(item), ...condition }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw asUnavailable(error, `table ${table}`);
    }
    counted(options, 0, 0);
    return false;
  }
  counted(options, 0, 1);
  return true;
}

function putsOf(options: StoreOptions): Pick<ItemStore, 'put' | 'putIfAbsent' | 'putIfEquals'> {
  return {
    async put(item) {
      await putIf(options, item, {});
    },
    putIfAbsent: (item) =>
      putIf(options, item, { ConditionExpression: 'attribute_not_exists(pk)' }),
    putIfEquals(item, attribute, expected) {
      const ExpressionAttributeNames = { '#attribute': attribute };
      if (expected === undefined) {
        const ConditionExpression = 'attribute_not_exists(#attribute)';
        return putIf(options, item, { ConditionExpression, ExpressionAttributeNames });
      }
      return putIf(options, item, {
        ConditionExpression: '#attribute = :expected',
        ExpressionAttributeNames,
        ExpressionAttributeValues: toAttributes({ ':expected': expected }),
      });
    },
  };
}

/**
 * The item store over one table with keys `pk` and `sk` (strings). Throttling and network trouble end as
 * `unavailable`; what DynamoDB refuses (an item over 400 KB, an empty key) is thrown as it came.
 */
export function createDynamoDbItemStore(options: StoreOptions): ItemStore {
  const { client, table, waitMs = 50 } = options;
  const send = async (batch: readonly WriteRequest[]): Promise<readonly WriteRequest[]> => {
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: [...batch] } });
    const { UnprocessedItems } = await answer(table, client.send(command));
    const left = UnprocessedItems?.[table] ?? [];
    counted(options, 0, batch.length - left.length);
    return left;
  };
  const writer = { table, waitMs, send };
  return {
    ...readsOf(options),
    ...putsOf(options),
    putMany: (items) =>
      writeInBatches(items, {
        ...writer,
        toWrite: (item) => ({ PutRequest: { Item: toAttributes(item) } }),
      }),
    async delete(key) {
      const command = new DeleteItemCommand({ TableName: table, Key: keyOf(key) });
      await answer(table, client.send(command));
      counted(options, 0, 1);
    },
    deleteMany: (keys) =>
      writeInBatches(keys, {
        ...writer,
        toWrite: (key) => ({ DeleteRequest: { Key: keyOf(key) } }),
      }),
  };
}
