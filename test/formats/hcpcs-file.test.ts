// CMS's Alpha-Numeric HCPCS file in both forms: texts and dates as written, and everything refused by name.
import { describe, expect, it } from 'vitest';
import { parseHcpcsFile } from '../../shared/formats/hcpcs-file.ts';
import { type HcpcsToWrite, hcpcsLines, hcpcsSheet, hcpcsText } from './write-hcpcs.ts';

const name = 'HCPC2018_APR_ANWEB.txt';
const where = name;
const gadobutrol: HcpcsToWrite = {
  ...{ code: 'A9585', long: 'Injection, gadobutrol, 0.1 ml', short: 'Gadobutrol injection' },
  added: '20120101',
};
const infliximab: HcpcsToWrite = {
  ...{ code: 'Q5102', long: 'Injection, infliximab, biosimilar, 10 mg' },
  ...{ added: '20160701', acted: '20180401', terminated: '20180331', action: 'D' },
  crossReferences: ['Q5103', 'Q5104'],
};
const supplies =
  'Bls specialized service disposable supplies; defibrillation (used by als ambulances and bls ambulances in jurisdictions where defibrillation is permitted in bls ambulances)';

const read = (text: string) => parseHcpcsFile(Buffer.from(text, 'latin1'), { name, where });
const readCodes = (...codes: HcpcsToWrite[]) => read(hcpcsText(codes));
const reasons = (file: Awaited<ReturnType<typeof read>>) => file.findings.map(({ code }) => code);

