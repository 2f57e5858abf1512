// Days as feeds write them; expected values by hand.
import { describe, expect, it } from 'vitest';
import { publicationDay } from '../../shared/formats/publication-day.ts';

describe('shared/formats/publication-day.ts', () => {
  it.each([
    ['Fri, 08 May 2026 15:59:01 GMT', '2026-05-08'],
    ['8 May 2026 23:59 -0500', '2026-05-08'],
    ['Fri, 08 May 26 15:59:01 EST', '2026-05-08'],
    ['08 May 2026', '2026-05-08'],
    ['2026-05-08T23:30:00-05:00', '2026-05-08'],
    ['2026-05-08T00:30:00.123Z', '2026-05-08'],
    ['2026-05-08', '2026-05-08'],
    ['2026-02-30', undefined],
    ['Thu, 31 Jun 2026 10:00:00 GMT', undefined],
    ['05/08/2026', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('reads "%s" as the day its publisher wrote', (text, day) => {
    expect(publicationDay(text)).toBe(day);
  });
});
