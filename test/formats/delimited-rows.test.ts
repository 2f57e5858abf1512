import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DelimitedRow,
  type RowFault,
  readRowBatches,
  splitCells,
} from '../../shared/formats/delimited-rows.ts';
import { readLineBatches } from '../../shared/formats/line-batches.ts';

async function rowsOf(
  text: string,
  size = Number.POSITIVE_INFINITY,
  separator = ',',
): Promise<readonly (DelimitedRow | RowFault)[]> {
  async function* pieces(): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const rows: (DelimitedRow | RowFault)[] = [];
  for await (const batch of readRowBatches(readLineBatches(pieces()), separator))
    rows.push(...batch);
  return rows;
}

const shownRows = (rows: readonly (DelimitedRow | RowFault)[]): string[] =>
  rows.map((row) =>
    row.fault === undefined ? `${row.number} ${row.cells.join('/')}` : `${row.number} ${row.fault}`,
  );

describe('shared/formats/delimited-rows.ts', () => {
  it('splits a line with and without quotes; a quote where none may stand splits nothing', () => {
    expect(splitCells('a, b ,"c,""d""",', ',')).toEqual(['a', 'b', 'c,"d"', '']);
    expect(splitCells('', ',')).toEqual(['']);
    for (const wrong of ['a"b', '"a"b', '"a', 'a,"b"c,d']) {
      expect(splitCells(wrong, ','), wrong).toBeUndefined();
    }
  });

  it('reads any table as csv-parse does, from pieces of any size', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', 'é', '.'),
      maxLength: 6,
    });
    const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    const sizes = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(
        table,
        sizes,
        fc.constantFrom('\n', '\r\n'),
        async (cells, size, lineEnd) => {
          // The first row tells the width, so it has no line breaks here.
          const rows = [(cells[0] ?? []).map(() => 'h'), ...cells];
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((row) => row.map(quoted).join(',')).join(lineEnd);
          const expected = parse(text, { trim: true }).map((row: string[]) =>
            row.map((one) => one.trim().replaceAll('\n', ' ')),
          );
          const found = await rowsOf(text, size);
          expect(found.map((row) => (row.fault === undefined ? row.cells : row.fault))).toEqual(
            expected,
          );
        },
      ),
    );
  });

  it('gives up on a quote that closes too late, and reads the lines behind it', async () => {
    const text = ['a,b', '1,"open', '2,x', '3,"closed"', '4,"two\nlines"', '5,"open'].join('\n');
    expect(shownRows(await rowsOf(text))).toEqual([
      '1 a/b',
      '2 quotes',
      '3 2/x',
      '4 3/closed',
      '5 4/two lines',
      '7 quotes',
    ]);
    const far = ['a,b', '1,"open', ...Array.from({ length: 60 }, (_, i) => `${i},x`), '9,y"'].join(
      '\n',
    );
    const rows = shownRows(await rowsOf(far));
    expect(rows.slice(0, 3)).toEqual(['1 a/b', '2 quotes', '3 0/x']);
    expect(rows).toHaveLength(63);
    expect(rows.at(-1)).toBe('63 quotes');
  });

  it('leaves out a line too long to keep, and counts on', async () => {
    const text = `a,b\n${'x'.repeat(16_000_001)}\n1,2\n`;
    expect(shownRows(await rowsOf(text, 1_000_000))).toEqual(['1 a/b', '2 too-long', '3 1/2']);
  });
});
