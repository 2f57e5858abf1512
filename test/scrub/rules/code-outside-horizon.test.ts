import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { codeOutsideHorizon } from '../../../shared/scrub/rules/code-outside-horizon.ts';
import { claim, handFacts } from '../hand-facts.ts';

const known = { I10: { status: 'outside-horizon' } } as const;

describe('shared/scrub/rules/code-outside-horizon.ts', () => {
  test('a date before the oldest release taken in is told, as information', () => {
    const date = calendarDate('2016-01-01');
    const [item] = codeOutsideHorizon.check(
      claim(['I10'], { date }),
      handFacts([], { known, edition: null }),
    );
    expect(item).toMatchObject({
      severity: 'info',
      code: 'I10',
      message:
        'Whether I10 was valid on 2016-01-01 is not known here: no release that covers the date was taken in.',
      source: 'ICD-10-CM releases (CDC/NCHS)',
    });
  });

  test('a date before ICD-10 began is left to code-set-mismatch, and a covered date is no finding', () => {
    const early = claim(['I10'], { date: calendarDate('2015-09-30') });
    expect(codeOutsideHorizon.check(early, handFacts([], { known }))).toEqual([]);
    const facts = handFacts(['I10 1 Hypertension']);
    expect(codeOutsideHorizon.check(claim(['I10']), facts)).toEqual([]);
  });
});
