// Sends messages to one SQS queue; receiving is the Lambda's event source on AWS and the local runtime's loop here.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../ports/queue.ts';
import { asUnavailable } from './unavailable-error.ts';

/**
 * The queue at a URL. On a FIFO queue (URL ends in `.fifo`) every message needs a group id, and a deduplication id
 * unless the queue makes one from the body; a standard queue takes neither, so they are not sent there. Throws
 * `unavailable` when SQS stays unreachable.
 */
export function createSqsQueue(options: {
  readonly client: SQSClient;
  readonly url: string;
}): Queue {
  const { client, url } = options;
  const isFifo = url.endsWith('.fifo');
  return {
    async send({ body, deduplicationId, groupId }) {
      const command = new SendMessageCommand({
        QueueUrl: url,
        MessageBody: body,
        ...(isFifo && groupId !== undefined ? { MessageGroupId: groupId } : {}),
        ...(isFifo && deduplicationId !== undefined
          ? { MessageDeduplicationId: deduplicationId }
          : {}),
      });
      try {
        await client.send(command);
      } catch (error) {
        throw asUnavailable(error, `queue ${url}`);
      }
    },
  };
}
