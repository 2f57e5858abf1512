// First step: looks at every feed's listings, archives what is new, and sends the releases it makes up to ingest.

import type { Candidate } from '../core/candidate.ts';
import { CodewatchError } from '../core/errors.ts';
import type { QualityFinding } from '../core/release.ts';
import type { Discovery, Feed, PageReader } from '../feeds/feed.ts';
import type { PolicyFeed } from '../feeds/policy-feed.ts';
import { feeds } from '../feeds/registry.ts';
import type { Archive } from '../ports/archive.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { Fetcher } from '../ports/fetcher.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { candidateKey, feedKey } from '../store/keys.ts';
import { type DownloadRecord, toDownloadedFile } from './download-record.ts';
import { createOnceFetcher, type OnceFetcher } from './fetch-once.ts';
import { pullDocuments } from './pull-documents.ts';
import { downloadListed, failureFinding } from './pull-downloads.ts';
import { pullPolicies } from './pull-policies.ts';

/** What pull works on; `progress` gets one line per event, for a terminal. */
export type PullPorts = {
  readonly fetcher: Fetcher;
  readonly archive: Archive;
  /** The code table's item store. */
  readonly items: ItemStore;
  /** FIFO; one group per code system. */
  readonly ingestQueue: Queue;
  /** Feeds of payer policies, as configured; none where there are none. */
  readonly policyFeeds?: readonly PolicyFeed[];
  /** FIFO; one group per source of policies. Needed where there are feeds of policies. */
  readonly policiesQueue?: Queue;
  readonly clock: Clock;
  readonly progress?: (line: string) => void;
};

/** What one run did for one feed. */
export type FeedSummary = {
  readonly feed: string;
  readonly listed: number;
  readonly downloaded: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly candidatesSent: number;
  /** True when every listing page asked for could be read. */
  readonly reached: boolean;
  readonly findings: readonly QualityFinding[];
};

/** What one run did, in all and by feed. */
export type PullSummary = {
  readonly requests: number;
  readonly downloaded: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly candidatesSent: number;
  readonly findings: number;
  readonly feeds: readonly FeedSummary[];
};

const pageBytesMax = 4 * 1024 * 1024;
/** An item holds 400 KB; a finding about 300 bytes. */
const storedFindingsMax = 500;

/** Reads listing pages; what cannot be read becomes a finding, and the feed goes on with what it has. */
function pageReader(
  once: OnceFetcher,
  archive: Archive,
  add: (finding: QualityFinding) => void,
): PageReader {
  return async (url) => {
    try {
      const got = await once.get(url, pageBytesMax);
      if (got.sha256 !== undefined) {
        return new TextDecoder().decode(await archive.read(got.sha256));
      }
      const message = `the listing page answered ${got.status}; earlier files stay in play`;
      add({ code: 'listing-missing', severity: 'warning', where: url, message });
    } catch (error) {
      add(failureFinding(url, error));
    }
    return undefined;
  };
}

/** Files that a listing page, itself read, no longer names: kept, and said. */
function withdrawn(
  records: readonly DownloadRecord[],
  discovery: Discovery,
): readonly QualityFinding[] {
  const listed = new Set(discovery.files.map(({ url }) => url));
  const read = new Set(discovery.pagesRead);
  const named = new Set(discovery.pagesNamed);
  const isGone = ({ file }: DownloadRecord): boolean => {
    const folderGone = !named.has(file.page) && read.has(new URL('..', file.page).href);
    return !listed.has(file.url) && (read.has(file.page) || folderGone);
  };
  return records
    .filter((record) => record.kept && isGone(record))
    .map(({ file: { url } }) => ({
      code: 'withdrawn',
      severity: 'info',
      where: url,
      message: 'no longer listed; the archived bytes stay in play',
    }));
}

/** Sends what ingest has not settled yet, oldest first. Sending twice is harmless: same deduplication id. */
async function send(candidates: readonly Candidate[], ports: PullPorts): Promise<number> {
  let sent = 0;
  for (const candidate of candidates) {
    if (await ports.items.get(candidateKey(candidate.id))) continue;
    await ports.ingestQueue.send({
      body: JSON.stringify(candidate),
      groupId: candidate.system,
      deduplicationId: candidate.id,
    });
    sent += 1;
    const kind = candidate.reconstruct ? ' (from its update)' : '';
    ports.progress?.(`${candidate.feed}: found ${candidate.system} ${candidate.effective}${kind}`);
  }
  return sent;
}

async function recordFeed(
  feed: Feed,
  run: { readonly changed: boolean; readonly summary: FeedSummary },
  ports: PullPorts,
): Promise<void> {
  const now = ports.clock.now();
  const earlier = await ports.items.get(feedKey(feed.id));
  const { findings, listed, missing, reached } = run.summary;
  await ports.items.put({
    ...feedKey(feed.id),
    checkedAt: now,
    // Older than checkedAt when some page could not be read: what a staleness alarm watches.
    reachedAt: reached ? now : earlier?.reachedAt,
    changedAt: run.changed ? now : earlier?.changedAt,
    listed,
    missing,
    findings: findings.slice(0, storedFindingsMax),
  });
}

