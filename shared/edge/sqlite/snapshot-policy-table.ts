// Payer policies answered from a snapshot: the same contract as the authoritative table, and lists by diagnosis.
import type { DatabaseSync } from 'node:sqlite';
import { covers } from '../../core/code-range.ts';
import type {
  PolicyChange,
  PolicyEdition,
  PolicyRef,
  PolicySourceId,
  PolicyVersion,
  ReviewItem,
} from '../../core/policy.ts';
import {
  type ChangePlaces,
  compareVersions,
  paddedVersion,
  pageOfChanges,
  readChangeCursor,
  readRefCursor,
  readReviewCursor,
  refCursor,
  reviewCursor,
} from '../../core/policy-pages.ts';
import type {
  PolicyChangeFilter,
  PolicyListFilter,
  PolicyPage,
  PolicyTable,
} from '../../ports/policy-table.ts';
import { type Rows, returnRows } from './return-rows.ts';
import type { Column } from './snapshot-rows.ts';

/** What of a list is asked for; ?1 and ?2 are the document before, ?4 and ?5 procedure and diagnosis. */
const listConditions = {
  procedure: `EXISTS (SELECT 1 FROM policy_procedure p
    WHERE p.code = ?4 AND p.source = v.source AND p.document = v.document AND p.newest)`,
  diagnosis: `(v.id IN (SELECT version_id FROM policy_diagnosis WHERE code = ?5)
    OR v.id IN (SELECT version_id FROM policy_range WHERE in_code_range(?5, from_code, to_code)))`,
};

const listSql = (...conditions: readonly string[]): string =>
  `SELECT v.body FROM policy_version v
    WHERE ${['v.newest', '(v.source, v.document) > (?1, ?2)', '(?3 IS NULL OR v.source = ?3)', ...conditions].join(' AND ')}
      AND (?4 IS NULL OR ?4 <> '') AND (?5 IS NULL OR ?5 <> '')
    ORDER BY v.source, v.document LIMIT ?6`;

/** SQLite compares text by its characters, and the Tabular List has an order of its own: {@link covers} decides. */
function addCodeOrder(database: DatabaseSync): void {
  database.function('in_code_range', { deterministic: true }, (code, from, to) =>
    Number(covers({ from: String(from), to: String(to) }, String(code))),
  );
}

function prepareStatements(database: DatabaseSync) {
  addCodeOrder(database);
  const rows = (sql: string): Rows => returnRows(database.prepare(sql));
  const changes = (ofDocument: string): Rows =>
    rows(`SELECT body FROM policy_change WHERE source = ?1 AND first_seen >= ?2 AND meaningful >= ?3
      AND (first_seen, seq, document, version) > (?4, ?5, ?6, ?7) AND ${ofDocument}
      ORDER BY first_seen, seq, document, version LIMIT ?9`);
  const { procedure, diagnosis } = listConditions;
  return {
    editions: rows('SELECT source, record FROM policy_edition ORDER BY source, seq'),
    text: rows('SELECT text FROM policy_text WHERE id = ?'),
    versions: rows('SELECT body FROM policy_version WHERE source = ? AND document = ?'),
    naming: rows(`SELECT source, document FROM policy_procedure WHERE code = ?
      ORDER BY source, document`),
    list: rows(listSql()),
    listByProcedure: rows(listSql(procedure)),
    listByDiagnosis: rows(listSql(diagnosis)),
    listByBoth: rows(listSql(procedure, diagnosis)),
    changes: changes('?8 IS NULL'),
    changesOfDocument: changes('document = ?8'),
    reviews: rows(`SELECT body FROM policy_review WHERE (day, id) < (?, ?)
      ORDER BY day DESC, id DESC LIMIT ?`),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

/** The newest edition of each source; small, and read once when the file is opened. */
function readEditions({ editions }: Statements): Map<PolicySourceId, PolicyEdition> {
  return new Map(
    editions().map(([source, record]) => [String(source), JSON.parse(String(record))]),
  );
}

/** The version of a row: its paragraphs are kept once for all versions. */
function rowVersion({ text }: Statements, [body]: readonly Column[]): PolicyVersion {
  const version: PolicyVersion & { texts: Readonly<Record<string, number>> } = JSON.parse(
    String(body),
  );
  const texts = Object.entries(version.texts).map(([name, id]) => [name, String(text(id)[0]?.[0])]);
  return { ...version, texts: Object.fromEntries(texts) };
}

function listRows(
  statements: Statements,
  filter: PolicyListFilter,
): readonly (readonly Column[])[] {
  const { procedure = null, diagnosis = null } = filter;
  const after = readRefCursor(filter.after);
  const byProcedure = procedure === null ? statements.list : statements.listByProcedure;
  const byBoth = procedure === null ? statements.listByDiagnosis : statements.listByBoth;
  const rows = diagnosis === null ? byProcedure : byBoth;
  return rows(
    after?.source ?? '',
    after?.id ?? '',
    filter.source ?? null,
    procedure,
    diagnosis,
    filter.limit + 1,
  );
}

function readChanges(
  statements: Statements,
  source: PolicySourceId,
  filter: PolicyChangeFilter,
  places: ChangePlaces,
): PolicyChange[] {
  const place = places.get(source);
  const rows = filter.id === undefined ? statements.changes : statements.changesOfDocument;
  return rows(
    source,
    filter.since ?? '',
    filter.meaningfulOnly ? 1 : 0,
    place?.firstSeen ?? '',
    place?.seq ?? 0,
    place?.id ?? '',
    place ? paddedVersion(place.version) : '',
    filter.id ?? null,
    filter.limit + 1,
  ).map(([body]) => JSON.parse(String(body)));
}

/** A page of what was read, one more than it takes where there is more. */
function pageOf<T>(read: readonly T[], limit: number, cursor: (end: T) => string): PolicyPage<T> {
  const items = read.slice(0, limit);
  const end = items.at(-1);
  return read.length > limit && end !== undefined ? { items, next: cursor(end) } : { items };
}

/** Sorts after every day. */
const afterAll = { day: '~', id: '' };

/** Reads of a snapshot. What it holds never changes. */
export function createSnapshotPolicyTable(database: DatabaseSync): PolicyTable {
  const statements = prepareStatements(database);
  const editions = readEditions(statements);
  const sources = [...editions.keys()];
  return {
    edition: async (source) => editions.get(source),
    sources: async () => sources,
    versions: async ({ source, id }) =>
      statements
        .versions(source, id)
        .map((row) => rowVersion(statements, row))
        .sort(compareVersions),
    naming: async (procedure) =>
      statements
        .naming(procedure)
        .map(([source, id]): PolicyRef => ({ source: String(source), id: String(id) })),
    async list(filter) {
      const rows = listRows(statements, filter);
      const versions = rows.map((row) => rowVersion(statements, row));
      return pageOf(versions, filter.limit, refCursor);
    },
    async changes(filter) {
      const places = readChangeCursor(filter.after);
      const chosen = filter.source === undefined ? sources : [filter.source];
      const read = chosen.flatMap((source) => readChanges(statements, source, filter, places));
      return pageOfChanges(read, places, filter.limit);
    },
    async reviews({ limit, after }) {
      const { day, id } = readReviewCursor(after) ?? afterAll;
      const rows = statements.reviews(day, id, limit + 1);
      const reviews = rows.map(([body]): ReviewItem => JSON.parse(String(body)));
      return pageOf(reviews, limit, reviewCursor);
    },
  };
}
