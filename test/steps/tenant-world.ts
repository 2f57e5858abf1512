// A tenant table, its queues and a told code table whose record may change while messages wait: to
// assess in it with little work a message, in any order, killed and delivered again.
import {
  createMemoryItemStore,
  type MemoryItemStore,
} from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue, type MemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import { assess } from '../../shared/steps/assess.ts';
import type { AssessTenantPorts } from '../../shared/steps/assess-run.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import type { AssessTenantOutcome } from '../../shared/steps/assessment-course.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { type ToldRelease, toldCodeTable } from './told-code-table.ts';

/** The world; every message sent to tenants is kept in `sent`. */
export type TenantWorld = AssessTenantPorts & {
  readonly items: MemoryItemStore;
  readonly assessTenantQueue: MemoryQueue;
  readonly notifyQueue: MemoryQueue;
  readonly sent: readonly QueueMessage[];
  /** From now on the code table says this. */
  tell(releases: readonly ToldRelease[]): void;
  /** Announces a release, as assess does on its message. */
  announce(release: string): Promise<void>;
  /** Handles one message. */
  handle(message: QueueMessage): Promise<AssessTenantOutcome>;
};

/** How a world is made. */
export type WorldOptions = {
  readonly now?: string;
  readonly uses?: number;
  readonly lanes?: number;
  /** Called before every write to the table and every send; may throw. */
  readonly beforeWrite?: () => void;
};

/** A world of these releases. */
export function tenantWorld(
  releases: readonly ToldRelease[],
  { now = '2021-10-20T06:00:00.000Z', uses = 1, lanes = 2, beforeWrite }: WorldOptions = {},
): TenantWorld {
  const sent: QueueMessage[] = [];
  const items = createMemoryItemStore(beforeWrite ? { beforeWrite } : {});
  const beforeSend = (): void => beforeWrite?.();
  const assessTenantQueue = createMemoryQueue({
    beforeSend(message) {
      beforeSend();
      sent.push(message);
    },
  });
  let told = toldCodeTable(releases);
  const codeTable: AssessTenantPorts['codeTable'] = {
    head: (...asked) => told.head(...asked),
    versionAsOf: (...asked) => told.versionAsOf(...asked),
    versions: (...asked) => told.versions(...asked),
    knownAt: (...asked) => told.knownAt(...asked),
    releases: (...asked) => told.releases(...asked),
    release: (...asked) => told.release(...asked),
    changes: (...asked) => told.changes(...asked),
  };
  const ports = {
    codeTable,
    items,
    tenants: createTenantStore(items),
    assessments: createAssessmentStore(items),
    assessTenantQueue,
    notifyQueue: createMemoryQueue({ beforeSend }),
    clock: { now: () => now },
    changesOf: createChangeReader(codeTable),
    limits: { uses, lanes },
    sent,
  };
  return {
    ...ports,
    tell(next) {
      told = toldCodeTable(next);
    },
    async announce(release) {
      await assess(ports, { system: 'icd10cm', release, seq: 1 });
    },
    handle: ({ body }) => assessTenant(ports, JSON.parse(body)),
  };
}

/** Messages that may be handled now: the first of each group. */
export const firstOfGroups = (messages: readonly QueueMessage[]): QueueMessage[] =>
  messages.filter(
    ({ groupId }, index) => messages.findIndex((other) => other.groupId === groupId) === index,
  );

/** Handles messages until none is left, oldest first; answers what each came to. */
export async function handleAll(
  world: TenantWorld,
  onHandled: (outcome: AssessTenantOutcome) => void = () => undefined,
): Promise<void> {
  for (let next = world.assessTenantQueue.receive(); next; ) {
    onHandled(await world.handle(next.message));
    next.finish();
    next = world.assessTenantQueue.receive();
  }
}
