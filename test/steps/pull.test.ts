// Pull on a small upstream: what is asked for, archived, remembered and sent, and how it bears every kind of trouble.
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../shared/core/candidate.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { cdcRoot } from '../../shared/feeds/cdc-listing.ts';
import { cmsPage } from '../../shared/feeds/cms-page.ts';
import { pull } from '../../shared/steps/pull.ts';
import { candidateKey, downloadKey, feedKey } from '../../shared/store/keys.ts';
import { writeZip } from '../formats/write-zip.ts';
import { createUpstream, type Upstream, urlOf } from './upstream.ts';

const order = '2021/icd10cm_order_2021.txt';
const codes = '2021/icd10cm_codes_2021.txt';
const pcsZip = '2025-icd-10-pcs-order-file.zip';
const erratum = 'errata-january-12-2022.zip';
const zipOf = (member: string, content: string) => writeZip([{ name: member, content }]);

const files = {
  [order]: { content: '00001 A00 order file', day: '6/26/2020' },
  [codes]: { content: 'A000 codes file', day: '6/26/2020' },
  [pcsZip]: { content: zipOf('icd10pcs_order_2025.txt', 'pcs 2025') },
  [erratum]: { content: zipOf('icd10pcs_order_2022.txt', 'pcs 2022') },
};

function createWorld(upstream: Upstream = createUpstream(files)) {
  let now = '2025-11-01T06:00:00.000Z';
  const clock = { now: () => now };
  const archive = createMemoryArchive();
  const items = createMemoryItemStore();
  const ingestQueue = createMemoryQueue();
  const ports = { fetcher: upstream, archive, items, ingestQueue, clock };
  const sent = () => ingestQueue.messages.map(({ body }): Candidate => JSON.parse(body));
  return {
    ...{ upstream, archive, items, ingestQueue, sent },
    setNow: (instant: string) => {
      now = instant;
    },
    /** Runs pull, of the ICD-10 feeds unless told, and answers the summary with the URLs asked. */
    async run(feeds: readonly string[] = ['cms-icd10cm', 'cms-icd10pcs']) {
      upstream.asked.splice(0);
      const summary = await pull(ports, { feeds });
      const findings = summary.feeds.flatMap((feed) => feed.findings);
      const asked = upstream.asked.map(({ url }) => url);
      return { summary, asked, codes: findings.map(({ code }) => code), findings };
    },
    /** Takes every candidate off the queue, as ingest does. */
    async ingestAll() {
      for (const { id } of sent()) await items.put({ ...candidateKey(id), outcome: 'committed' });
      ingestQueue.messages.splice(0);
    },
  };
}

const pagesAsked = [cdcRoot, `${cdcRoot}2021/`, cmsPage];
const unavailable = new CodewatchError('upstream-unavailable', 'no answer');

