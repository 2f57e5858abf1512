// Assesses a release to the end in one call, for tests and benches of what it comes to: the message
// of the release, and then every message it leads to.
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { AssessmentStore } from '../../shared/ports/assessment-store.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { assess } from '../../shared/steps/assess.ts';
import type { AssessLimits } from '../../shared/steps/assess-run.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import type { AssessTenantOutcome } from '../../shared/steps/assessment-course.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import type { AssessMessage } from '../../shared/steps/messages.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';

/** What it works on; assessments under way are forgotten unless a store for them is given. */
export type EndPorts = {
  readonly codeTable: CodeTable;
  readonly tenants: TenantStore;
  readonly notifyQueue: Queue;
  readonly clock: Clock;
  readonly assessments?: AssessmentStore;
  readonly limits?: AssessLimits;
  /** Told of every message of a tenant that was handled, with the time it took. */
  readonly onMessage?: (ms: number) => void;
};

/** What all messages together came to. */
export type EndOutcome = AssessTenantOutcome & {
  readonly changes: number;
  /** Tenants that were told, now or before. */
  readonly tenants: number;
  /** Messages handled for tenants. */
  readonly messages: number;
};

const add = (a: AssessTenantOutcome, b: AssessTenantOutcome): AssessTenantOutcome => ({
  hits: {
    templates: a.hits.templates + b.hits.templates,
    claims: a.hits.claims + b.hits.claims,
  },
  newFindings: a.newFindings + b.newFindings,
  habitCodes: a.habitCodes + b.habitCodes,
  alerts: [...a.alerts, ...b.alerts],
});

/** Runs it, messages in the order they were sent, one at a time. */
export async function assessToTheEnd(ports: EndPorts, message: AssessMessage): Promise<EndOutcome> {
  const { codeTable, limits, onMessage } = ports;
  const assessTenantQueue = createMemoryQueue();
  const changesOf = createChangeReader(codeTable);
  const assessments = ports.assessments ?? createAssessmentStore(createMemoryItemStore());
  const { changes } = await assess({ ...ports, assessTenantQueue, changesOf }, message);
  const tenantPorts = { ...ports, assessments, assessTenantQueue, changesOf };
  let sum: AssessTenantOutcome = {
    hits: { templates: 0, claims: 0 },
    newFindings: 0,
    habitCodes: 0,
    alerts: [],
  };
  let [told, messages] = [0, 0];
  for (;;) {
    const next = assessTenantQueue.receive();
    if (!next) return { changes, tenants: told, messages, ...sum };
    const start = performance.now();
    const outcome = await assessTenant(
      { ...tenantPorts, ...(limits ? { limits } : {}) },
      JSON.parse(next.message.body),
    );
    onMessage?.(performance.now() - start);
    sum = add(sum, outcome);
    told += outcome.alerts.length > 0 ? 1 : 0;
    messages += 1;
    next.finish();
  }
}
