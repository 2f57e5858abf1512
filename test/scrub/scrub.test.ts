import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import { scrubRules } from '../../shared/scrub/registry.ts';
import type { Subject } from '../../shared/scrub/rule.ts';
import { scrub } from '../../shared/scrub/scrub.ts';
import { claim, editList, handFacts, node, note, tabularList } from './hand-facts.ts';

const lines = [
  'F0280 1 Dementia in other diseases classified elsewhere',
  'F4541 1 Pain disorder',
  'G309 1 Alzheimer’s disease, unspecified',
  'I10 1 Hypertension',
  'M25511 1 Pain in right shoulder',
  'M25512 1 Pain in left shoulder',
  'M25519 1 Pain in unspecified shoulder',
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
  'M5451 1 Vertebrogenic low back pain',
  'O80 1 Delivery',
  'T360X1 0 Poisoning',
  'T360X1A 1 Poisoning, initial encounter',
  'W19XXXA 1 Unspecified fall, initial encounter',
];
const facts = handFacts(lines, {
  tabular: [
    tabularList(
      '2021-10-01',
      node('F02', [note('codeFirst', 'the underlying disease (G30.-)', 'G30')]),
      node('M54', [note('excludes1', 'psychogenic dorsalgia (F45.41)', 'F4541')]),
    ),
  ],
  edits: editList({ F0280: 'MANIF', O80: 'MATERNITY|FEMALE', W19XXXA: 'ECODEPDX' }),
});

describe('shared/scrub/scrub.ts', () => {
  test('errors come first, then by the position of the diagnosis', () => {
    const subject = claim(['M5450', 'M545', 'F4541', 'X9', 'M545'], { setting: 'professional' });
    expect(scrub(subject, facts).map(({ severity, rule, code }) => [severity, rule, code])).toEqual(
      [
        ['error', 'excludes1', 'M54.50'],
        ['error', 'code-header', 'M54.5'],
        ['error', 'excludes1', 'M54.5'],
        ['error', 'code-unknown', 'X9'],
        ['warning', 'unspecified', 'M54.50'],
        ['warning', 'duplicate', 'M54.5'],
      ],
    );
  });

  test('a clean claim has no findings', () => {
    const subject = claim(['I10', 'M5451'], { setting: 'professional', age: 40, sex: 'male' });
    expect(scrub(subject, facts)).toEqual([]);
  });

  test('one claim’s answer is not the next one’s', () => {
    const header = claim(['M545']);
    expect(scrub(header, facts)).toHaveLength(1);
    const other = handFacts(['M545 1 Low back pain'], {
      tabular: [tabularList('2021-10-01')],
      edits: editList({ X: '' }),
    });
    expect(scrub(header, other)).toEqual([]);
    expect(scrub(header, facts)).toHaveLength(1);
    expect(scrub(claim(['I10']), facts)).toEqual([]);
  });

  const codes = [...lines.map((line) => line.split(' ')[0] ?? ''), 'ZZZ', '7242', 'I1O'];
  const anyDate = fc
    .integer({ min: 0, max: 4000 })
    .map((days) => addDays(calendarDate('2015-01-01'), days));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const anySubject = fc
    .record({
      type: fc.constantFrom('claim' as const, 'template' as const),
      setting: maybe(
        fc.constantFrom('professional' as const, 'outpatient' as const, 'inpatient' as const),
      ),
      date: maybe(anyDate),
      diagnoses: fc.array(
        fc.record({
          system: fc.constantFrom('icd10cm' as const, 'icd10cm' as const, 'icd9cm' as const),
          code: fc.constantFrom(...codes),
          role: fc.constantFrom('principal' as const, 'other' as const, 'admitting' as const),
        }),
        { maxLength: 8 },
      ),
      lines: fc.array(
        fc.record({
          date: maybe(anyDate),
          pointers: maybe(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 })),
        }),
        { maxLength: 4 },
      ),
      age: maybe(fc.integer({ min: 0, max: 120 })),
      sex: maybe(fc.constantFrom('female' as const, 'male' as const)),
    })
    .map(
      ({ type, setting, date, diagnoses, lines: given, age, sex }): Subject => ({
        type,
        ...(setting && { setting }),
        ...(date && { date }),
        diagnoses: diagnoses.map((one, index) => ({ ...one, position: index + 1 })),
        procedures: [],
        lines: given.map((one, index) => ({
          number: index + 1,
          ...(one.date && { date: one.date }),
          ...(one.pointers && { pointers: one.pointers }),
        })),
        ...(age !== undefined && { age }),
        ...(sex && { sex }),
      }),
    );

  test('whatever the claim, findings are whole sentences in order, none twice, each of a rule that is there', () => {
    const rank = { error: 0, warning: 1, info: 2 };
    fc.assert(
      fc.property(anySubject, (subject) => {
        const items = scrub(subject, facts);
        const ranks = items.map(({ severity }) => rank[severity]);
        expect(ranks).toEqual(ranks.toSorted());
        const texts = items.map(({ rule, line, message }) => `${rule} ${line} ${message}`);
        expect(new Set(texts).size).toBe(texts.length);
        for (const { rule, message, remedy, source } of items) {
          expect(scrubRules.map(({ id }) => id)).toContain(rule);
          expect([message, remedy].filter((text) => !/^[A-Z0-9].*\.$/s.test(text))).toEqual([]);
          expect(source).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('no rule finds anything on a date it does not hold for', () => {
    fc.assert(
      fc.property(anySubject, ({ lines: _, date = calendarDate('2020-01-01'), ...rest }) => {
        const subject = { ...rest, date, lines: [] };
        for (const rule of scrubRules) {
          const holds = (rule.from ?? '') <= date && date <= (rule.until ?? '9999-12-31');
          if (!holds) expect(rule.check(subject, facts)).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