describe('shared/steps/pull.ts', () => {
  it('archives every file of use and sends the releases, oldest first, in one group a system', async () => {
    const world = createWorld();
    const { summary, asked } = await world.run();
    expect(summary).toMatchObject({
      ...{ requests: 7, downloaded: 5, unchanged: 0, missing: 0, candidatesSent: 3, findings: 0 },
    });
    expect(asked).toHaveLength(7);
    expect(world.ingestQueue.messages.map(({ groupId }) => groupId)).toEqual([
      ...['icd10cm', 'icd10pcs', 'icd10pcs'],
    ]);
    expect(world.sent().map(({ system, effective }) => `${system} ${effective}`)).toEqual([
      'icd10cm 2020-10-01',
      'icd10pcs 2022-04-01',
      'icd10pcs 2024-10-01',
    ]);
    const messages = world.ingestQueue.messages;
    expect(messages.map((message) => message.deduplicationId)).toEqual(
      world.sent().map(({ id }) => id),
    );
    for (const { sha256 } of world.sent().flatMap((candidate) => candidate.files)) {
      expect(world.archive.objects.has(`raw/${sha256}`)).toBe(true);
    }
  });

  it('asks for no URL twice in a run, though two feeds want it', async () => {
    const world = createWorld();
    const { asked } = await world.run();
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContain(urlOf(erratum));
  });

  it('asks a second time only for the pages, and conditionally for files without a listing date', async () => {
    const world = createWorld();
    await world.run();
    await world.ingestAll();
    const { summary, asked } = await world.run();
    expect(asked.toSorted()).toEqual([...pagesAsked, urlOf(pcsZip), urlOf(erratum)].toSorted());
    const conditions = world.upstream.asked.map(({ ifNoneMatch }) => ifNoneMatch !== undefined);
    expect(conditions.filter(Boolean)).toHaveLength(2);
    expect(summary).toMatchObject({ downloaded: 0, unchanged: 5, candidatesSent: 0 });
  });

  it('sends a candidate again until ingest has settled it', async () => {
    const world = createWorld();
    await world.run();
    world.ingestQueue.messages.splice(0);
    expect((await world.run()).summary.candidatesSent).toBe(3);
  });

  it('picks up only what is new: a file that changed in place makes a new candidate', async () => {
    const world = createWorld();
    await world.run();
    await world.ingestAll();
    world.upstream.files.set(order, {
      content: '00001 A00 order file, corrected',
      day: '7/2/2020',
    });
    const { summary, asked } = await world.run();
    expect(asked).toContain(urlOf(order));
    expect(asked).not.toContain(urlOf(codes));
    expect(summary).toMatchObject({ downloaded: 1, candidatesSent: 1 });
    expect(world.sent()[0]).toMatchObject({ effective: '2020-10-01', published: '2020-07-02' });
  });

  it('does not date the same bytes anew when they are listed anew', async () => {
    const world = createWorld();
    await world.run();
    await world.ingestAll();
    // Inside FY2021: as a first listing date it would mean January 2021.
    world.upstream.files.set(order, { ...files[order], day: '2/1/2021' });
    const { summary } = await world.run();
    expect(summary).toMatchObject({ downloaded: 0, unchanged: 5, candidatesSent: 0 });
    expect((await world.run()).asked).not.toContain(urlOf(order));
  });

  it('keeps earlier files in play when a host cannot be reached, and says so', async () => {
    const world = createWorld();
    await world.run();
    for (const url of pagesAsked) world.upstream.trouble.set(url, unavailable);
    world.setNow('2025-11-02T06:00:00.000Z');
    const { summary, codes: found } = await world.run();
    expect(summary.candidatesSent).toBe(3);
    expect(found).toEqual(['upstream-unavailable', 'upstream-unavailable', 'upstream-unavailable']);
    const feed = await world.items.get(feedKey('cms-icd10cm'));
    expect(feed?.checkedAt).toBe('2025-11-02T06:00:00.000Z');
    expect(feed?.reachedAt).toBe('2025-11-01T06:00:00.000Z');
  });

  it('lets one failing file stop no other', async () => {
    const world = createWorld();
    world.upstream.trouble.set(urlOf(codes), unavailable);
    world.upstream.trouble.set(urlOf(pcsZip), 403);
    const { summary, findings } = await world.run();
    expect(summary).toMatchObject({ downloaded: 3, candidatesSent: 2 });
    expect(findings.map(({ code, where }) => [code, where])).toEqual([
      ['upstream-unavailable', urlOf(codes)],
      ['upstream-refused', urlOf(pcsZip)],
    ]);
  });

  it('asks for a listed but missing file once a day', async () => {
    const world = createWorld();
    world.upstream.trouble.set(urlOf(codes), 404);
    const first = await world.run();
    expect(first.summary.missing).toBe(1);
    expect(first.findings).toMatchObject([{ code: 'listed-but-missing', severity: 'info' }]);
    const sameDay = await world.run();
    expect(sameDay.asked).not.toContain(urlOf(codes));
    expect(sameDay.codes).toEqual(['listed-but-missing']);
    world.setNow('2025-11-02T06:00:00.000Z');
    world.upstream.trouble.delete(urlOf(codes));
    const nextDay = await world.run();
    expect(nextDay.summary).toMatchObject({ downloaded: 1, missing: 0 });
    expect(nextDay.codes).toEqual([]);
  });

  it('archives a web page that comes for a file, uses the earlier bytes, and asks again', async () => {
    const world = createWorld();
    await world.run();
    const before = world.sent();
    const kept = world.archive.objects.size;
    const page = '<!DOCTYPE html><html><body>Sorry</body></html>';
    world.upstream.files.set(pcsZip, { content: page });
    const { summary, findings } = await world.run();
    expect(findings).toMatchObject([{ code: 'html-instead-of-file', severity: 'error' }]);
    expect(world.archive.objects.size).toBe(kept + 2);
    expect(summary.candidatesSent).toBe(3);
    // The queue takes each candidate once: nothing but the same three came again.
    expect(world.sent()).toEqual(before);
    world.upstream.files.set(pcsZip, files[pcsZip]);
    expect((await world.run()).codes).toEqual([]);
  });

  it('warns of bytes that are not as many as listed, and hands the warning on with the candidate', async () => {
    const upstream = createUpstream({
      [order]: { ...files[order], listedSize: 999 },
      [pcsZip]: files[pcsZip],
    });
    const world = createWorld(upstream);
    const { codes: found } = await world.run(['cms-icd10cm']);
    expect(found).toContain('size-mismatch');
    expect(world.sent()[0]?.findings).toMatchObject([
      { code: 'size-mismatch', severity: 'warning' },
    ]);
  });

  it('says what is no longer listed and keeps it; a page that cannot be read withdraws nothing', async () => {
    const world = createWorld();
    await world.run();
    world.upstream.files.delete(codes);
    const { findings, summary } = await world.run();
    expect(findings).toMatchObject([{ code: 'withdrawn', severity: 'info', where: urlOf(codes) }]);
    expect(summary.candidatesSent).toBe(3);
    world.upstream.trouble.set(`${cdcRoot}2021/`, 503);
    expect((await world.run()).codes).toEqual(['listing-missing']);
  });

  it('says a whole folder withdrawn when the root no longer names it', async () => {
    const other = { '2022/icd10cm_order_2022.txt': { content: 'x', day: '6/23/2021' } };
    const world = createWorld(createUpstream({ ...files, ...other }));
    await world.run();
    world.upstream.files.delete(order);
    world.upstream.files.delete(codes);
    expect((await world.run()).codes).toEqual(['withdrawn', 'withdrawn']);
  });

  it('sees only what was listed by today', async () => {
    const world = createWorld();
    world.setNow('2020-06-25T12:00:00.000Z');
    const { asked } = await world.run(['cms-icd10cm']);
    expect(asked).not.toContain(urlOf(order));
    world.setNow('2020-06-26T12:00:00.000Z');
    expect((await world.run(['cms-icd10cm'])).asked).toContain(urlOf(order));
  });

  it('remembers the inside of a zip, so that a run without news reads no archive but the pages', async () => {
    const world = createWorld();
    await world.run();
    const item = await world.items.get(downloadKey('cms-icd10pcs', urlOf(pcsZip)));
    expect(JSON.parse(String(item?.inspection)).parts).toEqual([
      { role: 'order', member: 'icd10pcs_order_2025.txt', system: 'icd10pcs' },
    ]);
    const raw = [...world.archive.objects.keys()].filter((key) =>
      key.includes(String(item?.sha256)),
    );
    for (const key of raw) world.archive.objects.delete(key);
    expect((await world.run()).codes).toEqual([]);
  });

  it('inspects again from the archive what an earlier version of inspection saw', async () => {
    const world = createWorld();
    await world.run();
    const key = downloadKey('cms-icd10pcs', urlOf(pcsZip));
    const item = await world.items.get(key);
    if (!item) throw new Error('no record');
    const old = { usable: true, parts: [], findings: [] };
    await world.items.put({ ...item, inspectionVersion: 0, inspection: JSON.stringify(old) });
    world.ingestQueue.messages.splice(0);
    expect((await world.run()).summary.candidatesSent).toBe(3);
    expect(await world.items.get(key)).toEqual(item);
  });

  it('lets trouble of its own stores out: the message comes again', async () => {
    const world = createWorld();
    const broken = {
      ...world.items,
      query: () => Promise.reject(new CodewatchError('unavailable', 'down')),
    };
    const { upstream: fetcher, archive, ingestQueue } = world;
    const clock = { now: () => '2025-11-01T06:00:00.000Z' };
    const run = pull({ fetcher, archive, items: broken, ingestQueue, clock }, {});
    await expect(run).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('refuses a feed there is none of', async () => {
    const run = createWorld().run(['cms-icd9']);
    await expect(run).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
