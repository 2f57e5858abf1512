// Exports that are not what they should be: each is refused or flagged by name, no document becomes another for it, and none
// is lost in silence.
import { describe, expect, it } from 'vitest';
import { writeZip } from '../../formats/write-zip.ts';
import { cell, renamed, swapped, without } from '../../support/damaged-rows.ts';
import {
  csvText,
  type ExportRows,
  type McdExport,
  mcdExportBytes,
  mcdExportRows,
  mcdExportZip,
} from '../../support/mcd-export-bytes.ts';
import { findingsOf, readExports } from './read-export.ts';

const described: McdExport = {
  contractors: [{ id: '1', name: 'Alpha', states: ['CA', 'NV until 2020-01-01'] }],
  documents: ['50001', '50002', '50003'].map((id) => ({
    id,
    version: '3',
    procedures: [{ codes: ['64490', '64491'], paragraph: 'N/A' }],
    covered: [{ codes: ['M47.812', 'M47.813', 'M54.50*'], paragraph: 'The caf\u00e9 & <b>§</b>' }],
    notCovered: [{ codes: ['XX000'], paragraph: 'All others.' }],
    revisions: [['1', '2026-01-01', 'First']] as const,
  })),
};

const tables = (): ExportRows => mcdExportRows(described);
const covered = 'article_x_icd10_covered.csv';

/** The tables with one of them changed. */
function changed(name: string, change: (rows: string[][]) => string[][]): ExportRows {
  const rows = tables();
  return rows.set(name, change(rows.get(name) ?? []));
}

const zipOf = (members: Readonly<Record<string, Uint8Array | string>>): Buffer =>
  writeZip(Object.entries(members).map(([name, content]) => ({ name, content })));
/** A zip of tables in the zip around it. */
const nestedBytes = (content: Uint8Array): Buffer => zipOf({ 'current_article_csv.zip': content });
const nested = (members: Readonly<Record<string, string>>): Buffer => nestedBytes(zipOf(members));

