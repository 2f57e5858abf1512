// Queues between the steps. A message is deleted only when its step has finished, so every step may see it again.

/** Message to a step, as JSON. */
export type QueueMessage = {
  readonly body: string;
  /** Same id within five minutes: delivered once. */
  readonly deduplicationId?: string;
  /** Messages of one group are handled in order, one at a time (FIFO queues only). */
  readonly groupId?: string;
};

/** Sends to one queue. Throws `unavailable` when it cannot. Adapters: SQS (`edge/sqs-queue.ts`), memory. */
export type Queue = { send(message: QueueMessage): Promise<void> };
