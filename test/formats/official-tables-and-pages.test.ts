// Conversion tables, listings, link page and zips of the mirror, against what the officials say and the files show.
import { globSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConversionTable } from '../../shared/formats/conversion-table.ts';
import { parseIisListing } from '../../shared/formats/iis-listing.ts';
import { parseLinkPage } from '../../shared/formats/link-page.ts';
import { openZip } from '../../shared/formats/zip.ts';
import {
  cdcFolder,
  cmsFolder,
  haveOfficialFiles,
  mirrorFolder,
} from '../support/official-files.ts';
import { officialBytes } from './official-member.ts';

describe.skipIf(!haveOfficialFiles)('shared/formats/conversion-table.ts on official files', () => {
  // The number of the spreadsheet's last row less that of its header row.
  it.each([
    ['2017/ICD-10-CM_ConversionTable-FY17.xlsx', 1970],
    ['2018/ICD-10-CM-Conversion-Table-FY18-Effective-10-1-2017.xlsx', 2330],
    ['2019/ICD-10-CM-Conversion-Table-FY19-Effective-10-1-2018_FINAL.XLSX', 2609],
    ['2020/ICD-10-CM-Conversion-Table-FY20-Effective-10-1-2019-corrected.csv', 2882],
    ['2021/ICD-10-CM-Conversion-Table-FY2021-Jan-2021.xlsx', 3378],
    ['2022/ICD-10-CM-Conversion-Table-FY2022-Effective-10-1-2021-updated-08-24-2021.xlsx', 3537],
    ['2022/ICD-10-CM-Conversion-Table-FY2022-Effective-04-01-2022.xlsx', 3540],
    ['2023/ICD-10-CM-Conversion-Table-FY2023-Effective-10-01-2022.xlsx', 4716],
    [
      'April-1-2023-Update/Copy of ICD-10-CM-Conversion-Table-FY2023-Effective-04-01-2023.xlsx',
      4758,
    ],
    [
      '2024/ICD-10-CM-Conversion-Table-FY2024-Effective-10-01-2023-Final (updated 9-21-2023).xlsx',
      5153,
    ],
    ['2025/icd-10-cm-conversion-table-FY2025.xlsx', 5405],
    ['2026/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx', 5892],
  ])('reads every row of %s: 8 repeat, none is unreadable', async (path, rowsRead) => {
    const table = await parseConversionTable(readFileSync(resolve(cdcFolder, path)), {
      system: 'icd10cm',
      name: path,
      where: path,
    });
    expect(table).toMatchObject({ rowsRead, duplicates: 8, rejected: 0, otherChanges: 0 });
    expect(table.conversions).toHaveLength(rowsRead - 8);
    expect(table.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(table.conversions.filter(({ previous }) => previous.kind === 'unreadable')).toEqual([]);
  });

  it('dates the codes of the FY2026 table as published', async () => {
    const path = '2026/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx';
    const { conversions } = await parseConversionTable(readFileSync(resolve(cdcFolder, path)), {
      system: 'icd10cm',
      name: path,
      where: path,
    });
    const effective = new Map(conversions.map((row) => [row.code, row.effective]));
    expect(
      ['U071', 'J1282', 'Z28310', 'T74A1XA', 'M5450', 'A925', 'W453XXA'].map((code) =>
        effective.get(code),
      ),
    ).toEqual([
      '2020-04-01',
      '2021-01-01',
      '2022-04-01',
      '2023-04-01',
      '2021-10-01',
      '2016-10-01',
      '2025-10-01',
    ]);
    expect(conversions.filter(({ previous }) => previous.kind === 'none')).toHaveLength(125);
    expect(conversions.filter((row) => row.effective === '2025-10-01')).toHaveLength(487);
    expect(conversions.filter((row) => row.effective === '2024-10-01')).toHaveLength(252);
  });

  it('reads the ICD-10-PCS table of 2022: the rows of change type New', async () => {
    const path = 'files/zip/errata-january-12-2022.zip';
    const name = 'icd10pcs_conversion_table_2022.xlsx';
    const bytes = await officialBytes({
      host: 'cms',
      path,
      member: /conversion_table_2022\.xlsx$/,
    });
    const table = await parseConversionTable(bytes, { system: 'icd10pcs', name, where: name });
    expect(table).toMatchObject({
      rowsRead: 16_263,
      rejected: 0,
      duplicates: 0,
      otherChanges: 3_047 + 2_844,
      findings: [],
    });
    expect(table.conversions).toHaveLength(10_372);
    const august = table.conversions.filter((row) => row.effective === '2020-08-01');
    expect(august.map((row) => row.code)).toContain('XW033E5');
  });
});

describe.skipIf(!haveOfficialFiles)('shared/formats/iis-listing.ts on official files', () => {
  const pages = haveOfficialFiles ? globSync('**/index.html', { cwd: cdcFolder }).sort() : [];

  it.each(pages)('reads every line of %s', (page) => {
    const html = readFileSync(resolve(cdcFolder, page), 'utf8');
    const { entries, findings } = parseIisListing(html, `https://ftp.cdc.gov/${page}`);
    expect(findings).toEqual([]);
    // One <A> per line and one to the parent folder.
    expect(entries).toHaveLength((html.match(/<A HREF=/g)?.length ?? 0) - 1);
  });

  it('tells the October zip and the loose April files of 2022 apart by day', () => {
    const url = 'https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/2022/';
    const { entries } = parseIisListing(
      readFileSync(resolve(cdcFolder, '2022/index.html'), 'utf8'),
      url,
    );
    const listed = new Map(entries.map((entry) => [entry.name, entry.listed]));
    expect(listed.get('Code Descriptions zip.zip')).toBe('2021-06-23');
    expect(listed.get('icd10cm_order_2022.txt')).toBe('2021-12-16');
  });

  it('lists loose files with the size they have', () => {
    const url = 'https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/2021/';
    const { entries } = parseIisListing(
      readFileSync(resolve(cdcFolder, '2021/index.html'), 'utf8'),
      url,
    );
    const file = entries.find(({ name }) => name === 'icd10cm_order_2021.txt');
    expect(file?.sizeBytes).toBe(
      readFileSync(resolve(cdcFolder, '2021/icd10cm_order_2021.txt')).length,
    );
  });
});

describe.skipIf(!haveOfficialFiles)('shared/formats/link-page.ts on official files', () => {
  it('finds every zip CMS links', () => {
    const page = resolve(cmsFolder, 'medicare/coding-billing/icd-10-codes/index.html');
    const url = 'https://www.cms.gov/medicare/coding-billing/icd-10-codes/';
    const { links, findings } = parseLinkPage(readFileSync(page, 'utf8'), url);
    expect(findings).toEqual([]);
    const zips = links
      .filter((link) => link.url.endsWith('.zip'))
      .map((link) => basename(link.url))
      .sort();
    expect(zips).toEqual(
      globSync('**/*.zip', { cwd: cmsFolder })
        .map((path) => basename(path))
        .sort(),
    );
  });
});

describe.skipIf(!haveOfficialFiles)('shared/formats/zip.ts on official files', () => {
  const zips = haveOfficialFiles
    ? globSync('**/*.{zip,ZIP,xlsx,XLSX}', { cwd: mirrorFolder }).sort()
    : [];

  it.each(zips)('opens and unpacks all of %s within the limits', async (path) => {
    const zip = await openZip(readFileSync(resolve(mirrorFolder, path)), {
      where: relative('.', path),
    });
    expect(zip.findings).toEqual([]);
    expect(zip.entries.length).toBeGreaterThan(0);
    for (const { name, sizeBytes } of zip.entries) {
      const { bytes, findings } = await zip.read(name);
      expect({ findings, size: bytes.length }).toEqual({ findings: [], size: sizeBytes });
    }
  });
});