describe('shared/feeds/cms-mcd-export/feed.ts', () => {
  it('finds nothing wrong in the export that the others are damaged from', async () => {
    const reading = await readExports(mcdExportZip(tables()));
    expect(reading.findings.map(({ code }) => code)).toEqual(['mcd-rows']);
    expect(reading.documents).toHaveLength(3);
  });

  describe('refuses the edition, by name', () => {
    const whole = mcdExportZip(tables());
    const header = (name: string) => changed(name, (rows) => rows.slice(1));
    const html = '<!DOCTYPE html><html><body>Service unavailable</body></html>';
    const badRow = csvText(tables().get(covered) ?? []).replace('"M47.813"', '"M47.813');

    it.each<[string, string, Uint8Array]>([
      ['a web page for the zip', 'html-instead-of-file', Buffer.from(html)],
      ['nothing', 'not-a-zip', new Uint8Array(0)],
      ['text', 'not-a-zip', Buffer.from('article_id,article_version')],
      ['a zip cut off', 'zip-truncated', whole.subarray(0, whole.length / 2)],
      ['a zip of something else', 'mcd-no-csv', zipOf({ 'a.txt': 'text' })],
      ['a zip of other tables', 'mcd-table-missing', nested({ 'ncd_trkg.csv': 'NCD_id\r\n' })],
      ['an inner zip cut off', 'zip-truncated', nestedBytes(nested({}).subarray(0, 40))],
      ['an inner web page', 'html-instead-of-file', nestedBytes(Buffer.from(html))],
      [
        'a web page for a table',
        'html-instead-of-file',
        mcdExportZip(tables(), { [covered]: html }),
      ],
      ['an empty table', 'empty-file', mcdExportZip(tables(), { [covered]: '' })],
      ['a quote that never closes', 'csv-quotes', mcdExportZip(tables(), { [covered]: badRow })],
      ['no header row', 'mcd-header-missing', mcdExportZip(header(covered))],
      [
        'no header row of the main table',
        'mcd-header-missing',
        mcdExportZip(header('article.csv')),
      ],
      ['no table of lists', 'mcd-table-missing', mcdExportZip(tables(), { [covered]: undefined })],
      [
        'no contractors',
        'mcd-table-missing',
        mcdExportZip(tables(), { 'contractor.csv': undefined }),
      ],
      ['a column less', 'mcd-column-missing', mcdExportZip(changed(covered, without('asterisk')))],
      [
        'a column twice',
        'mcd-column-twice',
        mcdExportZip(changed(covered, renamed('last_updated', 'range'))),
      ],
      [
        'code and group swapped',
        'mcd-columns-swapped',
        mcdExportZip(changed(covered, swapped('icd10_code_id', 'icd10_covered_group'))),
      ],
      [
        'number and version swapped',
        'mcd-columns-swapped',
        mcdExportZip(changed('article.csv', swapped('article_id', 'article_version'))),
      ],
      [
        'title and date swapped',
        'mcd-columns-swapped',
        mcdExportZip(changed('article.csv', swapped('title', 'article_eff_date'))),
      ],
      [
        'procedure and its range swapped',
        'mcd-columns-swapped',
        mcdExportZip(changed('article_x_hcpc_code.csv', swapped('hcpc_code_id', 'range'))),
      ],
      [
        'version and group swapped',
        'mcd-rows-rejected',
        mcdExportZip(changed(covered, swapped('article_version', 'icd10_covered_group'))),
      ],
      ['a list of no document', 'mcd-no-documents', mcdExportBytes({ documents: [] })],
      [
        'a row of which the document is unknown',
        'mcd-row-lost',
        mcdExportZip(changed(covered, cell('article_id', '5000l'))),
      ],
      [
        'a state that is none',
        'mcd-lookup-row',
        mcdExportZip(changed('contractor_jurisdiction.csv', cell('state_id', '99'))),
      ],
      [
        'a contractor that ended on no day',
        'mcd-lookup-row',
        mcdExportZip(
          changed('contractor_jurisdiction.csv', cell('term_date', '2026-13-45 00:00:00')),
        ),
      ],
      [
        'a state without abbreviation',
        'mcd-lookup-row',
        mcdExportZip(changed('state_lookup.csv', cell('state_abbrev', ''))),
      ],
    ])('%s: %s', async (_, code, bytes) => {
      const reading = await readExports(bytes);
      expect(findingsOf(reading, 'error')).toContain(code);
    });

    it('names table and column', async () => {
      const missing = await readExports(mcdExportZip(changed(covered, without('asterisk'))));
      const [finding] = missing.findings.filter(({ code }) => code === 'mcd-column-missing');
      expect(finding?.message).toBe(`${covered} has no column asterisk.`);
      expect(finding?.where).toContain(`current_article.zip member ${covered}`);
      const turned = changed(covered, swapped('icd10_code_id', 'icd10_covered_group'));
      const swap = await readExports(mcdExportZip(turned));
      expect(swap.findings.map(({ message }) => message).join(' ')).toContain(
        'column icd10_code_id',
      );
    });
  });

  describe('leaves one document as it was known, and reads the others', () => {
    it.each<[string, string, ExportRows]>([
      ['a code that is none', 'mcd-row', changed(covered, cell('icd10_code_id', '64490'))],
      ['an asterisk that is none', 'mcd-row', changed(covered, cell('asterisk', 'see note'))],
      [
        'a row cut off',
        'mcd-row',
        changed(covered, (rows) => rows.map((row, at) => (at === 2 ? row.slice(0, 4) : row))),
      ],
      [
        'a procedure that is none',
        'mcd-row',
        changed('article_x_hcpc_code.csv', cell('hcpc_code_id', 'M47.812')),
      ],
      ['text for a date', 'mcd-row', changed('article.csv', cell('article_eff_date', 'soon'))],
      [
        'a day there is not',
        'mcd-date',
        changed('article.csv', cell('article_eff_date', '2026-02-30 00:00:00')),
      ],
      [
        'a retirement on no day',
        'mcd-date',
        changed('article.csv', cell('date_retired', '2026-99-99 00:00:00')),
      ],
      [
        'a year nobody means',
        'mcd-date',
        changed('article.csv', cell('article_eff_date', '0205-01-01 00:00:00')),
      ],
      [
        'no effective date',
        'mcd-no-effective-date',
        changed('article.csv', cell('article_eff_date', '')),
      ],
      ['no title', 'mcd-row', changed('article.csv', cell('title', ''))],
      [
        'a contractor there is not',
        'mcd-row',
        changed('article_x_contractor.csv', cell('contractor_id', '77')),
      ],
      ['rows of a later version', 'mcd-row', changed(covered, cell('article_version', '4', 3))],
    ])('%s: %s', async (_, code, rows) => {
      const reading = await readExports(mcdExportZip(rows));
      expect(findingsOf(reading, 'warning')).toContain(code);
      expect(findingsOf(reading, 'error').filter((one) => one !== 'mcd-rows-rejected')).toEqual([]);
      expect(reading.withheld).toEqual(['A50001']);
      expect(reading.documents.map(({ id }) => id)).toEqual(['A50002', 'A50003']);
    });
  });

  describe('says, and reads', () => {
    const texts = async (bytes: Buffer) => {
      const reading = await readExports(mcdExportZip(tables(), groupTable(bytes)));
      expect(findingsOf(reading, 'error')).toEqual([]);
      expect(reading.documents).toHaveLength(3);
      return { reading, text: reading.documents[0]?.texts['covered-1'] };
    };
    const name = 'article_x_icd10_covered_group.csv';
    const groupTable = (bytes: Buffer) => ({ [name]: bytes });
    const csv = csvText(tables().get(name) ?? []);

    it('Latin-1 where it is no UTF-8', async () => {
      const { reading, text } = await texts(Buffer.from(csv, 'latin1'));
      expect(text).toBe('The café & §');
      const [finding] = reading.findings.filter(({ code }) => code === 'not-utf8');
      expect(finding).toMatchObject({ severity: 'info' });
      expect(finding?.where).toContain(name);
    });

    it('UTF-8 with a byte order mark as without', async () => {
      const { reading, text } = await texts(Buffer.from(`\ufeff${csv}`));
      expect(text).toBe('The café & §');
      expect(reading.findings.map(({ code }) => code)).toEqual(['mcd-rows']);
    });

    it('rows of a version before, which are left over', async () => {
      const old = changed(covered, (rows) => [
        ...rows,
        ...cell('article_version', '2')(rows).slice(1, 2),
      ]);
      const reading = await readExports(mcdExportZip(old));
      expect(reading.withheld).toEqual([]);
      expect(findingsOf(reading, 'warning')).toEqual(['mcd-row', 'mcd-rows-rejected']);
      expect(reading.documents[0]?.groups[0]?.diagnoses.codes).toHaveLength(3);
    });

    it('rows of a document there is not', async () => {
      const orphan = changed(covered, (rows) => [
        ...rows,
        ...cell('article_id', '59999')(rows).slice(1, 2),
      ]);
      const reading = await readExports(mcdExportZip(orphan));
      expect(reading.documents).toHaveLength(3);
      const said = reading.findings.map(({ message }) => message).join('\n');
      expect(said).toContain('No document 59999 is in the main table.');
    });

    it('a publication date that is none, since it decides nothing', async () => {
      const odd = changed('article.csv', cell('article_pub_date', '2026-02-30 00:00:00'));
      const reading = await readExports(mcdExportZip(odd));
      expect(reading.withheld).toEqual([]);
      expect(reading.documents[0]).not.toHaveProperty('published');
      expect(findingsOf(reading, 'warning')).toEqual(['mcd-date']);
    });

    it('tables that only some editions have', async () => {
      const absent = {
        'article_future_retire.csv': undefined,
        'article_related_documents.csv': undefined,
      };
      const reading = await readExports(mcdExportZip(tables(), absent));
      expect(findingsOf(reading, 'warning')).toEqual(['mcd-table-missing']);
      expect(reading.documents).toHaveLength(3);
    });
  });

  it('conserves rows: all are kept or rejected, and a thousand bad ones are counted, not listed', async () => {
    const codes = Array.from(
      { length: 3000 },
      (_, index) => `M${10 + (index % 90)}.${index % 1000}`,
    );
    const rows = mcdExportRows({ documents: [{ id: '50001', covered: [{ codes }] }] });
    rows.set(covered, cell('icd10_code_id', 'none', 1000)(rows.get(covered) ?? []));
    const all = [...rows].filter(([name]) => !name.includes('requestor'));
    const total = all.reduce((sum, [, table]) => sum + table.length - 1, 0);
    const { findings, documents } = await readExports(mcdExportZip(rows));
    expect(documents).toEqual([]);
    const [counted] = findings.filter(({ code }) => code === 'mcd-rows');
    expect(counted?.message).toContain(`${total} rows: ${total - 1000} kept, 1000 rejected`);
    const listed = findings.filter(({ code }) => code === 'mcd-row');
    expect(listed).toHaveLength(5);
    expect(listed[4]?.message).toContain('There are 1000 such findings');
  });
});
