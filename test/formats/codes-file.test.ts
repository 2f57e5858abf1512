// The codes file is only a cross-check, so it must not pass when it is damaged.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCodesFile } from '../../shared/formats/codes-file.ts';

const options = { system: 'icd10cm', where: 'codes.txt' } as const;
const parse = (text: string) => parseCodesFile(Buffer.from(text), options);
const line = (code: string, long: string): string => `${code.padEnd(7)} ${long}\r\n`;
const first = line('A000', 'Cholera due to Vibrio cholerae 01, biovar cholerae');
const last = line('Z9989', 'Dependence on other enabling machines and devices');

describe('shared/formats/codes-file.ts', () => {
  it('reads code and long title', () => {
    expect(
      parse(`${first}T63001A Toxic effect of unspecified snake venom, accidental\r\n`),
    ).toEqual({
      codes: [
        { code: 'A000', long: 'Cholera due to Vibrio cholerae 01, biovar cholerae' },
        { code: 'T63001A', long: 'Toxic effect of unspecified snake venom, accidental' },
      ],
      rejected: 0,
      findings: [],
    });
  });

  it.each<[string, string]>([
    ['row-shape', 'A001\r\n'],
    ['row-shape', line('A001', '')],
    ['row-shape', 'A001XXXXCholera\r\n'],
    ['code-shape', line('A0.01', 'Cholera')],
    ['code-shape', line('', 'Cholera')],
    ['duplicate-code', line('A000', 'Cholera')],
  ])('I6 rejects a line with its reason: %s %j', (code, wrong) => {
    const result = parse(first + wrong + last);
    expect(result.codes.map((entry) => entry.code)).toEqual(['A000', 'Z9989']);
    expect(result.rejected).toBe(1);
    expect(result.findings).toMatchObject([{ code, severity: 'error', where: 'codes.txt line 2' }]);
  });

  it.each<[string, string, string]>([
    ['empty-file', 'error', ''],
    ['html-instead-of-file', 'error', '<!doctype html><html></html>'],
    ['truncated', 'error', first + last.slice(0, 20)],
    ['line-ending', 'error', first + last.replace('\r\n', '\n')],
    ['not-ascii', 'error', line('H8101', 'Ménière')],
    ['trailing-blank', 'warning', line('A000', 'Cholera ')],
    ['blank-line', 'warning', `${first}\r\n${last}`],
  ])('says what is wrong with the file: %s', (code, severity, text) => {
    expect(parse(text).findings).toMatchObject([{ code, severity }]);
  });

  it('gives back exactly the codes that were written', () => {
    const title = fc.stringMatching(/^[!-~](?:[ -~]{0,80}[!-~])?$/);
    const entry = fc.record({ code: fc.stringMatching(/^[A-Z][0-9A-Z]{2,6}$/), long: title });
    const entries = fc.uniqueArray(entry, { selector: ({ code }) => code, minLength: 1 });
    fc.assert(
      fc.property(entries, (written) => {
        const text = written.map(({ code, long }) => line(code, long)).join('');
        expect(parse(text)).toEqual({ codes: written, rejected: 0, findings: [] });
      }),
    );
  });
});
