// Pull on the mirror of the real sites: exactly the releases CDC and CMS published, with the files they are made of.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../shared/core/candidate.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { createPoliteFetcher } from '../../shared/edge/polite-fetcher.ts';
import { type PullSummary, pull } from '../../shared/steps/pull.ts';
import { candidateKey } from '../../shared/store/keys.ts';
import { haveOfficialFiles, mirrorFolder } from '../support/official-files.ts';
import { type ExpectedCandidate, expectedCm, expectedPcs } from './published-candidates.ts';

function createWorld(today: string) {
  const clock = { now: () => `${today}T12:00:00.000Z` };
  const archive = createMemoryArchive();
  const items = createMemoryItemStore();
  const ingestQueue = createMemoryQueue();
  return {
    sent: () => ingestQueue.messages.map(({ body }): Candidate => JSON.parse(body)),
    async ingestAll() {
      const messages = ingestQueue.messages.splice(0);
      for (const { deduplicationId = '' } of messages) {
        await items.put({ ...candidateKey(deduplicationId), outcome: 'committed' });
      }
    },
    async run(now = today): Promise<PullSummary & { readonly urls: readonly string[] }> {
      clock.now = () => `${now}T12:00:00.000Z`;
      const mirror = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
      const urls: string[] = [];
      const polite = createPoliteFetcher({
        fetch: (request) => {
          urls.push(request.url);
          return mirror.fetch(request);
        },
      });
      const summary = await pull({ fetcher: polite, archive, items, ingestQueue, clock });
      expect(summary.requests).toBe(polite.requests());
      return { ...summary, urls };
    },
  };
}

/** `folder/name` at CDC, `name` at CMS, ` ! ` and the member's base name. */
const shown = ({ effective, published, reconstruct, files }: Candidate): ExpectedCandidate => ({
  effective: reconstruct ? `${effective} reconstructed` : effective,
  published,
  files: Object.fromEntries(
    files.map(({ role, url, member }) => {
      const [folder, name] = decodeURIComponent(url).split('/').slice(-2);
      const file = url.includes('ftp.cdc.gov') ? `${folder}/${name}` : name;
      return [role, member ? `${file} ! ${member.split('/').at(-1)}` : file];
    }),
  ),
});
const ofSystem = (candidates: readonly Candidate[], system: string) =>
  candidates.filter((candidate) => candidate.system === system);
const dates = (candidates: readonly Candidate[]) => candidates.map(({ effective }) => effective);

describe.skipIf(!haveOfficialFiles)('shared/steps/pull.ts on the official files', () => {
  const world = createWorld('2025-11-01');
  let first: Awaited<ReturnType<typeof world.run>>;
  let sent: readonly Candidate[];

  beforeAll(async () => {
    first = await world.run();
    sent = world.sent();
    await world.ingestAll();
  });

  it('finds the 16 releases of ICD-10-CM with the files each is made of', () => {
    expect(ofSystem(sent, 'icd10cm').map(shown)).toEqual(expectedCm);
  });

  it('finds the 14 releases of ICD-10-PCS: three made from their updates, one corrected', () => {
    expect(ofSystem(sent, 'icd10pcs').map(shown)).toEqual(expectedPcs);
  });

  it('doubts no date: no finding of a candidate is worse than information', () => {
    const [cm, pcs] = first.feeds;
    const findings = [...(cm?.findings ?? []), ...(pcs?.findings ?? [])];
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('says that the mirror has no HCPCS page, and goes on', () => {
    const hcpcs = first.feeds.find(({ feed }) => feed === 'cms-hcpcs');
    expect(hcpcs).toMatchObject({ reached: false, candidatesSent: 0 });
    expect(hcpcs?.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['listing-missing', 'warning'],
    ]);
  });

  it('says the three listed files the server has not', () => {
    const [cm] = first.feeds;
    const missing = cm?.findings.filter(({ code }) => code === 'listed-but-missing') ?? [];
    expect(missing.map(({ where }) => where.split('/').at(-1))).toEqual([
      'icd10cm_codes_2017.txt',
      'icd10cm_codes_2019.txt',
      'icd10cm_codes_2020.txt',
    ]);
  });

  it('asks for nothing of no use, nothing before FY2016, and no URL twice', () => {
    const useless = /pdf|gem|poa|present|ppt|index-|addend.*\.zip|\.xml|drug|neoplasm|\/201[45]\//i;
    // The tabular list in XML is no part of a release, but read beside it.
    const tabular =
      /\/icd10cm_tabular_20\d\d\.xml$|tab[a-z]*(?:-|%20)(?:and(?:-|%20))?index[^/]*\.zip$/i;
    const releases = first.urls.filter((url) => !tabular.test(url));
    expect(releases.filter((url) => useless.test(url))).toEqual([]);
    expect(new Set(first.urls).size).toBe(first.urls.length);
  });

  it('asks a second time only for the pages and for what CMS does not date, and sends nothing', async () => {
    const second = await world.run();
    expect(second).toMatchObject({ downloaded: 0, candidatesSent: 0, missing: 3 });
    const cdc = second.urls.filter((url) => url.includes('ftp.cdc.gov'));
    expect(cdc.every((url) => url.endsWith('/'))).toBe(true);
    const cms = second.urls.filter(
      (url) => url.includes('/files/zip/') || url.includes('downloads'),
    );
    // 19 zips are linked; every one answered 304.
    expect(cms).toHaveLength(19);
  });

  it('saw on 2021-07-15 what was listed by then, and picks up the rest later', async () => {
    const then = createWorld('2021-07-15');
    await then.run();
    const early = then.sent();
    expect(dates(ofSystem(early, 'icd10cm'))).toEqual([
      ...['2015-10-01', '2016-10-01', '2017-10-01', '2018-10-01', '2019-10-01', '2020-10-01'],
      ...['2021-01-01', '2021-10-01'],
    ]);
    expect(dates(ofSystem(early, 'icd10pcs'))).toEqual([
      ...['2015-10-01', '2016-10-01', '2017-10-01', '2018-10-01', '2019-10-01', '2021-01-01'],
    ]);
    await then.ingestAll();
    await then.run('2021-12-31');
    // The table of 25 August makes October a new candidate; April's files and PCS's update are new.
    expect(then.sent().map(({ system, effective }) => `${system} ${effective}`)).toEqual([
      'icd10cm 2021-10-01',
      'icd10cm 2022-04-01',
      'icd10pcs 2021-10-01',
      'icd10pcs 2022-04-01',
    ]);
  });
});
