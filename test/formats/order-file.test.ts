// The order file is what everything rests on: what is in it comes out, and what is wrong with it is said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../shared/core/release.ts';
import { parseOrderFile } from '../../shared/formats/order-file.ts';
import { renderOrderFile, renderRow } from './render-order-file.ts';

const where = 'order.txt';
const header: Row = {
  order: 1,
  code: 'M54',
  billable: false,
  short: 'Dorsalgia',
  long: 'Dorsalgia',
};
const code: Row = {
  order: 2,
  code: 'M5450',
  billable: true,
  short: 'Low back pain, unspecified',
  long: 'Low back pain, unspecified',
};
const other: Row = {
  order: 3,
  code: 'M5459',
  billable: true,
  short: 'Other low back pain',
  long: 'Other low back pain',
};
const rows = [header, code, other];

const parse = (text: string | Buffer) =>
  parseOrderFile(Buffer.from(text), { system: 'icd10cm', where });
/** Parses the three rows with the second one's line replaced. */
const parseWith = (line: string) =>
  parse(`${renderRow(header)}\r\n${line}\r\n${renderRow(other)}\r\n`);

describe('shared/formats/order-file.ts', () => {
  it('reads the columns of the official layout', () => {
    const text =
      '00001 A00     0 Cholera                                                      Cholera\r\n' +
      '00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01, biovar cholerae\r\n';
    expect(parse(text)).toEqual({
      rows: [
        { order: 1, code: 'A00', billable: false, short: 'Cholera', long: 'Cholera' },
        {
          order: 2,
          code: 'A000',
          billable: true,
          short: 'Cholera due to Vibrio cholerae 01, biovar cholerae',
          long: 'Cholera due to Vibrio cholerae 01, biovar cholerae',
        },
      ],
      rejected: 0,
      findings: [],
    });
  });

  it('reads ICD-10-PCS headers of three characters', () => {
    const table: Row = { order: 1, code: '001', billable: false, short: 'Bypass', long: 'Bypass' };
    const procedure: Row = { order: 2, code: '0016070', billable: true, short: 'A', long: 'B' };
    const result = parseOrderFile(renderOrderFile([table, procedure]), {
      system: 'icd10pcs',
      where,
    });
    expect(result).toEqual({ rows: [table, procedure], rejected: 0, findings: [] });
  });

  it('takes LF line ends as well as CR LF', () => {
    expect(parse(renderOrderFile(rows, '\n'))).toEqual({ rows, rejected: 0, findings: [] });
  });

  it.each<[string, string, string]>([
    ['row-shape', 'a line that is too short', '00002 M5450   1 Low back pain'],
    ['row-shape', 'column 6 not blank', renderRow(code).replace('00002 ', '00002-')],
    ['row-shape', 'column 14 not blank', renderRow(code).replace('M5450   1', 'M5450  11')],
    ['row-shape', 'column 16 not blank', renderRow(code).replace(' 1 Low', ' 1-Low')],
    [
      'row-shape',
      'column 77 not blank',
      `${renderRow(code).slice(0, 76)}x${renderRow(code).slice(77)}`,
    ],
    ['row-shape', 'a blank code', renderRow({ ...code, code: '' })],
    ['row-shape', 'a blank short title', renderRow({ ...code, short: '' })],
    ['row-shape', 'a blank long title', renderRow({ ...code, long: '   ' })],
    [
      'order-number-shape',
      'letters in the order number',
      renderRow(code).replace('00002', '0000B'),
    ],
    ['order-number-shape', 'blanks in the order number', renderRow(code).replace('00002', '    2')],
    ['code-shape', 'a lower-case code', renderRow({ ...code, code: 'm5450' })],
    ['code-shape', 'a dotted code', renderRow({ ...code, code: 'M54.50' })],
    ['code-shape', 'a code of two characters', renderRow({ ...code, code: 'M5' })],
    [
      'code-shape',
      'a code not at the left of its columns',
      renderRow(code).replace('M5450  ', ' M5450 '),
    ],
    ['flag-value', 'another flag than 0 and 1', renderRow(code).replace('M5450   1', 'M5450   2')],
    ['flag-value', 'a blank flag', renderRow(code).replace('M5450   1', 'M5450    ')],
    ['duplicate-code', 'a code that was there before', renderRow({ ...code, code: 'M54' })],
  ])('I6 rejects a line with its reason: %s, %s', (finding, _, line) => {
    const result = parseWith(line);
    expect(result.rejected).toBe(1);
    expect(result.rows.map((row) => row.code)).toEqual(['M54', 'M5459']);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ code: finding, severity: 'error', where: 'order.txt line 2' }),
    );
  });

  it('refuses ICD-10-PCS codes with I or O or of another length than 3 and 7', () => {
    for (const wrong of ['0O16070', '0I16070', '00160', '0016']) {
      const row: Row = { order: 1, code: wrong, billable: true, short: 'A', long: 'B' };
      const result = parseOrderFile(renderOrderFile([row]), { system: 'icd10pcs', where });
      expect(result.findings.map((f) => f.code)).toEqual(['code-shape']);
    }
  });

  it('says where order numbers leave a gap, once per gap, and keeps the rows', () => {
    const result = parse(renderOrderFile([header, { ...code, order: 7 }, { ...other, order: 8 }]));
    expect(result.rows).toHaveLength(3);
    expect(result.findings).toMatchObject([
      { code: 'order-number-gap', severity: 'error', where: 'order.txt line 2' },
    ]);
  });

  it('says that rows are missing at the beginning', () => {
    const result = parse(renderOrderFile([code, other]));
    expect(result.findings).toMatchObject([
      { code: 'order-number-gap', where: 'order.txt line 1' },
    ]);
  });

  it('says that line ends are mixed', () => {
    const mixed = `${renderRow(header)}\r\n${renderRow(code)}\n${renderRow(other)}\r\n`;
    const result = parse(mixed);
    expect(result.rows).toEqual(rows);
    expect(result.findings).toMatchObject([{ code: 'line-ending', severity: 'error', where }]);
  });

  it('reads lines that end with a lone CR and says so', () => {
    const result = parse(`${renderRow(header)}\r\n${renderRow(code)}\r${renderRow(other)}\r\n`);
    expect(result.rows).toEqual(rows);
    expect(result.findings.map((f) => f.code)).toEqual(['line-ending']);
  });

  it('says that line ends are wrong where all lines end with a lone CR', () => {
    const result = parse(renderOrderFile(rows, '\r'));
    expect(result.rows).toEqual(rows);
    expect(result.findings).toMatchObject([{ code: 'line-ending', severity: 'error', where }]);
  });

  it('says that the end is missing when the last row is cut in its title', () => {
    const whole = renderOrderFile(rows);
    const result = parse(whole.subarray(0, whole.length - 9));
    expect(result.rows).toHaveLength(3);
    expect(result.findings).toMatchObject([
      { code: 'truncated', severity: 'error', where: 'order.txt line 3' },
    ]);
  });

  it('says that the end is missing when the last row is cut before its title', () => {
    const whole = renderOrderFile(rows);
    const result = parse(whole.subarray(0, whole.length - 60));
    expect(result).toMatchObject({ rejected: 1 });
    expect(result.findings.map((f) => f.code).sort()).toEqual(['row-shape', 'truncated']);
  });

  it('says where characters are foreign and keeps the row, read as UTF-8 where it is that', () => {
    const line = renderRow({ ...code, long: 'Ménière' });
    const utf8 = parseOrderFile(Buffer.from(`${line}\r\n`.replace('00002', '00001'), 'utf8'), {
      system: 'icd10cm',
      where,
    });
    const latin1 = parseOrderFile(Buffer.from(`${line}\r\n`.replace('00002', '00001'), 'latin1'), {
      system: 'icd10cm',
      where,
    });
    for (const result of [utf8, latin1]) {
      expect(result.rows).toMatchObject([{ code: 'M5450', long: 'Ménière' }]);
      expect(result.findings).toMatchObject([
        { code: 'not-ascii', severity: 'error', where: 'order.txt line 1' },
      ]);
    }
  });

  it.each(['\t', '\0', '\x7f', '\x1a'])(
    'says that a control character is foreign: %j',
    (character) => {
      const result = parseWith(renderRow({ ...code, long: `Low back${character}pain` }));
      expect(result.findings).toMatchObject([{ code: 'not-ascii', where: 'order.txt line 2' }]);
    },
  );

  it('finds a foreign character at any place, wherever in memory the file lies', () => {
    const file = renderOrderFile([{ ...header, long: 'Dorsalgia of the back' }]);
    for (let at = 0; at < file.length - 2; at += 1) {
      for (let shift = 0; shift < 4; shift += 1) {
        const memory = new Uint8Array(file.length + shift);
        memory.set(file, shift);
        memory[shift + at] = 9;
        const { findings } = parseOrderFile(memory.subarray(shift), { system: 'icd10cm', where });
        expect(findings.map((f) => f.code)).toContain('not-ascii');
      }
    }
  });

  it('leaves off a byte order mark and says so', () => {
    const result = parse(`\ufeff${renderOrderFile(rows).toString()}`);
    expect(result.rows).toEqual(rows);
    expect(result.findings).toMatchObject([{ code: 'not-ascii', where: 'order.txt line 1' }]);
  });

  it('leaves blanks off the end of a long title and warns', () => {
    const result = parseWith(`${renderRow(code)} `);
    expect(result.rows).toEqual(rows);
    expect(result.findings).toMatchObject([
      { code: 'trailing-blank', severity: 'warning', where: 'order.txt line 2' },
    ]);
  });

  it('I6 leaves out a blank line, counts it and warns', () => {
    const result = parse(Buffer.concat([renderOrderFile(rows), Buffer.from('\r\n')]));
    expect(result).toMatchObject({ rows, rejected: 1 });
    expect(result.findings).toMatchObject([{ code: 'blank-line', severity: 'warning' }]);
  });

  it.each([
    ['empty-file', ''],
    ['empty-file', '\r\n \r\n'],
    ['html-instead-of-file', '<html><body>The service is unavailable.</body></html>'],
  ])('reads nothing from what is no order file: %s', (finding, text) => {
    expect(parse(text)).toMatchObject({
      rows: [],
      rejected: 0,
      findings: [{ code: finding, severity: 'error' }],
    });
  });

  it('lists five findings of a kind and how many there are', () => {
    const result = parse('garbage\r\n'.repeat(1000));
    expect(result).toMatchObject({ rows: [], rejected: 1000 });
    expect(result.findings).toHaveLength(5);
    expect(result.findings.at(-1)?.message).toContain('1000');
  });
});

