// Lambda face of publish: commits from the queue, and once a day a look whether what is published is what is committed.
import { metricNames, type ReportMetric, reportToCloudWatch } from '../../shared/edge/metric.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { newSnapshotDrafts } from '../../shared/edge/snapshot-draft.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import type { NewSnapshotDraft } from '../../shared/ports/snapshot-draft.ts';
import type { PublishMessage } from '../../shared/steps/messages.ts';
import { type PublishOutcome, publish } from '../../shared/steps/publish.ts';
import { parsePublishMessage } from './parse-publish-message.ts';

/** What the handler needs; metrics are reported only where something reads them. */
export type PublishHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'archive' | 'snapshots' | 'clock' | 'log'
> & {
  /** In the system's temporary folder when absent. */
  readonly newDraft?: NewSnapshotDraft;
  readonly progress?: (line: string) => void;
  readonly reportMetric?: ReportMetric;
};

/** Messages of the queue; or the schedule's event, `{}`, which names none. */
export type PublishEvent = SqsBatch | { readonly Records?: never };

/** The handler over given ports: Lambda and the local runtime use the same. Answers the queue, or the outcome. */
export function createHandler(
  ports: PublishHandlerPorts,
): (event: PublishEvent) => Promise<SqsBatchResult & { readonly outcome?: PublishOutcome }> {
  const { codeItems: items, archive, snapshots, clock, log } = ports;
  const newDraft = ports.newDraft ?? newSnapshotDrafts(createSnapshotWriter);
  const progress = ports.progress ?? ((line: string) => log.info(line));
  const run = async (message?: PublishMessage): Promise<PublishOutcome> => {
    const done = await publish({ items, archive, snapshots, newDraft, clock, progress }, message);
    // Readers have what is committed; one left to a later commit is counted when that is published.
    if (done.outcome !== 'superseded') {
      ports.reportMetric?.({ name: metricNames.snapshotCurrent, count: 1 });
    }
    return done;
  };
  return async (event) => {
    if (!event.Records) return { batchItemFailures: [], outcome: await run() };
    const take = async (body: unknown): Promise<void> => {
      await run(parsePublishMessage(body));
    };
    return handleInOrder(event, take, (messageId, error) =>
      log.error('publish failed', error, { messageId }),
    );
  };
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first event. */
export const handler: ReturnType<typeof createHandler> = (event) => {
  if (!ready) {
    const { codeItems, archive, snapshots, clock, log } = portsFromEnvironment(process.env);
    const reportMetric = reportToCloudWatch(clock);
    ready = createHandler({ codeItems, archive, snapshots, clock, log, reportMetric });
  }
  return ready(event);
};
