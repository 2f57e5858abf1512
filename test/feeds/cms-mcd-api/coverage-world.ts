// A Coverage API on loopback, asked by the real fetcher through the real step: what tests of the feed run in.
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import type { PolicyChange, PolicyDocument } from '../../../shared/core/policy.ts';
import { diffEdition } from '../../../shared/core/policy-diff.ts';
import { createHttpFetcher } from '../../../shared/edge/http-fetcher.ts';
import { createMemoryArchive } from '../../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../../shared/edge/memory-queue.ts';
import { createPoliteFetcher } from '../../../shared/edge/polite-fetcher.ts';
import { createCoverageApiFeed } from '../../../shared/feeds/cms-mcd-api/feed.ts';
import type { PolicyReading } from '../../../shared/feeds/policy-feed.ts';
import { createOnceFetcher } from '../../../shared/steps/fetch-once.ts';
import type { PolicyMessage } from '../../../shared/steps/messages.ts';
import { type PoliciesPulled, pullPolicies } from '../../../shared/steps/pull-policies.ts';
import { type ApiAnswers, type ApiObject, serveCoverageApi } from '../../support/coverage-api.ts';

/** One run of pull: what it did, what was asked for, and what is read in the files it sent. */
export type CoverageRun = {
  readonly pulled: PoliciesPulled;
  readonly asked: readonly string[];
  readonly message: PolicyMessage | undefined;
  readonly reading: PolicyReading | undefined;
};

/** Stores that stay from run to run, before an API whose answers may be changed between them. */
export function createCoverageWorld(answers: ApiAnswers) {
  const archive = createMemoryArchive();
  const items = createMemoryItemStore();
  const queue = createMemoryQueue();
  const run = async (
    day: string,
    options: { readonly requestsMax?: number; readonly pageSize?: number } = {},
  ): Promise<CoverageRun> => {
    const api = await serveCoverageApi(answers, options);
    const feed = createCoverageApiFeed({ base: api.base, requestsMax: options.requestsMax ?? 500 });
    const clock = { now: () => `${day}T12:00:00.000Z` };
    const http = createHttpFetcher({ allowedHosts: feed.allowedHosts, attempts: 1 });
    const once = createOnceFetcher({ fetcher: createPoliteFetcher(http), archive, clock });
    try {
      const before = queue.messages.length;
      const ports = { once, archive, items, policiesQueue: queue, clock, progress: () => {} };
      const pulled = await pullPolicies(feed, ports);
      const body = queue.messages[before]?.body;
      const message: PolicyMessage | undefined = body === undefined ? body : JSON.parse(body);
      const bytesOf = ({ sha256 }: { readonly sha256: string }) => archive.read(sha256);
      const reading =
        message && (await feed.read(message.files, { bytesOf, collected: calendarDate(day) }));
      return { pulled, asked: api.asked, message, reading };
    } finally {
      await api.stop();
    }
  };
  return { run, archive, items, queue, answers };
}

/** Sets what the report on a week of local documents lists. */
export const setLocalNews = (
  answers: ApiAnswers,
  week: readonly [from: string, before: string],
  rows: readonly ApiObject[],
): void => {
  const [from, before] = week;
  answers.set(`/v1/reports/whats-new/local/?start_date=${from}&end_date=${before}`, { rows });
};

/** `<severity> <code>` of findings, ascending, each once. */
export const codesOf = ({ findings }: Pick<PolicyReading, 'findings'>): readonly string[] =>
  [...new Set(findings.map(({ severity, code }) => `${severity} ${code}`))].sort();

/** Ids with versions. */
export const idsOf = (reading: Pick<PolicyReading, 'documents'> | undefined): readonly string[] =>
  (reading?.documents ?? []).map(({ id, version }) => `${id} v${version}`);

/** What taking documents in after others changes. */
export const changesBetween = (
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
): readonly PolicyChange[] =>
  diffEdition(new Map(before.map((one) => [one.id, one])), after, {
    ...{ edition: 'later', seq: 2, firstSeen: calendarDate('2026-09-10'), complete: false },
  }).changes;
