// Which conversion table goes with a release: tables are cumulative, so a later one can date an earlier release's codes.
import { type CalendarDate, fiscalYearOf, fiscalYearStart } from '../core/calendar-date.ts';
import type { CandidateFile } from '../core/candidate.ts';
import type { DatedTable } from './file-sets.ts';

/** A release as far as the choice depends on it. */
export type TableSeeker = {
  readonly effective: CalendarDate;
  readonly published: CalendarDate;
  readonly files: readonly CandidateFile[];
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Nearest effective date first, then the newest publication, then the hash: never by chance. */
function nearest(tables: readonly DatedTable[]): DatedTable | undefined {
  return tables.toSorted(
    (a, b) =>
      order(a.effective, b.effective) ||
      order(b.published, a.published) ||
      order(a.file.sha256, b.file.sha256),
  )[0];
}

/** True when the table came in the zip of a later correction of this very release: it tells the correction's codes. */
function isOfCorrection(
  table: DatedTable,
  seeker: TableSeeker,
  releases: readonly TableSeeker[],
): boolean {
  return releases.some(
    (other) =>
      other.effective === seeker.effective &&
      other.published > seeker.published &&
      other.files.some(({ sha256 }) => sha256 === table.file.sha256),
  );
}

/**
 * The table for a release: of its fiscal year the nearest on or after its date, else the newest before it. An update
 * whose October release is not published takes the next fiscal year's: only that tells which codes began in October.
 */
export function chooseTable(
  seeker: TableSeeker,
  tables: readonly DatedTable[],
  releases: readonly TableSeeker[],
): DatedTable | undefined {
  const year = fiscalYearOf(seeker.effective);
  const usable = tables.filter((table) => !isOfCorrection(table, seeker, releases));
  const ofYear = usable.filter((table) => fiscalYearOf(table.effective) === year);
  const covering = nearest(ofYear.filter((table) => table.effective >= seeker.effective));
  if (covering) return covering;
  const latest = ofYear
    .map((table) => table.effective)
    .toSorted(order)
    .at(-1);
  if (latest) return nearest(ofYear.filter((table) => table.effective === latest));
  const october = fiscalYearStart(year);
  if (releases.some((other) => other.effective === october)) return undefined;
  return nearest(usable.filter((table) => fiscalYearOf(table.effective) === year + 1));
}
