// Catalogue entries as the snapshot's statements select them, wherever they are found.
import type { CodeSystemId } from '../../core/code-system.ts';
import type { CatalogueEntry } from '../../ports/catalogue.ts';
import { type Column, dateColumn } from './snapshot-rows.ts';
import { searchTable } from './snapshot-schema.ts';

/** Tables and columns of entries; version `v` and code `c`. */
export const entryColumns = 'v.code, v.status, v.short, v.long, v.effective, v.valid_to, v.release';

/** Condition on `listed`: of the day ?2, and billable only when ?3 is 1. */
export const listedOnDate = 'l.valid_from <= ?2 AND l.valid_to >= ?2 AND l.billable >= ?3';

/**
 * What the expression ?1 finds in the titles `s` of a system, with what is listed `l` of it on the date. CROSS JOIN
 * keeps the index in front: its rows come in tabular order.
 */
export function foundOnDate(system: CodeSystemId): string {
  const table = searchTable(system);
  const listed = `CROSS JOIN listed l ON l.version_id = s.rowid AND ${listedOnDate}`;
  return `${table} s ${listed} WHERE ${table} MATCH ?1`;
}

/** The entry of a row of {@link entryColumns}. */
export function rowEntry(system: CodeSystemId, row: readonly Column[]): CatalogueEntry {
  const [code, status, short, long, effective, until, release] = row;
  return {
    system,
    code: String(code),
    status: status === 'billable' ? 'billable' : 'header',
    short: String(short),
    long: String(long ?? short),
    effective: dateColumn(effective),
    until: until === null ? null : dateColumn(until),
    release: String(release),
  };
}
