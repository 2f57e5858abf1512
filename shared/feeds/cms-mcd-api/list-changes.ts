// What is new since the last run: the weekly reports on local documents, and the one on national documents.
import { addDays, type CalendarDate, daysBetween } from '../../core/calendar-date.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { paths } from './addresses.ts';
import type { ApiRow } from './answer.ts';
import type { Answer, Asking } from './ask.ts';
import { readNewestPeriod } from './places.ts';
import { type Listed, readWhatsNew } from './whats-new.ts';

/** Reports go back so many weeks from the newest period, and days for national documents. */
const [weeksMax, nationalDaysMax] = [51, 120];

/** What the reports list. */
export type Changes = {
  /** Of local documents and others, oldest update first. */
  readonly local: readonly Listed[];
  readonly national: readonly Listed[];
  /**
   * From which day on the next run has to ask: from the newest week on, which is asked once more when the next one is there,
   * for what is listed late; or from one that could not be had.
   */
  readonly from: CalendarDate;
  /** The answer on update periods. */
  readonly period: Answer;
};

/** First days of the weeks to ask, newest first, until one holds `since`; just the newest without it. */
function weeksBack(newest: CalendarDate, since: CalendarDate | undefined): readonly CalendarDate[] {
  const weeks = [newest];
  while (since !== undefined && (weeks.at(-1) ?? newest) > since && weeks.length < weeksMax) {
    weeks.push(addDays(newest, -7 * weeks.length));
  }
  return weeks;
}

async function listLocal(
  asking: Asking,
  weeks: readonly CalendarDate[],
  list: FindingList,
): Promise<{ readonly listed: readonly Listed[]; readonly failed: readonly CalendarDate[] }> {
  const rows: ApiRow[] = [];
  const failed: CalendarDate[] = [];
  for (const week of weeks) {
    const answer = await asking.get(paths.local(week, addDays(week, 7)));
    if (answer) rows.push(...answer.rows);
    else failed.push(week);
  }
  return { listed: readWhatsNew(rows, paths.local('', ''), list), failed };
}

async function listNational(
  asking: Asking,
  days: number,
  list: FindingList,
): Promise<readonly Listed[]> {
  const path = paths.national(Math.min(Math.max(days, 7), nationalDaysMax));
  const answer = await asking.get(path);
  return answer ? readWhatsNew(answer.rows, path, list) : [];
}

/** Asks the reports; undefined, with a finding, when there is no telling which weeks there are. */
export async function listChanges(
  asking: Asking,
  at: { readonly since: CalendarDate | undefined; readonly today: CalendarDate },
  list: FindingList,
): Promise<Changes | undefined> {
  const period = await asking.get(paths.period);
  const newest = period && readNewestPeriod(new Map([[paths.period, period.rows]]), list);
  if (!period || !newest) return undefined;
  const weeks = weeksBack(newest.begin, at.since);
  const first = weeks.at(-1) ?? newest.begin;
  if (at.since !== undefined && at.since < first) {
    const message = `Nothing was read since ${at.since}, and reports begin on ${first}: what changed between comes with the export.`;
    list.add('mcd-api-gap', 'warning', paths.local('', ''), message);
  }
  const { listed, failed } = await listLocal(asking, weeks, list);
  const days = daysBetween(at.since ?? addDays(at.today, -7), at.today);
  const national = await listNational(asking, days, list);
  const [from = newest.begin] = [newest.begin, ...failed].sort();
  return { local: listed, national, from, period };
}
