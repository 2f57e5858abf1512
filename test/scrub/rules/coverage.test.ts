import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../shared/core/artifact.ts';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { payerOf } from '../../../shared/core/payer.ts';
import { policyInForce } from '../../../shared/core/policy-timeline.ts';
import type { RuleFacts, Subject } from '../../../shared/scrub/rule.ts';
import { coverage } from '../../../shared/scrub/rules/coverage.ts';
import { notChecked } from '../../../shared/scrub/rules/not-checked.ts';
import { subjectOf } from '../../../shared/scrub/subject-of.ts';
import { group, type PolicyParts, policy, taken } from '../../support/policies.ts';
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

  test('a condition is a warning that quotes it, on one line and cut at a word', () => {
    expect(coverage.check(billed(['M5416']), factsOf([other]))).toMatchObject([
      {
        severity: 'warning',
        message:
          'Line 1: Medicare covers 62323 for M54.16 on 2021-10-01 under a condition ' +
          '(A2: it covers the diagnosis under a condition: “Only with imaging.”).',
        remedy: 'Read the policy, and see that the record meets what it asks for.',
      },
    ]);
    const footnote = `*One line\nand ${'very '.repeat(60)}long.`;
    const long = { ...other, groups: [{ ...asterisk, footnote }] };
    const [item] = coverage.check(billed(['M5416']), factsOf([long]));
    const quote = /“(.*)”/.exec(item?.message ?? '')?.[1] ?? '';
    expect(quote).toMatch(/^\*One line and very very .* very …$/);
    expect(quote.length).toBeLessThanOrEqual(200);
  });

  test('what is not sure is said so, and why', () => {
    const saidOf = (document: PolicyParts, code = 'M5416', state = 'CT') => {
      const version = taken(policy({ effective: '2020-01-01', ...document }), 1);
      const items = coverage.check(billed([code], { state }), factsOf([version]));
      return items.map(({ severity, message, remedy }) => {
        expect(remedy).toBe(
          'Read the policy, and see whether it covers the service for the diagnosis.',
        );
        return `${severity} ${message}`;
      });
    };
    const whether = (code: string, why: string) => [
      `warning Line 1: whether Medicare covers 62323 for ${code} on 2021-10-01 is not sure (A1: ${why}).`,
    ];
    const unclear = { groups: [{ ...lists, mapping: 'unclear' as const }] };
    expect(saidOf(unclear, 'M5418')).toEqual(
      whether(
        'M54.18',
        'the diagnosis is not among those it lists, and which procedures its list is for is not sure',
      ),
    );
    expect(saidOf(unclear)).toEqual(
      whether('M54.16', 'which procedures its list is for is not sure'),
    );
    const north = { groups: [lists], states: 'NF' };
    expect(saidOf(north, 'M5416', 'CA')).toEqual(
      whether('M54.16', 'it covers the diagnosis, and it applies in a part of the state only'),
    );
    expect(saidOf(north, 'M5418', 'CA')).toEqual(
      whether(
        'M54.18',
        'the diagnosis is not among those it lists, and it applies in a part of the state only',
      ),
    );
    const starred = group('not-covered', 'M5416', '62323', { asterisked: ['M5416'] });
    expect(saidOf({ groups: [starred] })).toEqual(
      whether('M54.16', 'it lists the diagnosis as not covered, under a condition'),
    );
    expect(saidOf({ procedures: '62323' })).toEqual(
      whether('M54.16', 'it names the procedure and lists no diagnoses'),
    );
  });

  test('of a procedure that is not covered no diagnosis is asked for', () => {
    const procedureGroups = [{ group: '2', codes: ['62323'], nonCovered: true }];
    const version = taken(policy({ effective: '2020-01-01', procedureGroups }), 1);
    expect(coverage.check(billed(['M5416']), factsOf([version]))).toMatchObject([
      {
        severity: 'error',
        message:
          'Line 1: Medicare does not cover 62323 on 2021-10-01, whatever the diagnosis (A1: it does not cover the procedure).',
        remedy:
          'Check the procedure code against the record: where it is right, the payer does not pay for the service.',
      },
    ]);
  });

  test('a line is judged on its own date of service, even where the discharge governs its codes', () => {
    const stay = (dateOfService: string): Claim => ({
      ...{ type: 'claim', id: 'c1', setting: 'inpatient', claimFiling: 'MB', state: 'CT' },
      codes: [{ system: 'icd10cm', code: 'M5418' }],
      dischargeDate: calendarDate('2021-10-07'),
      lines: [{ procedure: '62323', dateOfService: calendarDate(dateOfService) }],
    });
    // M54.18 is listed from 2021-10-05 on.
    expect(coverage.check(subjectOf(stay('2021-10-04')), facts)).toMatchObject([
      { message: expect.stringContaining('on 2021-10-04') },
    ]);
    expect(coverage.check(subjectOf(stay('2021-10-05')), facts)).toEqual([]);
    const { lines: _, ...rest } = stay('2021-10-04');
    expect(coverage.check(subjectOf({ ...rest, lines: [{ procedure: '62323' }] }), facts)).toEqual(
      [],
    );
  });

  test('a policy limited to a plan is a warning, for claims name none; one for all plans is an error all the same', () => {
    const gold = (list: 'covered' | 'not-covered') =>
      taken(
        policy({
          ...{ id: 'G1', plan: 'Gold PPO', effective: '2020-01-01' },
          groups: [group(list, 'M5416', '62323')],
        }),
        1,
      );
    const warned = (list: 'covered' | 'not-covered') =>
      coverage.check(billed(['M5416']), factsOf([gold(list)]));
    expect(warned('not-covered')).toMatchObject([
      {
        severity: 'warning',
        message:
          'Line 1: whether Medicare covers 62323 for M54.16 on 2021-10-01 is not sure ' +
          '(G1: it lists the diagnosis as not covered, for the plan Gold PPO).',
      },
    ]);
    expect(warned('covered')).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringContaining('(G1: it covers the diagnosis, for the plan Gold PPO)'),
      },
    ]);
    const denied = coverage.check(billed(['M5418']), factsOf([gold('covered')], versions));
    expect(denied.map(({ severity }) => severity)).toEqual(['error']);
    const paid = coverage.check(billed(['M5416']), factsOf([gold('not-covered')], versions));
    expect(paid.map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('what cannot be judged is said once, and only where a policy names the procedure', () => {
    const { claimFiling: _, ...ofNobody } = billed(['M5418']);
    const { state: __, ...nowhere } = billed(['M5418']);
    const about = (subject: Subject, words: RegExp) =>
      notChecked.check(subject, facts).filter(({ message }) => words.test(message)).length;
    expect(about(ofNobody, /payer is none of those known/)).toBe(1);
    expect(about(nowhere, /state is not known/)).toBe(1);
    expect(coverage.check(nowhere, facts)).toEqual([]);
    for (const state of ['XX', 'ON', 'AE']) {
      const abroad = { ...nowhere, state };
      expect(about(abroad, /the state it names is none of the United States/)).toBe(1);
      expect(coverage.check(abroad, facts)).toEqual([]);
    }
    expect(about(billed(['M5418']), /coverage was not judged/)).toBe(0);
    const lines = [{ number: 1, procedure: '99213', pointers: [1] }];
    expect(about({ ...ofNobody, lines }, /coverage was not judged/)).toBe(0);
  });
});
