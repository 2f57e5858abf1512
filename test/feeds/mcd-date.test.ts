// Three ways to write a day, several to write none, and nonsense that must not pass for either.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMcdDate } from '../../shared/feeds/mcd-date.ts';
import { mcdShapes } from '../../shared/formats/mcd-shapes.ts';

/** Held against before a cell is read. */
const hasShape = (text: string): boolean => mcdShapes['date or nothing'].test(text);

describe('shared/feeds/mcd-date.ts', () => {
  it.each([
    '2026-10-01 00:00:00',
    '2026-10-01 13:45:07.123',
    '2026-10-01',
    '2026-10-01T00:00:00',
    '2026-10-01T00:00:00Z',
    '2026-10-01T00:00:00+00:00',
    '2026-10-01T00:00:00.0000000+00:00',
    '10/01/2026',
    '10/1/2026',
    '10/01/2026 12:00:00 AM',
    '20261001',
    '20261001130501',
    ' 2026-10-01 00:00:00 ',
  ])('reads %j as 1 October 2026', (text) => {
    expect(readMcdDate(text)).toEqual({ kind: 'day', day: '2026-10-01' });
    expect(hasShape(text)).toBe(true);
  });

  it.each([
    '',
    '  ',
    'N/A',
    'n/a',
    'NULL',
    'None',
    '-',
    '1900-01-01 00:00:00',
    '9999-12-31 00:00:00',
    '01/01/1900',
  ])('reads %j as no day', (text) => {
    expect(readMcdDate(text)).toEqual({ kind: 'none' });
    expect(hasShape(text.trim())).toBe(true);
  });

  it.each([
    '2026-13-01 00:00:00',
    '2026-02-29 00:00:00',
    '13/13/2026',
    '0206-10-01',
    '2926-10-01',
    'soon',
    '46296',
    '2026-10-01 and later',
    '2026-10-01T00:00:00-05:00',
    '2026-10-01T00:00:00+05:30',
    '-1',
  ])('reads %j as nonsense', (text) => {
    expect(readMcdDate(text)).toEqual({ kind: 'nonsense' });
  });

  it('reads nothing that is kept from it by the shape of the cell', () => {
    const part = fc.constantFrom(
      ...['2026', '10', '01', '1', '13', '-', '/', ':', '.', ' ', 'T', 'Z', '+', '00', '0000000'],
      ...['AM', 'pm', 'N/A', 'null', 'None', '2026-10-01', '10/01/2026', '00:00:00'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const cell = parts.join('').trim();
        const isRead = readMcdDate(cell).kind !== 'nonsense';
        expect([cell, isRead && !hasShape(cell)]).toEqual([cell, false]);
      }),
      { numRuns: 5000 },
    );
  });
});
