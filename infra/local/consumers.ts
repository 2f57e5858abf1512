// What Lambda's event source mappings do, here: long-poll each queue, hand the messages to its function, and delete only
// what the function finished. The queue's own redrive policy moves poison to the dead-letter queue.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SqsBatch, SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { queues } from '../topology.ts';
import type { QueueId } from '../topology-specs.ts';
import { type LocalQueue, localVisibilitySeconds } from './create-resources.ts';

/** A function that reads a queue, as its handler exports it. */
export type QueueHandler = (event: SqsBatch) => Promise<SqsBatchResult>;

/** Consumers at work. */
export type Consumers = {
  /** Batches being handled right now, of one queue or of all. */
  active(queue?: QueueId): number;
  /** Batches handled so far: grows with each. */
  handled(): number;
  /** Stops polling and waits for what is being handled. */
  stop(): Promise<void>;
};

/** What the consumers tell: a message body that was handled to the end. Awaited before the next batch. */
export type OnHandled = (queue: QueueId, body: unknown) => Promise<void>;

/** Whether messages of a queue may be handled now; while not, they rest in it. */
export type MayHandle = (queue: QueueId) => Promise<boolean>;

/**
 * How long one poll waits for a message. Short, because a poll is never cut off: the engine would still hand it the next
 * message, which nobody would then handle.
 */
const waitSeconds = 1;
const queueIds = Object.keys(queues) as QueueId[];
const heartbeatMs = (localVisibilitySeconds * 1000) / 3;
/** How long a failed message rests before it comes again. */
const retrySeconds = 1;
/** How often to look whether a message that rests may be handled. */
const restMs = 60;
/** How long to leave a queue alone that cannot be read. */
const pauseMs = 500;

/**
 * Starts a consumer on each queue. It handles one batch at a time, whatever the topology allows on AWS: this is one
 * process with one thread for all of them, and two large releases in memory at once only cost.
 */
export function startConsumers(
  sqs: SQSClient,
  at: Readonly<Record<QueueId, LocalQueue>>,
  handlers: Readonly<Record<QueueId, QueueHandler>>,
  onHandled: OnHandled,
  mayHandle: MayHandle = async () => true,
): Consumers {
  const state = { stopping: false, handled: 0 };
  const active = new Map<QueueId, number>();
  const change = (id: QueueId, by: number) => active.set(id, (active.get(id) ?? 0) + by);
  // A message that rests stays hidden: what comes after it in its group rests with it.
  const rested =
    (id: QueueId): QueueHandler =>
    async (event) => {
      while (!(await mayHandle(id))) {
        if (state.stopping) return { batchItemFailures: event.Records.map(failureOf) };
        await sleep(restMs);
      }
      return handlers[id](event);
    };
  const consume = async (id: QueueId): Promise<void> => {
    const { url } = at[id];
    while (!state.stopping) {
      const messages = await receive(sqs, url, queues[id].batchMax);
      if (messages.length === 0) continue;
      change(id, 1);
      try {
        const done = await handle(sqs, url, messages, rested(id));
        for (const body of done) await onHandled(id, body);
      } catch (error) {
        // The queue could not be reached, or nobody could be told: what is not deleted comes again.
        console.error(`${id}: ${error instanceof Error ? error.message : error}`);
        await sleep(pauseMs);
      } finally {
        change(id, -1);
        state.handled += 1;
      }
    }
  };
  const running = Promise.all(queueIds.map(consume));
  return {
    active: (queue) => (queue ? [queue] : queueIds).reduce((n, id) => n + (active.get(id) ?? 0), 0),
    handled: () => state.handled,
    async stop() {
      state.stopping = true;
      await running;
    },
  };
}

const failureOf = ({ messageId }: { readonly messageId: string }) => ({
  itemIdentifier: messageId,
});

async function receive(sqs: SQSClient, url: string, batchMax: number): Promise<readonly Message[]> {
  try {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: batchMax,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return answer.Messages ?? [];
  } catch (error) {
    console.error(`cannot read ${url}: ${error instanceof Error ? error.message : error}`);
    await sleep(pauseMs);
    return [];
  }
}

/** Hands a batch over; answers the bodies that were handled. */
async function handle(
  sqs: SQSClient,
  url: string,
  messages: readonly Message[],
  handler: QueueHandler,
): Promise<readonly unknown[]> {
  const stopHeartbeat = keepHidden(sqs, url, messages);
  let failed: ReadonlySet<string>;
  try {
    const result = await handler({ Records: messages.map(recordOf) });
    failed = new Set(result.batchItemFailures.map((one) => one.itemIdentifier));
  } catch (error) {
    console.error(`${url.split('/').at(-1)}: ${error instanceof Error ? error.stack : error}`);
    failed = new Set(messages.map((message) => message.MessageId ?? ''));
  } finally {
    stopHeartbeat();
  }
  const bodies: unknown[] = [];
  for (const message of messages) {
    if (failed.has(message.MessageId ?? '')) {
      await hide(sqs, url, message, retrySeconds);
    } else {
      await sqs.send(
        new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }),
      );
      bodies.push(JSON.parse(message.Body ?? 'null'));
    }
  }
  return bodies;
}

/** A record as Lambda gives it. */
const recordOf = (message: Message) => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
  messageAttributes: {},
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
});

/** Renews the hiding of messages until told to stop. */
function keepHidden(sqs: SQSClient, url: string, messages: readonly Message[]): () => void {
  const timer = setInterval(() => {
    for (const message of messages) {
      // Losing one renewal is harmless: the message would only come twice.
      hide(sqs, url, message, localVisibilitySeconds).catch(() => undefined);
    }
  }, heartbeatMs);
  return () => clearInterval(timer);
}

async function hide(sqs: SQSClient, url: string, message: Message, seconds: number): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: url,
      ReceiptHandle: message.ReceiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}
