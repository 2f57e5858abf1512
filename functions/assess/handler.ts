// Lambda face of assess: committed releases from the queue, one after the other per code system.
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { assess } from '../../shared/steps/assess.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { parseAssessMessage } from './parse-assess-message.ts';

/** What the handler needs. */
export type AssessHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'tenantItems' | 'assessTenantQueue' | 'clock' | 'log'
> & { readonly progress?: (line: string) => void };

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: AssessHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { assessTenantQueue, clock, log } = ports;
  const progress = ports.progress ?? ((line: string) => log.info(line));
  const codeTable = createCodeTable(ports.codeItems);
  const tenants = createTenantStore(ports.tenantItems);
  const changesOf = createChangeReader(codeTable);
  const take = async (body: unknown): Promise<void> => {
    const message = parseAssessMessage(body);
    await assess({ codeTable, tenants, assessTenantQueue, changesOf, clock, progress }, message);
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('assess failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  ready ??= createHandler(portsFromEnvironment(process.env));
  return ready(event);
};
