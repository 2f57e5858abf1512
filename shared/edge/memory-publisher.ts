// A publisher in memory, for tests and simulation: collects what a subscriber would hold.
import type { Clock } from '../ports/clock.ts';
import type { Publication, Publisher } from '../ports/publisher.ts';
import { createDeduplicationWindow } from './deduplication-window.ts';

/** A publisher in memory; `publications` holds each deduplication id once, in order. */
export type MemoryPublisher = Publisher & { readonly publications: Publication[] };

/**
 * Holds nothing yet. With a clock, a `deduplicationId` counts for five minutes; without, for ever. `beforePublish`
 * may throw to simulate a crash or an outage. A repeated publication is answered with new message ids, as SNS does.
 */
export function createMemoryPublisher(
  options: {
    readonly clock?: Clock;
    readonly beforePublish?: (publication: Publication) => void;
  } = {},
): MemoryPublisher {
  const publications: Publication[] = [];
  const isNew = createDeduplicationWindow(options.clock);
  let calls = 0;
  return {
    publications,
    async publish(publication) {
      options.beforePublish?.(publication);
      if (isNew(publication.deduplicationId)) publications.push(structuredClone(publication));
      calls += 1;
      return [`message-${calls}`];
    },
  };
}
