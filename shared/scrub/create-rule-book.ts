// A rule book in memory from what releases bring besides their codes: tabular lists and the Medicare Code Editor's lists.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { EditList } from '../core/edit-list.ts';
import type { TabularList } from '../core/tabular.ts';
import type { RuleBook, TabularOnDate } from '../ports/rule-book.ts';
import { createEditIndex } from './edit-index.ts';
import { createTabularIndex, tabularOn } from './tabular-index.ts';

/** Dates whose list is remembered: a batch of claims names a few hundred. */
const datesMax = 4000;

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
  const byDate = new Map<CalendarDate, TabularOnDate | undefined>();
  return {
    tabularOn(date) {
      const known = byDate.get(date);
      if (known) return known;
      const found = tabularOn(indexes, date);
      if (byDate.size >= datesMax) byDate.clear();
      byDate.set(date, found);
      return found;
    },
    ...(lists.edits && { edits: createEditIndex(lists.edits) }),
  };
}
