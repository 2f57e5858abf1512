// Tabular lists beside the releases: taken in once, dated like releases, and no trouble with one holds a release up.
import { describe, expect, it } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { pull } from '../../shared/steps/pull.ts';
import { readDocuments, readTabularRecords } from '../../shared/store/reference-documents.ts';
import { diag, section, tabularXml } from '../formats/write-tabular-xml.ts';
import { writeZip } from '../formats/write-zip.ts';
import { createUpstream, type Upstream, type UpstreamFile, urlOf } from './upstream.ts';

const order = '2017/icd10cm_order_2017.txt';
const zip = '2017/ICD10CM_FY2017_Full_XML.zip';
const note = (text: string) => `<excludes1><note>${text} (A01.-)</note></excludes1>`;
const listOf = (year: number, text = 'typhoid') =>
  tabularXml(section('A00-A09', [diag('A00', 'Cholera', note(text))])).replace(
    '2017',
    String(year),
  );
const zipOf = (...members: readonly (readonly [string, string])[]) =>
  writeZip(members.map(([name, content]) => ({ name, content })));
const others = [
  ['icd10cm_index_2017.xml', '<ICD10CM.index/>'],
  ['icd10cm_tabular.xsd', '<schema/>'],
] as const;

const files: Readonly<Record<string, UpstreamFile>> = {
  [order]: { content: '00001 A00 order file', day: '6/22/2016' },
  [zip]: {
    content: zipOf(['XML/icd10cm_tabular_2017.xml', listOf(2017)], ...others),
    day: '6/22/2016',
  },
};

function createWorld(held: Readonly<Record<string, UpstreamFile>> = files) {
  const upstream: Upstream = createUpstream(held);
  const kept = createMemoryArchive();
  const reads: string[] = [];
  const archive = {
    ...kept,
    async read(sha256: string) {
      reads.push(sha256);
      return kept.read(sha256);
    },
  };
  const items = createMemoryItemStore();
  const ingestQueue = createMemoryQueue();
  const clock = { now: () => '2025-11-01T06:00:00.000Z' };
  return {
    ...{ upstream, reads },
    records: () => readTabularRecords(items),
    documents: () => readDocuments(items, archive),
    async run() {
      upstream.asked.splice(0);
      const lines: string[] = [];
      const ports = { fetcher: upstream, archive, items, ingestQueue, clock };
      const progress = (line: string) => lines.push(line);
      const summary = await pull({ ...ports, progress }, { feeds: ['cms-icd10cm'] });
      const [feed] = summary.feeds;
      // CMS's page, empty here, has nothing to do with it.
      const ofCdc = feed?.findings.filter(({ where }) => where.includes('ftp.cdc.gov')) ?? [];
      const codes = ofCdc.map(({ code }) => code);
      const asked = upstream.asked.map(({ url }) => url);
      return { summary, feed, codes, asked, lines };
    },
  };
}

