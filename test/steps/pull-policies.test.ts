// Pulling feeds of payer policies: what is asked, kept and sent on, what is remembered, and what never is.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type {
  PolicyDiscovery,
  PolicyDiscoveryContext,
  PolicyFeed,
  PolicyFile,
} from '../../shared/feeds/policy-feed.ts';
import type { FetchRequest } from '../../shared/ports/fetcher.ts';
import { createOnceFetcher } from '../../shared/steps/fetch-once.ts';
import { pullPolicies } from '../../shared/steps/pull-policies.ts';

const articles = 'https://policies.example.org/articles.zip';
const lcds = 'https://policies.example.org/lcds.zip';
const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const setUp = () => {
  const served = new Map<string, string | number | CodewatchError>([[articles, 'first edition']]);
  const asked: FetchRequest[] = [];
  let now = '2026-09-07T11:00:00.000Z';
  const archive = createMemoryArchive();
  const items = createMemoryItemStore();
  const queue = createMemoryQueue();
  const lines: string[] = [];
  const contexts: PolicyDiscoveryContext[] = [];
  const fetch = async (request: FetchRequest) => {
    asked.push(request);
    const { url } = request;
    const found = served.get(url) ?? 404;
    if (found instanceof CodewatchError) throw found;
    if (typeof found === 'number') return { url, status: found, headers: {}, bytes: Buffer.of() };
    const etag = `"${shaOf(found).slice(0, 8)}"`;
    if (request.ifNoneMatch === etag) {
      return { url, status: 304, headers: { etag }, bytes: Buffer.of() };
    }
    return { url, status: 200, headers: { etag }, bytes: Buffer.from(found) };
  };
  /** As the export does it: sends on what is new. */
  const newOnes = async (context: PolicyDiscoveryContext): Promise<PolicyDiscovery> => {
    const got: (PolicyFile | undefined)[] = [];
    for (const url of [articles, lcds]) got.push(await context.get({ url, bytesMax: 1000 }));
    const files = got.filter((file) => file !== undefined);
    const isKnown = ({ unchanged }: PolicyFile) => unchanged && context.since !== undefined;
    return { files: files.filter((file) => !isKnown(file)), findings: [] };
  };
  const run = async (discover = newOnes, policiesQueue: typeof queue = queue) => {
    const clock = { now: () => now };
    const feed: PolicyFeed = {
      ...{ id: 'test-export', title: 'An export', source: 'mcd', allowedHosts: [] },
      discover(context) {
        contexts.push(context);
        return discover(context);
      },
      read: () => Promise.reject(new Error('pull reads nothing')),
    };
    const once = createOnceFetcher({ fetcher: { fetch }, archive, clock });
    const progress = (line: string) => void lines.push(line);
    return pullPolicies(feed, { once, archive, items, policiesQueue, clock, progress });
  };
  const later = (instant: string) => {
    now = instant;
  };
  return { served, asked, archive, items, queue, lines, contexts, run, later, newOnes };
};

let world: ReturnType<typeof setUp>;
beforeEach(() => {
  world = setUp();
});

const feedItem = async () => world.items.get({ pk: 'FEED', sk: 'test-export' });

