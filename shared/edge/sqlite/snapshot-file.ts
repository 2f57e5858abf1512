// The file a snapshot is written into: under another name until it is complete, in one transaction, never synced.
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { codeSystemIds } from '../../core/code-system.ts';
import { snapshotForm } from '../../ports/snapshot-writer.ts';
import { policyIndexesAndViews, policyTables } from './policy-schema.ts';
import { versionColumns } from './snapshot-rows.ts';
import { applicationId, indexesAndViews, searchTableSql, tables } from './snapshot-schema.ts';

/** Memory for pages while writing, in KiB. */
const cacheKib = 16_384;

/** Versions of one system while its history is replayed: in a temporary file of SQLite's own. */
const staging = `
CREATE TEMP TABLE point (
  code INTEGER NOT NULL, effective TEXT NOT NULL, seq INTEGER NOT NULL, status TEXT NOT NULL, kind TEXT NOT NULL,
  release TEXT NOT NULL, short TEXT NOT NULL, long TEXT, replaced_by TEXT, replaces TEXT,
  PRIMARY KEY (code, effective, seq)
) WITHOUT ROWID;`;

/** Staged versions of a code, by effective date and sequence number. */
export const stagedVersionsSql = `SELECT ${versionColumns} FROM point WHERE code = ? ORDER BY effective, seq`;

/** Question marks for the values of so many columns. */
export const marks = (count: number): string => new Array<string>(count).fill('?').join(', ');

/** A snapshot being written. */
export type SnapshotFile = {
  readonly database: DatabaseSync;
  /** Adds indexes and views, commits, closes, and gives the file its name. */
  complete(): void;
  /** Removes what was written; nothing after `complete`. */
  discard(): void;
};

/** Starts a file that will be at `path`, with empty tables. */
export function createSnapshotFile(path: string): SnapshotFile {
  const part = `${path}.${randomUUID()}.part`;
  const database = new DatabaseSync(part);
  database.exec(`
    PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -${cacheKib}; PRAGMA temp_store = FILE;
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${snapshotForm};
    BEGIN;`);
  database.exec(tables);
  database.exec(policyTables);
  for (const system of codeSystemIds) database.exec(searchTableSql(system));
  database.exec(staging);
  const close = (): void => {
    if (database.isOpen) database.close();
  };
  return {
    database,
    complete() {
      database.exec(indexesAndViews);
      database.exec(policyIndexesAndViews);
      database.exec('COMMIT; ANALYZE;');
      close();
      renameSync(part, path);
    },
    discard() {
      close();
      rmSync(part, { force: true });
    },
  };
}
