// The archive of every downloaded byte. CMS overwrites and withdraws files: these objects may be the only proof left of
// what was published, so they are versioned, never public and outlive the stack.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { archive } from '../topology.ts';

/** Creates the bucket. S3's own keys encrypt it: it holds only what the government has published. */
export function createArchiveBucket(scope: Construct): Bucket {
  const parent = new Construct(scope, 'Archive');
  const bucket = new Bucket(parent, 'Bucket', {
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'raw-to-infrequent-access',
        prefix: archive.rawPrefix,
        transitions: [
          {
            storageClass: StorageClass.INFREQUENT_ACCESS,
            transitionAfter: Duration.days(archive.rawToInfrequentDays),
          },
        ],
      },
      { id: 'drop-broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
  });
  Validations.of(bucket).acknowledge(...exceptions);
  return bucket;
}

const accessLogs =
  'Holds published government files only; CloudTrail shows who used which role, and every key is the hash of its bytes.';

const exceptions = [
  { id: 'AwsSolutions-S1', reason: accessLogs },
  { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: accessLogs },
  {
    id: 'HIPAA.Security-S3BucketReplicationEnabled',
    reason:
      'Needs a second region, and this stack names none; versions and retention guard against deletion.',
  },
  {
    id: 'HIPAA.Security-S3DefaultEncryptionKMS',
    reason:
      'Nothing in it is sensitive: encryption with keys of S3 is enough, and costs nothing per request.',
  },
];
