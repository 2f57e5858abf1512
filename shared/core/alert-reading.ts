// What the sections of an alert's text ask of it: whether it is in force, what is hit, and how its
// claims stand with their deadlines.
import { isLost, templatesOf } from './alert.ts';
import { type CalendarDate, dayOfInstant } from './calendar-date.ts';
import type { Alert, AlertCode, HitClaims } from './finding.ts';
import { namedDeadline } from './timely-filing.ts';

/** The day the alert was made. */
export function dayOf(alert: Alert): CalendarDate {
  const day = dayOfInstant(alert.createdAt);
  if (day === undefined) throw new Error(`alert ${alert.id} was made at no instant`);
  return day;
}

/** True when the changes were in force already as the alert was made. */
export const isInForce = (alert: Alert): boolean => dayOf(alert) >= alert.effective;

/** True for a code on a stored template or claim; false for one that is billed by habit alone. */
export const isHit = (code: AlertCode): boolean => templatesOf(code) > 0 || code.claims.count > 0;

/** Codes of each sort. Past the stored list nothing is known of them, so that all count as lost. */
export function countCodes(alert: Alert): { readonly lost: number; readonly retitled: number } {
  const retitled = alert.codes.filter((code) => !isLost(code)).length;
  return { lost: alert.totals.codes - retitled, retitled };
}

/** Claims and amount billed by habit, of the codes listed. */
export const habitOf = (alert: Alert): { readonly count: number; readonly billedCents: number } =>
  alert.codes.reduce(
    (sum, { habit }) => ({
      count: sum.count + (habit?.claims ?? 0),
      billedCents: sum.billedCents + (habit?.billedCents ?? 0),
    }),
    { count: 0, billedCents: 0 },
  );

/** The claims of all codes together, each once. */
export function hitClaims({ totals }: Alert): HitClaims {
  const { claims: count, billedCents, fileBy, lapsedClaims: lapsed } = totals;
  return { count, billedCents, ...(fileBy && { fileBy }), ...(lapsed && { lapsed }) };
}

/** True when there are claims, and none of them can be filed any more. */
export const isTooLate = ({ count, lapsed = 0 }: HitClaims): boolean =>
  count > 0 && lapsed === count;

/**
 * The claims as a message tells of them: the deadline is the day to name ({@link namedDeadline}).
 * Everything that leaves in a message goes through here.
 */
export const toldClaims = <Claims extends { readonly fileBy?: CalendarDate }>(
  claims: Claims,
  alert: Alert,
): Claims =>
  claims.fileBy === undefined
    ? claims
    : { ...claims, fileBy: namedDeadline(claims.fileBy, dayOf(alert)) };