describe('shared/steps/pull-documents.ts', () => {
  it('takes in the list of a zip, and counts it for no release', async () => {
    const world = createWorld();
    const { summary, codes, lines } = await world.run();
    expect(summary).toMatchObject({ downloaded: 1, candidatesSent: 1, missing: 0 });
    expect(summary.feeds[0]).toMatchObject({ listed: 1 });
    expect(codes).toEqual([]);
    expect(lines).toContain('tabular list of 2016-10-01: 2 notes taken in');
    const [record] = await world.records();
    expect(record).toMatchObject({
      ...{
        effective: '2016-10-01',
        published: '2016-06-22',
        takenInAt: '2025-11-01T06:00:00.000Z',
      },
      sources: [{ url: urlOf(zip), member: 'XML/icd10cm_tabular_2017.xml' }],
    });
    const [list] = (await world.documents()).tabular;
    expect(list?.nodes.at(-1)?.notes).toEqual([
      { kind: 'excludes1', text: 'typhoid (A01.-)', targets: [{ from: 'A01', to: 'A01' }] },
    ]);
  });

  it('I2 asks for nothing and takes nothing in a second time', async () => {
    const world = createWorld();
    await world.run();
    const before = JSON.stringify(await world.records());
    const [record] = await world.records();
    world.reads.splice(0);
    const { asked, lines } = await world.run();
    expect(asked.some((url) => /xml|order/i.test(url))).toBe(false);
    expect(world.reads).not.toContain(record?.sources[0]?.sha256);
    expect(lines.join()).not.toContain('taken in');
    expect(JSON.stringify(await world.records())).toBe(before);
  });

  it('takes a corrected list in, which then counts', async () => {
    const world = createWorld();
    await world.run();
    const corrected = zipOf(['icd10cm_tabular_2017.xml', listOf(2017, 'paratyphoid')]);
    world.upstream.files.set(zip, { content: corrected, day: '8/1/2016' });
    await world.run();
    expect(await world.records()).toHaveLength(2);
    const lists = (await world.documents()).tabular;
    expect(lists.map(({ nodes }) => nodes.at(-1)?.notes[0]?.text)).toEqual(['paratyphoid (A01.-)']);
  });

  it('dates a loose list, and one of an update, as it dates releases', async () => {
    const world = createWorld({
      '2019/icd10cm_tabular_2019.xml': { content: listOf(2019), day: '6/14/2018' },
      '2022/icd10cm_tabular_2022.xml': { content: listOf(2022), day: '12/16/2021' },
      '2025-Update/icd10cm-table-index-April-2025.zip': {
        content: zipOf(['icd10cm_tabular_2025.xml', listOf(2025)]),
        day: '1/23/2025',
      },
    });
    const { codes } = await world.run();
    expect(codes).toEqual([]);
    const lists = (await world.documents()).tabular;
    expect(lists.map(({ effective }) => effective)).toEqual([
      ...['2018-10-01', '2022-04-01', '2025-04-01'],
    ]);
  });

  it.each([
    ['a list of another year', zipOf(['Tabular.xml', listOf(2018)]), 'tabular-year-conflict'],
    ['a list cut off', zipOf(['Tabular.xml', listOf(2017).slice(0, 300)]), 'xml-malformed'],
    [
      'a zip cut off',
      Buffer.from(zipOf(['Tabular.xml', listOf(2017)]).subarray(0, 200)),
      'zip-truncated',
    ],
    ['a web page', '<html><body>Gone</body></html>', 'html-instead-of-file'],
    [
      'two lists',
      zipOf(['a/Tabular.xml', listOf(2017)], ['b/Tabular.xml', listOf(2017)]),
      'document-ambiguous',
    ],
    [
      'a member of another year',
      zipOf(['icd10cm_tabular_2018.xml', listOf(2018)]),
      'effective-date-conflict',
    ],
  ])(
    'sends the release although there is %s, says so and takes nothing in',
    async (_, content, code) => {
      const world = createWorld({ ...files, [zip]: { content, day: '6/22/2016' } });
      for (let run = 0; run < 2; run += 1) {
        const { summary, feed } = await world.run();
        expect(summary.candidatesSent).toBe(1);
        expect(feed?.findings.find((finding) => finding.code === code)?.severity).toBe('error');
        expect(await world.records()).toEqual([]);
      }
      // The next run gets a sound one.
      world.upstream.files.set(zip, {
        ...files[zip],
        content: files[zip]?.content ?? '',
        day: '7/1/2016',
      });
      await world.run();
      expect(await world.records()).toHaveLength(1);
    },
  );

  it('says of a list the server has not, and of a zip without any list nothing', async () => {
    const pdf = { content: zipOf(['icd10cm_tabular_2017.pdf', '%PDF']), day: '6/22/2016' };
    const world = createWorld({ ...files, [zip]: pdf });
    expect((await world.run()).codes).toEqual([]);
    world.upstream.files.set(zip, { ...pdf, day: '6/23/2016' });
    world.upstream.trouble.set(urlOf(zip), 404);
    const { codes, summary } = await world.run();
    expect(codes).toEqual(['document-missing']);
    expect(summary).toMatchObject({ missing: 0, candidatesSent: 1 });
  });
});
