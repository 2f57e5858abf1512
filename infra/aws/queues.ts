// The queues between the steps and, for each, where a message goes that its step could not handle: nothing is dropped.
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { monitoring, queues as specs } from '../topology.ts';
import type { QueueId, QueueSpec } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import type { Keys } from './keys.ts';

/** A queue and its dead-letter queue. */
export type QueuePair = { readonly queue: Queue; readonly deadLetters: Queue };

/** The queues by topology id, and where scheduled runs go that failed to the end. */
export type Queues = Readonly<Record<QueueId, QueuePair>> & { readonly runDeadLetters: Queue };

/** Creates every queue, encrypted and open to TLS only. */
export function createQueues(scope: Construct, keys: Keys): Queues {
  const parent = new Construct(scope, 'Queues');
  const create = (id: QueueId): QueuePair => createPair(parent, id, specs[id], keys);
  return {
    ingest: create('ingest'),
    ingestPolicies: create('ingestPolicies'),
    assess: create('assess'),
    assessTenant: create('assessTenant'),
    publish: create('publish'),
    notify: create('notify'),
    intake: create('intake'),
    edits: create('edits'),
    runDeadLetters: new Queue(parent, 'RunDeadLetters', {
      ...secured(false, keys),
      retentionPeriod: Duration.days(monitoring.deadLetterRetentionDays),
    }),
  };
}

function createPair(parent: Construct, id: QueueId, spec: QueueSpec, keys: Keys): QueuePair {
  const kind = {
    ...(spec.group === 'none' ? {} : { fifo: true }),
    ...secured(spec.sensitive, keys),
  };
  const deadLetters = new Queue(parent, `${constructId(id)}DeadLetters`, {
    ...kind,
    retentionPeriod: Duration.days(monitoring.deadLetterRetentionDays),
  });
  const queue = new Queue(parent, constructId(id), {
    ...kind,
    visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
    deliveryDelay: Duration.seconds(spec.delaySeconds ?? 0),
    // A dead letter keeps its first date: the live queue must be shorter-lived, or it would expire on arrival.
    retentionPeriod: Duration.days(4),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: spec.receivesMax },
  });
  return { queue, deadLetters };
}

function secured(sensitive: boolean, keys: Keys): QueueProps {
  return {
    enforceSSL: true,
    ...(sensitive
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: keys.tenant }
      : { encryption: QueueEncryption.SQS_MANAGED }),
  };
}
