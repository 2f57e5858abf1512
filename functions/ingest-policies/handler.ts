// Lambda face of ingest policies: files of the policy feeds from the queue, one after the other per source.
import { feedsVariable, unpacked } from '../../shared/edge/configuration-in-environment.ts';
import { metricNames, type ReportMetric, reportToCloudWatch } from '../../shared/edge/metric.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { readConfiguredFeeds } from '../../shared/feeds/configured-feeds.ts';
import type { PolicyFeed } from '../../shared/feeds/policy-feed.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { parsePolicyMessage } from './parse-policy-message.ts';

/** What the handler needs; metrics are reported only where something reads them. */
export type IngestPoliciesHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'archive' | 'assessQueue' | 'publishQueue' | 'clock' | 'log'
> & {
  readonly policyFeeds: readonly PolicyFeed[];
  readonly progress?: (line: string) => void;
  readonly reportMetric?: ReportMetric;
};

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: IngestPoliciesHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { codeItems: items, archive, assessQueue, publishQueue, clock, log, policyFeeds } = ports;
  const progress = ports.progress ?? ((line: string) => log.info(line));
  const feed = (id: string) => policyFeeds.find((one) => one.id === id);
  const take = async (body: unknown): Promise<void> => {
    const done = await ingestPolicies(
      { items, archive, feed, assessQueue, publishQueue, clock, progress },
      parsePolicyMessage(body),
    );
    if (done.outcome !== 'quarantined') return;
    ports.reportMetric?.({ name: metricNames.quarantinedReleases, count: 1 });
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('ingest policies failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  if (!ready) {
    const ports = portsFromEnvironment(process.env);
    const { feeds } = readConfiguredFeeds(unpacked(process.env, feedsVariable), feedsVariable);
    const reportMetric = reportToCloudWatch(ports.clock);
    ready = createHandler({ ...ports, policyFeeds: feeds, reportMetric });
  }
  return ready(event);
};
