// Spans of a timeline: a version is a point, and what a reader asks for is from when to when something holds.
import { addDays, type CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';

/** First and last day of a span; `to` is null while nothing known ends it. */
export type Span = { readonly from: CalendarDate; readonly to: CalendarDate | null };

/** Position of the version in force on a date, or -1 before the first one. Versions ascend by effective date. */
export function inForceAt(versions: readonly Version[], date: CalendarDate): number {
  return versions.findLastIndex((version) => version.effective <= date);
}

/** From when to when the version at a position holds: until the day before the next one. */
export function spanAt(versions: readonly Version[], at: number): Span | undefined {
  const here = versions[at];
  if (!here) return undefined;
  const next = versions[at + 1];
  return { from: here.effective, to: next ? addDays(next.effective, -1) : null };
}

/** The version that began the status in force at a position: retitles since then are passed over. */
export function statusBegin(versions: readonly Version[], at: number): Version | undefined {
  const here = versions[at];
  const before = versions.findLastIndex((one, i) => i < at && one.status !== here?.status);
  return here && versions[before + 1];
}
