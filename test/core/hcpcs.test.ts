// A quarter's file as releases: what is listed on a day, and the days on which that changes.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type HcpcsCode, hcpcsDates, hcpcsRelease, quarterOf } from '../../shared/core/hcpcs.ts';
import { changesOfStep } from '../../shared/core/plan-release.ts';

const code = (
  name: string,
  begins?: string,
  lastDay?: string,
  ...crossReferences: string[]
): HcpcsCode => ({
  ...{ code: name, short: name, long: name, crossReferences },
  ...(begins !== undefined && { begins: calendarDate(begins) }),
  ...(lastDay !== undefined && { lastDay: calendarDate(lastDay) }),
});
const day = calendarDate;
const file = [
  code('A0001'),
  code('A0002', '2021-02-09'),
  code('A0003', '2010-01-01', '2021-02-28'),
  code('A0004', '2021-04-01'),
  code('A0005', '2010-01-01', '2021-03-31', 'A0004', 'B9999'),
  code('A0006', '2021-05-01'),
];
const listed = (date: string) => hcpcsRelease(file, day(date)).rows.map((row) => row.code);

describe('shared/core/hcpcs.ts', () => {
  it('lists a code from its first day through its last', () => {
    expect(listed('2021-01-01')).toEqual(['A0001', 'A0003', 'A0005']);
    expect(listed('2021-02-09')).toEqual(['A0001', 'A0002', 'A0003', 'A0005']);
    expect(listed('2021-02-28')).toContain('A0003');
    expect(listed('2021-03-01')).not.toContain('A0003');
    expect(listed('2021-04-01')).toEqual(['A0001', 'A0002', 'A0004']);
  });

  it('numbers the rows without gaps and makes them all billable', () => {
    const { rows } = hcpcsRelease(file, day('2021-04-01'));
    expect(rows.map(({ order, billable }) => [order, billable])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  it('names the days a quarter changes on, up to the next quarter’s first and no further', () => {
    expect(hcpcsDates(file, day('2021-01-01'))).toEqual(['2021-02-09', '2021-03-01', '2021-04-01']);
  });

  it('dates beginnings and ends of the last twelve months, and links a code to what replaces it', () => {
    const { conversions, ends } = hcpcsRelease(file, day('2021-04-01'));
    expect(ends).toEqual([
      { code: 'A0003', effective: '2021-03-01' },
      { code: 'A0005', effective: '2021-04-01' },
    ]);
    const instead = { kind: 'codes', parts: [{ kind: 'code', code: 'A0005' }] };
    // B9999 is no code of the file.
    expect(conversions).toEqual([
      { code: 'A0002', effective: '2021-02-09', previous: { kind: 'none' } },
      { code: 'A0004', effective: '2021-04-01', previous: { kind: 'none' } },
      { code: 'A0004', effective: '2021-04-01', previous: instead },
    ]);
    expect(hcpcsRelease(file, day('2023-04-01'))).toMatchObject({ conversions: [], ends: [] });
  });

  it('infers no replacement from a code that begins alike', () => {
    const before = hcpcsRelease([code('J1100', '2010-01-01')], day('2021-01-01'));
    const after = hcpcsRelease(
      [code('J1100', '2010-01-01', '2021-03-31'), code('J1101', '2021-04-01')],
      day('2021-04-01'),
    );
    expect(changesOfStep(before, after)).toMatchObject([
      { code: 'J1101', kind: 'added' },
      { code: 'J1100', kind: 'ended', replacedBy: [] },
    ]);
  });

  it.each([
    ['2021-01-01', '2021-01-01'],
    ['2021-03-31', '2021-01-01'],
    ['2021-05-15', '2021-04-01'],
    ['2020-12-31', '2020-10-01'],
  ])('puts %s in the quarter of %s', (date, quarter) => {
    expect(quarterOf(day(date))).toBe(quarter);
  });
});
