// The feed end to end over loopback: licence, reports, documents table by table, what waits for the next run, and the same
// documents as the export has.
import { describe, expect, it } from 'vitest';
import { policyFingerprint } from '../../../shared/core/policy-normal-form.ts';
import { cmsMcdApi } from '../../../shared/feeds/cms-mcd-api/feed.ts';
import {
  type ApiAnswers,
  coverageApiAnswers,
  licenceToken,
  listed,
} from '../../support/coverage-api.ts';
import {
  type ExportDocument,
  type McdExport,
  mcdExportBytes,
  mcdExportRows,
} from '../../support/mcd-export-bytes.ts';
import { readExports } from '../cms-mcd-export/read-export.ts';
import { codesOf, createCoverageWorld, idsOf, setLocalNews } from './coverage-world.ts';

const week = ['20260831', '20260907'] as const;

const injections: ExportDocument = {
  id: '50001',
  version: '7',
  published: '2026-08-20',
  effective: '2026-10-01',
  columns: { description: '<p>Where injections &amp; blocks are paid.</p>', revenue_para: 'N/A' },
  contractors: ['100', '200'],
  retires: '2027-03-31',
  related: ['L40001', 'A50002'],
  procedures: [
    { codes: ['62321', '62323'], paragraph: 'N/A' },
    { codes: ['62320'], paragraph: '<p>These codes are non-covered.</p>' },
  ],
  covered: [
    {
      codes: ['M54.16', 'M53.86*', 'M51.360..M51.362'],
      paragraph: '<p>The following codes support 62321 and 62323.</p>',
      asterisk: '<p>*M53.86 is for instability only.</p>',
    },
  ],
  notCovered: [{ codes: ['XX000'], paragraph: 'All others.' }],
  revisions: [
    ['R7', '2026-10-01', '<p>Group 1: <b>added</b> M53.86.</p>'],
    ['R6', '2026-01-01', 'Annual review.'],
  ],
};
const imaging: ExportDocument = {
  id: '50002',
  version: '3',
  contractors: ['200'],
  states: ['TX'],
  procedures: [{ codes: ['72148'], paragraph: 'N/A' }],
  covered: [{ codes: ['M54.16'], paragraph: 'These codes support it:' }],
};
const described: McdExport = {
  contractors: [
    { id: '100', name: 'First Contractor', states: ['CA', 'NV'] },
    { id: '200', name: 'Second Contractor', states: ['DN', 'QN', 'TX'] },
  ],
  documents: [injections, imaging],
};

const news = [listed('A50001', '7', '20260902101500'), listed('A50002', '3', '20260901080000')];

function answersWith(rows: Parameters<typeof setLocalNews>[2]): ApiAnswers {
  const answers = coverageApiAnswers(mcdExportRows(described));
  setLocalNews(answers, week, rows);
  return answers;
}

