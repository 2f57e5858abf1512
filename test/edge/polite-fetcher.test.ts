// Manners: no URL twice in a run, one request at a time to a host, a pause between them, no hammering on a dead host.
import { describe, expect, it } from 'vitest';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createPoliteFetcher } from '../../shared/edge/polite-fetcher.ts';
import type { Fetcher } from '../../shared/ports/fetcher.ts';

/** Answers the URL as bytes, or so many bytes as its path says; `/down` fails. */
function createInner() {
  const asked: { url: string; at: number }[] = [];
  let underWay = 0;
  let most = 0;
  const fetcher: Fetcher = {
    async fetch({ url }) {
      asked.push({ url, at: performance.now() });
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      if (url.includes('/down')) throw new CodewatchError('upstream-unavailable', 'down');
      if (url.includes('/large')) throw new CodewatchError('too-large', 'large');
      const size = Number(new URL(url).searchParams.get('bytes') ?? 3);
      return { url, status: 200, headers: {}, bytes: new Uint8Array(size) };
    },
  };
  return { fetcher, asked, most: () => most };
}
const bytesMax = 10_000_000;

describe('shared/edge/polite-fetcher.ts', () => {
  it('asks a URL once and answers the second asker from the first answer', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher);
    const request = { url: 'https://a.example/page', bytesMax };
    const [first, second] = await Promise.all([polite.fetch(request), polite.fetch(request)]);
    const third = await polite.fetch({ ...request, ifNoneMatch: '"1"' });
    expect([second, third]).toEqual([first, first]);
    expect([inner.asked.length, polite.requests()]).toEqual([1, 1]);
  });

  it('does not ask a second time for what failed, or for what is too large to hold', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher);
    const down = { url: 'https://a.example/down', bytesMax };
    await expect(polite.fetch(down)).rejects.toThrow('down');
    await expect(polite.fetch(down)).rejects.toThrow('down');
    const large = { url: 'https://a.example/?bytes=2000000', bytesMax };
    await polite.fetch(large);
    await expect(polite.fetch(large)).rejects.toThrow('twice in one run');
    expect(polite.requests()).toBe(2);
  });

  it('pauses between requests to one host, and asks it one at a time', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher, { pauseMs: 40 });
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'];
    await Promise.all(urls.map((url) => polite.fetch({ url, bytesMax })));
    expect(inner.most()).toBe(1);
    const times = inner.asked.map(({ at }) => at);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(40);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(40);
  });

  it('does not let one host wait for another', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher, { pauseMs: 10_000 });
    const urls = ['https://a.example/1', 'https://b.example/1'];
    await Promise.all(urls.map((url) => polite.fetch({ url, bytesMax })));
    expect(inner.most()).toBe(2);
  });

  it('leaves a host alone after three failures in a row, and others not', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher);
    for (const n of [1, 2, 3, 4, 5]) {
      const failed = polite.fetch({ url: `https://a.example/down${n}`, bytesMax });
      await expect(failed).rejects.toMatchObject({ code: 'upstream-unavailable' });
    }
    expect(inner.asked).toHaveLength(3);
    expect((await polite.fetch({ url: 'https://b.example/', bytesMax })).status).toBe(200);
  });

  it('counts only failures in a row, and no refusal that is the file’s own fault', async () => {
    const inner = createInner();
    const polite = createPoliteFetcher(inner.fetcher, { failuresMax: 2 });
    for (const path of ['down1', 'good1', 'down2', 'good2', 'large1', 'large2', 'down3', 'good3']) {
      await polite.fetch({ url: `https://a.example/${path}`, bytesMax }).catch(() => {});
    }
    expect(inner.asked).toHaveLength(8);
  });
});
