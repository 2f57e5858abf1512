// Encryption keys: one for what tenants stored and are told, one for logs and alarms. Nothing tenant-related is ever
// readable through the key of anything else, and a revoked tenant key closes all tenant data at once.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** The customer-managed keys, rotated yearly and kept when the stack is deleted. */
export type Keys = { readonly tenant: Key; readonly operations: Key };

/** Creates both keys; the operations key lets CloudWatch encrypt log groups and alarm messages of this account. */
export function createKeys(scope: Construct): Keys {
  const keys = new Construct(scope, 'Keys');
  const tenant = new Key(keys, 'Tenant', {
    description: 'Codewatch tenant data: tenant table, notify queue, alert topics.',
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const operations = new Key(keys, 'Operations', {
    description: 'Codewatch operations: log groups and the alarm topic. Holds no tenant data.',
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  operations.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroups',
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
        },
      },
    }),
  );
  operations.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Alarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return { tenant, operations };
}
