// Metric lines as CloudWatch reads them (embedded metric format specification).
import { describe, expect, it } from 'vitest';
import { metricLine } from '../../shared/edge/metric.ts';

// 2025-07-01T09:30:00Z is 20,270 days and 34,200 s after the epoch.
const clock = { now: () => '2025-07-01T09:30:00.000Z' };

describe('shared/edge/metric.ts', () => {
  it('writes a count with its dimension as one line that holds its own description', () => {
    const line = metricLine(
      { name: 'FeedPulled', count: 1, dimensions: { Feed: 'cms-icd10cm' } },
      clock,
    );
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: (20_270 * 86_400 + 34_200) * 1000,
        CloudWatchMetrics: [
          {
            Namespace: 'Codewatch',
            Dimensions: [['Feed']],
            Metrics: [{ Name: 'FeedPulled', Unit: 'Count' }],
          },
        ],
      },
      Feed: 'cms-icd10cm',
      FeedPulled: 1,
    });
  });

  it('writes a count without dimensions under the empty dimension set', () => {
    const { _aws, QuarantinedReleases } = JSON.parse(
      metricLine({ name: 'QuarantinedReleases', count: 2 }, clock),
    );
    expect(_aws.CloudWatchMetrics[0].Dimensions).toEqual([[]]);
    expect(QuarantinedReleases).toBe(2);
  });
});