const title = fc.stringMatching(/^[!-~](?:[ -~]{0,50}[!-~])?$/);
const cmCode = fc.stringMatching(/^[A-Z][0-9A-Z]{2,6}$/);
const someRows = fc
  .uniqueArray(fc.record({ code: cmCode, billable: fc.boolean(), short: title, long: title }), {
    selector: (row) => row.code,
    minLength: 1,
    maxLength: 30,
  })
  .map((list) => list.map((row, i) => ({ order: i + 1, ...row })));

describe('shared/formats/order-file.ts invariants', () => {
  it('gives back exactly the rows that were written, from any place in memory', () => {
    fc.assert(
      fc.property(
        someRows,
        fc.constantFrom('\r\n', '\n'),
        fc.nat({ max: 7 }),
        (written, lineEnd, shift) => {
          const file = renderOrderFile(written, lineEnd);
          const memory = new Uint8Array(file.length + shift);
          memory.set(file, shift);
          const result = parseOrderFile(memory.subarray(shift), { system: 'icd10cm', where });
          expect(result).toEqual({ rows: written, rejected: 0, findings: [] });
        },
      ),
    );
  });

  it('I6 conserves lines: kept and rejected rows are all lines, whatever they hold', () => {
    const line = fc.oneof(
      someRows.map((list) => (list[0] ? renderRow(list[0]) : '')),
      fc.stringMatching(/^[ -~]{0,100}$/),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        fc.pre(lines.some((text) => text.trim() !== '') && !lines[0]?.includes('<'));
        const result = parse(lines.map((text) => `${text}\r\n`).join(''));
        expect(result.rows.length + result.rejected).toBe(lines.length);
      }),
    );
  });

  it('says something when any byte of the columns before the titles is changed', () => {
    const file = renderOrderFile(rows);
    const change = fc.record({ at: fc.nat({ max: 15 }), value: fc.integer({ min: 32, max: 126 }) });
    fc.assert(
      fc.property(change, ({ at, value }) => {
        const bytes = Buffer.from(file);
        const before = bytes[at];
        const readsWell = at >= 6 && at <= 14;
        bytes[at] = value;
        const result = parse(bytes);
        if (value === before) expect(result.findings).toEqual([]);
        else if (!readsWell) expect(result.findings.length).toBeGreaterThan(0);
      }),
    );
  });
});
