// From files to candidates: second sources, corrections, reconstructions, conversion tables, and what never may happen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../shared/core/candidate.ts';
import { assembleCandidates } from '../../shared/feeds/assemble-candidates.ts';
import type { DownloadedFile } from '../../shared/feeds/feed.ts';
import { cdcZip, cmsZip, looseFile } from './downloaded-files.ts';

const cm = { id: 'cms-icd10cm', system: 'icd10cm' } as const;
const pcs = { id: 'cms-icd10pcs', system: 'icd10pcs' } as const;

const shown = ({ effective, published, files, reconstruct }: Candidate) => ({
  when: `${effective} published ${published}${reconstruct ? ' reconstructed' : ''}`,
  files: files.map(({ role, url, member }) => {
    const name = decodeURIComponent(url.split('/').at(-1) ?? '');
    return `${role}: ${name}${member ? ` ! ${member}` : ''}`;
  }),
});
const assemble = (files: readonly DownloadedFile[], feed: typeof cm | typeof pcs = cm) =>
  assembleCandidates(files, feed).candidates.map(shown);

const folder2022 = [
  cdcZip('2022/Code Descriptions zip.zip', '2021-06-23', ['icd10cm-order-2022.txt'], [2021, 2022]),
  looseFile('2022/icd10cm_order_2022.txt', '2021-12-16'),
  looseFile('2022/icd10cm_order_addenda_2022.txt', '2021-12-16', { compared: [2022, 2022] }),
  looseFile('2022/icd10cm_codes_2022.txt', '2021-12-16'),
];

