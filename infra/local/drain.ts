// When is everything done? When no queue holds a message and nobody handles one. And what became of dead letters.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { QueueId } from '../topology-specs.ts';
import type { Consumers } from './consumers.ts';
import type { LocalQueue } from './create-resources.ts';

const pollMs = 60;

/**
 * Resolves when these queues are empty and their consumers idle, true; or as soon as `halted`, false. Steps send only while
 * they are handled, so that of all queues nothing can follow.
 */
export async function drained(
  sqs: SQSClient,
  queues: Readonly<Partial<Record<QueueId, LocalQueue>>>,
  consumers: Consumers,
  halted: () => boolean = () => false,
): Promise<boolean> {
  const ids = Object.keys(queues) as QueueId[];
  const idle = (): boolean => ids.every((id) => consumers.active(id) === 0);
  while (!halted()) {
    const before = consumers.handled();
    if (idle()) {
      const left = await Promise.all(Object.values(queues).map(({ url }) => messagesIn(sqs, url)));
      const quiet = idle() && consumers.handled() === before;
      if (quiet && left.every((count) => count === 0)) return true;
    }
    await sleep(pollMs);
  }
  return false;
}

/** Messages in a queue: waiting, hidden while handled, and delayed. */
export async function messagesIn(sqs: SQSClient, url: string): Promise<number> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes: found = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(found[name] ?? 0), 0);
}

/**
 * Puts dead letters back in front of their step, once per start: a process killed again and again in the middle of a
 * message uses up its attempts without the message being at fault. Answers how many.
 */
export async function redrive(sqs: SQSClient, queues: readonly LocalQueue[]): Promise<number> {
  let moved = 0;
  for (const { url, deadUrl } of queues) {
    for (;;) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['MessageGroupId'],
        }),
      );
      if (messages.length === 0) break;
      for (const message of messages) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: url,
            MessageBody: message.Body,
            ...(url.endsWith('.fifo') && {
              MessageGroupId: message.Attributes?.MessageGroupId ?? 'redriven',
              MessageDeduplicationId: randomUUID(),
            }),
          }),
        );
        await sqs.send(
          new DeleteMessageCommand({ QueueUrl: deadUrl, ReceiptHandle: message.ReceiptHandle }),
        );
        moved += 1;
      }
    }
  }
  return moved;
}
