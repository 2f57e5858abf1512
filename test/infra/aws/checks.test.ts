// The rule packs really run, find nothing unexplained, and would find a fault.
import { App, Stack } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Synthesized, synthesizeStack } from '../../support/synthesized-stack.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesizeStack();
});

describe('infra/aws/checks.ts', () => {
  it('finds nothing that is neither followed nor explained', () => {
    const { app } = synthesized;
    for (const pack of [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)]) {
      const report = pack.validateScope(app);
      expect(report.violations.map((each) => `${each.ruleName}: ${each.description}`)).toEqual([]);
    }
  });

  it('explains exactly these exceptions', () => {
    const { stack } = synthesized;
    const reasons = stack.node
      .findAll()
      .flatMap((construct) => construct.node.metadata)
      .filter((entry) => entry.type === 'aws:cdk:acknowledged-rules')
      .flatMap((entry) =>
        JSON.stringify(entry.data).match(/(?:AwsSolutions|HIPAA\.Security)-\w+/g),
      );
    expect([...new Set(reasons)].toSorted()).toEqual([
      'AwsSolutions-APIG4',
      'AwsSolutions-IAM5',
      'AwsSolutions-S1',
      'HIPAA.Security-LambdaDLQ',
      'HIPAA.Security-LambdaInsideVPC',
      'HIPAA.Security-S3BucketLoggingEnabled',
      'HIPAA.Security-S3BucketReplicationEnabled',
      'HIPAA.Security-S3DefaultEncryptionKMS',
    ]);
  });

  it('would refuse a queue without dead letters that answers without TLS', () => {
    const app = new App();
    new Queue(new Stack(app, 'Faulty'), 'Queue', { encryption: QueueEncryption.UNENCRYPTED });
    const rules = new AwsSolutionsChecks(app)
      .validateScope(app)
      .violations.map((each) => each.ruleName);
    expect(rules).toEqual(expect.arrayContaining(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']));
  });
});
