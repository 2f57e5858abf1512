// What is known of codes, kept by period: between two dates on which something changes it is the same for every claim.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { CodeOnDate } from '../scrub/code-on-date.ts';

/** The codes of one system in one period. */
export type Period = {
  get(code: string): CodeOnDate | undefined;
  has(code: string): boolean;
  set(code: string, known: CodeOnDate): void;
};

/** The codes of a system in the period of a date. */
export type PeriodOn = (system: CodeSystemId, date: CalendarDate) => Period;

/**
 * Codes kept, each in each period it was asked for. All billable ones of ICD-10-CM are 75,000 (some 160 MB with their
 * categories), and claims of one day fall into few periods.
 */
const codesMax = 200_000;

/**
 * Keeps codes up to a number; beyond it all is forgotten and begun anew, which is rare and costs less than remembering
 * who was asked for last. Ask for the periods once a batch of claims: those in hand go on answering. `nameOf` names the
 * period of a date, of all systems alike.
 */
export function createKeptCodes(
  nameOf: (date: CalendarDate) => string,
  max: number = codesMax,
): () => PeriodOn {
  let size = 0;
  let current = begin();
  return () => current;

  function begin(): PeriodOn {
    const byName = new Map<string, Period>();
    const byDate: Readonly<Record<CodeSystemId, Map<CalendarDate, Period>>> = {
      icd10cm: new Map(),
      icd10pcs: new Map(),
      hcpcs: new Map(),
    };
    return (system, date) => {
      const known = byDate[system].get(date);
      if (known) return known;
      const name = `${system} ${nameOf(date)}`;
      const period = byName.get(name) ?? emptyPeriod();
      byName.set(name, period);
      byDate[system].set(date, period);
      return period;
    };
  }

  function emptyPeriod(): Period {
    const codes = new Map<string, CodeOnDate>();
    return {
      get: (code) => codes.get(code),
      has: (code) => codes.has(code),
      set(code, known) {
        codes.set(code, known);
        size += 1;
        if (size <= max) return;
        size = 0;
        current = begin();
      },
    };
  }
}
