// The date an operation answers for, refused where nothing can be said of it.
import type { CalendarDate } from '../core/calendar-date.ts';
import { codeSystems } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Belief } from './belief.ts';

/** True when nothing can be said of the date: before the system begins or before the oldest release taken in. */
export function isOutsideHorizon({ system, horizon }: Belief, date: CalendarDate): boolean {
  return !horizon || date < horizon.from || date < codeSystems[system].begins;
}

/** Throws `not-found`, naming the oldest date that can be asked for, when {@link isOutsideHorizon}. */
export function requireKnownDate(belief: Belief, date: CalendarDate): void {
  if (!isOutsideHorizon(belief, date)) return;
  const { title, begins } = codeSystems[belief.system];
  const from = belief.horizon?.from;
  const oldest = from && [from, begins].toSorted().at(-1);
  const what = oldest ? `the oldest takes effect on ${oldest}` : 'none has been taken in yet';
  throw new CodewatchError('not-found', `no release of ${title} covers ${date}; ${what}`);
}