describe('shared/feeds/cms-mcd-api/feed.ts', () => {
  it('brings a changed document as the export brings it, to the last byte', async () => {
    const { run } = createCoverageWorld(answersWith(news));
    const { reading, pulled } = await run('2026-09-10');
    const exported = await readExports(mcdExportBytes(described));
    expect(reading?.documents).toEqual(exported.documents);
    expect(reading?.documents.map(policyFingerprint)).toEqual(
      exported.documents.map(policyFingerprint),
    );
    expect(reading).toMatchObject({ complete: false, published: '2026-09-06', withheld: [] });
    expect(reading?.documents[0]).toMatchObject({
      id: 'A50001',
      version: '7',
      ends: '2027-03-31',
      jurisdictions: [
        { contractor: 'First Contractor', states: ['CA', 'NV'] },
        { contractor: 'Second Contractor', states: ['DN', 'QN', 'TX'] },
      ],
      related: ['A50002', 'L40001'],
      revisions: [
        { number: 'R7', date: '2026-10-01', text: 'Group 1: added M53.86.' },
        { number: 'R6', date: '2026-01-01', text: 'Annual review.' },
      ],
      texts: { description: 'Where injections & blocks are paid.' },
    });
    expect(pulled.reached).toBe(true);
  });

  it('shows the licence token to the API alone: neither archive, items, message nor findings hold it', async () => {
    const world = createCoverageWorld(answersWith(news));
    const { asked, pulled } = await world.run('2026-09-10');
    expect(asked).toContain('/v1/metadata/license-agreement/');
    const kept = [...world.archive.objects.values()].map((bytes) => Buffer.from(bytes).toString());
    const everything = [
      ...kept,
      JSON.stringify(world.items.allItems()),
      JSON.stringify(world.queue.messages),
      JSON.stringify(pulled),
    ].join('\n');
    expect(everything).toContain('M53.86');
    expect(everything).not.toContain(licenceToken);
  });

  it('puts pages together', async () => {
    const { run } = createCoverageWorld(answersWith(news));
    const { reading, asked } = await run('2026-09-10', { pageSize: 1 });
    const exported = await readExports(mcdExportBytes(described));
    expect(reading?.documents).toEqual(exported.documents);
    expect(asked).toContain('/v1/data/article/hcpc-code?articleid=50001&ver=7&next_token=p2');
  });

  it('reads nothing twice: the next day the reports are asked, and nothing else', async () => {
    const { run } = createCoverageWorld(answersWith(news));
    await run('2026-09-10');
    const { asked, message } = await run('2026-09-11');
    expect(message).toBeUndefined();
    expect(asked).toEqual([
      '/v1/metadata/update-period/',
      '/v1/reports/whats-new/local/?start_date=20260831&end_date=20260907',
      '/v1/reports/whats-new/national/?timeframe=11',
    ]);
  });

  it('reads a version again when it was updated again, once', async () => {
    const world = createCoverageWorld(answersWith(news));
    await world.run('2026-09-10');
    const again = listed('A50002', '3', '20260903090000');
    setLocalNews(world.answers, week, [...news, again]);
    const { reading } = await world.run('2026-09-11');
    expect(idsOf(reading)).toEqual(['A50002 v3']);
    expect((await world.run('2026-09-12')).message).toBeUndefined();
  });

  it('leaves what a run may not ask any more to the next ones, oldest update first, none lost', async () => {
    const { run } = createCoverageWorld(answersWith(news));
    // Before documents: period, two reports, licence, contractors, states and five reports on states.
    const first = await run('2026-09-10', { requestsMax: 11 + 12 });
    expect(idsOf(first.reading)).toEqual(['A50002 v3']);
    expect(codesOf(first.pulled)).toEqual(['info mcd-api-left']);
    const second = await run('2026-09-11', { requestsMax: 11 + 12 });
    expect(idsOf(second.reading)).toEqual(['A50001 v7']);
    expect((await run('2026-09-12')).message).toBeUndefined();
  });

  it('goes on after weeks without a run where it was, week by week', async () => {
    const world = createCoverageWorld(answersWith([]));
    await world.run('2026-09-10');
    world.answers.set('/v1/metadata/update-period/', {
      rows: [
        { period_id: 1199, begin_date: '20260907', end_date: '20260914' },
        { period_id: '1200', begin_date: '20260914', end_date: '20260921' },
      ],
    });
    setLocalNews(world.answers, ['20260907', '20260914'], [news[0] ?? {}]);
    const { asked, reading } = await world.run('2026-09-24');
    expect(asked.slice(1, 4)).toEqual([
      '/v1/reports/whats-new/local/?start_date=20260914&end_date=20260921',
      '/v1/reports/whats-new/local/?start_date=20260907&end_date=20260914',
      '/v1/reports/whats-new/local/?start_date=20260831&end_date=20260907',
    ]);
    expect(idsOf(reading)).toEqual(['A50001 v7']);
    expect(reading?.published).toBe('2026-09-21');
  });

  it('asks for a week again whose report could not be had, though newer ones could', async () => {
    const world = createCoverageWorld(answersWith([]));
    await world.run('2026-09-10');
    const next = [{ period_id: 1199, begin_date: '20260907', end_date: '20260914' }];
    world.answers.set('/v1/metadata/update-period/', { rows: next });
    const path = '/v1/reports/whats-new/local/?start_date=20260831&end_date=20260907';
    world.answers.set(path, { status: 400, body: '{}' });
    const failed = await world.run('2026-09-17');
    expect([failed.message, failed.pulled.reached]).toEqual([undefined, false]);
    world.answers.set(path, { rows: news });
    expect(idsOf((await world.run('2026-09-18')).reading)).toEqual(['A50001 v7', 'A50002 v3']);
    expect((await world.run('2026-09-19')).asked).not.toContain(path);
  });

  it('reads a version once that is listed with two updates', async () => {
    const updates = [news[1] ?? {}, listed('A50002', '3', '20260903090000')];
    const world = createCoverageWorld(answersWith(updates));
    expect(idsOf((await world.run('2026-09-10')).reading)).toEqual(['A50002 v3']);
    expect((await world.run('2026-09-11')).asked).toHaveLength(3);
  });

  it('tells of national documents and drafts once each, and asks for no table of theirs', async () => {
    const world = createCoverageWorld(answersWith([listed('DL50001', '2', '20260902101500')]));
    const row = listed('NCD 240.2', '3', '20260902101500', { document_id: '226' });
    const national = { ...row, last_updated_sort: row.updated_on_sort, updated_on_sort: undefined };
    world.answers.set('/v1/reports/whats-new/national/?timeframe=7', { rows: [national] });
    world.answers.set('/v1/reports/whats-new/national/?timeframe=11', { rows: [national] });
    const { pulled, asked, message } = await world.run('2026-09-10');
    expect(codesOf(pulled)).toEqual(['info mcd-api-national', 'info mcd-api-other']);
    expect(message).toBeUndefined();
    expect(asked.filter((path) => path.includes('/data/'))).toEqual([]);
    expect((await world.run('2026-09-11')).pulled.findings).toEqual([]);
  });

  it('reads an LCD by its own tables, dates of two kinds', async () => {
    const lcd: McdExport = {
      kind: 'lcd',
      contractors: [{ id: '100', name: 'First Contractor', states: ['CA'] }],
      documents: [
        {
          id: '40001',
          version: '12',
          columns: {
            orig_det_eff_date: '2015-10-01 00:00:00',
            indication: '<p>When it is needed.</p>',
            ent_det_end_date: 'N/A',
          },
          related: ['A50001'],
        },
      ],
    };
    const answers = coverageApiAnswers(mcdExportRows(lcd));
    setLocalNews(answers, week, [listed('L40001', '12', '20260902101500')]);
    const { reading, asked } = await createCoverageWorld(answers).run('2026-09-10');
    const exported = await readExports(mcdExportBytes(lcd));
    expect(reading?.documents).toEqual(exported.documents);
    expect(asked.filter((path) => path.startsWith('/v1/data/lcd/'))).toHaveLength(6);
    expect(asked.some((path) => path.includes('local-coverage-articles'))).toBe(false);
  });

  it('says when it was away longer than reports go back, and reads what they have', async () => {
    const world = createCoverageWorld(answersWith([]));
    await world.run('2026-09-10');
    const later = [{ period_id: 1260, begin_date: '20271101', end_date: '20271108' }];
    world.answers.set('/v1/metadata/update-period/', { rows: later });
    const { pulled, asked } = await world.run('2027-11-11');
    expect(codesOf(pulled)).toEqual(['warning mcd-api-gap']);
    expect(asked.filter((path) => path.includes('whats-new/local'))).toHaveLength(51);
    expect(asked.at(-1)).toBe('/v1/reports/whats-new/national/?timeframe=120');
  });

  it('reads the newest week again when its bookmark is spoilt', async () => {
    const world = createCoverageWorld(answersWith(news));
    await world.run('2026-09-10');
    const item = world.items.allItems().find(({ bookmark }) => bookmark !== undefined);
    if (!item) throw new Error('there is no bookmark');
    await world.items.put({ ...item, bookmark: '{"taken":' });
    const { pulled, asked } = await world.run('2026-09-11');
    expect(codesOf(pulled)).toEqual(['warning mcd-api-bookmark']);
    expect(asked).toContain('/v1/data/article/?articleid=50001&ver=7');
  });

  it('gives up on a table whose pages do not end', async () => {
    const world = createCoverageWorld(answersWith(news));
    const endless = JSON.stringify({ meta: { next_token: 'again' }, data: [] });
    world.answers.set('/v1/data/article/icd10-covered?articleid=50001&ver=7', { body: endless });
    const { pulled, reading } = await world.run('2026-09-10');
    expect(codesOf(pulled)).toContain('warning mcd-api-pages');
    expect(idsOf(reading)).toEqual(['A50002 v3']);
  });

  it('asks of one host alone', () => {
    expect(cmsMcdApi.allowedHosts).toEqual(['api.coverage.cms.gov']);
    expect(cmsMcdApi).toMatchObject({ id: 'cms-mcd-api', source: 'mcd' });
  });
});
