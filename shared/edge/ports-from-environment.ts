// The ports as the environment names them: what a Lambda, or the local runtime in its place, works with.
import { CodewatchError } from '../core/errors.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Queue } from '../ports/queue.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import { createAwsClients } from './aws-clients.ts';
import { endpointIn } from './client-settings.ts';
import { createDynamoDbItemStore } from './dynamodb-item-store.ts';
import { whenUsed } from './lazily.ts';
import { createLog, type Log } from './log.ts';
import { createS3Archive } from './s3-archive.ts';
import { createS3Inbox } from './s3-inbox.ts';
import { createS3SnapshotStore } from './s3-snapshot-store.ts';
import { createSnsPublisher } from './sns-publisher.ts';
import { createSqsQueue } from './sqs-queue.ts';
import { fixedClock, systemClock } from './system-clock.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every port. Each is made when first used, so that a step needs only the variables of the ports it uses. */
export type EdgePorts = {
  readonly codeItems: ItemStore;
  readonly tenantItems: ItemStore;
  readonly archive: Archive;
  /** Published snapshots, in the archive's bucket. */
  readonly snapshots: SnapshotStore;
  readonly ingestQueue: Queue;
  /** Files of policy feeds that wait to be taken in. */
  readonly policiesQueue: Queue;
  readonly assessQueue: Queue;
  readonly assessTenantQueue: Queue;
  readonly notifyQueue: Queue;
  readonly publishQueue: Queue;
  /** Files of the inbox that are not whole yet. */
  readonly intakeQueue: Queue;
  /** Edit lists that operators left. */
  readonly editsQueue: Queue;
  /** Files that tenants leave to be taken in. */
  readonly inbox: Inbox;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly log: Log;
  /** Lets go of the connections: for tests and the local runtime, a Lambda never does. */
  close(): void;
};

/**
 * The ports of an environment (docs/architecture.md lists the variables). The first use of a port whose variable is
 * missing throws `invalid-request` naming it. `CODEWATCH_NOW` (ISO instant or date) stops the clock there;
 * `CODEWATCH_DYNAMODB` and `CODEWATCH_AWS_ENDPOINT` (S3, SQS, SNS) are the URLs of embedded engines.
 */
export function portsFromEnvironment(environment: Environment): EdgePorts {
  const need = (variable: string): string => {
    const value = environment[variable];
    if (value) return value;
    throw new CodewatchError('invalid-request', `the environment variable ${variable} is not set`);
  };
  const clients = createAwsClients({
    dynamodb: endpointIn(environment.CODEWATCH_DYNAMODB),
    aws: endpointIn(environment.CODEWATCH_AWS_ENDPOINT),
  });
  const items = (variable: string) =>
    whenUsed(() => createDynamoDbItemStore({ table: need(variable), client: clients.dynamodb() }));
  const queue = (variable: string) =>
    whenUsed(() => createSqsQueue({ url: need(variable), client: clients.sqs() }));
  const now = environment.CODEWATCH_NOW;
  return {
    codeItems: items('CODEWATCH_CODE_TABLE'),
    tenantItems: items('CODEWATCH_TENANT_TABLE'),
    archive: whenUsed(() =>
      createS3Archive({ bucket: need('CODEWATCH_ARCHIVE_BUCKET'), client: clients.s3() }),
    ),
    snapshots: whenUsed(() =>
      createS3SnapshotStore({ bucket: need('CODEWATCH_ARCHIVE_BUCKET'), client: clients.s3() }),
    ),
    ingestQueue: queue('CODEWATCH_INGEST_QUEUE_URL'),
    policiesQueue: queue('CODEWATCH_POLICIES_QUEUE_URL'),
    assessQueue: queue('CODEWATCH_ASSESS_QUEUE_URL'),
    assessTenantQueue: queue('CODEWATCH_ASSESS_TENANT_QUEUE_URL'),
    notifyQueue: queue('CODEWATCH_NOTIFY_QUEUE_URL'),
    publishQueue: queue('CODEWATCH_PUBLISH_QUEUE_URL'),
    intakeQueue: queue('CODEWATCH_INTAKE_QUEUE_URL'),
    editsQueue: queue('CODEWATCH_EDITS_QUEUE_URL'),
    inbox: whenUsed(() =>
      createS3Inbox({ bucket: need('CODEWATCH_INBOX_BUCKET'), client: clients.s3() }),
    ),
    publisher: whenUsed(() =>
      createSnsPublisher({
        topicArn: need('CODEWATCH_ALERT_TOPIC_ARN'),
        fifoTopicArn: need('CODEWATCH_ALERT_FIFO_TOPIC_ARN'),
        client: clients.sns(),
      }),
    ),
    clock: whenUsed(() => (now ? fixedClock(now) : systemClock)),
    log: createLog(),
    close: clients.close,
  };
}
