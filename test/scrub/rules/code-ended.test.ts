import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { codeEnded } from '../../../shared/scrub/rules/code-ended.ts';
import { claim, handFacts } from '../hand-facts.ts';

const date = calendarDate('2022-10-01');
const ended = {
  from: '2022-10-01',
  status: 'ended',
  title: 'Old code',
  since: date,
  replacedBy: [
    { code: 'M54A0', source: 'official', effective: date, title: 'New code' },
    { code: 'M54A1', source: 'official', effective: date, title: 'Other new code' },
  ],
} as const;

describe('shared/scrub/rules/code-ended.ts', () => {
  const facts = handFacts(['M5459 1 Old code'], { known: { M5459: ended } });

  test('a code deleted on the date is told, with what took its place', () => {
    expect(codeEnded.check(claim(['M5459'], { date }), facts)).toEqual([
      {
        rule: 'code-ended',
        severity: 'error',
        code: 'M54.59',
        message: 'M54.59 (Old code) was deleted on 2022-10-01 and may not be used on 2022-10-01.',
        remedy: 'Use M54.A0 (New code) or M54.A1 (Other new code), whichever the record supports.',
        source: 'ICD-10-CM release effective 2021-10-01 (CDC/NCHS)',
        replacedBy: [
          { code: 'M54.A0', source: 'official', effective: '2022-10-01' },
          { code: 'M54.A1', source: 'official', effective: '2022-10-01' },
        ],
      },
    ]);
  });

  test('on the day before it is not', () => {
    const before = calendarDate('2022-09-30');
    expect(codeEnded.check(claim(['M5459'], { date: before }), facts)).toEqual([]);
  });

  test('of a code right on one line and deleted on the other, only that line is told', () => {
    const lines = [
      { number: 1, date: calendarDate('2022-09-30'), pointers: [1] },
      { number: 2, date, pointers: [1] },
    ];
    const items = codeEnded.check(claim(['M5459'], { date, lines }), facts);
    expect(items.map(({ code, line }) => [code, line])).toEqual([['M54.59', 2]]);
  });

  test('deleted on every line it is told once, of no line', () => {
    const lines = [
      { number: 1, date, pointers: [1] },
      { number: 2, date: calendarDate('2022-10-02'), pointers: [1] },
    ];
    const items = codeEnded.check(claim(['M5459'], { date, lines }), facts);
    expect(items.map(({ code, line }) => [code, line])).toEqual([['M54.59', undefined]]);
  });

  test('discharge governs an inpatient claim, not its lines', () => {
    const lines = [{ number: 1, date: calendarDate('2022-09-30'), pointers: [1] }];
    const subject = claim(['M5459'], { date, lines, setting: 'inpatient' });
    expect(codeEnded.check(subject, facts)).toHaveLength(1);
  });

  test('without a replacement the record has to say', () => {
    const alone = handFacts([], { known: { M5459: { ...ended, replacedBy: [] } } });
    const [item] = codeEnded.check(claim(['M5459'], { date }), alone);
    expect(item?.remedy).toMatch(/^No replacement is named/);
    expect(item).not.toHaveProperty('replacedBy');
  });
});
