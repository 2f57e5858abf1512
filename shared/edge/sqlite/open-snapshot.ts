// Opens a snapshot file for reading: as a code table, as the table of policies, and as the
// catalogue only it can be.
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { CodewatchError } from '../../core/errors.ts';
import type { Catalogue } from '../../ports/catalogue.ts';
import type { CodeTable } from '../../ports/code-table.ts';
import type { PolicyTable } from '../../ports/policy-table.ts';
import { snapshotForm } from '../../ports/snapshot-writer.ts';
import { createSnapshotCatalogue } from './snapshot-catalogue.ts';
import { createSnapshotCodeTable } from './snapshot-code-table.ts';
import { createSnapshotPolicyTable } from './snapshot-policy-table.ts';
import { applicationId } from './snapshot-schema.ts';

/** An open snapshot. */
export type Snapshot = {
  readonly stamp: string;
  readonly codeTable: CodeTable;
  readonly policies: PolicyTable;
  readonly catalogue: Catalogue;
  /** Closes the file; the readers must not be used any more. Harmless a second time. */
  close(): void;
};

/** More than any file will have: all of it may be mapped. */
const mmapBytes = 2 ** 30;

const unusable = (path: string, why: string, cause?: unknown): CodewatchError =>
  new CodewatchError('archive-missing', `the snapshot ${path} cannot be read: ${why}`, { cause });

function assertOurs(database: DatabaseSync, path: string): void {
  const id = database.prepare('PRAGMA application_id').get()?.application_id;
  const form = database.prepare('PRAGMA user_version').get()?.user_version;
  if (id !== applicationId) throw unusable(path, 'it is no Codewatch snapshot');
  if (form !== snapshotForm) {
    throw unusable(path, `it has form ${form}, this program reads form ${snapshotForm}`);
  }
}

/** The file never changes while it is open, so no locks are taken. */
function openUnlocked(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  database.exec(
    `PRAGMA mmap_size = ${mmapBytes}; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;`,
  );
  return database;
}

function read(database: DatabaseSync, path: string): Snapshot {
  assertOurs(database, path);
  const stamp = database.prepare("SELECT value FROM meta WHERE key = 'stamp'").get()?.value;
  return {
    stamp: String(stamp),
    codeTable: createSnapshotCodeTable(database),
    policies: createSnapshotPolicyTable(database),
    catalogue: createSnapshotCatalogue(database),
    close() {
      if (database.isOpen) database.close();
    },
  };
}

/**
 * Opens a snapshot. The file must stay as it is until it is closed; whether its bytes are the published ones is for
 * whoever loads it to check.
 *
 * @throws CodewatchError `archive-missing` when there is no file, or it is damaged or of another form
 */
export function openSnapshot(path: string): Snapshot {
  let database: DatabaseSync | undefined;
  try {
    database = openUnlocked(path);
    return read(database, path);
  } catch (error) {
    if (database?.isOpen) database.close();
    if (error instanceof CodewatchError) throw error;
    throw unusable(path, error instanceof Error ? error.message : String(error), error);
  }
}
