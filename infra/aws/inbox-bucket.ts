// The bucket tenants leave files in. What is in it names patients: it is under the tenants' key, never public, and a file is
// gone for good as soon as it is taken in.
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { inbox } from '../intake-topology.ts';
import type { Keys } from './keys.ts';
import type { Queues } from './queues.ts';

/** Creates the bucket; the queue of each prefix hears of every new file under it. */
export function createInboxBucket(
  scope: Construct,
  to: { readonly keys: Keys; readonly queues: Queues },
): Bucket {
  const parent = new Construct(scope, 'Inbox');
  const bucket = new Bucket(parent, 'Bucket', {
    // A version is read and removed by its own id: what is left under the same name meanwhile is another file.
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.KMS,
    encryptionKey: to.keys.tenant,
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules,
  });
  tellQueues(bucket, to);
  Validations.of(bucket).acknowledge(...exceptions);
  return bucket;
}

const lifecycleRules: LifecycleRule[] = [
  ...inbox.tells.map(({ prefix, queue }) => ({
    id: `drop-what-${queue}-never-took`,
    prefix,
    expiration: Duration.days(inbox.filesKeptDays),
  })),
  ...inbox.resultsPrefixes.map((prefix) => ({
    id: `drop-old-${prefix.slice(0, -1)}`,
    prefix,
    expiration: Duration.days(inbox.resultsKeptDays),
  })),
  {
    id: 'drop-old-versions',
    noncurrentVersionExpiration: Duration.days(inbox.oldVersionsKeptDays),
  },
  { id: 'drop-broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
];

/**
 * Has S3 tell the queues. CDK's own way to do so brings a function with rights over all buckets of the stack; the property
 * itself needs none. A queue must take S3's messages before the bucket sends its first, so its policy cannot name the
 * bucket: it names the account.
 */
function tellQueues(
  bucket: Bucket,
  { keys, queues }: { readonly keys: Keys; readonly queues: Queues },
): void {
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  const principals = [new ServicePrincipal('s3.amazonaws.com')];
  for (const told of inbox.tells) {
    const { queue } = queues[told.queue];
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'InboxEvents',
        principals,
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: ofThisAccount,
      }),
    );
    bucket.node.addDependency(queue);
  }
  keys.tenant.addToResourcePolicy(
    new PolicyStatement({
      sid: 'InboxEvents',
      principals,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: ofThisAccount,
    }),
  );
  const resource = bucket.node.defaultChild;
  if (!CfnBucket.isCfnBucket(resource)) throw new Error('Bucket is no longer made of a CfnBucket');
  resource.notificationConfiguration = {
    queueConfigurations: inbox.tells.map(({ prefix, queue }) => ({
      event: 's3:ObjectCreated:*',
      queue: queues[queue].queue.queueArn,
      filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
    })),
  };
}

const accessLogs =
  'Names of files are chosen by senders and may name patients: logs of S3 would keep them for long. CloudTrail data events show who left and read what (docs/security.md).';

const exceptions = [
  { id: 'AwsSolutions-S1', reason: accessLogs },
  { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: accessLogs },
  {
    id: 'HIPAA.Security-S3BucketReplicationEnabled',
    reason:
      'Files pass through within minutes, and their senders have them: a copy elsewhere would be one more place with patient data.',
  },
];
