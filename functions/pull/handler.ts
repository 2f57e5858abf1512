// Lambda face of pull: runs on a schedule, one feed at a time, against the real sites.
import { feedsVariable, unpacked } from '../../shared/edge/configuration-in-environment.ts';
import { fetcherFromEnvironment } from '../../shared/edge/fetcher-from-environment.ts';
import { metricNames, type ReportMetric, reportToCloudWatch } from '../../shared/edge/metric.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { readConfiguredFeeds } from '../../shared/feeds/configured-feeds.ts';
import type { PolicyFeed } from '../../shared/feeds/policy-feed.ts';
import { feedHosts } from '../../shared/feeds/registry.ts';
import type { Fetcher } from '../../shared/ports/fetcher.ts';
import { type PullSummary, pull } from '../../shared/steps/pull.ts';
import { parsePullRequest } from './parse-pull-request.ts';

/** What the handler needs; metrics are reported only where something reads them. */
export type PullHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'archive' | 'ingestQueue' | 'policiesQueue' | 'clock' | 'log'
> & {
  readonly policyFeeds: readonly PolicyFeed[];
  /** A fetcher for one run: it remembers what was asked in it. */
  readonly newFetcher: () => Fetcher;
  readonly progress?: (line: string) => void;
  readonly reportMetric?: ReportMetric;
};

/** The handler over given ports: Lambda and the local runtime use the same. Answers what the run did. */
export function createHandler(ports: PullHandlerPorts): (event: unknown) => Promise<PullSummary> {
  const { codeItems: items, archive, ingestQueue, policyFeeds, policiesQueue, clock, log } = ports;
  const progress = ports.progress ?? ((line: string) => log.info(line));
  return async (event) => {
    const summary = await pull(
      {
        ...{ fetcher: ports.newFetcher(), archive, items, clock, progress },
        ...{ ingestQueue, policyFeeds, policiesQueue },
      },
      parsePullRequest(event),
    );
    for (const { feed, reached, downloaded, candidatesSent, findings } of summary.feeds) {
      log.info('pulled', { feed, reached, downloaded, candidatesSent, findings: findings.length });
      // A feed whose pages could not be read is not pulled: silence is what the stale-feed alarm hears.
      if (!reached) continue;
      ports.reportMetric?.({ name: metricNames.feedPulled, count: 1, dimensions: { Feed: feed } });
    }
    return summary;
  };
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first run. */
export const handler = (event: unknown): Promise<PullSummary> => {
  if (!ready) {
    const { codeItems, archive, ingestQueue, policiesQueue, clock, log } = portsFromEnvironment(
      process.env,
    );
    const reportMetric = reportToCloudWatch(clock);
    const { feeds: policyFeeds, hosts: policyHosts } = readConfiguredFeeds(
      unpacked(process.env, feedsVariable),
      feedsVariable,
    );
    const hosts = [...feedHosts, ...policyHosts];
    const newFetcher = () => fetcherFromEnvironment(process.env, { hosts, clock });
    ready = createHandler({
      ...{ codeItems, archive, ingestQueue, policiesQueue, clock, log },
      policyFeeds,
      newFetcher,
      reportMetric,
    });
  }
  return ready(event);
};
