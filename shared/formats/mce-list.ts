// Reads a version of CMS's Medicare Code Editor lists as CSV: `table,code,from,to,flags`, one row a code and period
// (`dx`, `pcs`) or an age group and period (`age`, whose flags are `9-64`). docs/feeds.md describes the file.
import { parse } from 'csv-parse/sync';
import { type CalendarDate, parseCalendarDate } from '../core/calendar-date.ts';
import { type Icd10Id, normalizeCode } from '../core/code-system.ts';
import type { AgeGroupRow, EditCounts, EditList, EditRow } from '../core/edit-list.ts';
import type { QualityFinding } from '../core/release.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { readText } from './text-lines.ts';

/** What a file held; without `list` nothing of it may be used. Every row under the header is kept or rejected. */
export type MceList = {
  readonly list?: EditList;
  readonly counts: EditCounts;
  readonly findings: readonly QualityFinding[];
};

const header = ['table', 'code', 'from', 'to', 'flags'];

const systems: Readonly<Record<string, Icd10Id>> = { dx: 'icd10cm', pcs: 'icd10pcs' };

const flagShape = /^[A-Z][A-Z0-9_]*$/;
const groupShape = /^[A-Z]+$/;
const agesShape = /^(\d{1,3})-(\d{1,3})$/;
/** The oldest age CMS's lists know. */
const ageLimit = 124;

type Period = { readonly from: CalendarDate; readonly to: CalendarDate };
/** Why a row is left out. */
type Fault = { readonly fault: string; readonly message: string };
type ReadRow = (EditRow & { readonly kind: 'edit' }) | (AgeGroupRow & { readonly kind: 'age' });

function periodOf(from: string, to: string): Period | Fault {
  const [first, last] = [parseCalendarDate(from), parseCalendarDate(to)];
  const fault = 'edit-dates';
  if (!first || !last) return { fault, message: `"${from}" to "${to}" are not two dates.` };
  if (last < first) return { fault, message: `It ends (${to}) before it begins (${from}).` };
  return { from: first, to: last };
}

function ageOf(group: string, ages: string, period: Period): ReadRow | Fault {
  const [, min, max] = agesShape.exec(ages) ?? [];
  const [ageMin, ageMax] = [Number(min), Number(max)];
  if (!groupShape.test(group)) {
    return { fault: 'edit-age-group', message: `"${group}" is no name of an age group.` };
  }
  if (min === undefined || ageMax < ageMin || ageMax > ageLimit) {
    const message = `"${ages}" is no range of ages in whole years up to ${ageLimit}.`;
    return { fault: 'edit-ages', message };
  }
  return { kind: 'age', group, ...period, ageMin, ageMax };
}

function rowOf(cells: readonly string[]): ReadRow | Fault {
  const [table = '', written = '', from = '', to = '', last = ''] = cells.map((one) => one.trim());
  if (cells.length !== header.length) {
    return {
      fault: 'edit-columns',
      message: `It has ${cells.length} cells, not ${header.length}.`,
    };
  }
  const system = Object.hasOwn(systems, table) ? systems[table] : undefined;
  if (!system && table !== 'age') {
    return { fault: 'edit-table', message: `"${table}" is none of dx, pcs and age.` };
  }
  const period = periodOf(from, to);
  if ('fault' in period) return period;
  if (!system) return ageOf(written, last, period);
  const code = normalizeCode(system, written);
  if (code === undefined) {
    return { fault: 'edit-code', message: `"${written}" is not written like a code of ${system}.` };
  }
  const flags = last.split('|');
  if (!flags.every((flag) => flagShape.test(flag))) {
    return { fault: 'edit-flags', message: `"${last}" is no list of flags.` };
  }
  return { kind: 'edit', system, code, ...period, flags: [...new Set(flags)] };
}

const subjectOf = (row: ReadRow): string =>
  row.kind === 'age' ? `age group ${row.group}` : `${row.system} ${row.code}`;

/** Two rows of one code or group may not hold on the same day: nobody could say which of them does. */
function overlapOf(row: ReadRow, before: readonly Period[]): Fault | undefined {
  const other = before.find(({ from, to }) => row.from <= to && from <= row.to);
  if (!other) return undefined;
  const message = `${subjectOf(row)}: it overlaps the row of ${other.from} to ${other.to}, which counts.`;
  return { fault: 'edit-overlap', message };
}

type CsvRow = { readonly cells: readonly string[]; readonly line: number };

function recordsOf(text: string, where: string, list: FindingList): readonly CsvRow[] | undefined {
  try {
    const rows: CsvRow[] = [];
    parse(text, {
      relaxColumnCount: true,
      skipEmptyLines: true,
      onRecord(cells: string[], { lines }) {
        rows.push({ cells, line: lines });
        return null;
      },
    });
    return rows;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    list.add('sheet-unreadable', 'error', where, `The file is no readable CSV: ${message}`);
    return undefined;
  }
}

function readRows(records: readonly CsvRow[], where: string, list: FindingList) {
  const kept: ReadRow[] = [];
  const periods = new Map<string, Period[]>();
  for (const { cells, line } of records) {
    const row = rowOf(cells);
    const before = 'fault' in row ? [] : (periods.get(subjectOf(row)) ?? []);
    const fault = 'fault' in row ? row : overlapOf(row, before);
    if (fault) list.add(fault.fault, 'error', `${where} line ${line}`, fault.message);
    if (fault || 'fault' in row) continue;
    periods.set(subjectOf(row), [...before, { from: row.from, to: row.to }]);
    kept.push(row);
  }
  const rows = kept.flatMap((row) => (row.kind === 'edit' ? [withoutKind(row)] : []));
  const ages = kept.flatMap((row) => (row.kind === 'age' ? [withoutKind(row)] : []));
  return { rows, ages };
}

function withoutKind<Row extends { readonly kind: string }>({ kind: _, ...row }: Row) {
  return row;
}

const noCounts: EditCounts = { read: 0, rows: 0, ages: 0, rejected: 0 };

/**
 * Reads the lists; `version` is the editor's, `43.1`. Findings, all errors: `edit-header` and what the text and CSV
 * readers find (no list at all), `edit-empty`; and for a row that is left out: `edit-columns`, `edit-table`,
 * `edit-dates`, `edit-code`, `edit-flags`, `edit-age-group`, `edit-ages`, `edit-overlap`. Never throws for bad bytes.
 */
export function readMceList(
  bytes: Uint8Array,
  options: { readonly where: string; readonly version: string },
): MceList {
  const { where, version } = options;
  const list = createFindingList();
  const text = readText(bytes, where, list);
  const records = text === undefined ? undefined : recordsOf(text, where, list);
  const [first, ...below] = records ?? [];
  if (!first) return { counts: noCounts, findings: list.all() };
  if (first.cells.map((cell) => cell.trim().toLowerCase()).join() !== header.join()) {
    const message = `The first line is not "${header.join()}": another file, or another form of it.`;
    list.add('edit-header', 'error', `${where} line ${first.line}`, message);
    return { counts: noCounts, findings: list.all() };
  }
  const { rows, ages } = readRows(below, where, list);
  if (rows.length === 0) list.add('edit-empty', 'error', where, 'It flags no code at all.');
  const rejected = below.length - rows.length - ages.length;
  const counts = { read: below.length, rows: rows.length, ages: ages.length, rejected };
  return {
    ...(rows.length > 0 && { list: { version, rows, ages } }),
    counts,
    findings: list.all(),
  };
}
