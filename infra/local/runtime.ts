// The whole pipeline in one process: embedded engines, the resources of the topology, and the same Lambda handlers.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createHandler as createAssess } from '../../functions/assess/handler.ts';
import { createHandler as createAssessTenant } from '../../functions/assess-tenant/handler.ts';
import { createHandler as createEdits } from '../../functions/edits/handler.ts';
import { createHandler as createIngest } from '../../functions/ingest/handler.ts';
import { createHandler as createIngestPolicies } from '../../functions/ingest-policies/handler.ts';
import { createHandler as createIntake } from '../../functions/intake/handler.ts';
import { createHandler as createNotify } from '../../functions/notify/handler.ts';
import {
  createHandler as createPublish,
  type PublishEvent,
} from '../../functions/publish/handler.ts';
import { idrTogether } from '../../shared/claims/idr/read-idr.ts';
import type { RelatedTables } from '../../shared/claims/related-tables.ts';
import type { Payer } from '../../shared/core/payer.ts';
import { type AwsClients, createAwsClients } from '../../shared/edge/aws-clients.ts';
import { createFolderInbox } from '../../shared/edge/folder-inbox.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import {
  createReferenceSource,
  type LoadingReferenceSource,
} from '../../shared/edge/reference-source.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { temporaryJoins } from '../../shared/edge/sqlite/temporary-join.ts';
import type { SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { configuredFeeds } from '../../shared/feeds/configured-feeds.ts';
import type { FeedConfiguration } from '../../shared/feeds/feed-configuration-file.ts';
import type { PolicyFeed } from '../../shared/feeds/policy-feed.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import type { PullSummary } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { queues as queueSpecs } from '../topology.ts';
import type { QueueId } from '../topology-specs.ts';
import {
  type Consumers,
  type MayHandle,
  type OnHandled,
  type QueueHandler,
  startConsumers,
} from './consumers.ts';
import { createResources, type LocalResources } from './create-resources.ts';
import { drained, messagesIn, redrive } from './drain.ts';
import { type Engines, startEngines } from './engines.ts';
import { configurationIn, environmentOf } from './local-environment.ts';
import { localLog } from './local-log.ts';
import { pullInRounds } from './pull-rounds.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage.ts';

/** The pipeline, at rest until asked. */
export type Runtime = {
  readonly ports: EdgePorts & {
    readonly codeTable: CodeTable;
    readonly reference: LoadingReferenceSource;
    readonly tenants: TenantStore;
    readonly related: RelatedTables;
    readonly payers: readonly Payer[];
    readonly policyFeeds: readonly PolicyFeed[];
  };
  /** Payers and policy feeds, as configured. */
  readonly configuration: FeedConfiguration;
  /** Where a subscriber's copies of the alerts of tenant `local` lie: an SQS queue. */
  readonly inboxUrl: string;
  /** The embedded queue service, for whoever reads the inbox. */
  readonly sqs: SQSClient;
  /** Starts handling messages, those of an earlier run first; a second call changes nothing. `print` tells of publishing. */
  consume(onHandled: OnHandled, print?: (line: string) => void): Promise<void>;
  /** Publishes what is committed if the published snapshot is not that already, and opens it. */
  publish(print?: (line: string) => void): Promise<void>;
  /** Asks every feed for what is new. */
  pull(progress: (line: string) => void): Promise<PullSummary>;
  /** True when every message sent so far, and all they led to, has been handled; false once halted. */
  drained(): Promise<boolean>;
  /** Asks whoever waits for {@link Runtime.drained} to wait no longer. */
  halt(): void;
  /** Messages given up on; they are tried again at the next start. */
  deadLetters(): Promise<number>;
  /** Lets what is being handled finish, then stops everything. */
  stop(): Promise<void>;
};

/** What a runtime is started with; `baseUrl` begins the links in alerts. */
export type RuntimeOptions = Pick<Settings, 'data' | 'source' | 'config' | 'now' | 'dynamodb'> & {
  readonly baseUrl: string;
};

/** Starts the engines and makes, or finds again, everything on them. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { data, dynamodb } = options;
  const engines = await startEngines({
    data,
    ...(dynamodb !== undefined && { dynamodbEndpoint: dynamodb }),
  });
  const clients = createAwsClients({ dynamodb: engines.dynamodb, aws: engines.aws });
  try {
    const resources = await createResources(clients);
    return runtimeOn(engines, clients, resources, options);
  } catch (error) {
    clients.close();
    await engines.stop();
    const isAway = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
    if (isAway && dynamodb !== undefined)
      throw new UsageError(`no DynamoDB answers at ${dynamodb}`);
    throw error;
  }
}

function runtimeOn(
  engines: Engines,
  clients: AwsClients,
  resources: LocalResources,
  options: RuntimeOptions,
): Runtime {
  const environment = environmentOf(engines, resources, options);
  const edge = { ...portsFromEnvironment(environment), log: localLog };
  const codeTable = createCodeTable(edge.codeItems);
  const reference = referenceOn(edge, codeTable);
  const tenants = createTenantStore(edge.tenantItems);
  const related = idrTogether(temporaryJoins());
  const configuration = configurationIn(options);
  const { payers } = configuration;
  const configured = configuredFeeds(configuration);
  const policyFeeds = configured.feeds;
  const ports = { ...edge, codeTable, reference, tenants, related, payers, policyFeeds };
  const queues = Object.values(resources.queues);
  const sqs = clients.sqs();
  const work: Work = { consumers: undefined, pulls: 0 };
  let halted = false;
  const queueIds = Object.keys(resources.queues) as QueueId[];
  const drainedOf = async (ids: readonly QueueId[]): Promise<boolean> => {
    const chosen = Object.fromEntries(ids.map((id) => [id, resources.queues[id]]));
    return !work.consumers || drained(sqs, chosen, work.consumers, () => halted);
  };
  return {
    ports,
    configuration,
    inboxUrl: resources.inboxUrl,
    sqs,
    async consume(onHandled, print) {
      if (work.consumers) return;
      await redrive(sqs, queues);
      const handlers = handlersOn(ports, options, print);
      const mayHandle = restsBehind(sqs, resources, work);
      work.consumers = startConsumers(sqs, resources.queues, handlers, onHandled, mayHandle);
    },
    async publish(print) {
      await publishOn(ports, print)({});
    },
    async pull(progress) {
      work.pulls += 1;
      try {
        return await pullInRounds({
          ...{ edge, environment, configured, progress },
          isSample: options.source.kind === 'sample',
          settled: () => drainedOf(settledQueues),
        });
      } finally {
        work.pulls -= 1;
      }
    },
    drained: () => drainedOf(queueIds),
    halt() {
      halted = true;
    },
    async deadLetters() {
      const counts = await Promise.all(queues.map(({ deadUrl }) => messagesIn(sqs, deadUrl)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      await work.consumers?.stop();
      await reference.close();
      edge.close();
      clients.close();
      await engines.stop();
    },
  };
}

/** What policies pass through: publishing rests until the pull is over. */
const settledQueues: readonly QueueId[] = ['ingestPolicies', 'assess', 'assessTenant', 'notify'];

/** What is under way. */
type Work = { consumers: Consumers | undefined; pulls: number };

/** Reference answers as on AWS: from the published snapshot, and from the table until there is one. */
const referenceOn = (edge: EdgePorts, codeTable: CodeTable): LoadingReferenceSource =>
  createReferenceSource({
    codeTable,
    policies: createPolicyTable(edge.codeItems),
    pointer: () => readSnapshotPointer(edge.codeItems),
    snapshots: edge.snapshots,
    open: openSnapshot,
    log: edge.log,
  });

/** Messages of a queue rest while the one the topology puts before it holds any, or is about to be filled. */
function restsBehind(sqs: SQSClient, resources: LocalResources, work: Work): MayHandle {
  return async (id) => {
    const { restsBehind: before } = queueSpecs[id];
    if (!before) return true;
    if (work.pulls > 0 || work.consumers?.active(before)) return false;
    return (await messagesIn(sqs, resources.queues[before].url)) === 0;
  };
}

/** Publish as on AWS, and whoever answers in this process takes the new snapshot at once. */
function publishOn(ports: Runtime['ports'], print: (line: string) => void = () => undefined) {
  const handler = createPublish({ ...ports, progress: print });
  return async (event: PublishEvent): Promise<SqsBatchResult> => {
    const result = await handler(event);
    await ports.reference.refresh();
    return result;
  };
}

/** The functions that read queues. Their progress is told by who watches the queues, not by them; publishing apart. */
function handlersOn(
  ports: Runtime['ports'],
  { baseUrl, data }: RuntimeOptions,
  print: (line: string) => void = () => undefined,
): Readonly<Record<QueueId, QueueHandler>> {
  const progress = (): void => undefined;
  return {
    ingest: createIngest({ ...ports, progress }),
    ingestPolicies: createIngestPolicies({ ...ports, progress }),
    assess: createAssess({ ...ports, progress }),
    assessTenant: createAssessTenant({ ...ports, progress }),
    publish: publishOn(ports, print),
    notify: createNotify({ ...ports, baseUrl }),
    intake: createIntake({ ...ports, inbox: createFolderInbox(data), progress: print }),
    edits: createEdits({ ...ports, inbox: createFolderInbox(data), progress: print }),
  };
}
