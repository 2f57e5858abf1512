// Makes what the topology names on the embedded engines: tables, archive bucket, queues with dead-letter queues, topics,
// and the inbox that shows what a subscriber of the tenant `local` gets. Safe to repeat: state survives restarts.
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { AwsClients } from '../../shared/edge/aws-clients.ts';
import { archive, queues, tables, topics } from '../topology.ts';
import type { QueueId } from '../topology-specs.ts';
import { createTable } from './create-table.ts';

/** A queue and the queue of its dead letters, by URL. */
export type LocalQueue = { readonly url: string; readonly arn: string; readonly deadUrl: string };

/** Everything made: queues for the consumers, and the environment variables that name it all to the functions. */
export type LocalResources = {
  readonly queues: Readonly<Record<QueueId, LocalQueue>>;
  /** FIFO queue subscribed to the FIFO alert topic for the tenant `local`. */
  readonly inboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** The tenant of the local runtime. */
export const localTenant = 'local';

/**
 * How long a message being handled stays hidden, in seconds. The consumers keep renewing it while they work; a killed
 * process stops doing so, and its messages come back this soon. (On AWS the topology's own value holds.)
 */
export const localVisibilitySeconds = 6;

const nameOf = (id: string): string =>
  `codewatch-${id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Makes, or finds again, every resource of the topology. */
export async function createResources(clients: AwsClients): Promise<LocalResources> {
  const environment: Record<string, string> = {};
  for (const [id, { variable }] of Object.entries(tables)) {
    await createTable(clients.dynamodb(), nameOf(id));
    environment[variable] = nameOf(id);
  }
  await createBucket(clients, nameOf('archive'));
  environment[archive.variable] = nameOf('archive');

  const made = {
    ingest: await createQueuePair(clients.sqs(), 'ingest'),
    ingestPolicies: await createQueuePair(clients.sqs(), 'ingestPolicies'),
    assess: await createQueuePair(clients.sqs(), 'assess'),
    assessTenant: await createQueuePair(clients.sqs(), 'assessTenant'),
    publish: await createQueuePair(clients.sqs(), 'publish'),
    notify: await createQueuePair(clients.sqs(), 'notify'),
    intake: await createQueuePair(clients.sqs(), 'intake'),
    edits: await createQueuePair(clients.sqs(), 'edits'),
  } satisfies Record<QueueId, LocalQueue>;
  for (const id of Object.keys(made) as QueueId[]) {
    environment[queues[id].variable] = made[id].url;
  }
  const topicArns: Record<string, string> = {};
  for (const [id, { variable, fifo }] of Object.entries(topics)) {
    topicArns[id] = await createTopic(clients, nameOf(id), fifo);
    environment[variable] = topicArns[id];
  }
  const inbox = await createQueue(clients.sqs(), 'codewatch-local-inbox.fifo', {});
  await subscribe(clients, topicArns.alertsFifo ?? '', inbox.arn);
  return { queues: made, inboxUrl: inbox.url, environment };
}

async function createBucket(clients: AwsClients, bucket: string): Promise<void> {
  try {
    await clients.s3().send(new HeadBucketCommand({ Bucket: bucket }));
  } catch {
    await clients.s3().send(new CreateBucketCommand({ Bucket: bucket }));
  }
}

async function createQueuePair(sqs: SQSClient, id: QueueId): Promise<LocalQueue> {
  const kind = queues[id].group === 'none' ? '' : '.fifo';
  const dead = await createQueue(sqs, `${nameOf(id)}-dead${kind}`, {});
  const queue = await createQueue(sqs, `${nameOf(id)}${kind}`, {
    VisibilityTimeout: String(localVisibilitySeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: dead.arn,
      maxReceiveCount: queues[id].receivesMax,
    }),
  });
  return { ...queue, deadUrl: dead.url };
}

/** Makes a queue: a FIFO one where its name says so. */
async function createQueue(
  sqs: SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<{ url: string; arn: string }> {
  const made = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: { ...(name.endsWith('.fifo') && { FifoQueue: 'true' }), ...attributes },
    }),
  );
  const url = made.QueueUrl ?? '';
  const asked = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { url, arn: asked.Attributes?.QueueArn ?? '' };
}

async function createTopic(clients: AwsClients, name: string, fifo: boolean): Promise<string> {
  const command = fifo
    ? new CreateTopicCommand({ Name: `${name}.fifo`, Attributes: { FifoTopic: 'true' } })
    : new CreateTopicCommand({ Name: name });
  const { TopicArn } = await clients.sns().send(command);
  return TopicArn ?? '';
}

async function subscribe(clients: AwsClients, topic: string, queue: string): Promise<void> {
  await clients.sns().send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: 'sqs',
      Endpoint: queue,
      Attributes: {
        RawMessageDelivery: 'true',
        FilterPolicy: JSON.stringify({ tenant: [localTenant] }),
      },
    }),
  );
}