describe('shared/feeds/assemble-candidates.ts', () => {
  it('makes two releases of a folder that holds October as a zip and April as loose files', () => {
    expect(assemble(folder2022)).toEqual([
      {
        when: '2021-10-01 published 2021-06-23',
        files: ['order: Code Descriptions zip.zip ! icd10cm-order-2022.txt'],
      },
      {
        when: '2022-04-01 published 2021-12-16',
        files: [
          'addenda: icd10cm_order_addenda_2022.txt',
          'codes: icd10cm_codes_2022.txt',
          'order: icd10cm_order_2022.txt',
        ],
      },
    ]);
  });

  it('joins an order zip and a codes zip of the same date to one release', () => {
    const files = [
      cdcZip('2018/2018-ICD-10-CM-Codes-File.zip', '2017-06-28', ['icd10cm_codes_2018.txt']),
      cdcZip('2018/2018-Code-Order.zip', '2017-06-28', ['icd10cm_order_2018.txt']),
    ];
    expect(assemble(files)).toEqual([
      {
        when: '2017-10-01 published 2017-06-28',
        files: [
          'codes: 2018-ICD-10-CM-Codes-File.zip ! icd10cm_codes_2018.txt',
          'order: 2018-Code-Order.zip ! icd10cm_order_2018.txt',
        ],
      },
    ]);
  });

  it("takes CMS's order file as second source and its codes file only where CDC has none", () => {
    const zip = cmsZip('2022-code-descriptions-tabular-order-updated-02012022.zip', '2021-12-09', [
      'icd10cm_order_2022.txt',
      'icd10cm_codes_2022.txt',
    ]);
    const withCodes = assemble([...folder2022, zip])[1];
    expect(withCodes?.files.filter((file) => file.includes('updated'))).toEqual([
      'second-source: 2022-code-descriptions-tabular-order-updated-02012022.zip ! icd10cm_order_2022.txt',
    ]);
    const withoutCodes = assemble([...folder2022.slice(0, 3), zip])[1];
    expect(withoutCodes?.files.filter((file) => file.startsWith('codes'))).toEqual([
      'codes: 2022-code-descriptions-tabular-order-updated-02012022.zip ! icd10cm_codes_2022.txt',
    ]);
  });

  it("makes a release of CMS's zip alone where CDC publishes none", () => {
    const members = ['icd10cm_order_2027.txt', 'icd10cm_codes_2027.txt'];
    const zip = cmsZip('2027-code-descriptions-tabular-order.zip', '2026-06-10', members);
    expect(assemble([zip]).map(({ when }) => when)).toEqual(['2026-10-01 published 2026-06-10']);
  });

  it('makes October of the first update when only updates are still published, not of a correction', () => {
    const update = cmsZip(
      '2022-icd-10-pcs-order-file-updated-december-1-2021.zip',
      '2021-10-27',
      ['icd10pcs_order_2022.txt', 'order_addenda_2022.txt'],
      [2022, 2022],
    );
    const erratum = cmsZip(
      'errata-january-12-2022.zip',
      '2022-01-28',
      ['icd10pcs_order_2022.txt', 'order_addenda_2022.txt', 'icd10pcs_conversion_table_2022.xlsx'],
      [2022, 2022],
    );
    const found = assemble([erratum, update], pcs);
    expect(found.map(({ when }) => when)).toEqual([
      '2021-10-01 published 2021-12-01 reconstructed',
      '2022-04-01 published 2021-12-01',
      '2022-04-01 published 2022-01-28',
    ]);
    const table = 'conversion: errata-january-12-2022.zip ! icd10pcs_conversion_table_2022.xlsx';
    // The original is not held against the table of its own correction, which has two more codes.
    expect(found.map(({ files }) => files.includes(table))).toEqual([true, false, true]);
    expect(found[0]?.files.some((file) => file.startsWith('order: 2022-icd-10-pcs'))).toBe(true);
    expect(assemble([erratum, update])).toEqual([]);
  });

  it("gives an update without October's release the next year's table: only that tells what began in October", () => {
    const january = cmsZip(
      '2021-icd-10-pcs-order-file-updated-december-1-2020.zip',
      '2020-12-01',
      ['icd10pcs_order_2021.txt', 'order_addenda_2021.txt'],
      [2020, 2021],
    );
    const table = cmsZip('errata-january-12-2022.zip', '2022-01-28', [
      'icd10pcs_conversion_table_2022.xlsx',
    ]);
    const found = assemble([january, table], pcs);
    expect(found.map(({ when }) => when)).toEqual(['2021-01-01 published 2020-12-01']);
    expect(found[0]?.files[1]).toMatch(/^conversion: errata/);
  });

  it('chooses the table of the date, else the nearest later one of the year, else the newest earlier one', () => {
    const releases = [
      looseFile('2022/icd10cm_order_2022.txt', '2021-06-23'),
      cdcZip('2022/April-2022-codes.zip', '2021-12-16', ['icd10cm-order-April-2022.txt']),
    ];
    const october = looseFile(
      '2022/Conversion-Table-FY2022-Effective-10-1-2021.xlsx',
      '2021-08-25',
    );
    const april = looseFile('2022/Conversion-Table-FY2022-Effective-04-01-2022.xlsx', '2022-04-13');
    const tablesOf = (...tables: DownloadedFile[]) =>
      assemble([...releases, ...tables]).map(({ files }) =>
        files.find((file) => file.startsWith('conversion'))?.slice(-15, -5),
      );
    expect(tablesOf(october, april)).toEqual(['-10-1-2021', '04-01-2022']);
    expect(tablesOf(april)).toEqual(['04-01-2022', '04-01-2022']);
    expect(tablesOf(october)).toEqual(['-10-1-2021', '-10-1-2021']);
    expect(tablesOf()).toEqual([undefined, undefined]);
  });

  it('never uses the next year’s table where October is published', () => {
    const order = looseFile('2016/icd10cm_order_2016.txt', '2015-06-16');
    const table = looseFile('2017/ICD-10-CM_ConversionTable-FY17.xlsx', '2016-08-04');
    expect(assemble([order, table])[0]?.files).toEqual(['order: icd10cm_order_2016.txt']);
  });

  it('still makes a candidate of a file whose date is in doubt, with the error that quarantines it', () => {
    const wrong = looseFile('2026/icd10cm_order_2025.txt', '2025-06-12');
    const [candidate] = assembleCandidates([wrong], cm).candidates;
    expect(candidate?.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error effective-date-conflict',
    ]);
  });

  it('takes no second source whose own date is in doubt', () => {
    const zip = cmsZip('2022-code-descriptions-updated-02012022.zip', '2022-02-01', [
      'icd10cm_order_2021.txt',
    ]);
    const files = assemble([...folder2022, zip]).flatMap((candidate) => candidate.files);
    expect(files.some((file) => file.startsWith('second-source'))).toBe(false);
  });

  it('makes a correction of new bytes under an old name, and nothing of the same bytes under a new one', () => {
    const first = cmsZip('2025-icd-10-pcs-order.zip', '2024-06-03', ['icd10pcs_order_2025.txt']);
    const again = { ...first, url: `${first.url}?copy` };
    expect(assemble([first, again], pcs)).toHaveLength(1);
    const corrected = { ...again, sha256: 'other bytes' };
    expect(assemble([first, corrected], pcs)).toHaveLength(2);
  });

  it('makes the same candidates in the same order whatever order the files come in', () => {
    const zip = cmsZip('2022-code-descriptions-updated-02012022.zip', '2022-02-01', [
      'icd10cm_order_2022.txt',
    ]);
    const files = [...folder2022, zip];
    const expected = assembleCandidates(files, cm).candidates;
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(assembleCandidates(shuffled, cm).candidates).toEqual(expected);
      }),
    );
  });

  it('gives a candidate another id when a file, the date or the reconstruction differs', () => {
    const ids = (files: readonly DownloadedFile[]) =>
      assembleCandidates(files, cm).candidates.map(({ id }) => id);
    const [october, april] = ids(folder2022);
    expect(october).toMatch(/^[0-9a-f]{32}$/);
    expect(april).not.toBe(october);
    const changed = folder2022.map((file) =>
      file.name.startsWith('icd10cm_codes') ? { ...file, sha256: 'new bytes' } : file,
    );
    expect(ids(changed)[0]).toBe(october);
    expect(ids(changed)[1]).not.toBe(april);
  });
});
