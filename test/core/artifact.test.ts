// The date that governs a claim, and which ids may be stored.
import { describe, expect, it } from 'vitest';
import {
  billedCentsOf,
  type Claim,
  governingDate,
  isStorableId,
  storableId,
  useMonth,
} from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';

const claim = (fields: Partial<Claim>): Claim => ({ type: 'claim', id: '1', codes: [], ...fields });
const day = calendarDate;

describe('shared/core/artifact', () => {
  it('the discharge date governs an inpatient claim whatever its other dates', () => {
    const inpatient = claim({
      dateOfService: day('2021-09-28'),
      dischargeDate: day('2021-10-02'),
      lines: [{ dateOfService: day('2021-10-05') }],
    });
    expect(governingDate(inpatient)).toBe('2021-10-02');
  });

  it('of several lines the latest date of service governs, because one is enough for a denial', () => {
    const lines = [{ dateOfService: day('2021-10-01') }, { dateOfService: day('2021-09-29') }, {}];
    expect(governingDate(claim({ lines }))).toBe('2021-10-01');
    expect(governingDate(claim({ dateOfService: day('2021-09-30'), lines }))).toBe('2021-10-01');
  });

  it('a claim without any date has none and lies in the open month', () => {
    expect(governingDate(claim({}))).toBeUndefined();
    expect(useMonth(claim({}))).toBe('open');
    expect(useMonth(claim({ dateOfService: day('2021-10-31') }))).toBe('2021-10');
    expect(useMonth({ type: 'template', id: 't', codes: [] })).toBe('open');
  });

  it('a claim without a total bills the sum of its lines', () => {
    const lines = [{ billedCents: 5_000 }, {}, { billedCents: 250 }];
    expect(billedCentsOf(claim({ lines }))).toBe(5_250);
    expect(billedCentsOf(claim({ lines, billedCents: 6_000 }))).toBe(6_000);
    expect(billedCentsOf(claim({}))).toBe(0);
  });

  it.each(['', 'a#b', 'a\nb', 'a\u0000', 'a\u200bb', '\ud800', '\uffff', 'x'.repeat(129)])(
    '%j is no id, and the error does not repeat it',
    (id) => {
      expect(isStorableId(id)).toBe(false);
      expect(() => storableId('artifact id', id)).toThrow(/^artifact id: 1 to 128 characters/);
    },
  );

  it.each(['1', 'CLM 2024/10-01', 'Überweisung', 'x'.repeat(128), '__proto__'])(
    '%j is an id',
    (id) => {
      expect(storableId('artifact id', id)).toBe(id);
    },
  );
});
