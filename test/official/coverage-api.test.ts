// The Coverage API against the real editions of the export: the same articles read through both feeds are the same, and
// taking the API's in changes nothing the export has not changed. Its reports are real rows of its own.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { cmsMcdApi } from '../../shared/feeds/cms-mcd-api/feed.ts';
import { readWhatsNew } from '../../shared/feeds/cms-mcd-api/whats-new.ts';
import { openExport } from '../../shared/feeds/cms-mcd-export/export-zip.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import { createFindingList } from '../../shared/formats/finding-list.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import {
  changesBetween,
  createCoverageWorld,
  idsOf,
  setLocalNews,
} from '../feeds/cms-mcd-api/coverage-world.ts';
import { readExports } from '../feeds/cms-mcd-export/read-export.ts';
import { type ApiObject, coverageApiAnswers, listed } from '../support/coverage-api.ts';
import { type ExportRows, mcdExportRows } from '../support/mcd-export-bytes.ts';
import { mcdHeaders } from '../support/mcd-export-tables.ts';
import { haveOfficialFiles, mirrorFolder, officialFiles } from '../support/official-files.ts';
import { policyPorts } from '../support/policy-arrivals.ts';

const earlier = resolve(officialFiles, 'policy/editions/2025-08/current_article.zip');
const later = resolve(
  mirrorFolder,
  'downloads.cms.gov/medicare-coverage-database/downloads/exports/current_article.zip',
);

/** The real tables, read apart from the feed; those the zip lacks with their header alone. */
async function officialRows(path: string): Promise<ExportRows> {
  const tables = await openExport(readFileSync(path), path, createFindingList());
  if (!tables) throw new Error(`${path} cannot be opened`);
  const rows: ExportRows = new Map();
  for (const [name, header] of Object.entries({ ...mcdHeaders.article, ...mcdHeaders.both })) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of tables.stream(name)?.bytes ?? []) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    rows.set(name, text === '' ? [header.split(',')] : parse(text, { bom: true }));
  }
  return rows;
}

