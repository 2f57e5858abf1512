// Lambda face of the inbox: files that tenants leave in S3, each taken in by itself, gone on with when time is up.
import { setTimeout as sleep } from 'node:timers/promises';
import { idrTogether } from '../../shared/claims/idr/read-idr.ts';
import type { Payer } from '../../shared/core/payer.ts';
import { countOf } from '../../shared/core/wording.ts';
import { payersFromEnvironment } from '../../shared/edge/configuration-in-environment.ts';
import {
  fileOf,
  type InboxRecord,
  inboxMessage,
  parseInboxMessage,
} from '../../shared/edge/inbox-message.ts';
import { filesPrefix, resultsPrefix } from '../../shared/edge/inbox-prefixes.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import {
  createReferenceSource,
  type LoadingReferenceSource,
} from '../../shared/edge/reference-source.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { temporaryJoins } from '../../shared/edge/sqlite/temporary-join.ts';
import { handleEach, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { createCurrentPolicies } from '../../shared/steps/current-policies.ts';
import { takeInInboxFile } from '../../shared/steps/take-in-inbox-file.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createIntakeProgress } from '../../shared/store/intake-progress.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';

/** What the handler needs. */
export type IntakeHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'tenantItems' | 'inbox' | 'intakeQueue' | 'clock' | 'log'
> & {
  readonly reference: Pick<LoadingReferenceSource, 'now'>;
  /** Payers of the configuration. */
  readonly payers: readonly Payer[];
  readonly progress?: (line: string) => void;
  /** Waits before a try that follows one the table was not there for. */
  readonly wait?: (ms: number) => Promise<void>;
};

/** The part of Lambda's context that matters here. */
export type Remaining = { getRemainingTimeInMillis(): number };

/** Kept back of a run's time: to finish what is under way, to mark it, to send the rest on. */
const reserveMs = 60_000;

/** The handler over given ports: Lambda and the local runtime use the same. Without a context its time is its own. */
export function createHandler(
  ports: IntakeHandlerPorts,
): (event: SqsBatch, context?: Remaining) => Promise<SqsBatchResult> {
  const { inbox, intakeQueue, reference, clock, log } = ports;
  const step = {
    codeTable: createCodeTable(ports.codeItems),
    tenants: createTenantStore(ports.tenantItems),
    readPolicies: createCurrentPolicies({
      policies: createPolicyTable(ports.codeItems),
      ...{ reference, payers: ports.payers },
    }),
    progress: createIntakeProgress(ports.tenantItems),
    prefixes: { files: filesPrefix, results: resultsPrefix },
    related: idrTogether(temporaryJoins()),
    ...{ inbox, reference, clock },
  };
  const takeOne = async (record: InboxRecord, mayGoOn: () => boolean): Promise<void> => {
    const file = fileOf(record);
    // What a console makes for a folder: there is nothing in it.
    if (file.key.endsWith('/')) return;
    const done = await takeInInboxFile(step, file, {
      mayGoOn,
      ...(ports.wait && { wait: ports.wait }),
    });
    if (done.outcome === 'continues') await intakeQueue.send({ body: inboxMessage(record) });
    // No name: its sender chose it, and it may name a patient.
    log.info(`inbox file ${done.outcome}`, told(done));
    if (done.outcome === 'taken-in') ports.progress?.(lineOf(done.summary));
  };
  return (event, context) => {
    const mayGoOn = (): boolean =>
      context === undefined || context.getRemainingTimeInMillis() > reserveMs;
    const take = async (body: unknown): Promise<void> => {
      for (const record of parseInboxMessage(body)) await takeOne(record, mayGoOn);
    };
    return handleEach(event, take, (messageId, error) =>
      log.error('intake failed', error, { messageId }),
    );
  };
}

type Done = Awaited<ReturnType<typeof takeInInboxFile>>;

const told = (done: Done): Readonly<Record<string, unknown>> => {
  if (done.outcome === 'gone') return {};
  if (done.outcome === 'continues') return { tenant: done.tenant, records: done.records };
  const { records, accepted, rejected, removed, unmatchedVoids, findings } = done.summary;
  return { tenant: done.tenant, records, accepted, rejected, removed, unmatchedVoids, findings };
};

const lineOf = ({ records, accepted, rejected }: Extract<Done, { summary: object }>['summary']) =>
  `inbox: ${countOf(records, 'record')}, ${accepted} stored, ${rejected} refused`;

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler: ReturnType<typeof createHandler> = (event, context) => {
  if (!ready) {
    const { codeItems, tenantItems, inbox, intakeQueue, snapshots, clock, log } =
      portsFromEnvironment(process.env);
    const reference = createReferenceSource({
      codeTable: createCodeTable(codeItems),
      policies: createPolicyTable(codeItems),
      pointer: () => readSnapshotPointer(codeItems),
      open: openSnapshot,
      ...{ snapshots, log },
    });
    const wait = (ms: number): Promise<void> => sleep(ms);
    ready = createHandler({
      ...{ codeItems, tenantItems, inbox, intakeQueue, reference, clock, log, wait },
      payers: payersFromEnvironment(process.env),
    });
  }
  return ready(event, context);
};
