// From which date on a file's codes hold: folder, names, listing date and addenda together, never one name alone.
import {
  type CalendarDate,
  calendarDate,
  fiscalYearEnd,
  fiscalYearOf,
  fiscalYearStart,
} from '../core/calendar-date.ts';
import type { QualityFinding } from '../core/release.ts';
import { readNameDates } from './name-dates.ts';

/** The years an addenda's statistics compare, `72748 codes in icd10cm_order_2022.txt`. */
export type AddendaYears = { readonly base?: number; readonly target?: number };

/** Everything that says when a set of files takes effect. */
export type DatingEvidence = {
  /** URL, for findings. */
  readonly where: string;
  readonly folder?: string;
  /** Name of the zip; absent for loose files. */
  readonly archive?: string;
  /** Basenames of the order, codes and addenda files. */
  readonly members: readonly string[];
  readonly listed?: CalendarDate;
  readonly addenda: readonly AddendaYears[];
};

/** The date; absent when nothing names a year, or the year lies before `begins`. */
export type Dating = {
  readonly effective?: CalendarDate;
  readonly findings: readonly QualityFinding[];
};

/**
 * The date of an update inside a fiscal year: 1 April since FY2022 (the second yearly implementation date set by the
 * FY2022 IPPS final rule); FY2021 had an exceptional one on 1 January 2021, for COVID-19.
 */
export function midYearDate(fiscalYear: number): CalendarDate {
  return calendarDate(fiscalYear === 2021 ? '2021-01-01' : `${fiscalYear}-04-01`);
}

const isImplementationDay = (date: CalendarDate): boolean => /-(?:01|04|10)-01$/.test(date);
const isDefined = <T>(value: T | undefined): value is T => value !== undefined;
const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Before it no order file was ever published for a date inside a fiscal year. */
const firstFiscalYearWithUpdates = 2021;

type Choice = { readonly effective: CalendarDate; readonly conflict?: string };

/** Decides inside one fiscal year when no name gives the date. */
function withinYear(
  year: number,
  bases: readonly number[],
  changed: readonly CalendarDate[],
): Choice {
  const october = fiscalYearStart(year);
  const midYear = midYearDate(year);
  if (bases.includes(year)) return { effective: midYear };
  const inside = changed.find((day) => day >= october && day <= fiscalYearEnd(year));
  if (!inside || year < firstFiscalYearWithUpdates) return { effective: october };
  // Only January 2021 was cumulative; since then a mid-year addenda compares with October's file.
  if (bases.length > 0 && year !== 2021) {
    return {
      effective: october,
      conflict: `its addenda compares with fiscal year ${year - 1} (1 October), but it is dated ${inside}`,
    };
  }
  return { effective: midYear };
}

function chosenYear(groups: readonly (readonly number[])[]): number | undefined {
  // Content first, then what lies farther from it.
  return groups.find((years) => years.length > 0)?.at(-1);
}

/** Every contradiction, in words. */
function conflictsOf(
  years: readonly number[],
  year: number,
  explicit: readonly CalendarDate[],
  bases: readonly number[],
): readonly string[] {
  const conflicts: string[] = [];
  if (years.length > 1) conflicts.push(`fiscal years ${years.join(' and ')} are named`);
  if (explicit.length > 1) conflicts.push(`effective dates ${explicit.join(' and ')} are named`);
  const odd = bases.filter((base) => base !== year && base !== year - 1);
  if (odd.length > 0) conflicts.push(`its addenda compares fiscal year ${year} with ${odd.join()}`);
  const [named] = explicit;
  if (named && !isImplementationDay(named)) conflicts.push(`${named} is no implementation date`);
  if (named?.endsWith('-10-01') && bases.includes(year)) {
    conflicts.push(`${named} is named, but its addenda compares with that very release`);
  }
  return conflicts;
}

/**
 * Dates a set of files. Rules, first that applies: a month named with its year; addenda relative to the same fiscal
 * year → mid-year; an update or listing date inside the fiscal year → mid-year; else 1 October. A listing date past
 * the fiscal year's end is a re-upload and says nothing. Contradictions are errors (`effective-date-conflict`): the
 * date is then the likeliest one, and the gate quarantines it.
 */
export function effectiveDate(evidence: DatingEvidence, begins: CalendarDate): Dating {
  const members = evidence.members.map(readNameDates);
  const archive = [evidence.archive].filter(isDefined).map(readNameDates);
  const folder = [evidence.folder].filter(isDefined).map(readNameDates);
  const names = [...members, ...archive, ...folder];
  const targets = evidence.addenda.map(({ target }) => target).filter(isDefined);
  const bases = distinct(evidence.addenda.map(({ base }) => base).filter(isDefined));
  const groups = [members, archive, folder].map((group) => group.flatMap((n) => n.fiscalYears));
  const year = chosenYear([...groups, targets]);
  if (year === undefined) {
    const message = 'no folder, file or member name tells the fiscal year; date it by hand';
    const where = evidence.where;
    return { findings: [{ code: 'effective-date-unknown', severity: 'error', where, message }] };
  }
  const explicit = distinct(names.map((name) => name.effective).filter(isDefined));
  const changed = [...names.map((name) => name.updated), evidence.listed].filter(isDefined);
  const [named] = explicit;
  const choice: Choice = named ? { effective: named } : withinYear(year, bases, changed);
  const years = distinct([...groups.flat(), ...targets]);
  const conflicts = [
    ...conflictsOf(years, year, explicit, bases),
    ...(choice.conflict ? [choice.conflict] : []),
  ];
  if (choice.effective < begins) return { findings: [] };
  return {
    effective: choice.effective,
    findings: conflicts.map((conflict) => ({
      code: 'effective-date-conflict',
      severity: 'error',
      where: evidence.where,
      message: `${conflict}; taken as ${choice.effective}, approve only after checking the publisher's page`,
    })),
  };
}

/** The fiscal year that names put a file in, or undefined when they name none. */
export function fiscalYearNamed(name: string): number | undefined {
  const { fiscalYears, updated } = readNameDates(name);
  return fiscalYears.at(-1) ?? (updated && fiscalYearOf(updated));
}
