// Until when a claim must be filed with its payer, and which of many is lost first. What is denied and put right after
// that day is never paid.
import {
  addDays,
  addMonths,
  type CalendarDate,
  calendarDate,
  daysBetween,
} from './calendar-date.ts';
import type { TimelyFiling } from './tenant-settings.ts';

/** What decides on a claim's deadline. */
export type ClaimService = {
  /** Date of service; of inpatient claims the discharge. */
  readonly date: CalendarDate;
  /** As the claim names it. */
  readonly payer?: string;
  /** Claim filing indicator (X12 SBR09). */
  readonly claimFiling?: string;
};

/** What there is of it; undefined without a date. */
export function claimService(of: {
  readonly date?: CalendarDate | undefined;
  readonly payer?: string | undefined;
  readonly claimFiling?: string | undefined;
}): ClaimService | undefined {
  const { date, payer, claimFiling } = of;
  if (date === undefined) return undefined;
  return {
    date,
    ...(payer === undefined ? {} : { payer }),
    ...(claimFiling === undefined ? {} : { claimFiling }),
  };
}

/** Claim filing indicators of Medicare itself; its Advantage plans set limits of their own. */
const medicare = new Set(['MA', 'MB']);

/** Medicare: one calendar year (42 CFR 424.44). */
const medicareMonths = 12;

const nameOf = (payer: string): string => payer.trim().toLowerCase();

/** The days a tenant gave for a payer, however the claim spells its name's case. */
function daysFor(payer: string | undefined, { daysByPayer }: TimelyFiling): number | undefined {
  if (payer === undefined) return undefined;
  const name = nameOf(payer);
  return Object.entries(daysByPayer).find(([known]) => nameOf(known) === name)?.[1];
}

/**
 * The last day to file a claim. The tenant's own days for the payer come first; Medicare's limit is the same day of the
 * next year, and of 29 February the 28th (Medicare Claims Processing Manual, chapter 1, section 70.1); all others have
 * the tenant's usual days, day after day. Days on which nobody works do not put it off, though some payers allow it.
 */
export function filingDeadline(service: ClaimService, filing: TimelyFiling): CalendarDate {
  const { date, payer, claimFiling } = service;
  const days = daysFor(payer, filing);
  if (days !== undefined) return addDays(date, days);
  return medicare.has(claimFiling ?? '')
    ? addMonths(date, medicareMonths)
    : addDays(date, filing.defaultDays);
}

/** The last day to file a claim while it lies ahead, or that it has passed. */
export type TimeToFile = CalendarDate | 'lapsed';

/** How a claim stands on `today`; on its last day it can still be filed. */
export function timeToFile(
  service: ClaimService,
  filing: TimelyFiling,
  today: CalendarDate,
): TimeToFile {
  const deadline = filingDeadline(service, filing);
  return deadline < today ? 'lapsed' : deadline;
}

const aFriday = calendarDate('2021-01-01');

/**
 * The day a message names for a deadline: the last Friday up to it, but not before `today` while the deadline is not. A deadline is a date of service
 * and some days that are well known: the day itself would date a patient's visit, and no message does.
 */
export function namedDeadline(deadline: CalendarDate, today: CalendarDate): CalendarDate {
  const daysSince = ((daysBetween(aFriday, deadline) % 7) + 7) % 7;
  const friday = addDays(deadline, -daysSince);
  return friday < today && today <= deadline ? today : friday;
}

/** What is at risk until when. */
export type AtRiskUntil = {
  readonly fileBy?: CalendarDate;
  readonly atRisk: { readonly billedCents: number };
};

/**
 * Puts first what is lost first: the nearest deadline, among those of one day the highest amount; what has no deadline
 * after that; and what can be filed no more on `today` last, the highest amount first.
 */
export function lostFirst(today: CalendarDate): (a: AtRiskUntil, b: AtRiskUntil) => number {
  const turn = ({ fileBy }: AtRiskUntil): number => {
    if (fileBy === undefined) return 1;
    return fileBy < today ? 2 : 0;
  };
  const day = (one: AtRiskUntil): string => (turn(one) === 0 ? (one.fileBy ?? '') : '');
  return (a, b) =>
    turn(a) - turn(b) ||
    (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0) ||
    b.atRisk.billedCents - a.atRisk.billedCents;
}
