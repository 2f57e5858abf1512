// A queue in memory, for tests and simulation: deduplicates, keeps order within a group, redelivers what is given back.
import type { Clock } from '../ports/clock.ts';
import type { Queue, QueueMessage } from '../ports/queue.ts';
import { createDeduplicationWindow } from './deduplication-window.ts';

/** One delivery: `finish` deletes the message, `giveBack` makes it visible again in its old place. */
export type MemoryDelivery = {
  readonly message: QueueMessage;
  finish(): void;
  giveBack(): void;
};

/** A queue in memory. `messages` are those not finished yet, oldest first; tests may change the array. */
export type MemoryQueue = Queue & {
  readonly messages: QueueMessage[];
  /** The oldest message whose group has none under way; undefined when there is none. */
  receive(): MemoryDelivery | undefined;
};

/**
 * An empty queue. With a clock, a `deduplicationId` counts for five minutes; without, for ever. `beforeSend` may
 * throw to simulate a crash or an outage.
 */
export function createMemoryQueue(
  options: { readonly clock?: Clock; readonly beforeSend?: (message: QueueMessage) => void } = {},
): MemoryQueue {
  const messages: QueueMessage[] = [];
  const underWay = new Set<QueueMessage>();
  const isNew = createDeduplicationWindow(options.clock);
  const isBlocked = (message: QueueMessage): boolean =>
    underWay.has(message) ||
    (message.groupId !== undefined &&
      [...underWay].some(({ groupId }) => groupId === message.groupId));
  return {
    messages,
    async send(message) {
      options.beforeSend?.(message);
      if (isNew(message.deduplicationId)) messages.push({ ...message });
    },
    receive() {
      const message = messages.find((waiting) => !isBlocked(waiting));
      if (!message) return undefined;
      underWay.add(message);
      return {
        message,
        finish() {
          const index = messages.indexOf(message);
          if (index >= 0 && underWay.delete(message)) messages.splice(index, 1);
        },
        giveBack: () => void underWay.delete(message),
      };
    },
  };
}
