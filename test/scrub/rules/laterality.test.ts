import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { laterality } from '../../../shared/scrub/rules/laterality.ts';
import { claim, editList, handFacts, template } from '../hand-facts.ts';

const lines = [
  'I50 0 Heart failure',
  'I50810 1 Right heart failure, unspecified',
  'I509 1 Heart failure, unspecified',
  'M17 0 Osteoarthritis of knee',
  'M170 1 Bilateral primary osteoarthritis of knee',
  'M1710 1 Unilateral primary osteoarthritis, unspecified knee',
  'M1711 1 Unilateral primary osteoarthritis, right knee',
  'M1712 1 Unilateral primary osteoarthritis, left knee',
  'M25511 1 Pain in right shoulder',
  'M25512 1 Pain in left shoulder',
  'M25519 1 Pain in unspecified shoulder',
];
const facts = handFacts(lines, { edits: editList({ M25519: 'UNSPECIFIED' }) });
const check = (...args: Parameters<typeof claim>) => laterality.check(claim(...args), facts);

describe('shared/scrub/rules/laterality.ts', () => {
  test('a side left open is told, with the codes that name it', () => {
    const [item, ...more] = check(['M25519']);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      severity: 'warning',
      code: 'M25.519',
      message:
        'M25.519 (Pain in unspecified shoulder) leaves the side open; many payers deny that where a code names the side.',
      remedy:
        'Code the side from the record: M25.511 (Pain in right shoulder) or M25.512 (Pain in left shoulder).',
    });
  });

  test('on CMS’s list an inpatient claim is returned, unless the remarks say why', () => {
    const [item] = check(['M25519'], { setting: 'inpatient' });
    expect(item?.severity).toBe('error');
    expect(item?.remedy).toContain('UNABLE TO DET LAT 1');
  });

  test('a code with its side is right, and “right heart failure” is no side', () => {
    expect(check(['M25511'])).toEqual([]);
    expect(check(['I509', 'I50810'])).toEqual([]);
  });

  test('a one-sided code beside the bilateral one is told', () => {
    const [item, ...more] = check(['M170', 'M1711']);
    expect(more).toEqual([]);
    expect([item?.severity, item?.code, item?.message]).toEqual([
      'warning',
      'M17.11',
      'M17.11 (Unilateral primary osteoarthritis, right knee) stands beside M17.0 (Bilateral primary osteoarthritis of knee), which covers both sides.',
    ]);
  });

  test('right and left apart are told as information where one code covers both, else not at all', () => {
    const [item, ...more] = check(['M1711', 'M1712']);
    expect(more).toEqual([]);
    expect([item?.severity, item?.remedy]).toEqual([
      'info',
      'If the condition is the same on both sides, report M17.0 (Bilateral primary osteoarthritis of knee) alone.',
    ]);
    expect(check(['M25511', 'M25512'])).toEqual([]);
  });

  test('sides of different days do not contradict each other', () => {
    const lines = [
      { number: 1, date: calendarDate('2021-10-01'), pointers: [1] },
      { number: 2, date: calendarDate('2021-10-08'), pointers: [2] },
    ];
    expect(check(['M1711', 'M1712'], { lines })).toEqual([]);
  });

  test('a template offers both sides and the open one', () => {
    const items = laterality.check(template('M170', 'M1711', 'M1712', 'M25519'), facts);
    expect(items.map(({ code, severity }) => [code, severity])).toEqual([['M25.519', 'info']]);
  });
});
