// The queue contract on both adapters: memory, and SQS as fauxqs plays it.
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createSqsQueue } from '../../shared/edge/sqs-queue.ts';
import { fixedClock } from '../../shared/edge/system-clock.ts';
import { closedPort, freshName, startTestEngines, type TestEngines } from '../support/engines.ts';
import { type QueueUnderTest, queueContract, type ReceivedMessage } from './queue-contract.ts';

describe('shared/edge/memory-queue.ts', () => {
  queueContract(async () => {
    const queue = createMemoryQueue();
    const receive = async (): Promise<ReceivedMessage | undefined> => {
      const delivery = queue.receive();
      return (
        delivery && {
          body: delivery.message.body,
          finish: async () => delivery.finish(),
          giveBack: async () => delivery.giveBack(),
        }
      );
    };
    return { queue, receive };
  });

  test('a deduplication id counts for five minutes by the clock, no longer', async () => {
    let now = '2025-07-01T09:00:00.000Z';
    const queue = createMemoryQueue({ clock: { now: () => fixedClock(now).now() } });
    const send = () => queue.send({ body: 'x', deduplicationId: 'same' });
    await send();
    now = '2025-07-01T09:04:59.999Z';
    await send();
    expect(queue.messages).toHaveLength(1);
    now = '2025-07-01T09:05:00.000Z';
    await send();
    expect(queue.messages).toHaveLength(2);
  });

  test('a send that crashes leaves no message and no memory of its id', async () => {
    let down = true;
    const queue = createMemoryQueue({
      beforeSend: () => {
        if (down) throw new Error('crash');
      },
    });
    await expect(queue.send({ body: 'x', deduplicationId: '1' })).rejects.toThrow('crash');
    down = false;
    await queue.send({ body: 'x', deduplicationId: '1' });
    expect(queue.messages.map(({ body }) => body)).toEqual(['x']);
  });
});

/** The receiving end of an SQS queue, as the local runtime and Lambda's event source work it. */
function receiver(client: SQSClient, url: string): QueueUnderTest['receive'] {
  return async () => {
    const command = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 1 });
    const { Messages: [message] = [] } = await client.send(command);
    if (!message) return undefined;
    const handle = { QueueUrl: url, ReceiptHandle: message.ReceiptHandle };
    return {
      body: message.Body ?? '',
      async finish() {
        await client.send(new DeleteMessageCommand(handle));
      },
      async giveBack() {
        await client.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }));
      },
    };
  };
}

describe('shared/edge/sqs-queue.ts', () => {
  let running: TestEngines;
  beforeAll(async () => {
    running = await startTestEngines();
  });
  afterAll(() => running.stop());

  const makeQueue = async (name: string, attributes: Record<string, string> = {}) => {
    const client = running.clients.sqs();
    const command = new CreateQueueCommand({ QueueName: name, Attributes: attributes });
    const { QueueUrl = '' } = await client.send(command);
    const receive = receiver(client, QueueUrl);
    return { queue: createSqsQueue({ client, url: QueueUrl }), receive };
  };

  queueContract(() => makeQueue(`${freshName('queue')}.fifo`, { FifoQueue: 'true' }));

  test('a standard queue takes a message with group and deduplication id, and ignores them', async () => {
    const { queue, receive } = await makeQueue(freshName('queue'));
    await queue.send({ body: 'x', groupId: 'g', deduplicationId: 'd' });
    await queue.send({ body: 'x', groupId: 'g', deduplicationId: 'd' });
    expect((await receive())?.body).toBe('x');
    expect((await receive())?.body).toBe('x');
  });

  test('known gap of fauxqs: it refuses characters above U+FFFF, which SQS takes', async () => {
    const { queue } = await makeQueue(freshName('queue'));
    await expect(queue.send({ body: '\u{1F9BB}' })).rejects.toThrow('Invalid characters');
  });

  test('an SQS that does not answer is unavailable', async () => {
    const client = new SQSClient({ ...closedPort, maxAttempts: 1 });
    const queue = createSqsQueue({ client, url: 'http://127.0.0.1/000000000000/steps' });
    const unavailable = { code: 'unavailable', retryable: true };
    await expect(queue.send({ body: 'x' })).rejects.toMatchObject(unavailable);
  });

  test('a queue that is not there is an error that no retry helps', async () => {
    const url = 'http://127.0.0.1/000000000000/none.fifo';
    const queue = createSqsQueue({ client: running.clients.sqs(), url });
    const send = queue.send({ body: 'x', groupId: 'g', deduplicationId: 'd' });
    await expect(send).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
