// Time as a port: what is "now" comes from outside, so that a run can be repeated and a date can be asked for.
import { type CalendarDate, dayOfInstant } from '../core/calendar-date.ts';

/** Answers the current instant as ISO 8601 in UTC, e.g. `2025-07-01T09:30:00.000Z`. */
export type Clock = { now(): string };

/** Today, in UTC, by a clock. */
export function today(clock: Clock): CalendarDate {
  const day = dayOfInstant(clock.now());
  if (!day) throw new RangeError(`the clock gave no instant: ${clock.now()}`);
  return day;
}
