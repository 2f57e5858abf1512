// Lists of a snapshot in tabular order: all that is listed on a date, what is under a code, what words are about.
import type { DatabaseSync } from 'node:sqlite';
import type { CalendarDate } from '../../core/calendar-date.ts';
import { type CodeSystemId, codeSystemIds } from '../../core/code-system.ts';
import type { CatalogueEntry, CataloguePage, ListQuery } from '../../ports/catalogue.ts';
import { entryColumns, foundOnDate, listedOnDate, rowEntry } from './entry-rows.ts';
import { type Rows, returnRows } from './return-rows.ts';
import {
  codeBegins,
  codeIs,
  everyWordBegins,
  foldText,
  isOneWord,
  searchWords,
} from './search-words.ts';
import { type Column, dayNumber } from './snapshot-rows.ts';

/** Totals kept: a list is read page by page, and counted once. */
const totalsMax = 1000;

type Statements = {
  readonly all: Rows;
  readonly countAll: Rows;
  readonly matching: Rows;
  readonly countMatching: Rows;
  /** Id and code of what is found; many are read to show few. */
  readonly codes: Rows;
  readonly entry: Rows;
};

function prepareStatements(database: DatabaseSync, system: CodeSystemId): Statements {
  const rows = (sql: string): Rows => returnRows(database.prepare(sql));
  const [[first = 0, last = -1] = []] = rows(
    'SELECT first_version, last_version FROM system WHERE id = ?',
  )(system);
  // ?1 is the full-text expression where there is one.
  const all = `listed l WHERE l.version_id BETWEEN ${first} AND ${last} AND ${listedOnDate} AND ?1 IS NULL`;
  const matching = foundOnDate(system);
  const page = (found: string): string => `WITH page AS MATERIALIZED (
      SELECT l.version_id AS id FROM ${found} ORDER BY l.version_id LIMIT ?4 OFFSET ?5)
    SELECT ${entryColumns} FROM page p CROSS JOIN version v ON v.id = p.id ORDER BY p.id`;
  return {
    all: rows(page(all)),
    countAll: rows(`SELECT count(*) FROM ${all}`),
    matching: rows(page(matching).replace('ORDER BY l.version_id', 'ORDER BY s.rowid')),
    countMatching: rows(`SELECT count(*) FROM ${matching}`),
    codes: rows(`SELECT s.rowid, (SELECT v.code FROM version v WHERE v.id = s.rowid)
      FROM ${matching} ORDER BY s.rowid`),
    entry: rows(`SELECT ${entryColumns} FROM version v WHERE v.id = ?`),
  };
}

/** The full-text expression of a list; null for all codes, undefined when nothing can match. */
function matchOf(
  system: CodeSystemId,
  { under, within, words }: ListQuery,
): string | null | undefined {
  const terms: string[] = [];
  if (words !== undefined) {
    const fields = ['code', 'name'] as const;
    const found = searchWords(system, words, fields);
    if (!found) return undefined;
    terms.push(everyWordBegins(found, fields));
  }
  const top = under ?? within;
  if (top !== undefined && !isOneWord(top)) return undefined;
  if (top !== undefined) terms.push(codeBegins(foldText(top)));
  if (terms.length === 0) return null;
  const match = terms.join(' AND ');
  return under === undefined ? match : `(${match}) NOT ${codeIs(foldText(under))}`;
}

/** Lists and hierarchy of an open snapshot. */
export type EntryLists = {
  page(system: CodeSystemId, query: ListQuery): CataloguePage;
  /** Codes whose longest listed beginning is this one; none when it is not listed itself. */
  children(system: CodeSystemId, code: string, date: CalendarDate): readonly CatalogueEntry[];
};

/** Of a code and what is under it, each with its id: the ids of what is directly under it. */
function directlyUnder(code: string, rows: readonly (readonly Column[])[]): readonly Column[] {
  const listed = new Set(rows.map(([, each]) => String(each)));
  if (!listed.has(code)) return [];
  const isDirect = (under: string): boolean => {
    for (let length = under.length - 1; length > code.length; length -= 1) {
      if (listed.has(under.slice(0, length))) return false;
    }
    return under !== code;
  };
  return rows.filter(([, under]) => isDirect(String(under))).map(([id = null]) => id);
}

/** Reads lists of an open snapshot. */
export function createEntryLists(database: DatabaseSync): EntryLists {
  const statements = new Map(
    codeSystemIds.map((system) => [system, prepareStatements(database, system)]),
  );
  const own = (system: CodeSystemId): Statements => {
    const found = statements.get(system);
    if (!found) throw new Error(`no statements for ${system}`);
    return found;
  };
  const totals = new Map<string, number>();
  const countOnce = (system: CodeSystemId, parameters: readonly Column[]): number => {
    const key = [system, ...parameters].join('\t');
    const known = totals.get(key);
    if (known !== undefined) return known;
    const { countAll, countMatching } = own(system);
    const [row] = (parameters[0] === null ? countAll : countMatching)(...parameters);
    const total = Number(row?.[0] ?? 0);
    if (totals.size >= totalsMax) totals.clear();
    totals.set(key, total);
    return total;
  };
  return {
    page(system, query) {
      const match = matchOf(system, query);
      if (match === undefined) return { total: 0, items: [] };
      const { all, matching } = own(system);
      const parameters = [match, dayNumber(query.date), query.billableOnly ? 1 : 0];
      const rows = (match === null ? all : matching)(...parameters, query.limit, query.offset);
      // A first page that is not full is all there is.
      const isAll = query.offset === 0 && rows.length < query.limit;
      return {
        total: isAll ? rows.length : countOnce(system, parameters),
        items: rows.map((row) => rowEntry(system, row)),
      };
    },
    children(system, code, date) {
      if (!isOneWord(code)) return [];
      const { codes, entry } = own(system);
      const found = codes(codeBegins(foldText(code)), dayNumber(date), 0);
      return directlyUnder(code, found).flatMap((id) =>
        entry(id).map((row) => rowEntry(system, row)),
      );
    },
  };
}
