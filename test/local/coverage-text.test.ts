import { describe, expect, test } from 'vitest';
import { coverageText, isDenied } from '../../infra/local/coverage-text.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { CoverageReason } from '../../shared/core/coverage.ts';
import type { CoverageCheck } from '../../shared/operations/check-coverage.ts';

const reason: CoverageReason = {
  ...{ source: 'mcd', id: 'A58403', version: '29', title: 'Injections' },
  ...{ url: 'https://example.org/A58403', effective: calendarDate('2026-01-01') },
  ...{ firstSeen: calendarDate('2026-01-15'), reach: 'whole', answer: 'covered' },
  ...{ cause: 'listed', list: 'covered', group: '1', mapping: 'prose', quote: 'For 64490.' },
};
const check: CoverageCheck = {
  ...{ answer: 'covered', procedure: '64490', diagnosis: 'M53.86', diagnosisStatus: 'billable' },
  ...{ payer: 'medicare', state: 'OH', plan: null, date: calendarDate('2026-10-01') },
  ...{ knownFrom: null, policies: [reason] },
};
const asked = '64490 for M53.86, medicare in OH, on 2026-10-01';
const textOf = (more: Partial<CoverageCheck>, ...reasons: Partial<CoverageReason>[]): string =>
  coverageText({ ...check, policies: reasons.map((one) => ({ ...reason, ...one })), ...more });

describe('infra/local/coverage-text.ts', () => {
  test('a plain answer has the document, its words and its page', () => {
    expect(coverageText(check)).toBe(
      [
        `${asked}: covered`,
        '  A58403 version 29, effective 2026-01-01: covered; the diagnosis is listed',
        '    Injections',
        '    list covered, group 1: "For 64490."',
        '    https://example.org/A58403',
      ].join('\n'),
    );
  });

  test('an asterisk is told with its footnote, or that there is none', () => {
    const asterisk = { answer: 'conditional', cause: 'asterisk' } as const;
    const footnote = 'M53.86* needs a second diagnosis.';
    const text = textOf({ answer: 'conditional' }, { ...asterisk, footnote });
    expect(text).toContain(
      ': conditional; the diagnosis is listed with an asterisk, it counts under a condition',
    );
    expect(text).toContain(`    condition: ${footnote}\n`);
    expect(textOf({ answer: 'conditional' }, asterisk)).toContain(
      'the document gives no condition',
    );
  });

  test.each([
    ['requires', 'listed with a requirement'],
    ['prior-authorization', 'needs prior authorisation'],
    ['unclear-mapping', 'it is not sure for which procedures the list is'],
    ['no-diagnoses', 'the procedure is named and no diagnosis is listed'],
  ] as const)('the cause %s is told in words', (cause, words) => {
    expect(textOf({ answer: 'conditional' }, { answer: 'conditional', cause })).toContain(words);
  });

  test('a list of unclear mapping says so, whatever the cause', () => {
    const cause = { answer: 'not-listed', cause: 'not-listed' } as const;
    expect(textOf({ answer: 'not-listed' }, { ...cause, mapping: 'unclear' })).toContain(
      '    it is not sure for which procedures the list is\n',
    );
    expect(textOf({ answer: 'not-listed' }, cause)).not.toContain('not sure');
  });

  test('a document for a part of the state, or of one plan, says so', () => {
    const text = textOf(
      { answer: 'conditional', state: 'CA' },
      { reach: 'part', plan: 'Gold PPO' },
    );
    expect(text).toContain('    it applies in a part of CA only\n');
    expect(text).toContain('    limited to the plan Gold PPO\n');
  });

  test('documents that are each sure but differ are said to, with what to ask instead', () => {
    const other = { answer: 'not-covered', cause: 'everything-else' } as const;
    const differing = (more: Partial<CoverageCheck>, reach: 'whole' | 'unknown') =>
      textOf({ answer: 'conditional', ...more }, { reach }, { ...other, reach, plan: 'Gold' });
    expect(differing({ state: null }, 'unknown')).toContain(
      '  what follows does not say the same; ask with --state and --plan\n',
    );
    expect(differing({ plan: 'Gold' }, 'whole')).toContain(
      '  what follows does not say the same\n',
    );
    expect(textOf({ answer: 'conditional' }, { reach: 'part' })).not.toContain('the same');
  });

  test.each([
    ['header', 'M53.86 is a category then, not billable'],
    ['ended', 'M53.86 has ended by then, not billable'],
    ['future', 'M53.86 is not valid yet then'],
    ['unknown', 'M53.86 is in no release'],
  ] as const)(
    'a diagnosis of status %s is denied before any policy speaks',
    (diagnosisStatus, why) => {
      const text = textOf({ diagnosisStatus }, {});
      expect(text.split('\n').slice(0, 2)).toEqual([
        `${asked}: denied whatever a policy says, for ${why}`,
        '  policies by themselves: covered',
      ]);
      expect(isDenied({ ...check, diagnosisStatus })).toBe(true);
    },
  );

  test('of a date before the oldest release it is not said that the diagnosis is denied', () => {
    const text = textOf({ diagnosisStatus: 'outside-horizon' }, {});
    expect(text).toContain(
      `${asked}: covered\n  whether M53.86 could be billed then cannot be said`,
    );
    expect(isDenied({ ...check, diagnosisStatus: 'outside-horizon' })).toBe(false);
  });

  test('no policy is told from when one is known', () => {
    const answer = 'no-policy';
    expect(textOf({ answer })).toBe(`${asked}: no policy in force names the procedure`);
    expect(textOf({ answer, knownFrom: calendarDate('2027-01-01') })).toBe(
      `${asked}: no policy known names the procedure; one is known from 2027-01-01 on, what was in force before is not`,
    );
  });

  test('what is not covered or not listed is denied, what is under a condition or unknown is not', () => {
    const answers = ['covered', 'not-covered', 'conditional', 'not-listed', 'no-policy'] as const;
    expect(answers.filter((answer) => isDenied({ ...check, answer }))).toEqual([
      ...['not-covered', 'not-listed'],
    ]);
  });
});
