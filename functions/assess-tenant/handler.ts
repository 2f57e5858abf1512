// Lambda face of assess tenant: one tenant's share of a committed release at a time, many tenants at
// once.
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import type { AssessLimits } from '../../shared/steps/assess-run.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { parseAssessTenantMessage } from './parse-assess-tenant-message.ts';

/** What the handler needs. */
export type AssessTenantHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'tenantItems' | 'assessTenantQueue' | 'notifyQueue' | 'clock' | 'log'
> & { readonly limits?: AssessLimits; readonly progress?: (line: string) => void };

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: AssessTenantHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { assessTenantQueue, notifyQueue, clock, log, limits } = ports;
  const codeTable = createCodeTable(ports.codeItems);
  const stepPorts = {
    codeTable,
    tenants: createTenantStore(ports.tenantItems),
    assessments: createAssessmentStore(ports.tenantItems),
    ...{ assessTenantQueue, notifyQueue, clock },
    changesOf: createChangeReader(codeTable),
    progress: ports.progress ?? ((line: string) => log.info(line)),
    ...(limits ? { limits } : {}),
  };
  const take = async (body: unknown): Promise<void> => {
    await assessTenant(stepPorts, parseAssessTenantMessage(body));
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('assess tenant failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  ready ??= createHandler(portsFromEnvironment(process.env));
  return ready(event);
};
