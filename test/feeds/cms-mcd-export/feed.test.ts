// What the real editions do not show of an export: ranges, conditions, jurisdictions that ended, retirements, LCDs, several
// editions of the format; and which files are asked for.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { policyFingerprint } from '../../../shared/core/policy-normal-form.ts';
import { cmsMcdExport } from '../../../shared/feeds/cms-mcd-export/feed.ts';
import type { PolicyFile } from '../../../shared/feeds/policy-feed.ts';
import {
  type ExportDocument,
  type McdExport,
  mcdExportBytes,
  mcdExportRows,
  mcdExportZip,
} from '../../support/mcd-export-bytes.ts';
import { exportsUrl, findingsOf, readExports } from './read-export.ts';

const readOne = async (document: ExportDocument, others: Omit<McdExport, 'documents'> = {}) => {
  const reading = await readExports(mcdExportBytes({ ...others, documents: [document] }));
  const [first] = reading.documents;
  if (!first) throw new Error(JSON.stringify(reading.findings));
  return { ...reading, document: first };
};

const two: ExportDocument['procedures'] = [
  { codes: ['64490', '64491'] },
  { codes: ['72148', 'A9585'] },
];

describe('shared/feeds/cms-mcd-export/feed.ts', () => {
  describe('discovery', () => {
    const asked = async (
      answers: Readonly<Record<string, 'new' | 'unchanged' | 'absent'>>,
      since?: string,
    ) => {
      const urls: string[] = [];
      const get = async ({ url }: { readonly url: string }): Promise<PolicyFile | undefined> => {
        urls.push(url);
        const answer = answers[url.slice(exportsUrl.length)] ?? 'absent';
        if (answer === 'absent') return undefined;
        return { url, sha256: url, unchanged: answer === 'unchanged' };
      };
      const { files } = await cmsMcdExport.discover({
        get,
        bytesOf: async () => new Uint8Array(0),
        today: calendarDate('2026-09-07'),
        ...(since === undefined ? {} : { since: calendarDate(since) }),
      });
      return { urls, files: files.map(({ url }) => url.slice(exportsUrl.length)) };
    };
    const article = 'current_article.zip';
    const lcd = 'current_lcd.zip';

    it('asks for the two weekly exports, of the one host it may ask', async () => {
      const { urls, files } = await asked({ [article]: 'new', [lcd]: 'new' });
      expect(urls).toEqual([`${exportsUrl}${article}`, `${exportsUrl}${lcd}`]);
      expect(files).toEqual([article, lcd]);
      expect(cmsMcdExport.allowedHosts).toEqual([new URL(exportsUrl).hostname]);
    });

    it('reads what there is when one is absent', async () => {
      expect((await asked({ [article]: 'new' })).files).toEqual([article]);
    });

    it('has nothing new when the bytes are the same, and only what changed otherwise', async () => {
      const same = { [article]: 'unchanged', [lcd]: 'unchanged' } as const;
      expect((await asked(same, '2026-08-30')).files).toEqual([]);
      expect((await asked({ ...same, [lcd]: 'new' }, '2026-08-30')).files).toEqual([lcd]);
    });

    it('takes unchanged files as long as nothing was ever taken in', async () => {
      expect((await asked({ [article]: 'unchanged' })).files).toEqual([article]);
    });
  });

  describe('lists', () => {
    it('puts ranges of diagnoses together from their two rows', async () => {
      const { document, findings } = await readOne({
        id: '50001',
        procedures: [{ codes: ['64490'], paragraph: 'N/A' }],
        covered: [
          {
            codes: ['M54.50..M54.59', 'M47.812', 'M48.12*..M48.19', 'M47.812'],
            paragraph: 'N/A',
          },
        ],
      });
      expect(document.groups[0]).toMatchObject({
        diagnoses: {
          codes: ['M47812'],
          ranges: [
            { from: 'M4812', to: 'M4819' },
            { from: 'M5450', to: 'M5459' },
          ],
        },
        asterisked: ['M4812'],
      });
      expect(findings.map(({ code }) => code)).toEqual(['mcd-rows']);
    });

    it('says that a range runs backwards, and lets both its codes count alone', async () => {
      const covered = [{ codes: ['M54.59..M54.50'] }];
      const { document, findings } = await readOne({ id: '50001', procedures: two, covered });
      expect(document.groups[0]?.diagnoses).toEqual({ codes: ['M5450', 'M5459'], ranges: [] });
      const range = findings.find(({ code }) => code === 'mcd-range');
      expect(range).toMatchObject({ severity: 'warning' });
      expect(range?.where).toContain('A50001 version 1');
    });

    it('knows a range that runs backwards by the order of the Tabular List', async () => {
      const covered = [{ codes: ['M1A.00X0..M10.9', 'J45.20..J4A.0'] }];
      const { document, findings } = await readOne({ id: '50001', procedures: two, covered });
      expect(document.groups[0]?.diagnoses).toEqual({
        codes: ['J4520', 'J4A0'],
        ranges: [{ from: 'M1A00X0', to: 'M109' }],
      });
      expect(findings.map(({ code }) => code)).toContain('mcd-range');
    });

    it('counts through ranges of procedures, and drops the code that means none', async () => {
      const procedures = [{ codes: ['64490..64493', '0213t', 'XX000'] }];
      const { document } = await readOne({ id: '50001', procedures });
      expect(document.procedureGroups[0]?.codes).toEqual([
        '0213T',
        '64490',
        '64491',
        '64492',
        '64493',
      ]);
    });

    it('takes XX000 for everything else only in a list of what is not covered', async () => {
      const { document } = await readOne({
        id: '50001',
        procedures: two,
        covered: [{ codes: ['XX000'] }, { codes: ['M54.50'] }],
        notCovered: [{ codes: ['XX000'] }],
      });
      expect(
        document.groups.map(({ list, group, everythingElse }) => [list, group, everythingElse]),
      ).toEqual([
        ['covered', '2', false],
        ['not-covered', '1', true],
      ]);
    });

    it('explains an asterisk by its own column before the paragraph', async () => {
      const covered = [
        {
          codes: ['M54.50*'],
          paragraph: '<p>* See above.</p>',
          asterisk: '<p>Only with&nbsp;imaging.</p>',
        },
        { codes: ['M54.51*'], paragraph: '<p>For 72148.</p><p>* Only once.</p>' },
        { codes: ['M54.59'], paragraph: '<p>* Not used.</p>' },
      ];
      const { document } = await readOne({ id: '50001', procedures: two, covered });
      expect(document.groups.map(({ footnote }) => footnote)).toEqual([
        'Only with imaging.',
        '* Only once.',
        undefined,
      ]);
    });

    it('keeps no description of a code', async () => {
      const { document } = await readOne({
        id: '50001',
        procedures: two,
        covered: [{ codes: ['M54.50'] }],
      });
      expect(JSON.stringify(document)).not.toContain('DESCRIPTOR');
    });

    it('keeps texts as text: lines, no markup, however long', async () => {
      const long = `<p>One &amp; two</p>\n<script>steal()</script><ul><li>"quoted", twice</li></ul>${'<p>more</p>'.repeat(9000)}`;
      const { document } = await readOne({ id: '50001', columns: { description: long } });
      expect(long.length).toBeGreaterThan(65_536);
      expect(document.texts.description?.split('\n').slice(0, 3)).toEqual([
        'One & two',
        '"quoted", twice',
        'more',
      ]);
      expect(document.texts.description).not.toMatch(/[<>]|steal/);
    });
  });

  describe('jurisdictions', () => {
    const contractors = [
      { id: '1', name: 'Alpha', states: ['NF', 'SF', 'OR until 2026-09-05', 'WA from 2027-01-01'] },
      { id: '2', name: 'Alpha', states: ['NV'] },
      { id: '3', name: 'Beta', states: ['NY until 2024-12-31', 'QN until 2025-06-30'] },
      { id: '4', name: 'Gamma', states: ['OH until 2026-09-06'] },
    ];
    const where = async (ids: readonly string[], states: readonly string[] = []) =>
      (await readOne({ id: '50001', contractors: ids, states }, { contractors })).document;

    it('has the states of its contractors on the day of the export, by name', async () => {
      const { jurisdictions, ends } = await where(['2', '1', '3', '4']);
      expect(jurisdictions).toEqual([
        { contractor: 'Alpha', states: ['NF', 'NV', 'SF'] },
        { contractor: 'Gamma', states: ['OH'] },
      ]);
      expect(ends).toBeUndefined();
    });

    it('ends with the last of its contractors, and was theirs until then', async () => {
      const { jurisdictions, ends } = await where(['3']);
      expect(jurisdictions).toEqual([{ contractor: 'Beta', states: ['NY', 'QN'] }]);
      expect(ends).toBe('2025-06-30');
    });

    it('keeps to the states the document is limited to', async () => {
      const { jurisdictions } = await where(['1', '2', '4'], ['NV', 'OH']);
      expect(jurisdictions).toEqual([
        { contractor: 'Alpha', states: ['NV'] },
        { contractor: 'Gamma', states: ['OH'] },
      ]);
    });

    it('says so when a contractor has no state at all: it then counts everywhere', async () => {
      const none = [
        { id: '9', name: 'Nowhere', states: [] },
        { id: '1', name: 'Alpha', states: ['CA'] },
      ];
      const { document, findings } = await readOne({ id: '50001' }, { contractors: none });
      expect(document.jurisdictions).toEqual([{ contractor: 'Nowhere', states: [] }]);
      const told = findings.filter(({ code }) => code === 'mcd-no-states');
      expect(told).toMatchObject([{ severity: 'warning' }]);
    });
  });

  describe('dates', () => {
    it('ends on the earliest of its end dates', async () => {
      const columns = {
        article_end_date: '2027-01-01 00:00:00',
        date_retired: '2026-11-15 00:00:00',
      };
      const { document } = await readOne({ id: '50001', columns, retires: '2026-12-31' });
      expect(document.ends).toBe('2026-11-15');
      expect((await readOne({ id: '50001', retires: '2026-12-31' })).document.ends).toBe(
        '2026-12-31',
      );
    });

    it('takes placeholders for none', async () => {
      const columns = { article_end_date: '9999-12-31 00:00:00', date_retired: 'N/A' };
      expect((await readOne({ id: '50001', columns })).document.ends).toBeUndefined();
    });

    it('takes the last period that has ended for its day', async () => {
      const rows = mcdExportRows({ documents: [{ id: '50001' }], day: '2026-09-06' });
      rows
        .get('update_period.csv')
        ?.push(['1197', '', '2026-08-30 00:00:00'], ['1199', '', '2026-09-13 00:00:00']);
      expect((await readExports(mcdExportZip(rows))).published).toBe('2026-09-06');
    });
  });

  describe('LCDs', () => {
    const lcd: ExportDocument = {
      id: '33622',
      version: '7',
      title: 'Pain &amp; Procedures',
      published: '2026-08-01',
      effective: '2026-09-01',
      columns: { indication: '<p>Indications</p>', orig_det_eff_date: '2015-10-01 00:00:00' },
      related: ['A57791', 'L34892'],
      revisions: [
        ['R1', '2016-01-01', '<p>First</p>'],
        ['R2', '2026-09-01', '<p>Codes &amp; texts</p>'],
      ],
    };

    it('are read with their own dates, page, texts, history and articles, and no codes', async () => {
      const { document, completeKinds } = await readOne(lcd, { kind: 'lcd' });
      expect(completeKinds).toEqual(['lcd']);
      expect(document).toMatchObject({
        id: 'L33622',
        kind: 'lcd',
        version: '7',
        title: 'Pain & Procedures',
        url: 'https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid=33622&ver=7',
        published: '2026-08-01',
        effective: '2026-09-01',
        related: ['A57791', 'L34892'],
        texts: { indication: 'Indications' },
        groups: [],
        procedureGroups: [],
      });
      expect(document.revisions.map(({ number, text }) => [number, text]).sort()).toEqual([
        ['R1', 'First'],
        ['R2', 'Codes & texts'],
      ]);
    });

    it('take the original date where no revision has one', async () => {
      const { document } = await readOne({ ...lcd, effective: '' }, { kind: 'lcd' });
      expect(document.effective).toBe('2015-10-01');
    });

    it('come with a table without header row that is not read', async () => {
      const rows = mcdExportRows({ kind: 'lcd', documents: [lcd] });
      const letters = '"33622","7","1","A Requestor","letter.pdf","1","1","2026-01-01"\r\n';
      const reading = await readExports(
        mcdExportZip(rows, { 'lcd_x_requestor_letters.csv': letters }),
      );
      expect(reading.documents).toHaveLength(1);
      expect(findingsOf(reading, 'error')).toEqual([]);
      expect(JSON.stringify(reading)).not.toContain('Requestor');
    });

    it('are one edition with articles when both zips are there', async () => {
      const articles = mcdExportBytes({ documents: [{ id: '50001' }], day: '2026-08-30' });
      const reading = await readExports(
        articles,
        mcdExportBytes({ kind: 'lcd', documents: [lcd] }),
      );
      expect(reading.completeKinds).toEqual(['article', 'lcd']);
      expect(reading.documents.map(({ id }) => id)).toEqual(['A50001', 'L33622']);
      expect(reading.published).toBe('2026-09-06');
    });
  });

  it('reads the same from columns in another order, with others among them, and tables in another order', async () => {
    const described: McdExport = {
      documents: [
        {
          id: '50001',
          procedures: two,
          covered: [{ codes: ['M54.50*', 'M54.51'], paragraph: 'For 72148.' }],
        },
      ],
    };
    const rows = mcdExportRows(described);
    const turned = new Map(
      [...rows]
        .reverse()
        .map(([name, table]) => [
          name,
          table.map((row, index) => [...row, index === 0 ? 'new_column' : 'x'].reverse()),
        ]),
    );
    const [one] = (await readExports(mcdExportZip(rows))).documents;
    const [other] = (await readExports(mcdExportZip(turned))).documents;
    expect(one && other && policyFingerprint(other) === policyFingerprint(one)).toBe(true);
  });

  it('keeps the highest version when a document is there twice', async () => {
    const documents = ['3', '12', '9'].map((version) => ({ id: '50001', version }));
    const reading = await readExports(mcdExportBytes({ documents }));
    expect(reading.documents.map(({ version }) => version)).toEqual(['12']);
    expect(findingsOf(reading, 'warning')).toContain('mcd-document-twice');
  });
});