describe('shared/steps/pull-policies.ts', () => {
  it('archives what is new and sends it on once, by source', async () => {
    const pulled = await world.run();
    expect(pulled).toMatchObject({
      asked: 2,
      downloaded: 1,
      missing: 1,
      sent: true,
      reached: true,
    });
    const [message, ...more] = world.queue.messages;
    expect(more).toEqual([]);
    const sha256 = shaOf('first edition');
    expect(message?.groupId).toBe('mcd');
    expect(message?.deduplicationId).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(message?.body ?? '')).toEqual({
      feed: 'test-export',
      files: [{ url: articles, sha256, unchanged: false }],
      collected: '2026-09-07',
      occasion: 'pull 1',
    });
    expect(Buffer.from(await world.archive.read(sha256)).toString()).toBe('first edition');
    expect(world.lines).toEqual(['test-export: 2 asked for, 1 new, 1 to take in']);
  });

  it('tells of a file that is not there, and counts the feed as reached', async () => {
    const { findings } = await world.run();
    expect(findings).toEqual([
      expect.objectContaining({ code: 'listed-but-missing', severity: 'info', where: lcds }),
    ]);
    expect((await feedItem())?.reachedAt).toBe('2026-09-07T11:00:00.000Z');
  });

  it('I2 asks on the condition that it changed, and of the same bytes writes and sends nothing', async () => {
    await world.run();
    world.asked.length = 0;
    world.later('2026-09-08T11:00:00.000Z');
    const again = await world.run();
    expect(again).toMatchObject({ downloaded: 0, unchanged: 1, sent: false });
    expect(world.asked[0]?.ifNoneMatch).toBe(`"${shaOf('first edition').slice(0, 8)}"`);
    expect(world.queue.messages).toHaveLength(1);
    expect(await feedItem()).toMatchObject({
      checkedAt: '2026-09-08T11:00:00.000Z',
      changedAt: '2026-09-07T11:00:00.000Z',
      since: '2026-09-07',
    });
  });

  it('is unchanged too where the server repeats the bytes without a tag', async () => {
    await world.run();
    const [, download] = world.items.allItems().filter(({ pk }) => pk !== 'FEED');
    expect(download).toBeUndefined();
    const known = await world.items.get({ pk: 'DOWNLOAD#test-export', sk: articles });
    await world.items.put({ pk: 'DOWNLOAD#test-export', sk: articles, sha256: known?.sha256 });
    expect(await world.run()).toMatchObject({ unchanged: 1, downloaded: 0, sent: false });
  });

  it('tells the feed since when it takes things in anew, and where it left off', async () => {
    const leaving = async (context: PolicyDiscoveryContext) => ({
      ...(await world.newOnes(context)),
      bookmark: 'page 7',
    });
    await world.run(leaving);
    world.later('2026-09-14T11:00:00.000Z');
    await world.run();
    await world.run();
    expect(world.contexts.map(({ today, since, bookmark }) => [today, since, bookmark])).toEqual([
      ['2026-09-07', undefined, undefined],
      ['2026-09-14', '2026-09-07', 'page 7'],
      // A run that says nothing of it leaves it as it is.
      ['2026-09-14', '2026-09-07', 'page 7'],
    ]);
  });

  it('I3 killed as it sends, asks for all of it again and sends it then', async () => {
    await world.run();
    world.served.set(articles, 'second edition');
    world.later('2026-09-14T11:00:00.000Z');
    const failing = createMemoryQueue({
      beforeSend: () => {
        throw new Error('killed');
      },
    });
    await expect(world.run(world.newOnes, failing)).rejects.toThrow('killed');
    expect(await world.run()).toMatchObject({ downloaded: 1, sent: true });
    expect(world.queue.messages.map(({ body }) => JSON.parse(body).files[0].sha256)).toEqual([
      shaOf('first edition'),
      shaOf('second edition'),
    ]);
  });

  it('sends what comes back on the same day as a message of its own', async () => {
    for (const content of ['one', 'two', 'one']) {
      world.served.set(articles, content);
      await world.run();
    }
    const sent = world.queue.messages.map(({ body }) => JSON.parse(body));
    expect(sent.map(({ files, occasion }) => [files[0].sha256, occasion])).toEqual([
      [shaOf('one'), 'pull 1'],
      [shaOf('two'), 'pull 2'],
      [shaOf('one'), 'pull 3'],
    ]);
    expect(new Set(world.queue.messages.map((one) => one.deduplicationId)).size).toBe(3);
  });

  it('I3 killed after it sent, sends the very same message once more', async () => {
    const died = createMemoryQueue();
    const dying = {
      ...died,
      async send(message: Parameters<typeof died.send>[0]) {
        await died.send(message);
        throw new Error('killed');
      },
    };
    await expect(world.run(world.newOnes, dying)).rejects.toThrow('killed');
    world.later('2026-09-07T11:30:00.000Z');
    await world.run();
    expect(world.queue.messages).toEqual(died.messages);
  });

  it.each([
    ['a server that fails', 500],
    ['a host that does not answer', new CodewatchError('upstream-unavailable', 'no answer')],
    ['an answer that is too long', new CodewatchError('too-large', 'over 1000 bytes')],
  ])('goes on after %s, and does not count the feed as reached', async (_, trouble) => {
    world.served.set(lcds, trouble);
    const pulled = await world.run();
    expect(pulled).toMatchObject({ sent: true, reached: false });
    expect(pulled.findings).toHaveLength(1);
    expect((await feedItem())?.reachedAt).toBeUndefined();
    expect(await feedItem()).toMatchObject({
      checkedAt: '2026-09-07T11:00:00.000Z',
      missing: 1 - Number(typeof trouble !== 'number'),
    });
  });

  it('passes on what is no trouble of upstream: the archive that is away ends the run', async () => {
    world.served.set(articles, new CodewatchError('unavailable', 'the archive is away'));
    await expect(world.run()).rejects.toThrow('the archive is away');
    expect(world.queue.messages).toEqual([]);
  });

  it('takes a 400 for an answer only where what is asked for may be missing', async () => {
    world.served.set(lcds, 400);
    const asking = (mayBeMissing: boolean) => async (context: PolicyDiscoveryContext) => {
      await context.get({ url: lcds, bytesMax: 10, ...(mayBeMissing && { mayBeMissing }) });
      return { files: [], findings: [] };
    };
    expect(await world.run(asking(true))).toMatchObject({ missing: 1, reached: true });
    expect(await world.run(asking(false))).toMatchObject({ missing: 1, reached: false });
  });

  it('keeps a token out of archive, items and messages, and lets the feed use it in this run', async () => {
    const licence = 'https://policies.example.org/licence';
    world.served.set(licence, '{"token":"swordfish"}');
    await world.run(async (context) => {
      const answer = await context.get({ url: licence, bytesMax: 1000, secret: true });
      const { token } = JSON.parse(
        Buffer.from(await context.bytesOf(answer ?? { sha256: '' })).toString(),
      );
      const file = await context.get({ url: articles, bytesMax: 1000, token });
      return { files: file ? [file] : [], findings: [] };
    });
    expect(world.asked.map(({ url, token }) => [url, token])).toEqual([
      [licence, undefined],
      [articles, 'swordfish'],
    ]);
    const kept = JSON.stringify([world.items.allItems(), world.queue.messages, world.lines]);
    expect(kept).not.toContain('swordfish');
    expect(kept).not.toContain('licence');
    await expect(world.archive.read(shaOf('{"token":"swordfish"}'))).rejects.toThrow();
  });

  it('refuses a feed that would send a secret on', async () => {
    const sending = async (context: PolicyDiscoveryContext) => {
      const answer = await context.get({ url: articles, bytesMax: 1000, secret: true });
      return { files: answer ? [answer] : [], findings: [] };
    };
    await expect(world.run(sending)).rejects.toThrow('secret');
    expect(world.queue.messages).toEqual([]);
  });
});
