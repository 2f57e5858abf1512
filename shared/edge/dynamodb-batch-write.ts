// Writing any number of items in batches: a few at a time, each repeated until DynamoDB has taken all of it.
import type { WriteRequest } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import { CodewatchError } from '../core/errors.ts';
import type { ItemKey } from '../ports/item-store.ts';

/** DynamoDB's limit for BatchWriteItem. */
const batchItems = 25;
/** Batches under way at once: measured, more gain nothing against the embedded engine. */
const batchesInFlight = 8;
/** Tries of one batch after the first; with the waits below about half a minute. */
const batchRetries = 9;
const waitMsMax = 5_000;

/** Works through all batches, a few at a time; the first failure ends it. */
async function inParallel<T>(
  batches: readonly (readonly T[])[],
  write: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  const waiting = batches.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const batch of waiting) {
      if (failed) return;
      await write(batch);
    }
  };
  const workers = Array.from({ length: Math.min(batchesInFlight, batches.length) }, () =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

/** One write per key, the last one: BatchWriteItem refuses two of the same key, and batches overtake each other. */
function lastPerKey<T extends ItemKey>(items: readonly T[]): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) byKey.set(`${item.pk}\u0000${item.sk}`, item);
  return [...byKey.values()];
}

/** How to write one table in batches. */
export type BatchWriter<T> = {
  readonly table: string;
  readonly waitMs: number;
  readonly toWrite: (item: T) => WriteRequest;
  /** Answers what was left unprocessed. */
  readonly send: (batch: readonly WriteRequest[]) => Promise<readonly WriteRequest[]>;
};

/**
 * Writes any number of items (or deletes by keys), of each key the last, each batch repeated with growing, random
 * waits. Throws `unavailable` when writes stay undone, or when `send` does so to the end.
 */
export async function writeInBatches<T extends ItemKey>(
  items: readonly T[],
  { table, waitMs, toWrite, send }: BatchWriter<T>,
): Promise<void> {
  const distinct = lastPerKey(items);
  const batches: T[][] = [];
  for (let start = 0; start < distinct.length; start += batchItems) {
    batches.push(distinct.slice(start, start + batchItems));
  }
  await inParallel(batches, async (batch) => {
    let left: readonly WriteRequest[] = batch.map(toWrite);
    const sendRest = async (): Promise<void> => {
      left = await send(left);
      if (left.length === 0) return;
      throw new CodewatchError('unavailable', `table ${table} left ${left.length} writes undone`);
    };
    await pRetry(sendRest, {
      retries: batchRetries,
      minTimeout: waitMs,
      maxTimeout: waitMsMax,
      factor: 2,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof CodewatchError && error.retryable,
    });
  });
}
