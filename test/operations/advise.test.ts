// The adviser on real codes: what it offers, and by which distinctions, against expectations worked out by hand.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { TabularList } from '../../shared/core/tabular.ts';
import { type Advice, advise } from '../../shared/operations/advise.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference, openTestReference } from '../support/test-reference.ts';
import { advisedCategories, type ExpectedAxis } from './advised-categories.ts';
import { smallReleases } from './small-releases.ts';

const clock = { now: () => '2026-01-01T00:00:00.000Z' };
const small = { ...(await openTestReference(smallReleases)), clock };

/** The axes as expected, with the codes the expectations' patterns pick among those offered. */
const expectedAxes = (axes: readonly ExpectedAxis[], { codes }: Advice) =>
  axes.map(([axis, options, appliesTo = []]) => ({
    axis,
    appliesTo,
    options: Object.entries(options).map(([text, pattern]) => ({
      text: text.replace(/^\*/, ''),
      whenNotStated: text.startsWith('*'),
      codes: codes.map(({ code }) => code).filter((code) => pattern.test(code)),
    })),
  }));

const answeredAxes = ({ axes }: Advice) =>
  axes.map(({ axis, appliesTo, options }) => ({
    axis,
    appliesTo,
    options: options.map((option) => ({ ...option, codes: option.codes.toSorted() })),
  }));

describe.skipIf(!haveOfficialFiles)('shared/operations/advise.ts, official releases', () => {
  test.each(advisedCategories)('$code on $date: $reason', async (expected) => {
    const { code } = expected;
    const ports = { ...(await officialReference()), clock };
    const advice = await advise(ports, { code, date: calendarDate(expected.date) });
    expect([advice.reason, advice.codes.length]).toEqual([expected.reason, expected.codes]);
    const wanted = expectedAxes(expected.axes, advice);
    for (const { options } of wanted) {
      for (const option of options) option.codes.sort();
    }
    expect(answeredAxes(advice)).toEqual(wanted);
  });

  test('a code that began later is answered with what holds until then', async () => {
    const ports = { ...(await officialReference()), clock };
    const advice = await advise(ports, { code: 'M54.51', date: calendarDate('2021-09-30') });
    expect([advice.reason, advice.codes]).toEqual([
      'future',
      [{ code: 'M54.5', title: 'Low back pain' }],
    ]);
    expect(advice.text).toEqual([
      'M54.51 (Vertebrogenic low back pain) is not valid before 1 October 2021.',
      'Until then: M54.5 (Low back pain).',
    ]);
  });
});

describe('shared/operations/advise.ts', () => {
  test('an unknown code is offered nothing, and told what it may be meant as', async () => {
    const advice = await advise(small, { code: 'm54.5O', date: calendarDate('2021-10-01') });
    expect([advice.code, advice.status, advice.reason]).toEqual(['M54.5O', 'unknown', 'unknown']);
    expect([advice.codes, advice.axes]).toEqual([[], []]);
    expect(advice.text).toEqual(['M54.5O is in no release; perhaps M54.50 is meant.']);
  });

  test('before the first release nothing can be said', async () => {
    const advice = await advise(small, { code: 'M54.5', date: calendarDate('2019-10-01') });
    expect(advice.reason).toBe('outside-horizon');
    expect(advice.text).toEqual([
      'Of M54.5 on 1 October 2019 nothing can be said: no release taken in covers the date.',
    ]);
  });

  test('without a date it advises for today', async () => {
    const advice = await advise(small, { code: 'M54.5' });
    expect(advice.date).toBe('2026-01-01');
    expect(advice.codes.map(({ code }) => code)).toEqual(['M54.50', 'M54.51', 'M54.A0']);
  });

  test('where the tabular list of the date is at hand, its inclusion terms come with the codes', async () => {
    const effective = calendarDate('2021-10-01');
    const at = { from: 'M5450', to: 'M5450' };
    const note = { kind: 'inclusionTerm', text: 'Lumbago NOS', targets: [] } as const;
    const list: TabularList = {
      effective,
      nodes: [
        { at, level: 'diag', title: 'Low back pain, unspecified', notes: [note], seventh: [] },
      ],
    };
    const ruleBook = createRuleBook({ tabular: [list] });
    const advice = await advise({ ...small, ruleBook }, { code: 'M54.5', date: effective });
    expect(advice.codes.map(({ code, includes }) => [code, includes])).toEqual([
      ['M54.50', ['Lumbago NOS']],
      ['M54.51', []],
      ['M54.59', []],
    ]);
    expect(advice.text.at(-1)).toBe('M54.50 includes, by the tabular list: Lumbago NOS.');

    // A list of another fiscal year may say otherwise: it is not asked.
    const later = await advise(
      { ...small, ruleBook },
      { code: 'M54.5', date: calendarDate('2023-10-01') },
    );
    expect(later.codes[0]).toEqual({ code: 'M54.50', title: 'Low back pain, unspecified' });
  });
});
