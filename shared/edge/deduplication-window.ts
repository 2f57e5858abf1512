// What SQS and SNS FIFO do with a repeated id: nothing, for five minutes. For the adapters in memory.
import type { Clock } from '../ports/clock.ts';

const windowMs = 5 * 60_000;

/**
 * Answers whether an id is new, and remembers it: for five minutes by the clock, for ever without one. The time
 * counts from when the id was first accepted, as in SQS. No id is always new.
 */
export function createDeduplicationWindow(clock?: Clock): (id: string | undefined) => boolean {
  const acceptedAt = new Map<string, number>();
  return (id) => {
    if (id === undefined) return true;
    const now = clock ? Date.parse(clock.now()) : 0;
    const before = acceptedAt.get(id);
    if (before !== undefined && now - before < windowMs) return false;
    acceptedAt.set(id, now);
    return true;
  };
}
