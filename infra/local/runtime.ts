// The whole pipeline in one process: embedded engines, the resources of the topology, and the same Lambda handlers.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createHandler as createAssess } from '../../functions/assess/handler.ts';
import { createHandler as createIngest } from '../../functions/ingest/handler.ts';
import { createHandler as createNotify } from '../../functions/notify/handler.ts';
import { createHandler as createPull } from '../../functions/pull/handler.ts';
import { type AwsClients, createAwsClients } from '../../shared/edge/aws-clients.ts';
import { fetcherFromEnvironment } from '../../shared/edge/fetcher-from-environment.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import { feedHosts } from '../../shared/feeds/registry.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ReferenceSource } from '../../shared/ports/reference-source.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import type { PullSummary } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { baseUrl as baseUrlSpec, type QueueId } from '../topology.ts';
import { type Consumers, type OnHandled, type QueueHandler, startConsumers } from './consumers.ts';
import { createResources, type LocalResources } from './create-resources.ts';
import { drained, messagesIn, redrive } from './drain.ts';
import { type Engines, startEngines } from './engines.ts';
import { localLog } from './local-log.ts';
import { sampleMirrorFolder } from './sample/sample.ts';
import type { Settings, SourceSetting } from './settings.ts';
import { UsageError } from './usage.ts';

/** The pipeline, at rest until asked. */
export type Runtime = {
  readonly ports: EdgePorts & {
    readonly codeTable: CodeTable;
    readonly reference: ReferenceSource;
    readonly tenants: TenantStore;
  };
  /** Where a subscriber's copies of the alerts of tenant `local` lie: an SQS queue. */
  readonly inboxUrl: string;
  /** The embedded queue service, for whoever reads the inbox. */
  readonly sqs: SQSClient;
  /** Starts handling messages, those of an earlier run first; a second call changes nothing. */
  consume(onHandled: OnHandled): Promise<void>;
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
export type RuntimeOptions = Pick<Settings, 'data' | 'source' | 'now' | 'dynamodb'> & {
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

/** What the functions find in their environment; on AWS the CDK app sets the same variables. */
function environmentOf(
  engines: Engines,
  resources: LocalResources,
  { source, baseUrl, now }: RuntimeOptions,
): Readonly<Record<string, string>> {
  return {
    ...resources.environment,
    CODEWATCH_DYNAMODB: engines.dynamodb.endpoint,
    CODEWATCH_AWS_ENDPOINT: engines.aws.endpoint,
    CODEWATCH_SOURCE: sourceText(source),
    [baseUrlSpec.variable]: baseUrl,
    ...(now !== undefined && { CODEWATCH_NOW: now }),
  };
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
  const tenants = createTenantStore(edge.tenantItems);
  const queues = Object.values(resources.queues);
  const sqs = clients.sqs();
  let consumers: Consumers | undefined;
  let halted = false;
  return {
    ports: { ...edge, codeTable, reference: createTableReference(codeTable), tenants },
    inboxUrl: resources.inboxUrl,
    sqs: clients.sqs(),
    async consume(onHandled) {
      if (consumers) return;
      await redrive(sqs, queues);
      const handlers = handlersOn(edge, options.baseUrl);
      consumers = startConsumers(sqs, resources.queues, handlers, onHandled);
    },
    pull(progress) {
      const newFetcher = () =>
        fetcherFromEnvironment(environment, { hosts: feedHosts, clock: edge.clock });
      return createPull({ ...edge, newFetcher, progress })({});
    },
    drained: async () => !consumers || drained(sqs, queues, consumers, () => halted),
    halt() {
      halted = true;
    },
    async deadLetters() {
      const counts = await Promise.all(queues.map(({ deadUrl }) => messagesIn(sqs, deadUrl)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      await consumers?.stop();
      edge.close();
      clients.close();
      await engines.stop();
    },
  };
}

/** The functions that read queues. Their progress is told by who watches the queues, not by them. */
function handlersOn(edge: EdgePorts, baseUrl: string): Readonly<Record<QueueId, QueueHandler>> {
  const progress = (): void => undefined;
  return {
    ingest: createIngest({ ...edge, progress }),
    assess: createAssess({ ...edge, progress }),
    notify: createNotify({ ...edge, baseUrl }),
  };
}

function sourceText(source: SourceSetting): string {
  if (source.kind === 'mirror') return source.folder;
  return source.kind === 'sample' ? sampleMirrorFolder : 'live';
}
