// The dates on which anything of a code system changes: between two of them every answer about a code is the same.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import { countUntil } from '../core/count-until.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** Changes read at once. */
const pageMax = 1000;
const categoryLength = 3;

/** Periods of a system. */
export type SystemDates = {
  /** Names the period of a date in which nothing in the whole system changes. */
  periodOf(date: CalendarDate): string;
  /** Names the period of a date in which nothing in a category (three characters) changes. */
  categoryPeriodOf(category: string, date: CalendarDate): string;
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
  const releases = (await codeTable.releases(system))
    .filter(({ status }) => status === 'committed')
    .toSorted((a, b) => (a.effective < b.effective ? -1 : 1));
  const editions = releases.map(({ effective }) => effective);
  const editionOn: SystemDates['editionOn'] = (date) =>
    editions[countUntil(editions, date) - 1] ?? null;
  if (!readChanges) {
    return { editionOn, periodOf: (date) => date, categoryPeriodOf: (_, date) => date };
  }
  const start = [codeSystems[system].begins, ...editions.slice(0, 1)].sort();
  const { all, byCategory } = await readDates(codeTable, releases, start);
  return {
    editionOn,
    periodOf: (date) => String(countUntil(all, date)),
    categoryPeriodOf: (category, date) =>
      String(countUntil(byCategory.get(category) ?? start, date)),
  };
}

/** `start`: before these dates nothing is known of any code. */
async function readDates(
  codeTable: CodeTable,
  releases: readonly ReleaseRecord[],
  start: readonly CalendarDate[],
) {
  const all = new Set([...start, ...releases.map(({ effective }) => effective)]);
  const byCategory = new Map<string, Set<CalendarDate>>();
  // A release taken in late restates the next one, whose list of changes then says so.
  for (const release of releases) {
    for await (const { code, effective } of changesOf(codeTable, release)) {
      const category = code.slice(0, categoryLength);
      const dates = byCategory.get(category) ?? new Set(start);
      byCategory.set(category, dates.add(effective));
      all.add(effective);
    }
  }
  const sorted = [...byCategory].map(([category, dates]) => [category, [...dates].sort()] as const);
  return { all: [...all].sort(), byCategory: new Map(sorted) };
}

async function* changesOf(codeTable: CodeTable, release: ReleaseRecord) {
  let after: string | undefined;
  do {
    const page = await codeTable.changes(release, { limit: pageMax, ...(after && { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
