// The dates on which anything of a code system changes: between two of them every answer about a code is the same.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** Changes read at once. */
const pageMax = 1000;

/** Periods of a system. */
export type SystemDates = {
  /** Names the period of a date: equal names, equal answers. */
  periodOf(date: CalendarDate): string | number;
  /** Effective date of the release in force on a date; null before the first. */
  editionOn(date: CalendarDate): CalendarDate | null;
};

/**
 * Reads them. With `readChanges` the dates are those of the releases and of every change in them (codes may take effect
 * between two releases, as U07.1 did); without, each date is a period of its own.
 */
export async function readSystemDates(
  codeTable: CodeTable,
  system: CodeSystemId,
  readChanges: boolean,
): Promise<SystemDates> {
  const releases = (await codeTable.releases(system)).filter(
    ({ status }) => status === 'committed',
  );
  const editions = releases.map(({ effective }) => effective).sort();
  const dates = new Set<CalendarDate>([...editions, codeSystems[system].begins]);
  for (const release of readChanges ? releases : []) {
    let after: string | undefined;
    do {
      const page = await codeTable.changes(release, { limit: pageMax, ...(after && { after }) });
      for (const { effective } of page.items) dates.add(effective);
      after = page.next;
    } while (after !== undefined);
  }
  const changes = [...dates].sort();
  return {
    periodOf: (date) => (readChanges ? countUntil(changes, date) : date),
    editionOn: (date) => editions[countUntil(editions, date) - 1] ?? null,
  };
}

/** How many of the ascending dates are not after a date. Few are asked for but the latest: from the end. */
function countUntil(dates: readonly CalendarDate[], date: CalendarDate): number {
  let count = dates.length;
  while (count > 0 && (dates[count - 1] ?? '') > date) count -= 1;
  return count;
}
