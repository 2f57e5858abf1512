import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { payerOf } from '../../../shared/core/payer.ts';
import { policyInForce } from '../../../shared/core/policy-timeline.ts';
import type { RuleFacts, Subject } from '../../../shared/scrub/rule.ts';
import { coverage } from '../../../shared/scrub/rules/coverage.ts';
import { notChecked } from '../../../shared/scrub/rules/not-checked.ts';
import { group, policy, taken } from '../../support/policies.ts';
import { claim, handFacts } from '../hand-facts.ts';

const payers = [{ id: 'medicare', title: 'Medicare', names: ['CMS'], claimFiling: ['MB'] }];
const lists = group('covered', 'M5416', '62323');
const more = {
  effective: '2021-10-05',
  groups: [{ ...lists, diagnoses: { codes: ['M5416', 'M5418'], ranges: [] } }],
};
const versions = [
  taken(policy({ version: '1', effective: '2020-01-01', groups: [lists] }), 1),
  taken(policy({ version: '2', ...more }), 2),
];
const asterisk = { ...lists, asterisked: ['M5416'], footnote: 'Only with imaging.' };
const other = taken(policy({ id: 'A2', effective: '2020-01-01', groups: [asterisk] }), 1);

/** Facts over versions of documents that name 62323. */
const factsOf = (...documents: (typeof versions)[]): RuleFacts => ({
  ...handFacts([]),
  coverage: {
    payerOf: (subject) => payerOf(subject, payers),
    documentsOn: (procedure, date) =>
      procedure === '62323' ? documents.flatMap((one) => policyInForce(one, date) ?? []) : [],
  },
});
const facts = factsOf(versions);

/** A claim of one line on a date. */
const billed = (
  codes: readonly string[],
  parts: Partial<Omit<Subject, 'type'>> & { readonly pointers?: readonly number[] } = {},
): Subject => {
  const { pointers = [1], ...rest } = parts;
  const lines = [{ number: 1, procedure: '62323', pointers }];
  return claim(codes, { claimFiling: 'MB', state: 'CT', lines, ...rest });
};

describe('shared/scrub/rules/coverage.ts', () => {
  test('a diagnosis the policy in force does not list is an error, and none once it does', () => {
    expect(coverage.check(billed(['M5418']), facts)).toEqual([
      {
        rule: 'coverage',
        severity: 'error',
        code: 'M54.18',
        line: 1,
        message:
          'Line 1: Medicare does not cover 62323 for M54.18 on 2021-10-01 (A1: the diagnosis is not among those it lists).',
        remedy:
          'Point the line to the diagnosis of the record that supports the service, if there is one.',
        source: 'Billing and Coding: Injections, A1 version 1: https://example.org/A1',
      },
    ]);
    const later = billed(['M5418'], { date: calendarDate('2021-10-05') });
    expect(coverage.check(later, facts)).toEqual([]);
    expect(coverage.check(billed(['M5416']), facts)).toEqual([]);
  });

  test('one diagnosis that supports the line is enough, if the line points to it', () => {
    const both = ['M5418', 'M5416'];
    expect(coverage.check(billed(both, { pointers: [1, 2] }), facts)).toEqual([]);
    expect(coverage.check(billed(both, { pointers: [] }), facts)).toEqual([]);
    expect(coverage.check(billed(both, { pointers: [1] }), facts)).toHaveLength(1);
  });

  test('nothing is said of another procedure, payer or state, nor of templates', () => {
    const lines = [{ number: 1, procedure: '99213', pointers: [1] }];
    expect(coverage.check(billed(['M5418'], { lines }), facts)).toEqual([]);
    expect(coverage.check(billed(['M5418'], { state: 'FL' }), facts)).toEqual([]);
    expect(coverage.check(billed(['M5418'], { claimFiling: 'CI' }), facts)).toEqual([]);
    expect(coverage.check(billed(['M5418']), handFacts([]))).toEqual([]);
  });

  test('a condition is a warning', () => {
    expect(coverage.check(billed(['M5416']), factsOf([other]))).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('under a condition') },
    ]);
  });

  test('what cannot be judged is said once, and only where a policy names the procedure', () => {
    const { claimFiling: _, ...ofNobody } = billed(['M5418']);
    const { state: __, ...nowhere } = billed(['M5418']);
    const about = (subject: Subject, words: RegExp) =>
      notChecked.check(subject, facts).filter(({ message }) => words.test(message)).length;
    expect(about(ofNobody, /payer is none of those known/)).toBe(1);
    expect(about(nowhere, /state is not known/)).toBe(1);
    expect(coverage.check(nowhere, facts)).toEqual([]);
    expect(about(billed(['M5418']), /coverage was not judged/)).toBe(0);
    const lines = [{ number: 1, procedure: '99213', pointers: [1] }];
    expect(about({ ...ofNobody, lines }, /coverage was not judged/)).toBe(0);
  });
});
