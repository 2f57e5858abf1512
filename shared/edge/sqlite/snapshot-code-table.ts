// The code table answered from a snapshot: the same contract as the authoritative one, without a request.

import type { DatabaseSync } from 'node:sqlite';
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { ChangeKind, Version } from '../../core/change.ts';
import { type CodeSystemId, isCodeSystemId } from '../../core/code-system.ts';
import type { ReleaseId, ReleaseRecord } from '../../core/release.ts';
import { asOf, visibleVersions } from '../../core/timeline.ts';
import type { CodeTable, SystemHead } from '../../ports/code-table.ts';
import { returnRows } from './return-rows.ts';
import {
  changeColumns,
  dateColumn,
  rowChange,
  rowVersion,
  versionColumns,
} from './snapshot-rows.ts';

type Sequence = { readonly seq: number; readonly at: string };

/** What is small and asked for all the time: read once when the file is opened. */
function readHeads(database: DatabaseSync): Map<CodeSystemId, SystemHead> {
  const rows = returnRows(
    database.prepare('SELECT id, seq, abandoned, horizon_from, newest FROM system'),
  );
  const heads = new Map<CodeSystemId, SystemHead>();
  for (const [id, seq, abandoned, from, newest] of rows()) {
    const system = String(id);
    if (!isCodeSystemId(system)) continue;
    heads.set(system, {
      system,
      seq: Number(seq),
      abandoned: JSON.parse(String(abandoned)),
      from: dateColumn(from),
      newest: dateColumn(newest),
    });
  }
  return heads;
}

/** What was recorded when, newest first. */
function readSequences(database: DatabaseSync): Map<string, Sequence[]> {
  const rows = returnRows(
    database.prepare('SELECT system, seq, at FROM sequence ORDER BY seq DESC'),
  );
  const sequences = new Map<string, Sequence[]>();
  for (const [system, seq, at] of rows()) {
    const list = sequences.get(String(system)) ?? [];
    list.push({ seq: Number(seq), at: String(at) });
    sequences.set(String(system), list);
  }
  return sequences;
}

function prepareStatements(database: DatabaseSync) {
  const rows = (sql: string) => returnRows(database.prepare(sql));
  return {
    versions: rows(`SELECT ${versionColumns} FROM version
      WHERE system = ? AND code = ? ORDER BY id`),
    releases: rows('SELECT record FROM release WHERE system = ? AND in_force ORDER BY effective'),
    changes: rows(`SELECT ${changeColumns} FROM change
      WHERE release = ? AND seq = ? AND (kind, code) > (?, ?) ORDER BY kind, code LIMIT ?`),
    changesOfKind: rows(`SELECT ${changeColumns} FROM change
      WHERE release = ? AND seq = ? AND kind = ? AND code > ? ORDER BY code LIMIT ?`),
  };
}

type Statements = ReturnType<typeof prepareStatements>;
type ChangesPage = { readonly kind?: ChangeKind; readonly limit: number; readonly after?: string };

/** Sequence numbers as the code table's keys write them: its cursors are good here too, and the other way round. */
const cursor = (seq: number, kind: string, code: string): string =>
  `${String(seq).padStart(9, '0')}#${kind}#${code}`;

function readChanges(statements: Statements, record: ReleaseRecord, page: ChangesPage) {
  const { id, changesSeq: seq } = record;
  const { kind, limit } = page;
  const [, afterKind = '', afterCode = ''] = (page.after ?? '').split('#');
  const rows =
    kind === undefined
      ? statements.changes(id, seq, afterKind, afterCode, limit + 1)
      : statements.changesOfKind(
          id,
          seq,
          kind,
          afterKind > kind ? '\uffff' : afterKind < kind ? '' : afterCode,
          limit + 1,
        );
  const items = rows.slice(0, limit).map(rowChange);
  const last = items.at(-1);
  return rows.length > limit && last
    ? { items, next: cursor(seq, last.kind, last.code) }
    : { items };
}

/** Reads of a snapshot. What it holds never changes; quarantine is not in it. */
export function createSnapshotCodeTable(database: DatabaseSync): CodeTable {
  const heads = readHeads(database);
  const sequences = readSequences(database);
  const statements = prepareStatements(database);
  const recorded = (system: CodeSystemId, code: string): Version[] =>
    statements.versions(system, code).map((row) => rowVersion(system, code, row));
  const releases = (system: CodeSystemId): ReleaseRecord[] =>
    statements.releases(system).map(([record]) => JSON.parse(String(record)));
  const findRelease = (id: ReleaseId): ReleaseRecord | undefined => {
    const [system = ''] = id.split('-', 1);
    return isCodeSystemId(system) ? releases(system).find((each) => each.id === id) : undefined;
  };
  return {
    head: async (system) => heads.get(system),
    versionAsOf: async (system, code, date: CalendarDate, known?: number) =>
      asOf(recorded(system, code), date, known),
    versions: async (system, code, known) => visibleVersions(recorded(system, code), known),
    knownAt: async (system, instant) => sequences.get(system)?.find(({ at }) => at <= instant)?.seq,
    releases: async (system) => releases(system),
    release: async (id) => findRelease(id),
    changes: async (record, page) => readChanges(statements, record, page),
  };
}
