// Writes payer policies into a snapshot: versions as they were taken in, and the indexes to find them by.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { isMeaningful, type PolicyVersion } from '../../core/policy.ts';
import { proceduresOf } from '../../core/policy-meaning.ts';
import { paddedVersion, reviewDay } from '../../core/policy-pages.ts';
import { latestRecords } from '../../core/policy-timeline.ts';
import type { SnapshotWriter } from '../../ports/snapshot-writer.ts';
import { returnRows } from './return-rows.ts';
import { marks } from './snapshot-file.ts';

/** The part of the writer that policies go through. */
export type PolicyWriter = Pick<
  SnapshotWriter,
  'addEdition' | 'addPolicyVersion' | 'addPolicyChange' | 'addReview'
> & {
  /** Works out which versions are the newest, and indexes what those list. */
  complete(): void;
};

function prepareStatements(database: DatabaseSync) {
  return {
    edition: database.prepare(`INSERT INTO policy_edition VALUES (${marks(5)})`),
    text: database.prepare('INSERT INTO policy_text (text) VALUES (?)'),
    version: database.prepare(`INSERT INTO policy_version VALUES (NULL, ${marks(12)})`),
    procedure: database.prepare(`INSERT OR REPLACE INTO policy_procedure VALUES (${marks(4)})`),
    diagnosis: database.prepare(`INSERT OR IGNORE INTO policy_diagnosis VALUES (${marks(2)})`),
    range: database.prepare(`INSERT OR IGNORE INTO policy_range VALUES (${marks(3)})`),
    change: database.prepare(`INSERT INTO policy_change VALUES (${marks(7)})`),
    review: database.prepare(`INSERT OR IGNORE INTO policy_review VALUES (${marks(3)})`),
    newest: database.prepare('UPDATE policy_version SET newest = 1 WHERE id = ?'),
  };
}

/** What telling the newest version of a document takes. */
type Entry = { readonly row: number } & Pick<PolicyVersion, 'version' | 'seq' | 'withdrawn'>;

/** A writer of policies into an empty database. */
export function createPolicyWriter(database: DatabaseSync): PolicyWriter {
  const statements = prepareStatements(database);
  const bodyOf = returnRows(database.prepare('SELECT body FROM policy_version WHERE id = ?'));
  const texts = new Map<string, number>();
  const entries = new Map<string, Entry[]>();
  const textId = (text: string): number => {
    const hash = createHash('sha256').update(text).digest('base64');
    const known = texts.get(hash);
    if (known !== undefined) return known;
    const id = Number(statements.text.run(text).lastInsertRowid);
    texts.set(hash, id);
    return id;
  };
  const addVersion = (version: PolicyVersion): void => {
    const { source, id, seq, withdrawn } = version;
    const ids = Object.entries(version.texts).map(([name, text]) => [name, textId(text)]);
    const { lastInsertRowid } = statements.version.run(
      source,
      id,
      version.version,
      seq,
      version.payer,
      version.title,
      version.published ?? null,
      version.effective,
      version.ends ?? null,
      version.firstSeen,
      0,
      JSON.stringify({ ...version, texts: Object.fromEntries(ids) }),
    );
    for (const code of proceduresOf(version)) statements.procedure.run(code, source, id, 0);
    const key = `${source}#${id}`;
    const entry = { row: Number(lastInsertRowid), version: version.version, seq };
    const others = entries.get(key) ?? [];
    others.push(withdrawn ? { ...entry, withdrawn } : entry);
    entries.set(key, others);
  };
  const indexNewest = (row: number): void => {
    statements.newest.run(row);
    const [[body = null] = []] = bodyOf(row);
    const version: PolicyVersion = JSON.parse(String(body));
    for (const code of proceduresOf(version)) {
      statements.procedure.run(code, version.source, version.id, 1);
    }
    for (const { diagnoses } of version.groups) {
      for (const code of diagnoses.codes) statements.diagnosis.run(code, row);
      for (const { from, to } of diagnoses.ranges) statements.range.run(from, to, row);
    }
  };
  return {
    addEdition(edition) {
      const { source, seq, id, published, collected } = edition;
      statements.edition.run(source, seq, id, published ?? collected, JSON.stringify(edition));
    },
    addPolicyVersion: addVersion,
    addPolicyChange(change) {
      const { source, firstSeen, seq, id, version } = change;
      const meaningful = isMeaningful(change) ? 1 : 0;
      const place = [source, firstSeen, seq, id, paddedVersion(version)];
      statements.change.run(...place, meaningful, JSON.stringify(change));
    },
    addReview: (review) => {
      statements.review.run(reviewDay(review), review.id, JSON.stringify(review));
    },
    complete() {
      for (const versions of entries.values()) {
        const newest = latestRecords(versions).at(-1);
        if (newest) indexNewest(newest.row);
      }
    },
  };
}
