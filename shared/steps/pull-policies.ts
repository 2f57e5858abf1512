// Looks at the feeds of payer policies: archives what they ask for, and sends what is new to be taken in.
import { createHash } from 'node:crypto';
import { type CalendarDate, parseCalendarDate } from '../core/calendar-date.ts';
import type { QualityFinding } from '../core/release.ts';
import type { PolicyFeed, PolicyFile, PolicyRequest } from '../feeds/policy-feed.ts';
import type { Archive } from '../ports/archive.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { Item, ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { downloadKey, feedKey } from '../store/keys.ts';
import type { Known, OnceFetcher } from './fetch-once.ts';
import type { PolicyMessage } from './messages.ts';
import { messageHash } from './policy-message-names.ts';
import { failureFinding } from './pull-downloads.ts';

/** What pulling policies works on. */
export type PullPoliciesPorts = {
  readonly once: OnceFetcher;
  readonly archive: Archive;
  /** The code table's item store. */
  readonly items: ItemStore;
  /** FIFO; one group per source. */
  readonly policiesQueue: Queue;
  readonly clock: Clock;
  readonly progress: (line: string) => void;
};

/** What one run did for one feed of policies. */
export type PoliciesPulled = {
  /** Addresses asked for. */
  readonly asked: number;
  readonly downloaded: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly sent: boolean;
  /** True when everything asked for was answered. */
  readonly reached: boolean;
  readonly findings: readonly QualityFinding[];
};

/** An item holds 400 KB; a finding about 300 bytes. */
const storedFindingsMax = 500;

const textOf = (item: Item | undefined, name: string): string | undefined => {
  const value = item?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** What an earlier run got from an address. */
function knownOf(item: Item | undefined): Known | undefined {
  const sha256 = textOf(item, 'sha256');
  if (sha256 === undefined) return undefined;
  const etag = textOf(item, 'etag');
  const lastModified = textOf(item, 'lastModified');
  return {
    sha256,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

const missing = (url: string, status: number): QualityFinding => ({
  code: status === 404 ? 'listed-but-missing' : 'upstream-unavailable',
  severity: status === 404 ? 'info' : 'warning',
  where: url,
  message: `it answered ${status}; asked for again at the next run, what is known stays as it is`,
});

/** Asks for one address after another and counts what comes. */
function createAsking(feed: PolicyFeed, ports: PullPoliciesPorts) {
  const counts = { asked: 0, downloaded: 0, unchanged: 0, missing: 0, failed: 0 };
  const findings: QualityFinding[] = [];
  const secrets = new Map<string, Uint8Array>();
  const downloads: Item[] = [];
  const fail = ({ url, mayBeMissing }: PolicyRequest, status: number): undefined => {
    counts.missing += 1;
    const isAnswered = status === 404 || (status === 400 && mayBeMissing);
    if (!isAnswered) counts.failed += 1;
    findings.push(missing(url, status));
  };
  const keepSecret = (url: string, bytes: Uint8Array): PolicyFile => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    secrets.set(sha256, bytes);
    return { url, sha256, unchanged: false };
  };
  const ask = async (request: PolicyRequest): Promise<PolicyFile | undefined> => {
    const { url, bytesMax, token, secret } = request;
    const key = downloadKey(feed.id, url);
    const known = secret ? undefined : knownOf(await ports.items.get(key));
    const how = { ...(token !== undefined && { token }), ...(secret && { secret }) };
    const got = await ports.once.get(url, bytesMax, known, how);
    if (got.secret) return keepSecret(url, got.secret);
    if (got.sha256 === undefined) return fail(request, got.status);
    const unchanged = got.sha256 === known?.sha256;
    if (unchanged) counts.unchanged += 1;
    else {
      counts.downloaded += 1;
      const { etag, 'last-modified': lastModified } = got.headers;
      const { sha256, sizeBytes, fetchedAt } = got;
      downloads.push({ ...key, sha256, sizeBytes, fetchedAt, etag, lastModified });
    }
    return { url, sha256: got.sha256, unchanged };
  };
  const get = async (request: PolicyRequest): Promise<PolicyFile | undefined> => {
    counts.asked += 1;
    try {
      return await ask(request);
    } catch (error) {
      counts.failed += 1;
      findings.push(failureFinding(request.url, error));
      return undefined;
    }
  };
  return { get, counts, findings, secrets, downloads };
}

/** How often a feed has sent something. */
const timesSent = (item: Item | undefined): number =>
  typeof item?.timesSent === 'number' ? item.timesSent : 0;

async function record(
  feed: PolicyFeed,
  run: PoliciesPulled & { readonly bookmark: string | undefined },
  earlier: Item | undefined,
  ports: PullPoliciesPorts,
): Promise<void> {
  const now = ports.clock.now();
  await ports.items.put({
    ...feedKey(feed.id),
    checkedAt: now,
    reachedAt: run.reached ? now : earlier?.reachedAt,
    changedAt: run.sent ? now : earlier?.changedAt,
    since: run.sent ? today(ports.clock) : earlier?.since,
    timesSent: timesSent(earlier) + (run.sent ? 1 : 0),
    bookmark: run.bookmark ?? earlier?.bookmark,
    listed: run.asked,
    missing: run.missing,
    findings: run.findings.slice(0, storedFindingsMax),
  });
}

/** What a feed takes in anew since: absent before anything was sent. */
const sinceOf = (item: Item | undefined): CalendarDate | undefined =>
  parseCalendarDate(textOf(item, 'since') ?? '');

/**
 * Pulls one feed of policies. Run again it asks for what changed only, and sends nothing twice. Throws what stores, archive
 * and queue throw; upstream trouble is a finding, and the feed goes on with what came.
 */
export async function pullPolicies(
  feed: PolicyFeed,
  ports: PullPoliciesPorts,
): Promise<PoliciesPulled> {
  const earlier = await ports.items.get(feedKey(feed.id));
  const since = sinceOf(earlier);
  const bookmark = textOf(earlier, 'bookmark');
  const collected = today(ports.clock);
  const asking = createAsking(feed, ports);
  const discovery = await feed.discover({
    get: asking.get,
    bytesOf: async ({ sha256 }) => asking.secrets.get(sha256) ?? ports.archive.read(sha256),
    today: collected,
    ...(since && { since }),
    ...(bookmark !== undefined && { bookmark }),
  });
  const { files } = discovery;
  if (files.some(({ sha256 }) => asking.secrets.has(sha256))) {
    throw new Error(`${feed.id} wants to send on an answer that holds a secret`);
  }
  const sent = files.length > 0;
  if (sent) {
    // A run that dies before it is recorded sends the same message once more.
    const occasion = `pull ${timesSent(earlier) + 1}`;
    const message: PolicyMessage = { feed: feed.id, files, collected, occasion };
    const deduplicationId = messageHash(message);
    const body = JSON.stringify(message);
    await ports.policiesQueue.send({ body, deduplicationId, groupId: feed.source });
  }
  // Only now: whoever dies before asks again, and is told again that it changed.
  await ports.items.putMany(asking.downloads);
  const { asked, downloaded, unchanged, missing: absent, failed } = asking.counts;
  const what = sent ? `${files.length} to take in` : 'nothing new';
  ports.progress(`${feed.id}: ${asked} asked for, ${downloaded} new, ${what}`);
  const run: PoliciesPulled = {
    ...{ asked, downloaded, unchanged, missing: absent, sent },
    reached: failed === 0,
    findings: [...asking.findings, ...discovery.findings],
  };
  await record(feed, { ...run, bookmark: discovery.bookmark }, earlier, ports);
  return run;
}
