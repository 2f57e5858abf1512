// Fills the full-text index of a system. Its rows are in tabular order: neighbours say nearly the same, which packs the
// index into a third of the bytes, and codes that begin alike come out of it in the order they are shown in.
import type { DatabaseSync } from 'node:sqlite';
import type { CodeSystemId } from '../../core/code-system.ts';
import { giveWay } from './give-way.ts';
import { foldText } from './search-words.ts';
import { searchTable } from './snapshot-schema.ts';
import type { VersionSpan } from './write-timelines.ts';

/** Versions indexed before other work gets a turn. */
const versionsAtOnce = 5000;

/** Indexes the listed ones among the versions of a system. */
export async function indexTitles(
  database: DatabaseSync,
  system: CodeSystemId,
  [first, last]: VersionSpan,
): Promise<void> {
  const table = searchTable(system);
  database.function('fold', { deterministic: true }, (text) => foldText(String(text)));
  const index = database.prepare(`INSERT INTO ${table} (rowid, code, name)
    SELECT v.id, v.code, fold(coalesce(v.long, v.short))
    FROM listed l CROSS JOIN version v ON v.id = l.version_id
    WHERE l.version_id BETWEEN ? AND ? ORDER BY l.version_id`);
  for (let from = first; from <= last; from += versionsAtOnce) {
    index.run(from, Math.min(from + versionsAtOnce - 1, last));
    await giveWay();
  }
  database.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
}