const distinct = (findings: readonly QualityFinding[]): readonly QualityFinding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

async function pullFeed(feed: Feed, once: OnceFetcher, ports: PullPorts): Promise<FeedSummary> {
  const progress = ports.progress ?? (() => {});
  const pageFindings: QualityFinding[] = [];
  const readPage = pageReader(once, ports.archive, (finding) => pageFindings.push(finding));
  const day = today(ports.clock);
  const discovery = await feed.discover({ readPage, today: day });
  progress(`${feed.id}: ${discovery.files.length} files listed`);
  const { archive, items } = ports;
  const downloadPorts = { once, archive, items, today: day, progress };
  const downloads = await downloadListed(feed, discovery.files, downloadPorts);
  const files = downloads.records.flatMap((record) => toDownloadedFile(record) ?? []);
  const assembly = feed.assemble(files);
  const candidatesSent = await send(assembly.candidates, ports);
  // Last, so that no document holds up a release.
  const documents = await pullDocuments(feed, discovery, { ...downloadPorts, clock: ports.clock });
  const findings = distinct([
    ...pageFindings,
    ...discovery.findings,
    ...downloads.findings,
    ...files.flatMap((file) => file.inspection.findings),
    ...withdrawn(downloads.records, discovery),
    ...assembly.findings,
    ...assembly.candidates.flatMap((candidate) => candidate.findings),
    ...documents,
  ]);
  const { downloaded, unchanged, missing } = downloads;
  const listed = discovery.files.length;
  const reached = pageFindings.length === 0 && discovery.pagesRead.length > 0;
  const summary = {
    ...{ feed: feed.id, listed, downloaded, unchanged, missing, candidatesSent, reached, findings },
  };
  const changed = downloaded > 0 || candidatesSent > 0;
  await recordFeed(feed, { changed, summary }, ports);
  return summary;
}

/** A feed of releases or of policies, ready to be pulled. */
type Pulling = { readonly id: string; readonly pull: () => Promise<FeedSummary> };

function chosen(all: readonly Pulling[], ids: readonly string[] | undefined): readonly Pulling[] {
  if (ids === undefined) return all;
  return ids.map((id) => {
    const feed = all.find((one) => one.id === id);
    if (feed) return feed;
    const known = all.map((one) => one.id).join(', ');
    throw new CodewatchError('invalid-request', `there is no feed ${id}; known: ${known}`);
  });
}

async function pullPolicyFeed(
  feed: PolicyFeed,
  once: OnceFetcher,
  ports: PullPorts,
): Promise<FeedSummary> {
  const { archive, items, policiesQueue, clock } = ports;
  if (!policiesQueue) throw new Error(`${feed.id}: there is no queue for payer policies`);
  const progress = ports.progress ?? (() => {});
  const pulled = await pullPolicies(feed, { once, archive, items, policiesQueue, clock, progress });
  const { asked, downloaded, unchanged, missing, sent, reached } = pulled;
  return {
    ...{ feed: feed.id, listed: asked, downloaded, unchanged, missing, reached },
    candidatesSent: sent ? 1 : 0,
    findings: distinct(pulled.findings),
  };
}

const everyFeed = (once: OnceFetcher, ports: PullPorts): readonly Pulling[] => [
  ...feeds.map((feed) => ({ id: feed.id, pull: () => pullFeed(feed, once, ports) })),
  ...(ports.policyFeeds ?? []).map((feed) => ({
    id: feed.id,
    pull: () => pullPolicyFeed(feed, once, ports),
  })),
];

/**
 * Pulls the feeds named, or all. Killed anywhere and run again it goes on where it was: what is archived and recorded
 * is not asked for again, what ingest has settled is not sent again. Throws `invalid-request` for an unknown feed and
 * what stores, archive and queue throw; upstream trouble is a finding.
 */
export async function pull(
  ports: PullPorts,
  request: { readonly feeds?: readonly string[] } = {},
): Promise<PullSummary> {
  const once = createOnceFetcher(ports);
  const summaries: FeedSummary[] = [];
  for (const feed of chosen(everyFeed(once, ports), request.feeds)) {
    summaries.push(await feed.pull());
  }
  const total = (count: (summary: FeedSummary) => number): number =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  return {
    requests: once.requests(),
    downloaded: total((one) => one.downloaded),
    unchanged: total((one) => one.unchanged),
    missing: total((one) => one.missing),
    candidatesSent: total((one) => one.candidatesSent),
    findings: total((one) => one.findings.length),
    feeds: summaries,
  };
}
