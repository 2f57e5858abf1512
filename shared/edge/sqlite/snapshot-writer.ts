// The snapshot writer on SQLite: points are staged while the history is replayed; at the end of a system they are
// written in tabular order, with what holds when worked out, and indexed for search.
import type { DatabaseSync } from 'node:sqlite';
import type { CalendarDate } from '../../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../../core/code-system.ts';
import type { PolicySourceId } from '../../core/policy.ts';
import type { ReleaseRecord, Row } from '../../core/release.ts';
import type { SystemHead } from '../../ports/code-table.ts';
import {
  type CreateSnapshotWriter,
  type SnapshotCommit,
  type SnapshotWriter,
  snapshotForm,
  snapshotStamp,
} from '../../ports/snapshot-writer.ts';
import { indexTitles } from './index-titles.ts';
import { returnRows } from './return-rows.ts';
import { createSnapshotFile, marks, stagedVersionsSql } from './snapshot-file.ts';
import {
  changeColumns,
  changeRow,
  rowVersion,
  versionColumns,
  versionRow,
} from './snapshot-rows.ts';
import { tabularOrder } from './tabular-order.ts';
import { createPolicyWriter } from './write-policies.ts';
import { type VersionSpan, writeTimelines } from './write-timelines.ts';

/** The system being written: its codes by the number they are staged under, and its releases' rows as recorded. */
type Current = {
  readonly head: SystemHead;
  readonly codes: string[];
  readonly numbers: Map<string, number>;
  readonly orders: { readonly effective: CalendarDate; readonly order: Uint32Array }[];
};

const begin = (head: SystemHead): Current => ({
  head,
  codes: [],
  numbers: new Map(),
  orders: [],
});

function numberOf({ codes, numbers }: Current, code: string): number {
  const known = numbers.get(code);
  if (known !== undefined) return known;
  numbers.set(code, codes.length);
  return codes.push(code) - 1;
}

/** The statements a replay writes with, prepared once. */
function prepareStatements(database: DatabaseSync) {
  return {
    staged: returnRows(database.prepare(stagedVersionsSql)),
    meta: database.prepare('INSERT INTO meta VALUES (?, ?)'),
    system: database.prepare(`INSERT INTO system VALUES (${marks(10)})`),
    sequence: database.prepare(`INSERT INTO sequence VALUES (${marks(4)})`),
    release: database.prepare(`INSERT INTO release VALUES (${marks(16)})`),
    change: database.prepare(
      `INSERT INTO change (release, seq, ${changeColumns}) VALUES (${marks(14)})`,
    ),
    point: database.prepare(`INSERT INTO point (code, ${versionColumns}) VALUES (${marks(10)})`),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

function insertSystem(statements: Statements, head: SystemHead, span: VersionSpan): void {
  const { title, uri, begins } = codeSystems[head.system];
  statements.system.run(
    head.system,
    title,
    uri,
    begins,
    head.seq,
    JSON.stringify(head.abandoned),
    head.from,
    head.newest,
    ...span,
  );
}

function insertRelease(statements: Statements, record: ReleaseRecord): void {
  const { changes } = record;
  statements.release.run(
    record.system,
    record.effective,
    record.seq,
    record.id,
    record.status,
    0,
    record.published,
    record.recordedAt,
    record.rows,
    record.billable,
    changes.added,
    changes.ended,
    changes.expanded,
    changes.collapsed,
    changes.retitled,
    JSON.stringify(record),
  );
}

/** The last committed record of each effective date is the one in force; a superseded one never is. */
function markInForce(database: DatabaseSync, system: CodeSystemId): void {
  database
    .prepare(`UPDATE release SET in_force = 1 WHERE system = ? AND (effective, seq) IN (
      SELECT effective, max(seq) FROM release WHERE system = ? AND status = 'committed'
      GROUP BY effective)`)
    .run(system, system);
}

async function completeSystem(
  database: DatabaseSync,
  statements: Statements,
  current: Current,
): Promise<void> {
  const { head, codes, orders } = current;
  // Of several releases of one date the last recorded comes first; what it took back still has a place.
  const newestFirst = orders
    .toReversed()
    .sort((one, other) =>
      one.effective < other.effective ? 1 : one.effective > other.effective ? -1 : 0,
    )
    .map((each) => each.order);
  const order = tabularOrder({ codes, newestFirst });
  if (order.length !== codes.length) throw new Error('a code has versions but is in no release');
  markInForce(database, head.system);
  const span = await writeTimelines(database, { system: head.system, codes, order });
  insertSystem(statements, head, span);
  await indexTitles(database, head.system, span);
  database.exec('DELETE FROM point');
}

/** A writer whose file will be at `path`. */
export const createSnapshotWriter: CreateSnapshotWriter = (path) => {
  const file = createSnapshotFile(path);
  const { database } = file;
  const statements = prepareStatements(database);
  const policies = createPolicyWriter(database);
  const seqs = new Map<CodeSystemId, number>();
  const policySeqs = new Map<PolicySourceId, number>();
  let current: Current | undefined;
  const now = (): Current => {
    if (!current) throw new Error('no system was begun');
    return current;
  };
  const addCommit = ({ system, seq, at, release }: SnapshotCommit): void => {
    statements.sequence.run(system, seq, at, release);
  };
  const addRows = (effective: CalendarDate, rows: readonly Row[]): void => {
    const system = now();
    const order = Uint32Array.from(rows, (row) => numberOf(system, row.code));
    system.orders.push({ effective, order });
  };
  const writer: SnapshotWriter = {
    beginSystem(head) {
      current = begin(head);
      seqs.set(head.system, head.seq);
    },
    addCommit,
    addRelease: (record) => insertRelease(statements, record),
    addChanges(release, seq, changes) {
      for (const change of changes) statements.change.run(release, seq, ...changeRow(change));
    },
    addVersions(points) {
      for (const point of points) {
        statements.point.run(numberOf(now(), point.code), ...versionRow(point));
      }
    },
    recorded(code) {
      const { head } = now();
      const rows = statements.staged(numberOf(now(), code));
      return rows.map((row) => rowVersion(head.system, code, row));
    },
    addRows,
    async endSystem() {
      await completeSystem(database, statements, now());
      current = undefined;
    },
    addEdition(edition) {
      policies.addEdition(edition);
      policySeqs.set(edition.source, edition.seq);
    },
    addPolicyVersion: policies.addPolicyVersion,
    addPolicyChange: policies.addPolicyChange,
    addReview: policies.addReview,
    async finish() {
      policies.complete();
      const held = { ...Object.fromEntries(seqs), policies: Object.fromEntries(policySeqs) };
      statements.meta.run('form', String(snapshotForm));
      statements.meta.run('stamp', snapshotStamp(held));
      file.complete();
    },
    discard: () => file.discard(),
  };
  return writer;
};
