// Lambda face of assess: committed releases and editions of policies from the queue, one after the other per code system and
// source.
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { assess } from '../../shared/steps/assess.ts';
import { assessPolicies } from '../../shared/steps/assess-policies.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createPolicyChangeReader } from '../../shared/steps/policy-changes.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createLagIndex } from '../../shared/store/lag-index.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { parseAssessMessage } from './parse-assess-message.ts';

/** What the handler needs. */
export type AssessHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'tenantItems' | 'archive' | 'assessTenantQueue' | 'clock' | 'log'
> & { readonly progress?: (line: string) => void };

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: AssessHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { codeItems: items, archive, assessTenantQueue, clock, log } = ports;
  const progress = ports.progress ?? ((line: string) => log.info(line));
  const codeTable = createCodeTable(items);
  const stepPorts = {
    ...{ items, archive, codeTable, assessTenantQueue, clock, progress },
    tenants: createTenantStore(ports.tenantItems),
    changesOf: createChangeReader(codeTable),
    movesOf: createPolicyChangeReader(items),
    lags: createLagIndex(items),
  };
  const take = async (body: unknown): Promise<void> => {
    const message = parseAssessMessage(body);
    if ('source' in message) await assessPolicies(stepPorts, message);
    else await assess(stepPorts, message);
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
