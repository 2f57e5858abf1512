import { describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/core/calendar-date.ts';

const two = (n: number): string => String(n).padStart(2, '0');

describe('shared/core/calendar-date.ts', () => {
  it('takes exactly the days there are', () => {
    // 400 years are one round of the calendar; every month and day that two digits can write is tried in each.
    for (let year = 1900; year < 2300; year += 1) {
      for (let month = 0; month <= 13; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${two(month)}-${two(day)}`;
          const exists = month >= 1 && month <= 12 && day >= 1 && day <= last;
          if ((parseCalendarDate(text) === text) !== exists) expect.fail(text);
        }
      }
    }
  });

  it.each([
    '0999-01-01',
    '2023-1-01',
    ' 2023-01-01',
    '2023-01-01 ',
    '20230101',
    '２０２３-01-01',
    '',
  ])('takes no other way to write one: "%s"', (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });
});
