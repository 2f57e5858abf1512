// The Medicare Code Editor's lists made quick to ask: flags of a code on a date, ages of a group.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { EditList } from '../core/edit-list.ts';
import type { RuleBook } from '../ports/rule-book.ts';

type Period = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly flags: ReadonlySet<string>;
};

const none: ReadonlySet<string> = new Set();

/** The edits of a rule book from a version of the lists. */
export function createEditIndex({ version, rows, ages }: EditList): NonNullable<RuleBook['edits']> {
  const byCode = { icd10cm: new Map<string, Period[]>(), icd10pcs: new Map<string, Period[]>() };
  for (const { system, code, from, to, flags } of rows) {
    const period = { from, to, flags: new Set(flags) };
    const others = byCode[system].get(code);
    if (others) others.push(period);
    else byCode[system].set(code, [period]);
  }
  const first = rows.map(({ from }) => from).sort()[0];
  const last = rows
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return {
    version,
    flagsOn(system, code, date) {
      const periods = byCode[system].get(code);
      return periods ? flagsOf(periods, date) : none;
    },
    agesOn: (group, date) =>
      ages.find((one) => one.group === group && one.from <= date && date <= one.to),
    covers: (date) => first !== undefined && last !== undefined && first <= date && date <= last,
  };
}

/** Flags of the periods a date lies in: of one, but for rows that overlap. */
function flagsOf(periods: readonly Period[], date: CalendarDate): ReadonlySet<string> {
  let found = none;
  for (const { from, to, flags } of periods) {
    if (from <= date && date <= to) found = found === none ? flags : new Set([...found, ...flags]);
  }
  return found;
}