/** An API that lists every article of an edition as new. */
async function officialWorld(path: string) {
  const rows = await officialRows(path);
  const answers = coverageApiAnswers(rows);
  const [header = [], ...articles] = rows.get('article.csv') ?? [];
  const column = (row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';
  const news = articles.map((row) =>
    listed(`A${column(row, 'article_id')}`, column(row, 'article_version'), '20260901080000'),
  );
  setLocalNews(answers, ['20260831', '20260907'], news);
  return createCoverageWorld(answers);
}

const withoutTexts = (documents: readonly PolicyDocument[]) =>
  documents.map(({ texts: _, ...document }) => document);

describe.skipIf(!haveOfficialFiles)('shared/feeds/cms-mcd-api/feed.ts', () => {
  it('reads the six articles of September 2026 as the export of that day has them', async () => {
    const { reading } = await (await officialWorld(later)).run('2026-09-10');
    const exported = await readExports(readFileSync(later));
    expect(idsOf(reading)).toEqual([
      'A56681 v34',
      'A57206 v33',
      'A57791 v12',
      'A58364 v42',
      'A58403 v29',
      'A58745 v21',
    ]);
    expect(withoutTexts(reading?.documents ?? [])).toEqual(withoutTexts(exported.documents));
    expect(changesBetween(exported.documents, reading?.documents ?? [])).toEqual([]);
  });

  it('changes after the export of August 2025 what the export of September 2026 changes', async () => {
    const { reading } = await (await officialWorld(later)).run('2026-09-10');
    const before = await readExports(readFileSync(earlier));
    const exported = await readExports(readFileSync(later));
    const changes = changesBetween(before.documents, reading?.documents ?? []);
    expect(changes).toEqual(changesBetween(before.documents, exported.documents));
    expect(changes.map(({ id }) => id)).toEqual(['A57206', 'A57791', 'A58364', 'A58403', 'A58745']);
    const injections = changes.find(({ id }) => id === 'A58745');
    expect(injections).toMatchObject({ version: '21', before: '20', effective: '2026-04-01' });
    expect(injections?.moves[0]).toMatchObject({ direction: 'added', codes: ['M5418'] });
  });

  it('taken in after the export it makes no edition, and the other way round neither', async () => {
    for (const isApiFirst of [false, true]) {
      const world = await officialWorld(later);
      const { message } = await world.run('2026-09-10');
      if (!message) throw new Error('nothing was sent');
      const bytes = readFileSync(later);
      const url = 'https://downloads.cms.gov/current_article.zip';
      const note = { url, fetchedAt: '2026-09-10T12:00:00.000Z', headers: {} };
      const sha256 = await world.archive.keep(bytes, note);
      const files = [{ url, sha256, unchanged: false }];
      const exported = { feed: cmsMcdExport.id, files, collected: message.collected };
      const ports = policyPorts(world, {
        feed: (id) => [cmsMcdApi, cmsMcdExport].find((one) => one.id === id),
      });
      const both = isApiFirst ? [message, exported] : [exported, message];
      const outcomes = [];
      for (const one of both) outcomes.push((await ingestPolicies(ports, one)).outcome);
      expect(outcomes).toEqual(['committed', 'unchanged']);
    }
  });
});

describe.skipIf(!haveOfficialFiles)('shared/feeds/cms-mcd-api/whats-new.ts', () => {
  const rowsOf = (name: string): readonly ApiObject[] =>
    parse(readFileSync(resolve(officialFiles, 'policy/mcd-api', name)), { columns: true });

  it('reads all of 3,133 real rows of the reports, oldest update first', () => {
    const list = createFindingList();
    const all = readWhatsNew(rowsOf('documents_latest.csv'), 'report', list);
    expect(list.all()).toEqual([]);
    expect(all).toHaveLength(3133);
    const kinds = all.map((one) => one.local?.kind);
    expect(kinds.filter((kind) => kind === 'article')).toHaveLength(2161);
    expect(kinds.filter((kind) => kind === 'lcd')).toHaveLength(972);
    expect(all.at(-1)?.key.split(' ')[2]).toBe('20250808225915');
    expect(all.find(({ key }) => key.startsWith('A58745 '))).toMatchObject({
      key: 'A58745 20 20250314150349',
      local: { kind: 'article', number: '58745', version: '20' },
      title: 'Billing and Coding: Epidural Steroid Injections for Pain Management',
    });
  });

  it('refuses the harvest that calls LCDs articles: not one of its rows is listed', () => {
    const list = createFindingList();
    const rows = rowsOf('documents_latest.2025-08-16.csv');
    expect(readWhatsNew(rows, 'report', list)).toEqual([]);
    expect(list.all().map(({ code }) => code)).toEqual(Array(5).fill('mcd-api-field-missing'));
    expect(list.all().at(-1)?.message).toContain(`There are ${rows.length} such findings`);
  });

  it('reads 60 articles of real rows in three runs, oldest update first, none twice, none lost', async () => {
    const rows = rowsOf('documents_latest.csv').filter((row) => row.document_type === 'Article');
    const news = rows.slice(0, 60);
    const documents = news.map((row) => ({
      ...{ id: String(row.document_id), version: String(row.document_version) },
      ...{ title: String(row.title), procedures: [{ codes: ['62321'], paragraph: 'N/A' }] },
    }));
    const world = createCoverageWorld(coverageApiAnswers(mcdExportRows({ documents })));
    setLocalNews(world.answers, ['20260831', '20260907'], news);
    const read: (readonly string[])[] = [];
    for (const day of ['2026-09-10', '2026-09-11', '2026-09-12', '2026-09-13']) {
      // Seven requests before the first document, twelve for each.
      const { reading } = await world.run(day, { requestsMax: 7 + 20 * 12 + 11 });
      read.push(idsOf(reading));
    }
    expect(read.map((ids) => ids.length)).toEqual([20, 20, 20, 0]);
    const stamps = new Map(news.map((row) => [row.document_display_id, row.updated_on_sort]));
    const newest = read.map((ids) => ids.map((id) => String(stamps.get(id.split(' ')[0]))).sort());
    expect(newest.flat()).toEqual(newest.flat().toSorted());
    expect(new Set(read.flat()).size).toBe(60);
  });

  it('sends no more in a run than a message may hold', async () => {
    const rows = rowsOf('documents_latest.csv').filter((row) => row.document_type === 'Article');
    const documents = rows.slice(0, 50).map(({ document_id, document_version }) => ({
      ...{ id: String(document_id), version: String(document_version) },
    }));
    const world = createCoverageWorld(coverageApiAnswers(mcdExportRows({ documents })));
    setLocalNews(world.answers, ['20260831', '20260907'], rows.slice(0, 50));
    const { message, asked } = await world.run('2026-09-10');
    expect(asked.length).toBeLessThanOrEqual(500);
    // The longer host of the real API included.
    const bytes = JSON.stringify(message).length + 20 * (message?.files.length ?? 0);
    expect(bytes).toBeGreaterThan(80_000);
    expect(bytes).toBeLessThan(256 * 1024);
  });
});
