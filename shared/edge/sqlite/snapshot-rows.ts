// Domain ↔ rows of the snapshot: what is written and read column by column, in the order the statements name them.
import { type CalendarDate, calendarDate } from '../../core/calendar-date.ts';
import type { Change, Facts, Replacement, Version } from '../../core/change.ts';
import type { CodeSystemId } from '../../core/code-system.ts';

/** What a column holds. */
export type Column = string | number | null;

/** A list as JSON; nothing when it is empty, as nearly all are. */
const listColumn = (list: readonly Replacement[]): string | null =>
  list.length > 0 ? JSON.stringify(list) : null;

const none: readonly Replacement[] = [];

/** The list of a column {@link listColumn} made. */
const columnList = (column: Column): readonly Replacement[] =>
  typeof column === 'string' ? JSON.parse(column) : none;

/** CMS repeats a title that fits into the short one: kept once. */
const longColumn = (facts: { short: string; long: string }): string | null =>
  facts.long === facts.short ? null : facts.long;

/** Columns of a version after its code: what staging and the version table have in common. */
export const versionColumns =
  'effective, seq, status, kind, release, short, long, replaced_by, replaces';

/** The values of {@link versionColumns}. */
export const versionRow = (version: Version): Column[] => [
  version.effective,
  version.seq,
  version.status,
  version.kind,
  version.release,
  version.short,
  longColumn(version),
  listColumn(version.replacedBy),
  listColumn(version.replaces),
];

const dates = new Map<string, CalendarDate>();

/** A date of the file: there are a few dozen different ones, each is checked once. */
export function dateColumn(column: Column | undefined): CalendarDate {
  const text = String(column);
  const known = dates.get(text);
  if (known) return known;
  const date = calendarDate(text);
  dates.set(text, date);
  return date;
}

type VersionColumns = readonly [
  effective: string,
  seq: number,
  status: Version['status'],
  kind: Version['kind'],
  release: string,
  short: string,
  long: string | null,
  replacedBy: string | null,
  replaces: string | null,
];

/** The version of a row {@link versionRow} made. */
export function rowVersion(system: CodeSystemId, code: string, row: readonly Column[]): Version {
  const [effective, seq, status, kind, release, short, long, replacedBy, replaces] =
    row as VersionColumns;
  return {
    system,
    code,
    effective: dateColumn(effective),
    seq,
    status,
    short,
    long: long ?? short,
    kind,
    release,
    replacedBy: columnList(replacedBy),
    replaces: columnList(replaces),
  };
}

/** Columns of a change after the release and sequence number it was recorded under. */
export const changeColumns = `kind, code, effective, before_billable, before_short, before_long,
  after_billable, after_short, after_long, replaced_by, replaces, cosmetic`;

const factColumns = (facts: Facts | null): Column[] =>
  facts ? [facts.billable ? 1 : 0, facts.short, longColumn(facts)] : [null, null, null];

/** The values of {@link changeColumns}. */
export const changeRow = (change: Change): Column[] => [
  change.kind,
  change.code,
  change.effective,
  ...factColumns(change.before),
  ...factColumns(change.after),
  listColumn(change.replacedBy),
  change.replaces ? JSON.stringify(change.replaces) : null,
  change.cosmetic === undefined ? null : change.cosmetic ? 1 : 0,
];

function rowFacts([billable, short, long]: readonly Column[]): Facts | null {
  if (typeof short !== 'string') return null;
  return { billable: billable === 1, short, long: typeof long === 'string' ? long : short };
}

/** The change of a row {@link changeRow} made. */
export function rowChange(row: readonly Column[]): Change {
  const [kind, code, effective] = row;
  const [replacedBy = null, replaces, cosmetic] = row.slice(9);
  return {
    code: String(code),
    kind: kind as Change['kind'],
    effective: dateColumn(effective),
    before: rowFacts(row.slice(3, 6)),
    after: rowFacts(row.slice(6, 9)),
    replacedBy: columnList(replacedBy),
    ...(typeof replaces === 'string' ? { replaces: columnList(replaces) } : {}),
    ...(typeof cosmetic === 'number' ? { cosmetic: cosmetic === 1 } : {}),
  };
}

/** A date as `search_entry` has it: 2021-10-01 is 20211001. */
export const dayNumber = (date: CalendarDate): number => Number(date.replaceAll('-', ''));

/** `valid_to` in `search_entry` of what nothing known ends. */
export const openEnd = 9999_12_31;
