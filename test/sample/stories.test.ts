// The stories the sample is there for: which code is what on which date, as the official order files have it.
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { conversionLines } from './conversion-cells.ts';
import { publishedReleases, publishedTables } from './published-releases.ts';
import { codeOf, rowsOf, textOf } from './published-text.ts';

/** Rows by code, by effective date. */
const releases = new Map<string, Map<string, string>>();
const rowsOn = (effective: string): Map<string, string> => releases.get(effective) ?? new Map();
const flagOf = (effective: string, code: string): string | undefined =>
  rowsOn(effective).get(code)?.split(' ')[1];

beforeAll(async () => {
  for (const { effective, order } of publishedReleases) {
    const rows = rowsOf(await textOf(sampleMirrorFolder, order));
    releases.set(effective, new Map(rows.map((row) => [codeOf(row), row])));
  }
});

describe('infra/local/sample/spec', () => {
  it.each([
    ['M545', '2021-01-01', '1'],
    ['M545', '2021-10-01', '0'],
    ['M5450', '2021-01-01', undefined],
    ['M5450', '2021-10-01', '1'],
    ['M5451', '2021-10-01', '1'],
    ['M5459', '2021-10-01', '1'],
    ['M5136', '2024-04-01', '1'],
    ['M5136', '2024-10-01', '0'],
    ['M51360', '2024-10-01', '1'],
    ['M51369', '2024-10-01', '1'],
    ['M5137', '2024-10-01', '0'],
    ['M51379', '2024-10-01', '1'],
    ['H814', '2018-10-01', '0'],
    ['H814', '2019-10-01', '1'],
    ['H8141', '2018-10-01', '1'],
    ['H8141', '2019-10-01', undefined],
    ['U071', '2019-10-01', undefined],
    ['U071', '2020-10-01', '1'],
    ['J1282', '2020-10-01', undefined],
    ['J1282', '2021-01-01', '1'],
    ['M358', '2020-10-01', '1'],
    ['M358', '2021-01-01', '0'],
    ['Z283', '2021-10-01', '1'],
    ['Z283', '2022-04-01', '0'],
    ['Z591', '2022-10-01', '1'],
    ['Z591', '2023-04-01', '0'],
    ['T8132XA', '2024-10-01', undefined],
    ['S301XXA', '2025-04-01', '1'],
    ['S301XXA', '2025-10-01', undefined],
  ])('has %s on %s with flag %s', (code, effective, flag) => {
    expect(flagOf(effective, code)).toBe(flag);
  });

  it('retitles in substance (M77.51) and in brackets only (Z68.1)', () => {
    expect(rowsOn('2018-10-01').get('M7751')).toMatch(/\|Other enthesopathy of right foot$/);
    expect(rowsOn('2019-10-01').get('M7751')).toMatch(
      /\|Other enthesopathy of right foot and ankle$/,
    );
    expect(rowsOn('2019-10-01').get('Z681')).toMatch(
      /\|Body mass index \(BMI\) 19\.9 or less, adult$/,
    );
    expect(rowsOn('2020-10-01').get('Z681')).toMatch(
      /\|Body mass index \[BMI\] 19\.9 or less, adult$/,
    );
  });

  it('keeps the tabular order where it is not code order: M1A before M10, U codes after Z', () => {
    const codes = [...rowsOn('2025-10-01').keys()];
    expect(codes.indexOf('M1A')).toBeLessThan(codes.indexOf('M10'));
    expect(codes.indexOf('M1A')).toBeGreaterThan(-1);
    expect(codes.indexOf('U071')).toBeGreaterThan(codes.indexOf('Z981'));
  });

  it('says in the conversion table that U07.1 took effect on 1 April 2020, and what M51.36 became', async () => {
    const path = publishedTables.find(({ upTo }) => upTo === '2025-10-01')?.path ?? '';
    const lines = await conversionLines(sampleMirrorFolder, path);
    expect(lines).toContain('U071 2020-04-01 B97.29');
    expect(lines).toContain('M5450 2021-10-01 M54.5');
    expect(lines).toContain('M51360 2024-10-01 M51.36');
    expect(lines).toContain('H814 2019-10-01 H81.41-H81.43; H81.49');
  });
});
