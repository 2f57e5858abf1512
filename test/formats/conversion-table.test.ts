// Conversion tables of both publishers, as .xlsx and .csv, in the layouts they were published in.
import { describe, expect, it } from 'vitest';
import { parseConversionTable } from '../../shared/formats/conversion-table.ts';
import { type CellToWrite, writeXlsx } from './write-xlsx.ts';
import { writeZip } from './write-zip.ts';

const cm = { system: 'icd10cm', name: 'table.xlsx', where: 'table.xlsx' } as const;
const pcs = {
  system: 'icd10pcs',
  name: 'icd10pcs_conversion_table_2022.xlsx',
  where: 'pcs',
} as const;
const cmHeader = ['Current code assignment', 'Effective', 'Previous Code(s) Assignment'];
const pcsHeader = [
  'Current code(s) assignment',
  'Code title',
  'Effective year',
  'Previous code(s) assignment',
  'Predecessor code title',
  'Change type',
  'Comment',
  'Effective month/day [MM.DD]',
];
const parseCm = (...rows: CellToWrite[][]) =>
  parseConversionTable(writeXlsx([cmHeader, ...rows]), cm);
const parsePcs = (...rows: CellToWrite[][]) =>
  parseConversionTable(writeXlsx([pcsHeader, ...rows]), pcs);
const m545 = { kind: 'codes', parts: [{ kind: 'code', code: 'M545' }] };

