// The whole pipeline in one process: embedded engines, the resources of the topology, and the same Lambda handlers.
import { createHandler as createAssess } from '../../functions/assess/handler.ts';
import { createHandler as createIngest } from '../../functions/ingest/handler.ts';
import { createHandler as createNotify } from '../../functions/notify/handler.ts';
import { createHandler as createPull } from '../../functions/pull/handler.ts';
import { createAwsClients } from '../../shared/edge/aws-clients.ts';
import { fetcherFromEnvironment } from '../../shared/edge/fetcher-from-environment.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { feedHosts } from '../../shared/feeds/registry.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import type { PullSummary } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { baseUrl as baseUrlSpec } from '../topology.ts';
import { type Consumers, type OnHandled, startConsumers } from './consumers.ts';
import { createResources } from './create-resources.ts';
import { drained, messagesIn, redrive } from './drain.ts';
import { startEngines } from './engines.ts';
import { localLog } from './local-log.ts';
import { sampleMirrorFolder } from './sample/sample.ts';
import type { Settings, SourceSetting } from './settings.ts';

/** The pipeline, at rest until asked. */
export type Runtime = {
  readonly ports: EdgePorts & { readonly codeTable: CodeTable; readonly tenants: TenantStore };
  /** Where a subscriber's copies of the alerts of tenant `local` lie: an SQS queue. */
  readonly inboxUrl: string;
  /** Starts handling messages, those of an earlier run first; a second call changes nothing. */
  consume(onHandled: OnHandled): Promise<void>;
  /** Asks every feed for what is new. */
  pull(progress: (line: string) => void): Promise<PullSummary>;
  /** Resolves when every message sent so far, and all they led to, has been handled. */
  drained(): Promise<void>;
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
  const resources = await createResources(clients);
  const environment: Record<string, string> = {
    ...resources.environment,
    CODEWATCH_DYNAMODB: engines.dynamodb.endpoint,
    CODEWATCH_AWS_ENDPOINT: engines.aws.endpoint,
    CODEWATCH_SOURCE: sourceText(options.source),
    [baseUrlSpec.variable]: options.baseUrl,
    ...(options.now !== undefined && { CODEWATCH_NOW: options.now }),
  };
  const edge = portsFromEnvironment(environment);
  const ports = {
    ...edge,
    log: localLog,
    codeTable: createCodeTable(edge.codeItems),
    tenants: createTenantStore(edge.tenantItems),
  };
  const queues = Object.values(resources.queues);
  let consumers: Consumers | undefined;
  return {
    ports,
    inboxUrl: resources.inboxUrl,
    async consume(onHandled) {
      if (consumers) return;
      await redrive(clients.sqs(), queues);
      const progress = (): void => undefined;
      const handlers = {
        ingest: createIngest({ ...ports, progress }),
        assess: createAssess({ ...ports, progress }),
        notify: createNotify({ ...ports, baseUrl: options.baseUrl }),
      };
      consumers = startConsumers(clients.sqs(), resources.queues, handlers, onHandled);
    },
    pull(progress) {
      const newFetcher = () =>
        fetcherFromEnvironment(environment, { hosts: feedHosts, clock: ports.clock });
      return createPull({ ...ports, newFetcher, progress })({});
    },
    async drained() {
      if (consumers) await drained(clients.sqs(), queues, consumers);
    },
    async deadLetters() {
      const counts = queues.map(({ deadUrl }) => messagesIn(clients.sqs(), deadUrl));
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      await consumers?.stop();
      edge.close();
      clients.close();
      await engines.stop();
    },
  };
}

function sourceText(source: SourceSetting): string {
  if (source.kind === 'mirror') return source.folder;
  return source.kind === 'sample' ? sampleMirrorFolder : 'live';
}
