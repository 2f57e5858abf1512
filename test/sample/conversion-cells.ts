// Reads a published conversion table, CSV or workbook, into `code effective previous` lines without the product's parser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';

async function cellsOf(path: string): Promise<readonly (readonly unknown[])[]> {
  if (!path.endsWith('.csv')) return readSheet(path);
  const rows: string[][] = parse(readFileSync(path, 'latin1'), { relax_column_count: true });
  return rows;
}

const excelDayZero = Date.UTC(1899, 11, 30);

/** A year means its 1 October; a serial number is a day, whether or not the sheet shows it as a date. */
function dayOf(cell: unknown): string | undefined {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  const number = Number(cell);
  if (!(number > 2000)) return undefined;
  if (number < 9999) return `${number}-10-01`;
  return new Date(excelDayZero + number * 86_400_000).toISOString().slice(0, 10);
}

/** One line per row: code without dot, day of effect, predecessors as worded. Sorted. */
export async function conversionLines(mirror: string, path: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [current, effective, previous] of await cellsOf(join(mirror, path))) {
    const code = String(current ?? '')
      .trim()
      .replace('.', '');
    const day = dayOf(effective);
    if (!/^[A-Z][0-9A-Z]{2,6}$/.test(code) || !day) continue;
    lines.push(`${code} ${day} ${String(previous ?? '').trim()}`);
  }
  return lines.sort();
}
