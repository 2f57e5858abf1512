// Order and completeness of a batch: nothing overtakes a message that failed, and nothing of a body is told.
import { describe, expect, it } from 'vitest';
import { handleEach, handleInOrder } from '../../shared/edge/sqs-batch.ts';

const batch = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
});

describe('shared/edge/sqs-batch.ts', () => {
  it('handles every message in order and keeps none', async () => {
    const handled: unknown[] = [];
    const result = await handleInOrder(
      batch('1', '{"a":2}', '3'),
      async (body) => void handled.push(body),
      () => {},
    );
    expect(handled).toEqual([1, { a: 2 }, 3]);
    expect(result).toEqual({ batchItemFailures: [] });
  });

  it('stops at the first failure and keeps it with all after it', async () => {
    const handled: unknown[] = [];
    const failed: unknown[] = [];
    const result = await handleInOrder(
      batch('1', '2', '3'),
      async (body) => {
        if (body === 2) throw new Error('no table');
        handled.push(body);
      },
      (messageId, error) => void failed.push([messageId, String(error)]),
    );
    expect(handled).toEqual([1]);
    expect(failed).toEqual([['m1', 'Error: no table']]);
    expect(result).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
  });

  it('I8 says of a body that is not JSON only that', async () => {
    const failed: string[] = [];
    await handleInOrder(
      batch('claim 4711'),
      async () => {},
      (_, error) => void failed.push(String(error)),
    );
    expect(failed).toEqual(['Error: the message body is not JSON']);
  });

  it('tries every message of a queue without order, and keeps only those that failed', async () => {
    const handled: unknown[] = [];
    const failed: string[] = [];
    const result = await handleEach(
      batch('1', 'claim 4711', '3', '4'),
      async (body) => {
        if (body === 3) throw new Error('away');
        handled.push(body);
      },
      (messageId, error) => failed.push(`${messageId}: ${error}`),
    );
    expect(handled).toEqual([1, 4]);
    expect(result).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
    expect(failed).toEqual(['m1: Error: the message body is not JSON', 'm2: Error: away']);
  });
});
