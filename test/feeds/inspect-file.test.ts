// What is kept of a file's inside: members of use, their system, the years its addenda compare; and what is no file.
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../shared/feeds/inspect-file.ts';
import { writeZip } from '../formats/write-zip.ts';

const url = 'https://www.cms.gov/files/zip/file.zip';
const codesStatistics = [
  'Codes',
  '     78220 codes in icd10pcs_order_2022.txt',
  '     78227 codes in icd10pcs_order_2022.txt',
  '         7 additions',
  '         0 deletions',
  '         0 revisions',
];
const addenda = [
  'Add:         XW0Q316 Introduce Fidanacogene in Periph Vein',
  '',
  ...codesStatistics,
];
const subject = { name: 'file.zip', url, system: 'icd10cm' } as const;
const inspectZip = (entries: Parameters<typeof writeZip>[0]) =>
  inspectFile(writeZip(entries), subject);

describe('shared/feeds/inspect-file.ts', () => {
  it('keeps the members of use with the system their names tell, not the one of the feed', async () => {
    const inspection = await inspectZip([
      { name: 'errata/icd10pcs_order_2022.txt', content: '00001 001' },
      { name: 'errata/order_addenda_2022.txt', content: addenda.join('\r\n') },
      { name: 'errata/index_addenda_2022.txt', content: 'index' },
      { name: 'errata/notes.docx', content: 'notes' },
      { name: 'icd10pcs_conversion_table_PROPOSED.xlsx', content: 'table' },
    ]);
    expect(inspection).toEqual({
      usable: true,
      parts: [
        { role: 'order', member: 'errata/icd10pcs_order_2022.txt', system: 'icd10pcs' },
        {
          role: 'addenda',
          member: 'errata/order_addenda_2022.txt',
          system: 'icd10pcs',
          addenda: { base: 2022, target: 2022 },
        },
      ],
      newestMember: '2025-06-10',
      findings: [],
    });
  });

  it('keeps the years of a loose addenda file', async () => {
    const name = 'icd10cm_codes_addenda_2022.txt';
    const text = codesStatistics.join('\r\n').replaceAll('pcs', 'cm').replace('_2022', '_2021jan');
    const inspection = await inspectFile(Buffer.from(text), { ...subject, name });
    expect(inspection.parts).toEqual([
      { role: 'codes-addenda', system: 'icd10cm', addenda: { base: 2021, target: 2022 } },
    ]);
  });

  it('finds a web page, a cut zip and an empty one of no use, each with its reason', async () => {
    const page = await inspectFile(Buffer.from('<!DOCTYPE html><html>Not found</html>'), subject);
    expect(page).toMatchObject({ usable: false, findings: [{ code: 'html-instead-of-file' }] });
    const whole = writeZip([{ name: 'icd10cm_order_2022.txt', content: 'x'.repeat(500) }]);
    const cut = await inspectFile(whole.subarray(0, 60), subject);
    expect(cut).toMatchObject({ usable: false, findings: [{ severity: 'error' }] });
    expect((await inspectZip([])).usable).toBe(false);
  });
});