describe('shared/formats/hcpcs-file.ts', () => {
  it('reads texts, first and last day, and what to use instead', async () => {
    const file = await readCodes(gadobutrol, infliximab);
    expect(file).toEqual({
      codes: [
        {
          code: 'A9585',
          short: 'Gadobutrol injection',
          long: 'Injection, gadobutrol, 0.1 ml',
          begins: '2012-01-01',
          crossReferences: [],
        },
        {
          code: 'Q5102',
          short: 'Injection, infliximab, biosi',
          long: 'Injection, infliximab, biosimilar, 10 mg',
          begins: '2016-07-01',
          lastDay: '2018-03-31',
          crossReferences: ['Q5103', 'Q5104'],
        },
      ],
      ...{ modifiers: 0, rejected: 0, findings: [] },
    });
  });

  it('reads the same from columns worked out by hand, the layout being what it says', async () => {
    const blanks = (count: number): string => ' '.repeat(count);
    const line = [
      ...['A9585', '00100', '3', 'Injection, gadobutrol, 0.1 ml'.padEnd(80)],
      ...['Gadobutrol injection'.padEnd(28), '51', blanks(147)],
      ...['20120101', '20120101', blanks(8), 'N'],
    ].join('');
    expect(line).toHaveLength(293);
    expect((await read(`${line}\r\n`)).codes).toEqual((await readCodes(gadobutrol)).codes);
  });

  it('joins a long description over three lines, with a blank between', async () => {
    expect(hcpcsLines([{ code: 'A0384', long: supplies }])).toHaveLength(3);
    const { codes, rejected } = await readCodes({ code: 'A0384', long: supplies }, gadobutrol);
    expect(codes.map(({ long }) => long)).toEqual([supplies, gadobutrol.long]);
    expect(rejected).toBe(0);
  });

  it('reads the spreadsheet to the same codes', async () => {
    const codes = [gadobutrol, { code: 'A0384', long: supplies, added: '19940101' }, infliximab];
    const sheet = await parseHcpcsFile(hcpcsSheet(codes), {
      name: 'HCPC2018_APR_ANWEB.xlsx',
      where,
    });
    const text = await readCodes(...codes);
    expect(sheet.findings).toEqual([]);
    expect(sheet.codes.map(({ short: _, ...rest }) => rest)).toEqual(
      text.codes.map(({ short: _, ...rest }) => rest),
    );
  });

  it('begins a code that was added or re-activated with its action, any other when it was added', async () => {
    const dates = { added: '20120101', acted: '20180401' };
    const { codes } = await readCodes(
      { code: 'A0001', long: 'Added', ...dates, action: 'A' },
      { code: 'A0002', long: 'Again', ...dates, action: 'R' },
      { code: 'A0003', long: 'Reworded', ...dates, action: 'C' },
      { code: 'A0004', long: 'Old', added: '00000000', acted: '' },
    );
    expect(codes.map(({ begins }) => begins)).toEqual([
      ...['2018-04-01', '2018-04-01', '2012-01-01', undefined],
    ]);
  });

  it('leaves out modifiers and CPT, and keeps of a D code no word of its descriptor', async () => {
    const file = await readCodes(
      { code: 'GA', long: `Waiver of liability ${supplies}`, modifier: true },
      { code: '99213', long: 'Descriptor of the AMA' },
      { code: '0001F', long: `Descriptor of the AMA ${supplies}` },
      { code: 'D0120', long: `Descriptor of the ADA ${supplies}`, short: 'Short of the ADA' },
      gadobutrol,
    );
    expect(file.codes.map(({ code }) => code)).toEqual(['D0120', 'A9585']);
    expect(file).toMatchObject({ modifiers: 1, rejected: 0 });
    expect(reasons(file)).toEqual(['cpt-left-out']);
    expect(JSON.stringify(file)).not.toMatch(/AMA|Descriptor of|Short of/);
  });

  it('keeps the quotes and dashes of Windows and says so', async () => {
    const file = await readCodes({ ...gadobutrol, long: 'Crohn\x92s disease \x96 caf\xe9' });
    expect(file.codes[0]?.long).toBe('Crohn’s disease – café');
    expect(file.findings).toMatchObject([{ code: 'not-ascii', severity: 'warning' }]);
  });

  const line = hcpcsLines([gadobutrol])[0] ?? '';
  const replaced = (from: number, text: string): string =>
    line.slice(0, from) + text + line.slice(from + text.length);
  it.each([
    ['a column more before the dates', `${line.slice(0, 200)} ${line.slice(200)}`, 'date-shape'],
    ['a column less before the dates', line.slice(0, 200) + line.slice(201), 'row-shape'],
    ['a day there is not', replaced(268, '20230229'), 'date-shape'],
    ['text where a date is', replaced(284, 'JANUARY '), 'date-shape'],
    ['an unknown action', replaced(292, 'Z'), 'action-code'],
    ['an unknown kind of record', replaced(10, '5'), 'row-shape'],
    ['letters in the sequence number', replaced(5, 'ABCDE'), 'row-shape'],
    ['a code that is none', replaced(0, 'A958X'), 'code-shape'],
    ['a blank description', replaced(11, ' '.repeat(80)), 'row-shape'],
    ['a line cut off', line.slice(0, 120), 'row-shape'],
  ])('refuses a file with %s by name', async (_, wrong, reason) => {
    const file = await read(`${wrong}\r\n`);
    expect(file).toMatchObject({ codes: [], rejected: 1 });
    expect(file.findings[0]).toMatchObject({ code: reason, severity: 'error' });
  });

  it('refuses a continuation of nothing and a code listed twice', async () => {
    const [first = '', second = ''] = hcpcsLines([{ code: 'A0384', long: supplies }]);
    const orphan = await read(`${line}\r\n${second}\r\n`);
    expect(orphan).toMatchObject({ rejected: 1, findings: [{ code: 'continuation-orphan' }] });
    const twice = await read(`${line}\r\n${first}\r\n${line}\r\n`);
    expect(twice).toMatchObject({ rejected: 1, findings: [{ code: 'duplicate-code' }] });
    expect(twice.codes).toHaveLength(2);
  });

  it('says when a code ends before it begins, or is discontinued without a day', async () => {
    const reversed = { ...gadobutrol, terminated: '20111231' };
    const file = await readCodes(reversed, { ...gadobutrol, code: 'A9586', action: 'D' });
    expect(file.findings).toMatchObject([
      { code: 'dates-reversed', severity: 'warning' },
      { code: 'termination-missing', severity: 'warning' },
    ]);
  });

  it('finds a web page, an empty file and a spreadsheet of something else', async () => {
    expect(reasons(await read('<!DOCTYPE html><html></html>'))).toEqual(['html-instead-of-file']);
    expect(reasons(await read(''))).toEqual(['empty-file']);
    const other = await parseHcpcsFile(hcpcsSheet([]).subarray(0, 0), { name: 'x.xlsx', where });
    expect(other.findings[0]).toMatchObject({ severity: 'error' });
  });
});
