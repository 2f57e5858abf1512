import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { codeFuture } from '../../../shared/scrub/rules/code-future.ts';
import { claim, handFacts } from '../hand-facts.ts';

const date = calendarDate('2021-09-30');

describe('shared/scrub/rules/code-future.ts', () => {
  const future = {
    status: 'future',
    title: 'Low back pain, unspecified',
    since: calendarDate('2021-10-01'),
    replaces: [{ code: 'M545', source: 'official', effective: calendarDate('2021-10-01') }],
  } as const;

  test('a code of the next release is told, with what it took over from', () => {
    const facts = handFacts([], { known: { M5450: future }, edition: '2020-10-01' });
    expect(codeFuture.check(claim(['M5450'], { date }), facts)).toEqual([
      {
        rule: 'code-future',
        severity: 'error',
        code: 'M54.50',
        message:
          'M54.50 (Low back pain, unspecified) takes effect on 2021-10-01; on 2021-09-30 it was not valid yet.',
        remedy:
          'For this date use what it took over from: M54.5. The date of service decides, not the day of billing.',
        source: 'ICD-10-CM release effective 2020-10-01 (CDC/NCHS)',
      },
    ]);
  });

  test('a code in force is not', () => {
    const facts = handFacts(['M5450 1 Low back pain, unspecified']);
    expect(codeFuture.check(claim(['M5450'], { date }), facts)).toEqual([]);
  });
});