describe('shared/formats/conversion-table.ts', () => {
  it('takes a calendar year for 1 October and a day for itself', async () => {
    const table = await parseCm(
      ['M54.50', 2021, 'M54.5'],
      ['U07.1', { serial: 43922 }, 'None'],
      ['M54.51', 44652, 'M54.5'],
    );
    expect(table).toEqual({
      conversions: [
        { code: 'M5450', effective: '2021-10-01', previous: m545 },
        { code: 'U071', effective: '2020-04-01', previous: { kind: 'none' } },
        { code: 'M5451', effective: '2022-04-01', previous: m545 },
      ],
      findings: [],
      rowsRead: 3,
      duplicates: 0,
      rejected: 0,
      otherChanges: 0,
    });
  });

  it('finds the header row wherever it stands, in whichever sheet, with whatever titles stand above', async () => {
    const notice = ['The National Center has published an update.', null, null];
    const sheet = [
      [null],
      notice,
      ['Current code  assignment', 'Effective October 1', 'Previous Code(s) Assignment'],
      ['M54.50', 2021, 'M54.5'],
    ];
    const table = await parseConversionTable(writeXlsx([['About this file']], sheet), cm);
    expect(table.conversions).toEqual([{ code: 'M5450', effective: '2021-10-01', previous: m545 }]);
    expect(table.findings).toEqual([]);
  });

  it('takes codes with blanks after them and without dot, and lets blank rows pass', async () => {
    const table = await parseCm(
      ['M54.50  ', 2021, 'M54.5 '],
      [null, ' ', null],
      ['W453XXA', 2025, 'W45.8XXA'],
    );
    expect(table.conversions.map(({ code }) => code)).toEqual(['M5450', 'W453XXA']);
    expect(table).toMatchObject({ rowsRead: 2, findings: [] });
  });

  it('I6 drops rows that repeat one exactly, and says so', async () => {
    const table = await parseCm(
      ['O44.20', 2016, 'O44.00'],
      ['O44.20', 2016, 'O44.00'],
      ['O44.20', 2016, 'O44.01'],
    );
    expect(table).toMatchObject({ rowsRead: 3, duplicates: 1, rejected: 0 });
    expect(table.conversions).toHaveLength(2);
    expect(table.findings).toMatchObject([
      { code: 'conversion-duplicate', severity: 'info', where: 'table.xlsx row 3' },
    ]);
  });

  it.each<[string, CellToWrite[]]>([
    ['conversion-effective', ['M54.50', 'soon', 'M54.5']],
    ['conversion-effective', ['M54.50', null, 'M54.5']],
    ['conversion-effective', ['M54.50', 20211, 'M54.5']],
    ['conversion-effective', ['M54.50', 2021.5, 'M54.5']],
    ['conversion-effective', ['M54.50', '13/41/2021', 'M54.5']],
    ['conversion-code', ['M54.5?', 2021, 'M54.5']],
    ['conversion-code', [null, 2021, 'M54.5']],
    ['conversion-code', ['Note: codes marked so are new', null, null]],
  ])('I6 rejects a row with its reason: %s %j', async (code, row) => {
    const table = await parseCm(['M54.51', 2021, 'M54.5'], row, ['M54.59', 2021, 'M54.5']);
    expect(table).toMatchObject({ rowsRead: 3, rejected: 1, duplicates: 0 });
    expect(table.conversions.map((conversion) => conversion.code)).toEqual(['M5451', 'M5459']);
    expect(table.findings).toMatchObject([{ code, severity: 'error', where: 'table.xlsx row 3' }]);
  });

  it('keeps a row whose predecessors cannot be read, and warns', async () => {
    const table = await parseCm(['M54.50', 2021, 'see index'], ['M54.51', 2021, null]);
    expect(table.conversions.map(({ previous }) => previous)).toEqual([
      { kind: 'unreadable', text: 'see index' },
      { kind: 'unreadable', text: '' },
    ]);
    expect(table.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['conversion-previous', 'warning'],
      ['conversion-previous', 'warning'],
    ]);
  });

  it('reads ICD-10-PCS rows of change type New with year and MM.DD', async () => {
    const table = await parsePcs(
      ['001607A', 'Bypass', 2019, '00H60YZ', 'Insertion', 'New', null, '10.01'],
      ['XW033E5', 'Introduction', 2020, '3E03329', 'Introduction', 'New', null, '08.01'],
      ['XY0YX37', 'Introduction', 2021, 'NoPCS', 'No description', 'New', null, 1.01],
      ['037004Z', 'Dilation', 2019, '0370046', 'Dilation', 'Deleted', 'x', '10.01'],
      ['NoPCS', 'No description', 2019, '0370047', 'Dilation', 'Deleted', 'x', '10.01'],
      ['009300Z', 'Drainage', 2017, '009300Z', 'Drainage', 'Revised', 'x', '10.01'],
    );
    expect(table).toMatchObject({ rowsRead: 6, otherChanges: 3, rejected: 0, findings: [] });
    expect(table.conversions).toEqual([
      {
        code: '001607A',
        effective: '2019-10-01',
        previous: { kind: 'codes', parts: [{ kind: 'code', code: '00H60YZ' }] },
      },
      {
        code: 'XW033E5',
        effective: '2020-08-01',
        previous: { kind: 'codes', parts: [{ kind: 'code', code: '3E03329' }] },
      },
      { code: 'XY0YX37', effective: '2021-01-01', previous: { kind: 'none' } },
    ]);
  });

  it.each<[string, CellToWrite[]]>([
    ['conversion-effective', ['001607A', 'Bypass', 2019, '00H60YZ', 'x', 'New', null, '13.01']],
    ['conversion-effective', ['001607A', 'Bypass', 2019, '00H60YZ', 'x', 'New', null, null]],
    ['conversion-change-type', ['001607A', 'Bypass', 2019, '00H60YZ', 'x', 'Moved', null, '10.01']],
    ['conversion-code', ['001607O', 'Bypass', 2019, '00H60YZ', 'x', 'New', null, '10.01']],
  ])('I6 rejects an ICD-10-PCS row with its reason: %s', async (code, row) => {
    const table = await parsePcs(row);
    expect(table).toMatchObject({ rowsRead: 1, rejected: 1, conversions: [] });
    expect(table.findings).toMatchObject([{ code, severity: 'error', where: 'pcs row 2' }]);
  });

  it('reads CSV with quoted cells over several lines', async () => {
    const csv =
      '"Notice, line one\nline two",,\r\nCurrent code assignment,Effective October 1,Previous Code(s) Assignment\r\nA04.71,2017,A04.7\r\nG93.31,2022,"G93.3, R53.82"\r\n';
    const table = await parseConversionTable(Buffer.from(csv), {
      system: 'icd10cm',
      name: 'table.CSV',
      where: 'csv',
    });
    expect(table.findings).toEqual([]);
    expect(table.conversions).toEqual([
      {
        code: 'A0471',
        effective: '2017-10-01',
        previous: { kind: 'codes', parts: [{ kind: 'code', code: 'A047' }] },
      },
      {
        code: 'G9331',
        effective: '2022-10-01',
        previous: {
          kind: 'codes',
          parts: [
            { kind: 'code', code: 'G933' },
            { kind: 'code', code: 'R5382' },
          ],
        },
      },
    ]);
  });

  it.each<[string, string, Buffer]>([
    [
      'conversion-header',
      'a.xlsx',
      writeXlsx([
        ['Code', 'Date', 'Old'],
        ['M54.50', 2021, 'M54.5'],
      ]),
    ],
    ['html-instead-of-file', 'a.xlsx', Buffer.from('<!doctype html><html></html>')],
    ['html-instead-of-file', 'a.csv', Buffer.from('<!doctype html><html></html>')],
    ['not-a-zip', 'a.xlsx', Buffer.from('Current code assignment,Effective,Previous code')],
    ['zip-truncated', 'a.xlsx', writeXlsx([cmHeader]).subarray(0, 400)],
    [
      'zip-bytes-max',
      'a.xlsx',
      writeZip([{ name: 'xl/workbook.xml', content: 'x'.repeat(99), statedSize: 9 }]),
    ],
    ['sheet-unreadable', 'a.xlsx', writeZip([{ name: 'readme.txt', content: 'no sheet here' }])],
    ['sheet-unreadable', 'a.csv', Buffer.from('a,"b\nc')],
    ['empty-file', 'a.csv', Buffer.from('')],
    ['conversion-header', 'a.csv', Buffer.from('a,b,c\n')],
  ])('reads nothing from what is no conversion table: %s in %s', async (code, name, bytes) => {
    const table = await parseConversionTable(bytes, { system: 'icd10cm', name, where: name });
    expect(table).toMatchObject({ conversions: [], rowsRead: 0 });
    expect(table.findings).toMatchObject([{ code, severity: 'error' }]);
  });
});
