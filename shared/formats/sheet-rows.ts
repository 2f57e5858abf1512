// Gets the rows of a spreadsheet, .xlsx or .csv, as plain cells. The .xlsx is a zip from upstream: its limits are
// checked member by member before the spreadsheet library sees it.
import { parse } from 'csv-parse/sync';
import readSheets from 'read-excel-file/node';
import type { FindingList } from './finding-list.ts';
import { readText } from './text-lines.ts';
import { openZip } from './zip.ts';

/** One cell; null when empty. A date cell is a day, as UTC midnight. */
export type Cell = string | number | Date | null;

/** The sheets of a file, each a list of rows; rows keep their place, so index + 1 is the row number. */
export type SheetRows = readonly (readonly Cell[])[];

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function toCell(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Date) return value;
  return value === null || value === undefined ? null : String(value);
}

async function xlsxSheets(
  bytes: Uint8Array,
  where: string,
  list: FindingList,
): Promise<SheetRows[]> {
  const zip = await openZip(bytes, { where });
  const faults = [...zip.findings];
  for (const { name } of zip.entries) faults.push(...(await zip.read(name)).findings);
  for (const fault of faults) list.add(fault.code, fault.severity, fault.where, fault.message);
  if (faults.length > 0) return [];
  try {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const sheets = await readSheets(source, { trim: false });
    return sheets.map((sheet) => sheet.data.map((row) => row.map(toCell)));
  } catch (error) {
    const message = `The file is no readable .xlsx spreadsheet: ${messageOf(error)}`;
    list.add('sheet-unreadable', 'error', where, message);
    return [];
  }
}

function csvSheets(bytes: Uint8Array, where: string, list: FindingList): SheetRows[] {
  const text = readText(bytes, where, list);
  if (text === undefined) return [];
  try {
    const rows: string[][] = parse(text, { relaxColumnCount: true, skipEmptyLines: false });
    return [rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))];
  } catch (error) {
    list.add(
      'sheet-unreadable',
      'error',
      where,
      `The file is no readable CSV: ${messageOf(error)}`,
    );
    return [];
  }
}

/**
 * The sheets of a spreadsheet file; none, with a finding, when it cannot be read: `sheet-unreadable`, or what
 * {@link openZip} or the text reader find. A name ending in `.csv` is read as CSV, everything else as .xlsx.
 */
export async function readSheetRows(
  bytes: Uint8Array,
  source: { readonly name: string; readonly where: string },
  list: FindingList,
): Promise<SheetRows[]> {
  if (/\.csv$/i.test(source.name)) return csvSheets(bytes, source.where, list);
  return xlsxSheets(bytes, source.where, list);
}
