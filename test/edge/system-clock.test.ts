// The clocks: the real one moves, the fixed one does not.
import { describe, expect, test } from 'vitest';
import { fixedClock, systemClock } from '../../shared/edge/system-clock.ts';

describe('shared/edge/system-clock.ts', () => {
  test('the system clock gives the present instant in UTC', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    ['2025-07-01', '2025-07-01T00:00:00.000Z'],
    ['2025-07-01T09:30:00Z', '2025-07-01T09:30:00.000Z'],
    ['2025-07-01T09:30:00-04:00', '2025-07-01T13:30:00.000Z'],
  ])('a clock fixed at %s gives %s', (instant, expected) => {
    expect(fixedClock(instant).now()).toBe(expected);
  });

  test.each(['', 'yesterday', '07/01/2025', '2025-13-01', '2025-07-01T09:30:00'])(
    'no clock can be fixed at "%s", which is no date or lacks a time zone',
    (instant) => {
      expect(() => fixedClock(instant)).toThrow(
        expect.objectContaining({ code: 'invalid-request' }),
      );
    },
  );
});
