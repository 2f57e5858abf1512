// The alarms of the synthesised template: each watches the right thing, and each reaches the operator.
import { beforeAll, describe, expect, it } from 'vitest';
import { functions, queues } from '../../../infra/topology.ts';
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

const ref = (path: string) => ({ Ref: logicalId(stack, path) });
const pascal = (id: string) => id.charAt(0).toUpperCase() + id.slice(1);

describe('infra/aws/alarms.ts', () => {
  const alarm = (id: string) => resource(stack, `Alarms${id}`).Properties;
  const queueName = (path: string) => ({
    Name: 'QueueName',
    Value: { 'Fn::GetAtt': [logicalId(stack, path), 'QueueName'] },
  });

  it.each([
    ...['Ingest', 'IngestPolicies', 'Assess', 'AssessTenant', 'Publish', 'Notify'],
    ...['Intake', 'Edits', 'Run'],
  ])('wakes somebody for a dead letter of %s', (id) => {
    expect(alarm(`${id}DeadLetters`)).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [queueName(`Queues${id}DeadLetters`)],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
    });
  });

  it.each(Object.entries(queues))('wakes somebody for a message that waits in %s', (id, spec) => {
    expect(alarm(`${pascal(id)}Age`)).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [queueName(`Queues${pascal(id)}`)],
      Threshold: spec.ageAlarmSeconds,
    });
  });

  it.each(Object.keys(functions))('wakes somebody when %s crashes', (id) => {
    expect(alarm(`${pascal(id)}Errors`)).toMatchObject({
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: ref(`Functions${pascal(id)}Function`) }],
      Threshold: 0,
    });
  });

  it('wakes somebody for a quarantined release or edition of policies', () => {
    expect(alarm('Quarantine')).toMatchObject({
      Namespace: 'Codewatch',
      MetricName: 'QuarantinedReleases',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
    });
  });

  it.each([
    ['PullIcd10cm', 'cms-icd10cm'],
    ['PullIcd10pcs', 'cms-icd10pcs'],
    ['PullHcpcs', 'cms-hcpcs'],
    ['PullCmsMcdExport', 'cms-mcd-export'],
    ['PullCmsMcdApi', 'cms-mcd-api'],
    ['PullFederalRegisterIcd10', 'federal-register-icd10'],
  ])('wakes somebody after 36 hours of silence: %s', (id, feed) => {
    expect(alarm(`${id}Stale`)).toMatchObject({
      Namespace: 'Codewatch',
      MetricName: 'FeedPulled',
      Dimensions: [{ Name: 'Feed', Value: feed }],
      Period: 3600,
      EvaluationPeriods: 36,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it('wakes somebody when the published snapshot was not found current for 36 hours', () => {
    expect(alarm('SnapshotStale')).toMatchObject({
      Namespace: 'Codewatch',
      MetricName: 'SnapshotCurrent',
      Period: 3600,
      EvaluationPeriods: 36,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it('wakes somebody when the API fails, is slow, or refuses for want of copies', () => {
    const api = [{ Name: 'ApiId', Value: ref('GatewayApi') }];
    expect(alarm('ApiFailures')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: api,
      Threshold: 5,
    });
    expect(alarm('ApiSlow')).toMatchObject({
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
      Dimensions: api,
      Threshold: 2500,
      EvaluationPeriods: 3,
    });
    for (const id of ['Api', 'IntakeApi']) {
      expect(alarm(`${id}Refused`)).toMatchObject({
        MetricName: 'Throttles',
        Dimensions: [{ Name: 'FunctionName', Value: ref(`Functions${id}Function`) }],
      });
    }
  });

  it('tells the operator of every alarm', () => {
    const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm');
    // Two for each of 8 queues and one for scheduled runs, one for each of 11 functions, 2 topics, quarantine, 6 feeds,
    // the snapshot, and 4 of the API.
    expect(alarms).toHaveLength(8 * 2 + 1 + 11 + 2 + 1 + 6 + 1 + 4);
    for (const each of alarms) {
      expect(each.Properties.AlarmActions).toEqual([ref('TopicsAlarms')]);
    }
  });
});
