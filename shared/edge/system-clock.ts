// The real clock, and one that stands still: the only place outside tests where the time of day is read.
import { CodewatchError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/**
 * A clock that stands still at an ISO 8601 instant or a date (midnight UTC). Throws `invalid-request` when the text
 * is neither.
 */
export function fixedClock(instant: string): Clock {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms) || !/^\d{4}-\d{2}-\d{2}(?:T.*(?:Z|[+-]\d{2}:\d{2}))?$/.test(instant)) {
    throw new CodewatchError('invalid-request', `not an ISO 8601 instant or date: ${instant}`);
  }
  const now = new Date(ms).toISOString();
  return { now: () => now };
}
