// Claims and templates from tables: the header line tells whose columns they are. Rows pass one by one, and a row that
// cannot be read costs no other one.
import {
  type DelimitedRow,
  type RowFault,
  readRowBatches,
  splitCells,
} from '../../formats/delimited-rows.ts';
import { readLineBatches, type TextLine } from '../../formats/line-batches.ts';
import { refuseIdr } from '../idr/idr-tables.ts';
import { isNameable } from '../nameable-field.ts';
import type { Refusal } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { createFeeSheetReader, isFeeSheetHeader } from './fee-sheet.ts';
import { createMappedReader } from './mapped-table.ts';
import { createOwnReader, csvColumns, isOwnHeader } from './own-table.ts';
import { createRifReader, isRifHeader } from './rif-claims.ts';
import { suggestMapping } from './suggest-mapping.ts';
import type { TableChoice, TableReader } from './table-reader.ts';

const separators = [',', '|', '\t', ';'];

/** What parts the cells of a header: the one that gives the most. */
function separatorOf(header: string): string {
  const counts = separators.map((one) => splitCells(header, one)?.length ?? 0);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** How a column of a header is called: by its name where that is a name and nobody's data, else by its number. */
const nameOf = (name: string, at: number): string =>
  isNameable(name, csvColumns) ? name : `number ${at + 1}`;

function refuseHeader(header: readonly string[]): Refusal {
  const known = new Set(csvColumns.map((column) => column.toUpperCase()));
  const unknown = header.flatMap((name, at) =>
    known.has(name.toUpperCase()) ? [] : [nameOf(name, at)],
  );
  const shown = unknown.slice(0, 20).join(', ');
  const message =
    `header: columns that are not ours (${shown}); ours are ${csvColumns.join(', ')}; ` +
    `for others send a column mapping: ${suggestMapping(header)}`;
  return { code: 'unknown-field', message };
}

/** Whose columns these are; a mapping that fits them comes first. */
function chooseReader(names: readonly string[], mapping: CsvMapping | undefined): TableChoice {
  const header = names.map((name) => name.toUpperCase());
  const mapped = mapping && createMappedReader(header, mapping);
  if (mapped?.reader) return mapped;
  if (isRifHeader(header)) return { reader: createRifReader(header) };
  if (isFeeSheetHeader(header)) return { reader: createFeeSheetReader(header) };
  const idr = refuseIdr(header);
  if (idr) return { refusal: idr };
  if (isOwnHeader(header)) return createOwnReader(header);
  return mapped ?? { refusal: refuseHeader(names) };
}

const unreadable = (number: number, message: string): ReadRecord => ({
  kind: 'rejected',
  where: `line ${number}`,
  code: 'unreadable',
  message,
});

const faults = {
  quotes: 'record: quotes that do not match',
  'too-long': 'record: a line too long to be one; look for a lost line end',
} as const;

function recordsOf(
  row: DelimitedRow | RowFault,
  reader: TableReader,
  width: number,
): readonly ReadRecord[] {
  if (row.fault !== undefined) return [unreadable(row.number, faults[row.fault])];
  const { cells, number } = row;
  if (cells.length === width) return reader.take(cells, number);
  return [unreadable(number, `record: ${cells.length} cells where the header has ${width}`)];
}

/** The lines from the header on, which is put back in front of the rest. */
async function* linesFrom(
  header: readonly TextLine[],
  rest: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<readonly TextLine[]> {
  yield header;
  yield* rest;
}

/** The first line that is not blank, with all behind it in the same batch; undefined when there is none. */
async function findHeader(
  lines: AsyncIterator<readonly TextLine[]>,
): Promise<readonly TextLine[] | undefined> {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const at = next.value.findIndex((line) => line.isTooLong || line.text.trim() !== '');
    if (at >= 0) return next.value.slice(at);
  }
  return undefined;
}

/**
 * The records of a table, as many at a time as its rows complete. Reads our own columns, CMS claim
 * files (RIF), OpenEMR's fee sheet, and any other through `mapping`; cells between commas, bars, tabs
 * or semicolons. A header of none of these refuses the file, for its columns might hold what must not
 * be stored.
 */
export async function* readTables(
  pieces: AsyncIterable<string>,
  mapping?: CsvMapping,
): AsyncGenerator<readonly ReadRecord[]> {
  const lines = readLineBatches(pieces);
  const first = await findHeader(lines);
  const [header] = first ?? [];
  if (!first || !header) {
    yield [unreadable(1, 'header: the file has none')];
    return;
  }
  const separator = separatorOf(header.text);
  let choice: TableChoice | undefined;
  let width = 0;
  for await (const rows of readRowBatches(linesFrom(first, lines), separator)) {
    const records: ReadRecord[] = [];
    for (const row of rows) {
      if (choice?.reader) {
        records.push(...recordsOf(row, choice.reader, width));
        continue;
      }
      const names = row.fault === undefined ? row.cells : [];
      width = names.length;
      choice = chooseReader(names, mapping);
      if (choice.refusal) {
        yield [{ kind: 'rejected', where: `line ${row.number}`, ...choice.refusal }];
        return;
      }
    }
    yield records;
  }
  if (choice?.reader) yield choice.reader.finish();
}
