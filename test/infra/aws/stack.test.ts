// The synthesised template: what protects the data, what keeps order, and what runs when.
import { beforeAll, describe, expect, it } from 'vitest';
import { functions, monitoring, queues, schedules, topics } from '../../../infra/topology.ts';
import {
  logicalId,
  resource,
  resourcesOf,
  type Synthesized,
  synthesizeStack,
} from '../../support/synthesized-stack.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = synthesizeStack();
});

const arn = (path: string) => ({ 'Fn::GetAtt': [logicalId(stack, path), 'Arn'] });
const ref = (path: string) => ({ Ref: logicalId(stack, path) });
const pascal = (id: string) =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

describe('infra/aws/keys.ts', () => {
  it('rotates both keys and keeps them', () => {
    const keys = resourcesOf(stack, 'AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
      expect(key.DeletionPolicy).toBe('Retain');
    }
  });
});

describe('infra/aws/tables.ts', () => {
  it.each(['TablesCodeTable', 'TablesTenantTable'])('restores, encrypts and keeps %s', (path) => {
    const table = resource(stack, path);
    expect(table.Type).toBe('AWS::DynamoDB::GlobalTable');
    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });

  it('encrypts what tenants stored with a key of its own', () => {
    const sse = { KMSMasterKeyId: arn('KeysTenant') };
    expect(resource(stack, 'TablesTenantTable').Properties).toMatchObject({
      Replicas: [{ SSESpecification: sse }],
    });
  });
});

describe('infra/aws/archive-bucket.ts', () => {
  it('keeps every version and is never public', () => {
    const bucket = resource(stack, 'ArchiveBucket');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    });
  });

  it('refuses every request without TLS', () => {
    expect(resource(stack, 'ArchiveBucketPolicy').Properties.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    });
  });

  it('moves originals to infrequent access and never expires anything', () => {
    const rules = JSON.stringify(
      resource(stack, 'ArchiveBucket').Properties.LifecycleConfiguration,
    );
    expect(rules).toContain('"Prefix":"raw/"');
    expect(rules).toContain('"StorageClass":"STANDARD_IA"');
    expect(rules).not.toContain('Expiration');
  });
});

