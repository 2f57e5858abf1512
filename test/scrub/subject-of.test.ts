import { describe, expect, test } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { subjectOf } from '../../shared/scrub/subject-of.ts';

const codes = [
  { system: 'icd10cm', code: 'M5450' },
  { system: 'icd10pcs', code: '0DTJ4ZZ' },
  { system: 'icd10cm', code: 'I10' },
] as const;
const base: Claim = { type: 'claim', id: 'a', codes };
const date = calendarDate('2021-10-01');

describe('shared/scrub/subject-of.ts', () => {
  test('codes of a claim are its diagnoses in order, the first as principal; procedures apart', () => {
    const { diagnoses, procedures } = subjectOf(base);
    expect(diagnoses).toEqual([
      { position: 1, system: 'icd10cm', code: 'M5450', role: 'principal' },
      { position: 2, system: 'icd10cm', code: 'I10', role: 'other' },
    ]);
    expect(procedures).toEqual(['0DTJ4ZZ']);
  });

  test('its own diagnoses come before its codes', () => {
    const own = [
      { system: 'icd9cm', code: '7242', role: 'principal' },
      { system: 'icd10cm', code: 'I10', role: 'admitting' },
    ] as const;
    expect(subjectOf({ ...base, diagnoses: own }).diagnoses).toEqual([
      { position: 1, ...own[0] },
      { position: 2, ...own[1] },
    ]);
  });

  test('the claim’s own date governs, the given one only where it has none', () => {
    expect(subjectOf(base)).not.toHaveProperty('date');
    expect(subjectOf(base, date).date).toBe('2021-10-01');
    const dated = { ...base, dateOfService: calendarDate('2020-01-01') };
    expect(subjectOf(dated, date).date).toBe('2020-01-01');
  });

  test('lines keep date and pointers; where discharge governs, their dates count for policies only', () => {
    const lines = [
      { procedure: '99213', dateOfService: date, pointers: [1], billedCents: 100 },
      {},
    ];
    expect(subjectOf({ ...base, lines }).lines).toEqual([
      { number: 1, procedure: '99213', date, dateOfService: date, pointers: [1] },
      { number: 2 },
    ]);
    const inpatient = { ...base, lines, dischargeDate: calendarDate('2021-10-05') };
    expect(subjectOf(inpatient)).toMatchObject({ date: '2021-10-05' });
    expect(subjectOf(inpatient).lines[0]).not.toHaveProperty('date');
    expect(subjectOf(inpatient).lines[0]?.dateOfService).toBe('2021-10-01');
  });

  test('a procedure that was stored in lower case is judged by its normal form', () => {
    const lines = [{ procedure: '0213t' }, { procedure: 'a9585 ' }, { procedure: 'Fee 4b' }];
    const procedures = subjectOf({ ...base, lines }).lines.map(({ procedure }) => procedure);
    expect(procedures).toEqual(['0213T', 'A9585', 'Fee 4b']);
  });

  test('what edits need comes along, and nothing else', () => {
    const more = {
      setting: 'inpatient',
      age: 0,
      sex: 'male',
      payer: 'medicare',
      state: 'TX',
    } as const;
    const subject = subjectOf({ ...base, ...more, name: 'visit', billedCents: 100, owner: 'desk' });
    expect(subject).toMatchObject(more);
    expect(Object.keys(subject).sort()).toEqual(
      [
        'age',
        'diagnoses',
        'lines',
        'payer',
        'procedures',
        'setting',
        'sex',
        'state',
        'type',
      ].sort(),
    );
  });

  test('a template is checked for the given date', () => {
    const subject = subjectOf({ type: 'template', id: 't', codes }, date);
    expect(subject).toMatchObject({ type: 'template', date: '2021-10-01', lines: [] });
    expect(subject.diagnoses.map(({ code }) => code)).toEqual(['M5450', 'I10']);
  });
});
