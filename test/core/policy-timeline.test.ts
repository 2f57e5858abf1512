// Which version of a policy governs a day, against a model that replays the editions one by one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyVersion } from '../../shared/core/policy.ts';
import { comparePolicyVersions, policyInForce } from '../../shared/core/policy-timeline.ts';
import { policy, taken } from '../support/policies.ts';

const day = calendarDate;
const on = (versions: readonly PolicyVersion[], date: string) =>
  policyInForce(versions, day(date))?.version;
const v = (version: string, effective: string, seq: number, ends?: string) =>
  taken(policy({ version, effective, ...(ends === undefined ? {} : { ends }) }), seq);

describe('shared/core/policy-timeline.ts', () => {
  it('lets a future version hide nothing until its first day', () => {
    const versions = [v('26', '2024-10-01', 1), v('33', '2026-10-01', 2)];
    expect(on(versions, '2026-09-30')).toBe('26');
    expect(on(versions, '2026-10-01')).toBe('33');
    expect(on(versions, '2024-09-30')).toBeUndefined();
  });

  it('restates from a retroactive first day on, not from when it was seen', () => {
    const versions = [v('20', '2023-11-23', 1), v('21', '2026-04-01', 2)];
    expect(on(versions, '2026-03-31')).toBe('20');
    expect(on(versions, '2026-04-01')).toBe('21');
  });

  it('lets the higher number govern although the lower one begins later', () => {
    expect(on([v('9', '2025-06-01', 1), v('10', '2025-01-01', 2)], '2025-07-01')).toBe('10');
  });

  it('governs nothing after the last day, and lets no older version come back', () => {
    const versions = [v('1', '2024-01-01', 1), v('2', '2025-01-01', 2, '2025-06-30')];
    expect(on(versions, '2025-06-30')).toBe('2');
    expect(on(versions, '2025-07-01')).toBeUndefined();
  });

  it('ends the version in force when the document ended before its next version began', () => {
    const versions = [v('1', '2024-01-01', 1), v('2', '2026-01-01', 2, '2025-06-30')];
    expect(on(versions, '2025-06-30')).toBe('1');
    expect(on(versions, '2025-07-01')).toBeUndefined();
    expect(on(versions, '2026-01-01')).toBeUndefined();
  });

  it('takes the last word on a version: ended, or not ended after all', () => {
    const ended = [v('1', '2024-01-01', 1), v('1', '2024-01-01', 2, '2025-06-30')];
    expect(on(ended, '2025-07-01')).toBeUndefined();
    expect(on([...ended, v('1', '2024-01-01', 3)], '2025-07-01')).toBe('1');
  });

  it('comes back with a new version, and leaves the gap', () => {
    const versions = [v('1', '2024-01-01', 1, '2025-06-30'), v('2', '2025-09-01', 2)];
    expect(on(versions, '2025-08-31')).toBeUndefined();
    expect(on(versions, '2025-09-01')).toBe('2');
  });

  it('does as if a version taken back had never been', () => {
    const future = v('2', '2026-01-01', 2);
    const versions = [
      v('1', '2024-01-01', 1),
      future,
      { ...future, seq: 3, withdrawn: true as const },
    ];
    expect(on(versions, '2026-02-01')).toBe('1');
    expect(on([...versions, v('2', '2026-01-01', 4)], '2026-02-01')).toBe('2');
  });

  it('takes those back, too, that lie between it and the version that was told again', () => {
    const versions = [
      v('10', '2024-01-01', 1),
      v('11', '2024-06-01', 2),
      v('12', '2026-01-01', 3),
      { ...v('12', '2026-01-01', 4), withdrawn: true as const },
      v('10', '2024-01-01', 4),
    ];
    expect(on(versions, '2024-07-01')).toBe('10');
    expect(on(versions.slice(0, 3), '2024-07-01')).toBe('11');
    // Told once more, it counts again.
    expect(on([...versions, v('11', '2024-06-01', 5)], '2024-07-01')).toBe('11');
  });

  it('counts versions as numbers', () => {
    expect(['10', '9', '100', '2'].sort(comparePolicyVersions)).toEqual(['2', '9', '10', '100']);
    expect(comparePolicyVersions('7', '7')).toBe(0);
  });
});

const start = day('2025-01-01');
const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => addDays(start, days));
const anyRecord = fc.record({
  version: fc.integer({ min: 1, max: 12 }).map(String),
  effective: anyDay,
  ends: fc.option(anyDay, { nil: undefined }),
  withdrawn: fc.boolean(),
});

/** Any history: one record an edition, in any order of numbers and days. */
const anyHistory = fc.array(anyRecord, { maxLength: 10 }).map((records) =>
  records.map(
    ({ version, effective, ends, withdrawn }, at): PolicyVersion => ({
      ...taken(policy({ version, effective, ...(ends === undefined ? {} : { ends }) }), at + 1),
      ...(withdrawn && at % 3 === 0 ? { withdrawn: true as const } : {}),
    }),
  ),
);

/**
 * The same told as a table of versions that each edition overwrites, asked number by number from
 * the highest down.
 */
function naive(history: readonly PolicyVersion[], date: CalendarDate): string | undefined {
  const table: (PolicyVersion | undefined)[] = [];
  for (const record of history) table[Number(record.version)] = record;
  for (let number = 12; number >= 1; number -= 1) {
    const record = table[number];
    if (!record || record.withdrawn) continue;
    if (record.ends !== undefined && record.ends < date) return undefined;
    if (record.effective <= date) return record.version;
  }
  return undefined;
}

describe('shared/core/policy-timeline.ts for any history', () => {
  it('answers as a table that every edition overwrites, in whatever order it is given the versions', () => {
    fc.assert(
      fc.property(anyHistory, anyDay, fc.infiniteStream(fc.nat()), (history, date, keys) => {
        const shuffled = history
          .map((version) => ({ version, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ version }) => version);
        expect(policyInForce(shuffled, date)?.version).toBe(naive(history, date));
      }),
      { numRuns: 500 },
    );
  });

  it('never answers a version before its first day or after its last', () => {
    fc.assert(
      fc.property(anyHistory, anyDay, (history, date) => {
        const governing = policyInForce(history, date);
        if (!governing) return;
        expect(governing.effective <= date).toBe(true);
        expect(governing.ends === undefined || governing.ends >= date).toBe(true);
      }),
    );
  });

  it('changes nothing on days before a future version when it is added', () => {
    fc.assert(
      fc.property(anyHistory, anyDay, (history, date) => {
        const future = taken(policy({ version: '13', effective: addDays(date, 1) }), 99);
        expect(policyInForce([...history, future], date)).toBe(policyInForce(history, date));
      }),
    );
  });
});