describe('infra/aws/inbox-bucket.ts', () => {
  it('is under the key of tenants, versioned, never public, and kept', () => {
    const bucket = resource(stack, 'InboxBucket');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: arn('KeysTenant'),
            },
          },
        ],
      },
    });
    expect(JSON.stringify(resource(stack, 'InboxBucketPolicy').Properties)).toContain(
      '"aws:SecureTransport":"false"',
    );
  });

  it('lets nothing lie for long: files, results, old versions, broken uploads', () => {
    const { Rules } = resource(stack, 'InboxBucket').Properties.LifecycleConfiguration as {
      readonly Rules: readonly object[];
    };
    expect(Rules).toMatchObject([
      { Prefix: 'inbox/', ExpirationInDays: 21, Status: 'Enabled' },
      { Prefix: 'edits/', ExpirationInDays: 21, Status: 'Enabled' },
      { Prefix: 'results/', ExpirationInDays: 90, Status: 'Enabled' },
      { Prefix: 'edits-results/', ExpirationInDays: 90, Status: 'Enabled' },
      { NoncurrentVersionExpiration: { NoncurrentDays: 7 }, Status: 'Enabled' },
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
    // A dead letter redriven on its last day still finds its file.
    expect(21).toBeGreaterThan(monitoring.deadLetterRetentionDays + 4);
  });

  it('tells a queue of every new file or list, and of no result', () => {
    expect(resource(stack, 'InboxBucket').Properties.NotificationConfiguration).toEqual({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: arn('QueuesIntake'),
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'inbox/' }] } },
        },
        {
          Event: 's3:ObjectCreated:*',
          Queue: arn('QueuesEdits'),
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'edits/' }] } },
        },
      ],
    });
    // No function of CDK's own comes along, and none with rights over buckets.
    expect(resourcesOf(stack, 'AWS::Lambda::Function')).toHaveLength(Object.keys(functions).length);
  });

  it('lets S3 of this account, and nobody else, put messages on the queue', () => {
    const ofS3 = {
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    const statementsOf = (path: string, property: string) =>
      resource(stack, path).Properties[property] as { readonly Statement: readonly object[] };
    for (const policy of ['QueuesIntakePolicy', 'QueuesEditsPolicy']) {
      expect(statementsOf(policy, 'PolicyDocument').Statement).toContainEqual(
        expect.objectContaining({ ...ofS3, Action: 'sqs:SendMessage' }),
      );
    }
    expect(statementsOf('KeysTenant', 'KeyPolicy').Statement).toContainEqual(
      expect.objectContaining({ ...ofS3, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    );
  });

  it('is made once the queue takes messages: S3 tries that at once', () => {
    for (const policy of ['QueuesIntakePolicy', 'QueuesEditsPolicy']) {
      expect(resource(stack, 'InboxBucket').DependsOn).toContain(logicalId(stack, policy));
    }
  });
});

describe('infra/aws/queues.ts', () => {
  it.each(Object.entries(queues))('keeps order in %s and drops nothing', (id, spec) => {
    const path = `Queues${pascal(id)}`;
    // S3 sends to standard queues only.
    const isToldByS3 = id === 'intake' || id === 'edits';
    const kind = isToldByS3 ? {} : { FifoQueue: true };
    expect(resource(stack, path).Properties.FifoQueue ?? false).toBe(!isToldByS3);
    expect(resource(stack, path).Properties).toMatchObject({
      ...kind,
      VisibilityTimeout: spec.visibilitySeconds,
      DelaySeconds: spec.delaySeconds ?? 0,
      RedrivePolicy: {
        maxReceiveCount: spec.receivesMax,
        deadLetterTargetArn: arn(`${path}DeadLetters`),
      },
    });
    expect(resource(stack, `${path}DeadLetters`).Properties).toMatchObject({
      ...kind,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  it('encrypts every queue, those that name tenants with the key of tenants', () => {
    const tenant = ['AssessTenant', 'Notify', 'Intake', 'Edits'].flatMap((id) => [
      `Queues${id}`,
      `Queues${id}DeadLetters`,
    ]);
    for (const path of tenant) {
      expect(resource(stack, path).Properties.KmsMasterKeyId).toEqual(arn('KeysTenant'));
    }
    const others = resourcesOf(stack, 'AWS::SQS::Queue').filter(
      (queue) => queue.Properties.KmsMasterKeyId === undefined,
    );
    // Ingest, ingest policies, assess and publish, each with its dead letters, and scheduled runs.
    expect(others).toHaveLength(9);
    for (const queue of others) expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('refuses every request without TLS', () => {
    const denials = resourcesOf(stack, 'AWS::SQS::QueuePolicy').filter((policy) =>
      JSON.stringify(policy.Properties).includes('"aws:SecureTransport":"false"'),
    );
    expect(denials).toHaveLength(resourcesOf(stack, 'AWS::SQS::Queue').length);
  });
});

describe('infra/aws/topics.ts', () => {
  it.each(Object.entries(topics))('encrypts %s with the key of tenants', (id, spec) => {
    const topic = resource(stack, `Topics${pascal(id)}`);
    expect(topic.Properties.KmsMasterKeyId).toEqual(arn('KeysTenant'));
    expect(topic.Properties.FifoTopic ?? false).toBe(spec.fifo);
  });

  it('refuses to publish without TLS, and lets alarms of this account in', () => {
    const policies = resourcesOf(stack, 'AWS::SNS::TopicPolicy').map((each) =>
      JSON.stringify(each.Properties),
    );
    expect(policies).toHaveLength(3);
    for (const policy of policies) expect(policy).toContain('"aws:SecureTransport":"false"');
    const alarms = JSON.stringify(resource(stack, 'TopicsAlarmsPolicy').Properties);
    expect(alarms).toContain('"Service":"cloudwatch.amazonaws.com"');
    expect(alarms).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  });

  it('subscribes the operator who is named, and nobody otherwise', () => {
    expect(resourcesOf(stack, 'AWS::SNS::Subscription')).toEqual([]);
    const named = synthesizeStack({ alarmEmail: 'operator@example.org' });
    const [subscription] = resourcesOf(named, 'AWS::SNS::Subscription');
    expect(subscription?.Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operator@example.org',
      TopicArn: ref('TopicsAlarms'),
    });
  });
});

describe('infra/aws/functions.ts', () => {
  it.each(Object.entries(functions))('runs %s within its limits', (id, spec) => {
    expect(resource(stack, `Functions${pascal(id)}Function`).Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: spec.memoryMb,
      Timeout: spec.timeoutSeconds,
      ReservedConcurrentExecutions: spec.concurrencyMax,
      EphemeralStorage: { Size: spec.temporaryMb ?? 512 },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(`Functions${pascal(id)}Logs`) },
    });
  });

  it('keeps every log for a year, encrypted', () => {
    const groups = resourcesOf(stack, 'AWS::Logs::LogGroup');
    // One a function, and the gateway's.
    expect(groups).toHaveLength(Object.keys(functions).length + 1);
    for (const group of groups) {
      expect(group.Properties.RetentionInDays).toBe(monitoring.logRetentionDays);
      expect(group.Properties.KmsKeyId).toEqual(arn('KeysOperations'));
    }
  });

  it.each(Object.entries(queues))(
    'feeds %s to its function, and only what failed comes again',
    (id, spec) => {
      const mapping = resourcesOf(stack, 'AWS::Lambda::EventSourceMapping').find(
        (each) =>
          JSON.stringify(each.Properties.FunctionName) ===
          JSON.stringify(ref(`Functions${pascal(spec.consumer)}Function`)),
      );
      expect(mapping?.Properties).toMatchObject({
        EventSourceArn: arn(`Queues${pascal(id)}`),
        BatchSize: spec.batchMax,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: functions[spec.consumer].concurrencyMax },
      });
    },
  );

  it('names to each function the resources that its grants let it use, and no others', () => {
    const variablesOf = (id: string) => {
      const { Environment } = resource(stack, `Functions${id}Function`).Properties;
      const { Variables } = Environment as {
        readonly Variables: Readonly<Record<string, unknown>>;
      };
      return Object.keys(Variables)
        .filter((name) => name.startsWith('CODEWATCH_'))
        .map((name) => name.slice('CODEWATCH_'.length))
        .toSorted();
    };
    expect(variablesOf('Pull')).toEqual([
      'ARCHIVE_BUCKET',
      'CODE_TABLE',
      'FEEDS',
      'INGEST_QUEUE_URL',
      'POLICIES_QUEUE_URL',
    ]);
    expect(variablesOf('Ingest')).toEqual([
      'ARCHIVE_BUCKET',
      'ASSESS_QUEUE_URL',
      'CODE_TABLE',
      'PUBLISH_QUEUE_URL',
    ]);
    expect(variablesOf('IngestPolicies')).toEqual([
      'ARCHIVE_BUCKET',
      'ASSESS_QUEUE_URL',
      'CODE_TABLE',
      'FEEDS',
      'PUBLISH_QUEUE_URL',
    ]);
    expect(variablesOf('Publish')).toEqual(['ARCHIVE_BUCKET', 'CODE_TABLE']);
    expect(variablesOf('Api')).toEqual([
      'ARCHIVE_BUCKET',
      'CODE_TABLE',
      'INGEST_QUEUE_URL',
      'PAYERS',
      'POLICIES_QUEUE_URL',
      'TENANT_TABLE',
    ]);
    expect(variablesOf('IntakeApi')).toEqual([
      'ARCHIVE_BUCKET',
      'CODE_TABLE',
      'PAYERS',
      'TENANT_TABLE',
    ]);
    expect(variablesOf('Assess')).toEqual([
      'ARCHIVE_BUCKET',
      'ASSESS_TENANT_QUEUE_URL',
      'CODE_TABLE',
      'TENANT_TABLE',
    ]);
    expect(variablesOf('AssessTenant')).toEqual([
      'ARCHIVE_BUCKET',
      'ASSESS_TENANT_QUEUE_URL',
      'CODE_TABLE',
      'NOTIFY_QUEUE_URL',
      'PAYERS',
      'TENANT_TABLE',
    ]);
    expect(variablesOf('Intake')).toEqual([
      'ARCHIVE_BUCKET',
      'CODE_TABLE',
      'INBOX_BUCKET',
      'INTAKE_QUEUE_URL',
      'PAYERS',
      'TENANT_TABLE',
    ]);
    expect(variablesOf('Notify')).toEqual([
      'ALERT_FIFO_TOPIC_ARN',
      'ALERT_TOPIC_ARN',
      'BASE_URL',
      'TENANT_TABLE',
    ]);
  });

  it.each(['Pull', 'Publish'])('keeps a scheduled run of %s that failed to the end', (id) => {
    expect(resource(stack, `Functions${id}Function`).Properties.DeadLetterConfig).toEqual({
      TargetArn: arn('QueuesRunDeadLetters'),
    });
  });
});

describe('infra/aws/schedule.ts', () => {
  const expressions: Readonly<Record<string, string>> = {
    pullIcd10cm: 'cron(30 6 * * ? *)',
    pullIcd10pcs: 'cron(30 6 * * ? *)',
    pullHcpcs: 'cron(30 6 * * ? *)',
    'pull-cms-mcd-export': 'cron(0 7 * * ? *)',
    'pull-cms-mcd-api': 'cron(15 7 * * ? *)',
    'pull-federal-register-icd10': 'cron(30 7 * * ? *)',
    publishDaily: 'cron(30 8 * * ? *)',
  };

  it.each(Object.entries(schedules))('runs %s daily on Eastern time', (id, spec) => {
    expect(resource(stack, `Schedules${pascal(id)}`).Properties).toMatchObject({
      ScheduleExpression: expressions[id] ?? 'none expected',
      ScheduleExpressionTimezone: 'America/New_York',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
      State: 'ENABLED',
      Target: {
        Arn: arn(`Functions${pascal(spec.target)}Function`),
        Input: JSON.stringify(spec.input),
        DeadLetterConfig: { Arn: arn('QueuesRunDeadLetters') },
      },
    });
  });
});
