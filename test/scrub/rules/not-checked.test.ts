import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import type { Subject } from '../../../shared/scrub/rule.ts';
import { notChecked } from '../../../shared/scrub/rules/not-checked.ts';
import { claim, editList, handFacts, tabularList } from '../hand-facts.ts';

const lines = ['I10 1 Hypertension', 'O80 1 Delivery', 'Z794 1 Insulin', 'E119 1 Diabetes'];
const everything = {
  tabular: [tabularList('2021-10-01')],
  edits: editList({ O80: 'MATERNITY|FEMALE', Z794: 'UNACCEPTABLE' }),
};
const facts = handFacts(lines, everything);
const whole = { setting: 'inpatient', age: 30, sex: 'female' } as const;
const said = (subject: Subject, more = facts) =>
  notChecked.check(subject, more).map(({ message }) => message);

describe('shared/scrub/rules/not-checked.ts', () => {
  test('nothing is missing of a claim that says everything', () => {
    expect(said(claim(['O80', 'Z794'], whole))).toEqual([]);
  });

  test('a missing age or sex is said where an edit would have looked at it, once', () => {
    expect(said(claim(['O80', 'O80'], { setting: 'inpatient' }))).toEqual([
      'A diagnosis of the claim is limited to certain ages, and the age is not known: it was not compared.',
      'A diagnosis of the claim is limited to one sex, and the sex is not known: it was not compared.',
    ]);
    expect(said(claim(['I10'], { setting: 'inpatient' }))).toEqual([]);
  });

  test('a missing setting is said where it decides', () => {
    expect(said(claim(['Z794', 'I10']))[0]).toContain(
      'whether the principal diagnosis is acceptable',
    );
    expect(said(claim(['I10'], { lines: [{ number: 1 }] }))[0]).toContain('diagnosis pointers');
    expect(said(claim(['I10']))).toEqual([]);
  });

  test('a missing date is said', () => {
    const { date: _, ...undated } = claim(['I10', 'E119'], whole);
    expect(said(undated)).toEqual([
      'The claim has no date of service (inpatient: of discharge): its codes were not judged.',
    ]);
    expect(said({ ...undated, type: 'template' })[0]).toContain(
      'No date to check the template for',
    );
  });

  test('missing lists are said, and lists that stand in for others', () => {
    expect(said(claim(['I10'], whole), handFacts(lines))).toEqual([
      'The Medicare Code Editor’s lists are not at hand: its edits of principal diagnosis, age and sex were not applied.',
      'No tabular list is at hand: Excludes1 and “code first” notes were not applied.',
    ]);
    const date = calendarDate('2024-10-01');
    expect(
      said(
        claim(['I10'], { ...whole, date }),
        handFacts(lines, { ...everything, edition: '2024-10-01' }),
      ),
    ).toEqual([
      'The Medicare Code Editor’s lists v43.1 do not cover 2024-10-01: its edits of principal diagnosis, age and sex were not applied.',
      'Excludes1 and “code first” notes were read from the tabular list effective 2021-10-01: the one of fiscal year 2025 is not at hand.',
    ]);
  });

  test('a date past the newest release, a code table without its tree and ICD-9-CM are said', () => {
    const old = handFacts(lines, { ...everything, edition: '2020-10-01' });
    expect(said(claim(['I10'], whole), old)).toEqual([
      'The codes of fiscal year 2022 are not at hand: 2021-10-01 was judged by the release effective 2020-10-01.',
    ]);
    const bare = handFacts(lines, { ...everything, knowsTree: false });
    expect(said(claim(['I10'], whole), bare)[0]).toContain('snapshot');
    const diagnoses = [{ position: 1, system: 'icd9cm', code: '7242', role: 'principal' }] as const;
    const early = claim([], { ...whole, diagnoses, date: calendarDate('2015-09-30') });
    expect(said(early)).toEqual([
      'No table of ICD-9-CM is kept: whether its codes are valid was not judged.',
    ]);
  });
});
