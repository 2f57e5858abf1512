// Lambda face of assess tenant: one tenant's share of a committed release, or of an edition of policies, at a time, many
// tenants at once.
import type { Payer } from '../../shared/core/payer.ts';
import { payersFromEnvironment } from '../../shared/edge/configuration-in-environment.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import type { AssessLimits } from '../../shared/steps/assess-run.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import { assessTenantPolicies } from '../../shared/steps/assess-tenant-policies.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createPolicyChangeReader } from '../../shared/steps/policy-changes.ts';
import { createStillListedReader } from '../../shared/steps/still-listed.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createLagIndex } from '../../shared/store/lag-index.ts';
import { createPolicyAssessments } from '../../shared/store/policy-assessments.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { parseAssessTenantMessage } from './parse-assess-tenant-message.ts';

/** What the handler needs. */
export type AssessTenantHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'tenantItems' | 'archive' | 'assessTenantQueue' | 'notifyQueue' | 'clock' | 'log'
> & {
  /** Payers of the configuration. */
  readonly payers: readonly Payer[];
  readonly limits?: AssessLimits;
  readonly progress?: (line: string) => void;
};

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: AssessTenantHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { archive, assessTenantQueue, notifyQueue, clock, log, limits } = ports;
  const codeTable = createCodeTable(ports.codeItems);
  const policies = createPolicyTable(ports.codeItems);
  const stepPorts = {
    codeTable,
    tenants: createTenantStore(ports.tenantItems),
    assessments: createAssessmentStore(ports.tenantItems),
    policyAssessments: createPolicyAssessments(ports.tenantItems),
    ...{ archive, assessTenantQueue, notifyQueue, clock, payers: ports.payers },
    changesOf: createChangeReader(codeTable),
    movesOf: createPolicyChangeReader(ports.codeItems),
    stillListedBy: createStillListedReader({ policies, lags: createLagIndex(ports.codeItems) }),
    progress: ports.progress ?? ((line: string) => log.info(line)),
    ...(limits ? { limits, usesMax: limits.uses } : {}),
  };
  const take = async (body: unknown): Promise<void> => {
    const message = parseAssessTenantMessage(body);
    if ('policies' in message) await assessTenantPolicies(stepPorts, message);
    else await assessTenant(stepPorts, message);
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('assess tenant failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  ready ??= createHandler({
    ...portsFromEnvironment(process.env),
    payers: payersFromEnvironment(process.env),
  });
  return ready(event);
};
