// Lambda face of ingest: release candidates from the queue, one after the other per code system.
import { metricNames, type ReportMetric, reportToCloudWatch } from '../../shared/edge/metric.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { parseCandidate } from './parse-candidate.ts';

/** What the handler needs; metrics are reported only where something reads them. */
export type IngestHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'archive' | 'assessQueue' | 'publishQueue' | 'clock' | 'log'
> & { readonly progress?: (line: string) => void; readonly reportMetric?: ReportMetric };

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: IngestHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { codeItems: items, archive, assessQueue, publishQueue, clock, log } = ports;
  const progress = ports.progress ?? ((line: string) => log.info(line));
  const take = async (body: unknown): Promise<void> => {
    const { record } = await ingest(
      { items, archive, assessQueue, publishQueue, clock, progress },
      parseCandidate(body),
    );
    if (record.status === 'quarantined') {
      ports.reportMetric?.({ name: metricNames.quarantinedReleases, count: 1 });
    }
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('ingest failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  if (!ready) {
    const ports = portsFromEnvironment(process.env);
    ready = createHandler({ ...ports, reportMetric: reportToCloudWatch(ports.clock) });
  }
  return ready(event);
};
