// Principal-diagnosis, age and sex edits against CMS's Medicare Code Editor lists: every flagged code, inside and just
// outside the dates of every row.
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { EditRow } from '../../shared/core/edit-list.ts';
import { loadRuleFacts } from '../../shared/operations/load-rule-facts.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import type { RuleFacts, ScrubRule, Subject } from '../../shared/scrub/rule.ts';
import { ageConflict } from '../../shared/scrub/rules/age-conflict.ts';
import { laterality } from '../../shared/scrub/rules/laterality.ts';
import { principalExternalCause } from '../../shared/scrub/rules/principal-external-cause.ts';
import { principalManifestation } from '../../shared/scrub/rules/principal-manifestation.ts';
import { principalUnacceptable } from '../../shared/scrub/rules/principal-unacceptable.ts';
import { sexConflict } from '../../shared/scrub/rules/sex-conflict.ts';
import { unspecified } from '../../shared/scrub/rules/unspecified.ts';
import { readEditList } from '../scrub/official-edit-list.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';

/** Wrong answers listed before a test gives up. */
const listedMax = 20;

/** A code on a date, and every flag the rows give it then: read off the rows, one by one. */
type Case = {
  readonly code: string;
  readonly date: CalendarDate;
  readonly flags: ReadonlySet<string>;
};

function casesOf(rows: readonly EditRow[]): Case[] {
  const byCode = Map.groupBy(rows, ({ code }) => code);
  return [...byCode].flatMap(([code, own]) => {
    const dates = new Set(
      own.flatMap(({ from, to }) => [addDays(from, -1), from, to, addDays(to, 1)]),
    );
    return [...dates].map((date) => {
      const holding = own.filter(({ from, to }) => from <= date && date <= to);
      return { code, date, flags: new Set(holding.flatMap(({ flags }) => flags)) };
    });
  });
}

const claimOf = ({ code, date }: Case, more: Partial<Subject> = {}): Subject => ({
  type: 'claim',
  setting: 'inpatient',
  date,
  diagnoses: [{ position: 1, system: 'icd10cm', code, role: 'principal' }],
  procedures: [],
  lines: [],
  ...more,
});

describe.skipIf(!haveOfficialFiles)('scrub rules and the Medicare Code Editor v43.1', () => {
  const list = haveOfficialFiles ? readEditList() : { version: '', rows: [], ages: [] };
  const cases = casesOf(list.rows.filter(({ system }) => system === 'icd10cm'));
  let facts: RuleFacts;

  beforeAll(async () => {
    const ruleBook = createRuleBook({ tabular: [], edits: list });
    const subjects = cases.map((one) => claimOf(one));
    facts = await loadRuleFacts({ ...(await officialReference()), ruleBook }, subjects);
  }, 300_000);

  /** Codes and dates on which a rule fires and should not, or the other way round. */
  function wrongOnes(
    rule: ScrubRule,
    shouldFire: (one: Case) => boolean,
    more: Partial<Subject> = {},
  ): string[] {
    const wrong: string[] = [];
    for (const one of cases) {
      const fires = rule.check(claimOf(one, more), facts).length > 0;
      if (fires !== shouldFire(one)) wrong.push(`${one.code} on ${one.date}: ${fires}`);
      if (wrong.length >= listedMax) break;
    }
    return wrong;
  }

  test('there are 22,453 rows, and days on both sides of each end of their dates', () => {
    expect(list.rows.filter(({ system }) => system === 'icd10cm')).toHaveLength(22_453);
    const flagged = cases.filter(({ flags }) => flags.size > 0).length;
    expect(flagged).toBeGreaterThan(44_000);
    expect(cases.length - flagged).toBeGreaterThan(30_000);
  });

  test.each([
    { rule: principalExternalCause, flag: 'ECODEPDX' },
    { rule: principalManifestation, flag: 'MANIF' },
    { rule: principalUnacceptable, flag: 'UNACCEPTABLE' },
  ])(
    'inpatient principal diagnosis: $rule.id exactly where the list says $flag',
    ({ rule, flag }) => {
      expect(wrongOnes(rule, ({ flags }) => flags.has(flag))).toEqual([]);
    },
  );

  test('a second diagnosis makes Z51.89 acceptable, and no other code', () => {
    const second = { position: 2, system: 'icd10cm', code: 'I10', role: 'other' } as const;
    const accepted = new Set<string>();
    for (const one of cases.filter(({ flags }) => flags.has('UNACCEPTABLE'))) {
      const alone = claimOf(one);
      const both = { ...alone, diagnoses: [...alone.diagnoses, second] };
      const more = {
        ...facts,
        code: (...asked: Parameters<RuleFacts['code']>) =>
          facts.code(asked[0], asked[1] === 'I10' ? one.code : asked[1], asked[2]),
      };
      if (principalUnacceptable.check(both, more).length === 0) accepted.add(one.code);
    }
    expect([...accepted]).toEqual(['Z5189']);
  });

  const groups = ['NEWBORN', 'PEDIATRIC', 'MATERNITY', 'ADULT'];
  const agesOn = (group: string, date: CalendarDate) =>
    list.ages.find((one) => one.group === group && one.from <= date && date <= one.to);

  test.each([0, 1, 8, 9, 11, 12, 14, 15, 17, 18, 55, 56, 64, 65, 124])(
    'at age %i the age edit is exactly the list’s groups',
    (age) => {
      const outside = ({ flags, date }: Case): boolean =>
        groups.some((group) => {
          const ages = flags.has(group) ? agesOn(group, date) : undefined;
          return ages !== undefined && (age < ages.ageMin || age > ages.ageMax);
        });
      expect(wrongOnes(ageConflict, outside, { age })).toEqual([]);
    },
  );

  test.each([
    ['male', 'FEMALE'],
    ['female', 'MALE'],
  ] as const)(
    'a %s patient: the sex edit exactly where the list says %s, never after 2024-09-30',
    (sex, flag) => {
      expect(wrongOnes(sexConflict, ({ flags }) => flags.has(flag), { sex })).toEqual([]);
      const late = cases.filter(
        ({ flags, date }) => flags.has(flag) && date > calendarDate('2024-09-30'),
      );
      expect(late).toEqual([]);
    },
  );

  test('every code on the list of unspecified ones is told once, as an error, on its dates', () => {
    const wrong: string[] = [];
    for (const one of cases) {
      const subject = claimOf(one);
      const items = [laterality, unspecified].flatMap((rule) => rule.check(subject, facts));
      const errors = items.filter(({ severity }) => severity === 'error').length;
      if (errors !== (one.flags.has('UNSPECIFIED') ? 1 : 0))
        wrong.push(`${one.code} on ${one.date}`);
    }
    expect(wrong.slice(0, listedMax)).toEqual([]);
  });

  test('outside the hospital the guideline holds: external causes never first, on any date they are listed', () => {
    const statusOf = ({ code, date }: Case): string =>
      facts.code('icd10cm', code, date).known.status;
    const shouldFire = (one: Case): boolean =>
      /^[V-Y]/.test(one.code) && ['billable', 'header'].includes(statusOf(one));
    expect(wrongOnes(principalExternalCause, shouldFire, { setting: 'professional' })).toEqual([]);
  });
});
