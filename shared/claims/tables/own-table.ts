// Claims and templates as a table with our own columns: a header line names them, one record a line.
import { parseRecord } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import type { TableChoice } from './table-reader.ts';

/** Columns of our own format, in any order and case. */
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
  'setting',
  'claimFiling',
  'age',
  'sex',
  'specialty',
] as const;

const columnByName = new Map<string, string>(
  csvColumns.map((column) => [column.toUpperCase(), column]),
);

/** True when every column of the header, in upper case, is one of ours. */
export const isOwnHeader = (header: readonly string[]): boolean =>
  header.every((name) => columnByName.has(name));

/** A cell as JSON would have it: an age is a number. */
const readCell = (name: string, value: string): string | number =>
  name === 'age' && /^\d{1,3}$/.test(value) ? Number(value) : value;

/** Parses a record whose fields have our names; an empty text says nothing and is left off. */
export function readOwnRecord(
  fields: Iterable<readonly [string, string]>,
  where: string,
): ReadRecord {
  const given = [...fields]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, readCell(name, value)] as const);
  const { artifact, refusal } = parseRecord(Object.fromEntries(given));
  return artifact ? { kind: 'accepted', where, artifact } : { kind: 'rejected', where, ...refusal };
}

/**
 * A reader of our own columns, codes between semicolons or blanks in one cell, `billed` in dollars;
 * refuses a header without `type`, `id` and `codes`, or with a column twice.
 */
export function createOwnReader(header: readonly string[]): TableChoice {
  const columns = header.map((name) => columnByName.get(name) ?? '');
  const missing = ['type', 'id', 'codes'].filter((column) => !columns.includes(column));
  if (missing.length > 0 || new Set(columns).size < columns.length) {
    const why = missing.length > 0 ? `no column ${missing.join(', ')}` : 'a column stands twice';
    return { refusal: { code: 'unreadable', message: `header: ${why}` } };
  }
  const take = (cells: readonly string[], number: number): readonly ReadRecord[] => [
    readOwnRecord(
      columns.map((column, at) => [column, cells[at] ?? ''] as const),
      `line ${number}`,
    ),
  ];
  return { reader: { take, finish: () => [] } };
}
