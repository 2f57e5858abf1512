// Joins tables in a database of SQLite that has no name: it lives in memory while it is small, then in a file that is
// removed the moment it is made. Whatever becomes of the process, nothing is left behind.
import { createHash, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { JoinRow, OpenJoin, TableJoin } from '../../ports/table-join.ts';

/** What may be kept: fits the temporary folder of the function that takes files in, beside its snapshots. */
const bytesMaxUsual = 1_500_000_000;

/** Bytes of a row beside its cells: its key, twice for the index, and what SQLite keeps of it. */
const rowBytes = 80;

const schema = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA temp_store = FILE;
  PRAGMA cache_size = -32000;
  CREATE TABLE part (name INTEGER NOT NULL, key BLOB NOT NULL, line INTEGER NOT NULL, cells TEXT NOT NULL);
  BEGIN`;

// Built when the last row is in: sorted once, it costs a tenth of what keeping it in order would.
const index = 'COMMIT; CREATE INDEX part_key ON part (key, name)';

/** A way to open joins of up to `bytesMax` bytes each. */
export function temporaryJoins(bytesMax = bytesMaxUsual): OpenJoin {
  return () => openJoin(bytesMax);
}

type SqlRow = Readonly<Record<string, unknown>>;

const rowOf = ({ line, cells }: SqlRow): JoinRow => ({
  line: Number(line),
  cells: JSON.parse(String(cells)) as readonly string[],
});

function keyBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a key of the join is no blob');
}

/** Numbers of tables, in the order they came. */
function numbering() {
  const names: string[] = [];
  return {
    of: (name: string): number => {
      const known = names.indexOf(name);
      return known >= 0 ? known : names.push(name) - 1;
    },
    nameOf: (number: unknown): string => names[Number(number)] ?? '',
  };
}

/** What is asked once everything is in. */
const statements = (database: DatabaseSync) => ({
  all: database.prepare('SELECT key, line, cells FROM part WHERE name = ? ORDER BY rowid'),
  under: database.prepare(
    'SELECT line, cells FROM part WHERE key = ? AND name = ? ORDER BY rowid LIMIT ?',
  ),
  strays: database.prepare(`
    SELECT name, line, min(rowid) AS first FROM part AS one
    WHERE name IN (SELECT value FROM json_each(?))
      AND NOT EXISTS (SELECT 1 FROM part WHERE key = one.key AND name = ?)
    GROUP BY key ORDER BY first`),
});

function openJoin(bytesMax: number): TableJoin {
  const database = new DatabaseSync('');
  database.exec(schema);
  const insert = database.prepare('INSERT INTO part VALUES (?, ?, ?, ?)');
  const tables = numbering();
  // Nobody can find out which keys were here, not even by trying all there are.
  const salt = randomBytes(16);
  const hashed = (key: string): Uint8Array =>
    createHash('sha256').update(salt).update(key).digest().subarray(0, 16);
  let bytes = 0;
  let reading: ReturnType<typeof statements> | undefined;
  const read = (): ReturnType<typeof statements> => {
    if (!reading) database.exec(index);
    reading ??= statements(database);
    return reading;
  };
  const under = (table: string, key: Uint8Array, max: number): readonly JoinRow[] =>
    read().under.all(key, tables.of(table), max).map(rowOf);
  return {
    put(table, key, { line, cells }) {
      const json = JSON.stringify(cells);
      bytes += json.length + rowBytes;
      if (bytes > bytesMax) return false;
      insert.run(tables.of(table), hashed(key), line, json);
      return true;
    },
    *rows(table) {
      for (const row of read().all.iterate(tables.of(table))) {
        const key = keyBytes(row.key);
        yield { ...rowOf(row), related: (other, max) => under(other, key, max) };
      }
    },
    find: (table, key, max) => under(table, hashed(key), max),
    *strays(table, others) {
      const names = JSON.stringify(others.map((one) => tables.of(one)));
      for (const { name, line } of read().strays.iterate(names, tables.of(table))) {
        yield { table: tables.nameOf(name), line: Number(line) };
      }
    },
    close: () => database.close(),
  };
}
