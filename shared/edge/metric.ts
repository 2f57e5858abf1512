// Metrics as log lines (CloudWatch embedded metric format): no call, no permission, and the line itself says what happened.
import type { Clock } from '../ports/clock.ts';

/** Names under which metrics are written, and watched by the alarms. */
export const metricNames = {
  namespace: 'Codewatch',
  /** One for each feed that a pull read through to the end; dimension `Feed`. */
  feedPulled: 'FeedPulled',
  /** Releases that the gate put into quarantine; no dimension. */
  quarantinedReleases: 'QuarantinedReleases',
  /** One for each time publish found, or left, the published snapshot as the heads say; no dimension. */
  snapshotCurrent: 'SnapshotCurrent',
} as const;

/** A count to report, by at most a few fixed dimensions; never anything about a tenant. */
export type Metric = {
  readonly name: string;
  readonly count: number;
  readonly dimensions?: Readonly<Record<string, string>>;
};

/** Takes a metric. Functions report through it; where there is no CloudWatch, nothing is passed. */
export type ReportMetric = (metric: Metric) => void;

/** The metric as one line of JSON in embedded metric format (AWS: "CloudWatch embedded metric format specification"). */
export function metricLine(metric: Metric, clock: Clock): string {
  const dimensions = metric.dimensions ?? {};
  return JSON.stringify({
    _aws: {
      Timestamp: Date.parse(clock.now()),
      CloudWatchMetrics: [
        {
          Namespace: metricNames.namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: [{ Name: metric.name, Unit: 'Count' }],
        },
      ],
    },
    ...dimensions,
    [metric.name]: metric.count,
  });
}

/**
 * Reports to CloudWatch from inside Lambda. It writes to standard output itself, because `console.log` would wrap the
 * line in Lambda's own JSON, where CloudWatch does not look for metrics.
 */
export function reportToCloudWatch(clock: Clock): ReportMetric {
  return (metric) => {
    process.stdout.write(`${metricLine(metric, clock)}\n`);
  };
}
