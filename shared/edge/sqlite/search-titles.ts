// Search in a snapshot: tiers of matches, each an expression of the full-text index that leaves out the tiers before
// it, so that a page never shows a code twice.
import type { DatabaseSync } from 'node:sqlite';
import { type CodeSystemId, codeSystemIds } from '../../core/code-system.ts';
import { type CataloguePage, type SearchQuery, searchTotalMax } from '../../ports/catalogue.ts';
import { entryColumns, foundOnDate, rowEntry } from './entry-rows.ts';
import { type Rows, returnRows } from './return-rows.ts';
import {
  codeBegins,
  codeIs,
  everyWordBegins,
  everyWordWhole,
  searchWords,
} from './search-words.ts';
import { type Column, dayNumber } from './snapshot-rows.ts';

type Statements = { readonly tabular: Rows; readonly shortest: Rows; readonly count: Rows };

function prepareStatements(database: DatabaseSync, system: CodeSystemId): Statements {
  const found = foundOnDate(system);
  const rows = (sql: string): Rows => returnRows(database.prepare(sql));
  return {
    // Only what is shown is read: hits are put in order before their versions are joined.
    tabular: rows(`WITH page AS MATERIALIZED (
        SELECT s.rowid AS id FROM ${found} ORDER BY s.rowid LIMIT ?4 OFFSET ?5)
      SELECT ${entryColumns} FROM page p CROSS JOIN version v ON v.id = p.id ORDER BY p.id`),
    shortest: rows(`WITH page AS MATERIALIZED (
        SELECT s.rowid AS id, l.length FROM ${found} ORDER BY l.length, s.rowid LIMIT ?4 OFFSET ?5)
      SELECT ${entryColumns} FROM page p CROSS JOIN version v ON v.id = p.id ORDER BY p.length, p.id`),
    count: rows(`SELECT count(*) FROM (SELECT 1 FROM ${found} LIMIT ?4)`),
  };
}

/**
 * One tier: what matches and in which order. Codes come in tabular order, titles shortest first: with every word
 * required, BM25 would rank by little else.
 */
type Tier = { readonly match: string; readonly order: 'tabular' | 'shortest' };

/** Best tier first; only a single word can be the beginning of a code. */
function tiersOf(words: readonly string[], { fields }: SearchQuery): readonly Tier[] {
  const [first = '', ...more] = words;
  const begins = everyWordBegins(words, fields);
  const whole = everyWordWhole(words, fields);
  if (more.length > 0 || !fields.includes('code')) {
    return [
      { match: whole, order: 'shortest' },
      { match: `(${begins}) NOT (${whole})`, order: 'shortest' },
    ];
  }
  const code = codeBegins(first);
  return [
    { match: codeIs(first), order: 'tabular' },
    { match: `${code} NOT ${codeIs(first)}`, order: 'tabular' },
    { match: `(${whole}) NOT ${code}`, order: 'shortest' },
    { match: `(${begins}) NOT (${whole}) NOT ${code}`, order: 'shortest' },
  ];
}

/** A search under way: the statements of its system and what every tier is asked with. */
type Search = {
  readonly statements: Statements;
  readonly day: number;
  readonly billable: 0 | 1;
};

const countUpTo = ({ statements, day, billable }: Search, match: string, max: number): number =>
  Number(statements.count(match, day, billable, max)[0]?.[0] ?? 0);

/** The tier in tabular order when it is too large to sort in time; nobody pages through that many. */
const inTime = (search: Search, tier: Tier): Tier =>
  tier.order === 'shortest' && countUpTo(search, tier.match, searchTotalMax) === searchTotalMax
    ? { ...tier, order: 'tabular' }
    : tier;

/** The rows of a page that may run over several tiers. */
function readTiers(
  search: Search,
  tiers: readonly Tier[],
  page: { readonly limit: number; readonly offset: number },
): (readonly Column[])[] {
  const { statements, day, billable } = search;
  const rows: (readonly Column[])[] = [];
  let { offset } = page;
  for (const { match, order } of tiers) {
    const wanted = page.limit - rows.length;
    if (wanted <= 0) break;
    const some = statements[order](match, day, billable, wanted, offset);
    rows.push(...some);
    if (some.length > 0) offset = 0;
    else if (offset > 0) offset -= countUpTo(search, match, offset);
  }
  return rows;
}

/** Searches an open snapshot. */
export function createSearch(
  database: DatabaseSync,
): (system: CodeSystemId, query: SearchQuery) => CataloguePage {
  const bySystem = new Map(
    codeSystemIds.map((system) => [system, prepareStatements(database, system)]),
  );
  return (system, query) => {
    const words = searchWords(system, query.words, query.fields);
    const statements = bySystem.get(system);
    if (!words || !statements) return { total: 0, items: [] };
    const billable = query.billableOnly ? 1 : 0;
    const search: Search = { statements, day: dayNumber(query.date), billable };
    const total = countUpTo(search, everyWordBegins(words, query.fields), searchTotalMax);
    if (query.offset >= total) return { total, items: [] };
    const tiers = tiersOf(words, query);
    const ordered = total < searchTotalMax ? tiers : tiers.map((tier) => inTime(search, tier));
    const rows = readTiers(search, ordered, query);
    return { total, items: rows.map((row) => rowEntry(system, row)) };
  };
}
