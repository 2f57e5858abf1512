import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { excludes1 } from '../../../shared/scrub/rules/excludes1.ts';
import { claim, handFacts, node, note, tabularList, template } from '../hand-facts.ts';

const lines = [
  'F4541 1 Pain disorder exclusively related to psychological factors',
  'G14 1 Postpolio syndrome',
  'A800 1 Acute paralytic poliomyelitis, vaccine-associated',
  'M5450 1 Low back pain, unspecified',
  'M1A00X0 1 Idiopathic chronic gout, unspecified site',
  'M321 1 Systemic lupus',
  'O03 0 Spontaneous abortion',
  'O034 1 Incomplete spontaneous abortion',
  'Z3A10 1 10 weeks gestation of pregnancy',
];
const list = tabularList(
  '2021-10-01',
  node('A80-A89', [note('excludes1', 'postpolio syndrome (G14)', 'G14')], { level: 'section' }),
  node('M05-M14', [note('excludes1', 'lupus (M32.-)', 'M32')], { level: 'section' }),
  node('M54', [note('excludes1', 'psychogenic dorsalgia (F45.41)', 'F4541')]),
  node('O03', [
    note('excludes1', 'incomplete abortion (O03.4), pregnancy (Z30-Z39)', 'O034', 'Z30-Z39'),
  ]),
);
const facts = handFacts(lines, { tabular: [list] });
const check = (...args: Parameters<typeof claim>) => excludes1.check(claim(...args), facts);
const pairs = (...codes: readonly string[]) => check(codes).map(({ code }) => code);

describe('shared/scrub/rules/excludes1.ts', () => {
  test('two codes a note keeps apart are told, with the note and where it stands', () => {
    expect(check(['M5450', 'F4541'])).toEqual([
      {
        rule: 'excludes1',
        severity: 'error',
        code: 'M54.50',
        message:
          'M54.50 (Low back pain, unspecified) and F45.41 (Pain disorder exclusively related to psychological factors) exclude each other: the Excludes1 note at M54 names “psychogenic dorsalgia (F45.41)”.',
        remedy:
          'Report the one the record supports. Both may stand only if the two conditions have nothing to do with each other; then the record must show it.',
        source:
          'ICD-10-CM tabular list effective 2021-10-01 (CDC/NCHS); ICD-10-CM Official Guidelines for Coding and Reporting, section I.A.12.a',
      },
    ]);
  });

  test('in whichever order they stand, and told once', () => {
    expect(pairs('F4541', 'M5450')).toEqual(['M54.50']);
    expect(pairs('F4541')).toEqual([]);
    expect(pairs('M5450', 'G14')).toEqual([]);
  });

  test('a note at a section is inherited, also by a category with a letter (M1A is in M05-M14)', () => {
    expect(pairs('A800', 'G14')).toEqual(['A80.0']);
    expect(check(['A800', 'G14'])[0]?.message).toContain('the Excludes1 note at A80-A89');
    expect(pairs('M1A00X0', 'M321')).toEqual(['M1A.00X0']);
  });

  test('a range takes in the categories with letters inside it (Z3A is in Z30-Z39)', () => {
    expect(pairs('O034', 'Z3A10')).toEqual(['O03.4']);
  });

  test('a note that names a code of its own heading tells nothing of pairs', () => {
    const own = tabularList('2021-10-01', node('O03', [note('excludes1', 'itself', 'O034')]));
    const subject = claim(['O034', 'O03']);
    expect(excludes1.check(subject, handFacts(lines, { tabular: [own] }))).toEqual([]);
  });

  test('where only an older list is to be had, it is a warning, and says which', () => {
    const old = tabularList('2016-10-01', ...list.nodes);
    const [item] = excludes1.check(claim(['M5450', 'F4541']), handFacts(lines, { tabular: [old] }));
    expect([item?.severity, item?.source]).toEqual([
      'warning',
      'ICD-10-CM tabular list effective 2016-10-01 (CDC/NCHS), for want of the one of fiscal year 2022; ICD-10-CM Official Guidelines for Coding and Reporting, section I.A.12.a',
    ]);
  });

  test('services of different days are different encounters', () => {
    const lines = [
      { number: 1, date: calendarDate('2021-10-01'), pointers: [1] },
      { number: 2, date: calendarDate('2021-10-08'), pointers: [2] },
    ];
    expect(check(['M5450', 'F4541'], { lines })).toEqual([]);
  });

  test('an admitting diagnosis, an unlisted code, a template and a missing list are no pairs', () => {
    const [principal] = claim(['M5450']).diagnoses;
    const admitting = { position: 2, system: 'icd10cm', code: 'F4541', role: 'admitting' } as const;
    expect(check([], { diagnoses: principal ? [principal, admitting] : [] })).toEqual([]);
    expect(pairs('M549', 'F4541')).toEqual([]);
    expect(excludes1.check(template('M5450', 'F4541'), facts)).toEqual([]);
    expect(excludes1.check(claim(['M5450', 'F4541']), handFacts(lines))).toEqual([]);
  });
});
