// Until when a claim must be filed, and which is lost first.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, calendarDate, daysBetween } from '../../shared/core/calendar-date.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import {
  claimService,
  filingDeadline,
  lostFirst,
  namedDeadline,
  timeToFile,
} from '../../shared/core/timely-filing.ts';

const usual = usualSettings.timelyFiling;
const day = calendarDate;

describe('shared/core/timely-filing.ts', () => {
  test.each([
    // The same day of the next year, whether or not there is a 29 February between.
    ['2023-12-01', '2024-12-01'],
    ['2024-12-01', '2025-12-01'],
    ['2024-02-28', '2025-02-28'],
    // Medicare Claims Processing Manual, chapter 1, section 70.1.
    ['2024-02-29', '2025-02-28'],
    ['2024-03-01', '2025-03-01'],
    ['2021-10-01', '2022-10-01'],
  ])('Medicare: a service of %s must be filed by %s', (date, until) => {
    for (const claimFiling of ['MA', 'MB']) {
      expect(filingDeadline({ date: day(date), claimFiling }, usual)).toBe(until);
    }
  });

  test.each([
    ['2023-12-01', '2024-11-30'],
    ['2024-12-01', '2025-12-01'],
    ['2024-02-29', '2025-02-28'],
  ])('any other payer: 365 days after %s is %s', (date, until) => {
    expect(filingDeadline({ date: day(date), claimFiling: 'CI' }, usual)).toBe(until);
    expect(filingDeadline({ date: day(date) }, usual)).toBe(until);
  });

  test('days given for a payer hold for it, however it is spelled, and even where it is Medicare', () => {
    const filing = { defaultDays: 365, daysByPayer: { 'Acme Health': 90, 'Palmetto GBA': 100 } };
    const date = day('2025-01-01');
    expect(filingDeadline({ date, payer: ' ACME HEALTH' }, filing)).toBe('2025-04-01');
    expect(filingDeadline({ date, payer: 'Acme' }, filing)).toBe('2026-01-01');
    expect(filingDeadline({ date, payer: 'Palmetto GBA', claimFiling: 'MB' }, filing)).toBe(
      '2025-04-11',
    );
    expect(filingDeadline({ date, payer: 'Other' }, { ...filing, defaultDays: 30 })).toBe(
      '2025-01-31',
    );
  });

  test('without a date there is no deadline to work out', () => {
    expect(claimService({ payer: 'Acme', claimFiling: 'MB' })).toBeUndefined();
    expect(claimService({ date: day('2025-01-01'), payer: 'Acme' })).toEqual({
      date: '2025-01-01',
      payer: 'Acme',
    });
  });

  test('365 days never end later than the calendar year Medicare gives', () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays(day('1990-01-01'), n));
    fc.assert(
      fc.property(days, (date) => {
        const medicare = filingDeadline({ date, claimFiling: 'MB' }, usual);
        const other = filingDeadline({ date }, usual);
        expect(other <= medicare).toBe(true);
        expect([365, 366]).toContain(daysBetween(date, medicare));
      }),
    );
  });

  test('what is lost first comes first, then the higher amount; what is lost already comes last', () => {
    const one = (id: string, billedCents: number, fileBy?: string) => ({
      id,
      atRisk: { billedCents },
      ...(fileBy !== undefined && { fileBy: day(fileBy) }),
    });
    const all = [
      one('no deadline, much', 900),
      one('past, little', 5, '2025-06-29'),
      one('later', 1_000, '2025-08-01'),
      one('soon, little', 10, '2025-07-01'),
      one('past, much', 50, '2025-01-01'),
      one('soon, much', 20, '2025-07-01'),
      one('today', 1, '2025-06-30'),
    ];
    expect(all.toSorted(lostFirst(day('2025-06-30'))).map(({ id }) => id)).toEqual([
      'today',
      'soon, much',
      'soon, little',
      'later',
      'no deadline, much',
      'past, much',
      'past, little',
    ]);
  });

  test('on its last day a claim can still be filed, on the next no more', () => {
    const service = { date: day('2025-01-01') };
    const filing = { defaultDays: 30, daysByPayer: {} };
    expect(timeToFile(service, filing, day('2025-01-31'))).toBe('2025-01-31');
    expect(timeToFile(service, filing, day('2025-02-01'))).toBe('lapsed');
  });

  test.each([
    // 13 March 2026 is a Friday.
    ['2026-03-13', '2026-03-13'],
    ['2026-03-14', '2026-03-13'],
    ['2026-03-19', '2026-03-13'],
    ['2026-03-20', '2026-03-20'],
    // Before the Friday the count begins with.
    ['2020-12-31', '2020-12-25'],
  ])('the deadline %s is named as Friday %s', (deadline, friday) => {
    expect(namedDeadline(day(deadline), day('2020-01-01'))).toBe(friday);
  });

  test('no day is named that is over, as long as the deadline is not', () => {
    expect(namedDeadline(day('2026-03-18'), day('2026-03-17'))).toBe('2026-03-17');
    expect(namedDeadline(day('2026-03-18'), day('2026-03-19'))).toBe('2026-03-13');
  });

  test('the day named is never after the deadline, and seven deadlines have one day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (offset) => {
        const friday = addDays(day('2026-03-13'), offset * 7);
        const long = day('1800-01-01');
        for (let days = 0; days < 7; days += 1) {
          expect(namedDeadline(addDays(friday, days), long)).toBe(friday);
        }
      }),
      { numRuns: 50 },
    );
  });
});
