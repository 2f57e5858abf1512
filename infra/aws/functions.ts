// One Lambda function per step, bundled by esbuild from the same handlers that run locally.
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy, Size, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { queues as queueSpecs, functions as specs } from '../topology.ts';
import type { FunctionId, QueueId } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import { functionEnvironment, type Surroundings } from './function-environment.ts';
import { type Grantable, grantStatements, isScheduled, queuesReadBy } from './grants.ts';

/** The functions by topology id. */
export type Functions = Readonly<Record<FunctionId, NodejsFunction>>;

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Creates every function with its log group, its role, and the queue it reads. */
export function createFunctions(scope: Construct, to: Surroundings): Functions {
  const parent = new Construct(scope, 'Functions');
  const create = (id: FunctionId): NodejsFunction => createFunction(parent, id, to);
  return {
    pull: create('pull'),
    ingest: create('ingest'),
    ingestPolicies: create('ingestPolicies'),
    assess: create('assess'),
    assessTenant: create('assessTenant'),
    publish: create('publish'),
    notify: create('notify'),
    intake: create('intake'),
    edits: create('edits'),
    api: create('api'),
    intakeApi: create('intakeApi'),
  };
}

function createFunction(parent: Construct, id: FunctionId, to: Surroundings): NodejsFunction {
  const spec = specs[id];
  const step = new Construct(parent, constructId(id));
  const logGroup = new LogGroup(step, 'Logs', {
    encryptionKey: to.keys.operations,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(step, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const policy = new ManagedPolicy(step, 'Policy', {
    description: `What the ${id} step uses, and nothing else.`,
    statements: grantStatements(id, to, logGroup),
    roles: [role],
  });
  const lambda = new NodejsFunction(step, 'Function', {
    description: spec.description,
    entry: `${root}${spec.entry}`,
    projectRoot: root,
    depsLockFilePath: `${root}package-lock.json`,
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: spec.memoryMb,
    timeout: Duration.seconds(spec.timeoutSeconds),
    ephemeralStorageSize: Size.mebibytes(spec.temporaryMb ?? 512),
    reservedConcurrentExecutions: spec.concurrencyMax,
    environment: functionEnvironment(id, to),
    // The policy above is complete and reviewed as a whole: constructs must not widen it behind its back.
    role: role.withoutPolicyUpdates(),
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    awsSdkConnectionReuse: false,
    bundling,
    ...(isScheduled(id)
      ? {
          deadLetterQueue: to.queues.runDeadLetters,
          maxEventAge: Duration.hours(6),
          retryAttempts: 2,
        }
      : {}),
  });
  lambda.node.addDependency(policy);
  Validations.of(policy).acknowledge(...prefixExceptions(id, to));
  Validations.of(lambda).acknowledge(vpcException);
  for (const queue of queuesReadBy(id)) readQueue(lambda, queue, to);
  if (!isScheduled(id)) Validations.of(lambda).acknowledge(deadLetterException);
  return lambda;
}

/** The deploy package: one minified module with its source map; the SDK too, so that what was tested is what runs. */
const bundling = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: true,
  sourceMapMode: SourceMapMode.EXTERNAL,
  sourcesContent: false,
  externalModules: [],
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': `${root}infra/aws/lambda-credentials.ts`,
  },
  // CommonJS packages inside an ES module call `require`, which ES modules do not have.
  banner:
    "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
};

const vpcException = {
  id: 'HIPAA.Security-LambdaInsideVPC',
  reason:
    'Nothing here lives in a VPC: every call is TLS to an AWS endpoint that checks the role, or a download of public files.',
};

const deadLetterException = {
  id: 'HIPAA.Security-LambdaDLQ',
  reason:
    'Invoked by its queue or the gateway only, never asynchronously: failed messages go to the dead letters of the queue.',
};

function prefixExceptions(id: FunctionId, to: Grantable): { id: string; reason: string }[] {
  const { archive, inbox = [] } = specs[id];
  const exception = (bucket: Bucket, prefix: string, reason: string) => ({
    id: `AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/${prefix}*]`,
    reason,
  });
  return [
    ...archive.map(({ prefix }) => exception(to.archive, prefix, hashNamed)),
    ...inbox.map(({ prefix }) => exception(to.inbox, prefix, senderNamed)),
  ];
}

const hashNamed =
  'Objects are named for the hash of their bytes: one prefix of one bucket is the least there is to grant.';
const senderNamed =
  'Files are named by their senders: one prefix of one bucket is the least there is to grant.';

function logicalId({ node }: Bucket): string {
  const bucket = node.defaultChild;
  return CfnBucket.isCfnBucket(bucket) ? Stack.of(bucket).getLogicalId(bucket) : '';
}

function readQueue(lambda: NodejsFunction, id: QueueId, to: Grantable): void {
  lambda.addEventSource(
    new SqsEventSource(to.queues[id].queue, {
      batchSize: queueSpecs[id].batchMax,
      reportBatchItemFailures: true,
      // Messages wait in the queue instead of being counted as received when all copies are busy.
      maxConcurrency: specs[queueSpecs[id].consumer].concurrencyMax,
    }),
  );
}
