import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { coverageOf } from '../../shared/core/coverage.ts';
import { coverageKnownFrom } from '../../shared/core/coverage-horizon.ts';
import type { PolicyVersion } from '../../shared/core/policy.ts';
import { policyInForce } from '../../shared/core/policy-timeline.ts';
import { group, type PolicyParts, policy, taken } from '../support/policies.ts';

const question = { procedure: '62323', diagnosis: 'M5416', state: 'CT' };
const groups = [group('covered', 'M5416', '62323')];
const version = (number: string, effective: string, more: PolicyParts = {}): PolicyVersion =>
  taken(policy({ version: number, effective, groups, ...more }), 1);
const knownFrom = (date: string, ...documents: readonly (readonly PolicyVersion[])[]) =>
  coverageKnownFrom(documents, question, calendarDate(date));

describe('shared/core/coverage-horizon.ts', () => {
  const known = [version('34', '2023-11-16'), version('35', '2025-01-01')];

  it('tells the first day of a document whose earlier versions were never taken in', () => {
    expect(knownFrom('2022-04-01', known)).toBe('2023-11-16');
    expect(knownFrom('2023-11-15', known)).toBe('2023-11-16');
    expect(knownFrom('2023-11-16', known)).toBe(undefined);
  });

  it('tells nothing of a document that begins later with its version 1: there was none before', () => {
    expect(knownFrom('2022-04-01', [version('1', '2023-11-16')])).toBe(undefined);
    expect(knownFrom('2022-04-01', [version('1', '2023-11-16'), version('2', '2025-01-01')])).toBe(
      undefined,
    );
  });

  it('tells nothing of a document that had begun and has ended, or has a gap', () => {
    const ended = [version('34', '2020-01-01', { ends: '2020-12-31' })];
    expect(knownFrom('2022-04-01', ended)).toBe(undefined);
    expect(knownFrom('2022-04-01', [...ended, version('36', '2025-01-01')])).toBe(undefined);
  });

  it('looks only at what speaks to the question: the procedure, the state, the plan', () => {
    const others: readonly PolicyParts[] = [
      { groups: [group('covered', 'M5416', '64483')] },
      { states: 'TX' },
      { plan: 'Gold PPO' },
    ];
    const ask = (parts: PolicyParts) =>
      coverageKnownFrom(
        [[version('34', '2023-11-16', parts)]],
        { ...question, plan: 'Silver' },
        calendarDate('2022-04-01'),
      );
    expect(others.map(ask)).toEqual([undefined, undefined, undefined]);
    expect(ask({ plan: 'silver' })).toBe('2023-11-16');
  });

  it('of several documents the earliest day counts, and versions taken back count as never told', () => {
    const later = [version('7', '2024-05-01')];
    expect(knownFrom('2022-04-01', later, known)).toBe('2023-11-16');
    const withdrawn = { ...version('36', '2021-01-01'), seq: 2, withdrawn: true as const };
    expect(knownFrom('2020-04-01', [...known, withdrawn])).toBe('2023-11-16');
  });

  it('names a day after the date from which on a document in force speaks to the question', () => {
    const day = fc.constantFrom('2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01');
    const one = fc.record({ number: fc.integer({ min: 1, max: 4 }), effective: day });
    const documents = fc.array(fc.array(one, { maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(documents, day, (all, on) => {
        const told = all.map((each) =>
          each.map(({ number, effective }, at) => ({
            ...version(String(number), effective),
            seq: at + 1,
          })),
        );
        const from = knownFrom(on, ...told);
        if (from === undefined) return;
        expect(from > on).toBe(true);
        const inForce = told.flatMap((versions) => policyInForce(versions, from) ?? []);
        expect(coverageOf(inForce, question).answer).toBe('covered');
      }),
    );
  });
});
