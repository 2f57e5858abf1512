// What wakes the operator: a dead letter, a message that waits too long, an error, a feed gone quiet, a quarantine.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  Metric,
  type MetricProps,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import {
  functions as functionSpecs,
  gateway as gatewaySpec,
  monitoring,
  queues as queueSpecs,
  schedules,
} from '../topology.ts';
import type { FunctionId, QueueId } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import type { Functions } from './functions.ts';
import type { Gateway } from './gateway.ts';
import type { Queues } from './queues.ts';
import type { Topics } from './topics.ts';

type Watched = {
  readonly queues: Queues;
  readonly topics: Topics;
  readonly functions: Functions;
  readonly gateway: Gateway;
};
type Raise = (
  id: string,
  alarmDescription: string,
  metric: IMetric,
  props?: Partial<AlarmProps>,
) => Alarm;

/** Creates every alarm; each reports both ways, to the alarm topic. docs/runbook.md says what to do about it. */
export function createAlarms(scope: Construct, watched: Watched): void {
  const parent = new Construct(scope, 'Alarms');
  const action = new SnsAction(watched.topics.alarms);
  const raise: Raise = (id, alarmDescription, metric, props = {}) => {
    const alarm = new Alarm(parent, id, {
      alarmDescription,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  };
  watchQueues(raise, watched.queues);
  watchFunctions(raise, watched.functions);
  watchTopics(raise, watched.topics);
  watchFeeds(raise);
  watchSnapshot(raise);
  watchGateway(raise, watched);
}

function watchQueues(raise: Raise, queues: Queues): void {
  const period = Duration.minutes(5);
  for (const id of Object.keys(queueSpecs) as QueueId[]) {
    const { queue, deadLetters } = queues[id];
    raise(
      `${constructId(id)}DeadLetters`,
      `The ${id} step gave up on a message: runbook, "Dead letters".`,
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    );
    raise(
      `${constructId(id)}Age`,
      `A message waits for the ${id} step longer than it should: runbook, "Old messages".`,
      queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      { threshold: queueSpecs[id].ageAlarmSeconds },
    );
  }
  raise(
    'RunDeadLetters',
    'A scheduled run failed to the end: runbook, "Dead letters".',
    queues.runDeadLetters.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: Stats.MAXIMUM,
    }),
  );
}

function watchFunctions(raise: Raise, functions: Functions): void {
  for (const id of Object.keys(functionSpecs) as (keyof Functions)[]) {
    raise(
      `${constructId(id)}Errors`,
      `The ${id} function crashed or timed out: runbook, "Errors".`,
      functions[id].metricErrors({ period: Duration.minutes(5) }),
    );
  }
}

function watchTopics(raise: Raise, topics: Topics): void {
  for (const id of ['alerts', 'alertsFifo'] as const) {
    raise(
      `${constructId(id)}Failed`,
      `SNS could not deliver an alert to a subscriber of ${id}: runbook, "Undelivered alerts".`,
      topics[id].metricNumberOfNotificationsFailed({
        period: Duration.minutes(5),
        statistic: Stats.SUM,
      }),
    );
  }
}

function watchFeeds(raise: Raise): void {
  const { namespace, feedPulled, quarantinedReleases } = monitoring.metrics;
  raise(
    'Quarantine',
    'The gate put a release or an edition of policies into quarantine: runbook, "Quarantine".',
    new Metric({
      namespace,
      metricName: quarantinedReleases,
      period: Duration.minutes(5),
      statistic: Stats.SUM,
    }),
  );
  for (const [id, spec] of Object.entries(schedules)) {
    for (const feed of spec.input.feeds ?? []) {
      raiseSilence(
        raise,
        { id: `${constructId(id)}Stale`, hours: monitoring.staleFeedHours },
        `No completed pull of ${feed} for ${monitoring.staleFeedHours} hours: runbook, "Stale feed".`,
        { metricName: feedPulled, dimensionsMap: { Feed: feed } },
      );
    }
  }
}

function watchSnapshot(raise: Raise): void {
  const hours = monitoring.staleSnapshotHours;
  raiseSilence(
    raise,
    { id: 'SnapshotStale', hours },
    `The published snapshot was not found to be what is committed for ${hours} hours: runbook, "Stale snapshot".`,
    { metricName: monitoring.metrics.snapshotCurrent },
  );
}

/** Silence is the failure: an hour without the metric counts as an hour without what it stands for. */
function raiseSilence(
  raise: Raise,
  { id, hours }: { readonly id: string; readonly hours: number },
  description: string,
  metric: Pick<MetricProps, 'metricName'> & Pick<MetricProps, 'dimensionsMap'>,
): void {
  const { namespace } = monitoring.metrics;
  const period = Duration.hours(1);
  raise(id, description, new Metric({ ...metric, namespace, period, statistic: Stats.SUM }), {
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: hours,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

/** Every function behind the gateway. */
const answeringFunctions: readonly FunctionId[] = [
  ...new Set(
    [gatewaySpec, ...Object.values(gatewaySpec.routes)].flatMap((one) => one.function ?? []),
  ),
];

function watchGateway(raise: Raise, { gateway, functions }: Watched): void {
  const { failuresMax, p99MsMax, refusedMax } = gatewaySpec.alarms;
  const period = Duration.minutes(5);
  const metric = (metricName: string, statistic: string): Metric =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: { ApiId: gateway.api.ref },
      period,
      statistic,
    });
  raise(
    'ApiFailures',
    `More than ${failuresMax} requests in five minutes were answered with a 5xx: runbook, "API".`,
    metric('5xx', Stats.SUM),
    { threshold: failuresMax },
  );
  raise(
    'ApiSlow',
    `The slowest hundredth of the answers took over ${p99MsMax} ms for a quarter of an hour: runbook, "API".`,
    metric('Latency', Stats.percentile(99)),
    { threshold: p99MsMax, evaluationPeriods: 3 },
  );
  for (const id of answeringFunctions) {
    raise(
      `${constructId(id)}Refused`,
      `Requests were refused because as many copies of ${id} run as may: runbook, "API".`,
      functions[id].metricThrottles({ period }),
      { threshold: refusedMax },
    );
  }
}
