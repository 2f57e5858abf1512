// The ports of the API's Lambda: fewer than those of the steps, because every client in its bundle is paid for by the
// first reader after a pause (docs/decisions/0008-api-bundle.md).
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CodewatchError } from '../core/errors.ts';
import type { Payer } from '../core/payer.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import type { SnapshotReader } from '../ports/snapshot-store.ts';
import { clientSettings, endpointIn, withoutLog } from './client-settings.ts';
import { payersFromEnvironment } from './configuration-in-environment.ts';
import { createDynamoDbItemStore } from './dynamodb-item-store.ts';
import { lazily, whenUsed } from './lazily.ts';
import { createLog, type Log } from './log.ts';
import { createS3NormalForms } from './s3-normal-forms.ts';
import { createS3SnapshotLinks } from './s3-snapshot-links.ts';
import { createSqsQueue } from './sqs-queue.ts';
import { fixedClock, systemClock } from './system-clock.ts';

/** What the API reaches on AWS. */
export type ApiEdge = {
  readonly codeItems: ItemStore;
  readonly tenantItems: ItemStore;
  readonly snapshots: SnapshotReader;
  /** Normal forms: reference documents, from which scrub rules are made. */
  readonly archive: Pick<Archive, 'readNormalForm'>;
  readonly ingestQueue: Queue;
  /** Where an approved edition of policies is sent. */
  readonly policiesQueue: Queue;
  readonly payers: readonly Payer[];
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * The ports of an environment, each made when first used; variables as of `portsFromEnvironment`. The first use of a
 * port whose variable is missing throws `invalid-request` naming it.
 */
export function apiPortsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ApiEdge {
  const need = (variable: string): string => {
    const value = environment[variable];
    if (value) return value;
    throw new CodewatchError('invalid-request', `the environment variable ${variable} is not set`);
  };
  const { CODEWATCH_NOW: now, CODEWATCH_AWS_ENDPOINT: endpoint } = environment;
  const aws = clientSettingsOf(endpoint);
  const dynamodb = lazily(() =>
    withoutLog(new DynamoDBClient(clientSettingsOf(environment.CODEWATCH_DYNAMODB)())),
  );
  const sqs = lazily(() => withoutLog(new SQSClient(aws())));
  const items = (variable: string): ItemStore =>
    whenUsed(() => createDynamoDbItemStore({ table: need(variable), client: dynamodb() }));
  const queue = (variable: string): Queue =>
    whenUsed(() => createSqsQueue({ url: need(variable), client: sqs() }));
  const bucket = () => ({
    bucket: need('CODEWATCH_ARCHIVE_BUCKET'),
    signing: dynamodb().config,
    clock: systemClock,
    ...(endpoint ? { endpoint } : {}),
  });
  const clock = now ? fixedClock(now) : systemClock;
  return {
    codeItems: items('CODEWATCH_CODE_TABLE'),
    tenantItems: items('CODEWATCH_TENANT_TABLE'),
    snapshots: whenUsed(() => createS3SnapshotLinks(bucket())),
    archive: whenUsed(() => createS3NormalForms(bucket())),
    ingestQueue: queue('CODEWATCH_INGEST_QUEUE_URL'),
    policiesQueue: queue('CODEWATCH_POLICIES_QUEUE_URL'),
    get payers() {
      return payersFromEnvironment(environment);
    },
    clock,
    log: createLog(),
  };
}

const clientSettingsOf = (endpoint: string | undefined) => () =>
  clientSettings(endpointIn(endpoint));
