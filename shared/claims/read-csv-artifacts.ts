// Claims and templates as CSV (RFC 4180, one record a line), with a header line that names the
// columns.
import { parse } from 'csv-parse/sync';
import { type Intake, sortIntake } from './intake.ts';
import { type ParsedArtifact, parseRecord, type Refusal } from './parse-artifact.ts';

/** Columns a file may have, in any order and case. */
export const csvColumns = [
  'type',
  'id',
  'name',
  'kind',
  'owner',
  'codes',
  'system',
  'dateOfService',
  'dischargeDate',
  'payer',
  'billed',
  'state',
] as const;

const columnByName = new Map<string, string>(
  csvColumns.map((column) => [column.toLowerCase(), column]),
);

const refused = (code: Refusal['code'], message: string): ParsedArtifact => ({
  refusal: { code, message },
});

/** The cells of a line; undefined when its quotes do not close or stand where none may. */
function cellsOf(line: string): string[] | undefined {
  // Most lines hold no quote, and then the format is nothing but commas.
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  try {
    // Each line by itself: a quote that never closes must not swallow the records after it.
    return parse(line, { trim: true, relax_column_count: true })[0];
  } catch {
    return undefined;
  }
}

/** Column names in our spelling, or why the header is none. */
function readHeader(line: string): readonly string[] | Refusal {
  const names = cellsOf(line) ?? [];
  const columns = names.map((name) => columnByName.get(name.toLowerCase()));
  const unknown = names.filter((_, i) => columns[i] === undefined);
  if (unknown.length > 0) {
    const listed = unknown.map((name) => JSON.stringify(name.slice(0, 40))).join(', ');
    const message = `header: unknown columns ${listed}; known are ${csvColumns.join(', ')}`;
    return { code: 'unknown-field', message };
  }
  const known = columns.filter((column) => column !== undefined);
  const missing = ['type', 'id', 'codes'].filter((column) => !known.includes(column));
  const isRepeated = new Set(known).size < known.length;
  if (missing.length === 0 && !isRepeated) return known;
  const why = isRepeated ? 'a column stands twice' : `no column ${missing.join(', ')}`;
  return { code: 'unreadable', message: `header: ${why}` };
}

function parseLine(line: string, columns: readonly string[]): ParsedArtifact {
  const cells = cellsOf(line);
  if (!cells) return refused('unreadable', 'record: quotes that do not match');
  if (cells.length !== columns.length) {
    return refused(
      'unreadable',
      `record: ${cells.length} cells where the header has ${columns.length}`,
    );
  }
  // An empty cell says nothing: the column is there for other records.
  const given = columns.map((column, i) => [column, cells[i] ?? ''] as const);
  return parseRecord(Object.fromEntries(given.filter(([, value]) => value !== '')));
}

/**
 * Reads a CSV file with the columns of {@link csvColumns}: codes between semicolons or blanks in
 * one cell, `billed` in dollars. A cell holds no line break. One bad line costs no other one; a
 * header with an unknown column refuses the file, for that column might hold what must not be
 * stored.
 */
export function readCsvArtifacts(text: string): Intake {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const start = lines.findIndex((line) => line.trim() !== '');
  const columns = readHeader(lines[start] ?? '');
  if ('message' in columns) {
    return sortIntake([{ where: `line ${Math.max(start, 0) + 1}`, parsed: { refusal: columns } }]);
  }
  const records = lines.map((line, i) => ({ line, where: `line ${i + 1}` })).slice(start + 1);
  return sortIntake(
    records
      .filter(({ line }) => line.trim() !== '')
      .map(({ line, where }) => ({ where, parsed: parseLine(line, columns) })),
  );
}
