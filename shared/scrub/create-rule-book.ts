// A rule book in memory from what releases bring besides their codes: tabular lists and the Medicare Code Editor's lists.
import { type CalendarDate, fiscalYearOf } from '../core/calendar-date.ts';
import { countUntil } from '../core/count-until.ts';
import type { EditList } from '../core/edit-list.ts';
import type { TabularList } from '../core/tabular.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import { createEditIndex } from './edit-index.ts';
import { createTabularIndex, tabularOn } from './tabular-index.ts';

/**
 * The rule book of these lists. Of several tabular lists the one of the date's fiscal year answers (the newest that had
 * taken effect), else the nearest older, else the oldest, which is then not `exact`.
 */
export function createRuleBook(lists: {
  readonly tabular: readonly TabularList[];
  readonly edits?: EditList;
}): RuleBook {
  const indexes = lists.tabular
    .toSorted((a, b) => (a.effective < b.effective ? -1 : 1))
    .map(createTabularIndex);
  const begins = ascending(indexes.map(({ effective }) => effective));
  const rows = [...(lists.edits?.rows ?? []), ...(lists.edits?.ages ?? [])];
  const editBegins = ascending(rows.map(({ from }) => from));
  const editEnds = ascending(rows.map(({ to }) => to));
  return {
    periodOf(date) {
      const notes = `${fiscalYearOf(date)} ${countUntil(begins, date)}`;
      // A row holds through its last day: what names the days before it is that it has begun and not ended.
      return `${notes} ${countUntil(editBegins, date)} ${countBefore(editEnds, date)}`;
    },
    tabularOn: (date) => tabularOn(indexes, date),
    ...(lists.edits && { edits: createEditIndex(lists.edits) }),
  };
}

const ascending = (dates: readonly CalendarDate[]): readonly CalendarDate[] =>
  [...new Set(dates)].sort();

const countBefore = (dates: readonly CalendarDate[], date: CalendarDate): number =>
  countUntil(dates, date) - (dates.includes(date) ? 1 : 0);
