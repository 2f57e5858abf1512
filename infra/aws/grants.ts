// Least privilege: from what the topology says a function uses, the exact statements of its policy, and not one more.
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  queues as queueSpecs,
  schedules,
  functions as specs,
  tables as tableSpecs,
} from '../topology.ts';
import type {
  ArchiveGrant,
  FunctionId,
  InboxGrant,
  QueueId,
  TableGrant,
} from '../topology-specs.ts';
import type { Keys } from './keys.ts';
import type { Queues } from './queues.ts';
import type { Tables } from './tables.ts';
import type { Topics } from './topics.ts';

/** Everything functions can be granted. */
export type Grantable = {
  readonly keys: Keys;
  readonly tables: Tables;
  readonly archive: Bucket;
  readonly inbox: Bucket;
  readonly queues: Queues;
  readonly topics: Topics;
};

const tableActions = {
  read: ['dynamodb:GetItem', 'dynamodb:Query'],
  write: ['dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
  delete: ['dynamodb:DeleteItem'],
} as const;

// What a reader and writer of a table under a customer-managed key needs, spelled out so that no wildcard is.
const tableKeyActions = [
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];
const messageKeyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The statements of one function's policy. */
export function grantStatements(id: FunctionId, to: Grantable, logs: LogGroup): PolicyStatement[] {
  const spec = specs[id];
  const consumed = queuesReadBy(id);
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]),
    ...spec.tables.map((grant) => tableStatement(grant, to.tables)),
    ...spec.archive.map((grant) => archiveStatement(grant, to.archive)),
    // Without it S3 answers "forbidden" instead of "not there" to whoever asks for an object that is not there.
    ...(spec.archive.length > 0 ? [allow(['s3:ListBucket'], [to.archive.bucketArn])] : []),
    ...(spec.inbox ?? []).map((grant) => inboxStatement(grant, to.inbox)),
    ...(spec.inbox ? [allow(['s3:ListBucket'], [to.inbox.bucketArn])] : []),
    ...consumed.map((q) =>
      allow(
        [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:GetQueueAttributes',
        ],
        [to.queues[q].queue.queueArn],
      ),
    ),
    ...spec.sends.map((q) => allow(['sqs:SendMessage'], [to.queues[q].queue.queueArn])),
    ...(isScheduled(id) ? [allow(['sqs:SendMessage'], [to.queues.runDeadLetters.queueArn])] : []),
    ...spec.publishes.map((topic) => allow(['sns:Publish'], [to.topics[topic].topicArn])),
    ...keyStatements(id, to.keys.tenant),
  ];
}

/** The queues that a function reads: one, or none. */
export function queuesReadBy(id: FunctionId): QueueId[] {
  const all = Object.keys(queueSpecs) as QueueId[];
  return all.filter((queue) => queueSpecs[queue].consumer === id);
}

/** True when a schedule runs a function: what such a run could not do is kept apart. */
export const isScheduled = (id: FunctionId): boolean =>
  Object.values(schedules).some(({ target }) => target === id);

function tableStatement(grant: TableGrant, tables: Tables): PolicyStatement {
  const anywhere = grant.partitions.includes('*');
  return allow(
    grant.access.flatMap((access) => tableActions[access]),
    [tables[grant.table].tableArn],
    anywhere
      ? {}
      : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...grant.partitions] } },
  );
}

function archiveStatement(grant: ArchiveGrant, bucket: Bucket): PolicyStatement {
  return allow(
    grant.access.map((access) => (access === 'read' ? 's3:GetObject' : 's3:PutObject')),
    [bucket.arnForObjects(`${grant.prefix}*`)],
  );
}

const inboxActions = {
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
} as const;

function inboxStatement({ access, prefix }: InboxGrant, bucket: Bucket): PolicyStatement {
  return allow(
    access.flatMap((one) => inboxActions[one]),
    [bucket.arnForObjects(`${prefix}*`)],
  );
}

function keyStatements(id: FunctionId, key: Key): PolicyStatement[] {
  const spec = specs[id];
  const queues = [...spec.sends, ...queuesReadBy(id)];
  const through = (service: string, actions: readonly string[]): PolicyStatement =>
    allow(actions, [key.keyArn], {
      StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` },
    });
  return [
    ...(spec.tables.some((grant) => tableSpecs[grant.table].sensitive)
      ? [through('dynamodb', tableKeyActions)]
      : []),
    ...(queues.some((queue) => queueSpecs[queue].sensitive)
      ? [through('sqs', messageKeyActions)]
      : []),
    ...(spec.publishes.length > 0 ? [through('sns', messageKeyActions)] : []),
    // The inbox is under the tenants' key, too.
    ...(spec.inbox ? [through('s3', messageKeyActions)] : []),
  ];
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions: Record<string, Record<string, string | string[]>> = {},
): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources], conditions });
}
