import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { scrubSubjects } from '../../shared/operations/scrub-claim.ts';
import { subjectOf } from '../../shared/scrub/subject-of.ts';
import { openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const reference = await openTestReference(smallReleases);
const claimOf = (id: string, code: string, date: string) => ({
  type: 'claim' as const,
  id,
  codes: [{ system: 'icd10cm' as const, code }],
  dateOfService: calendarDate(date),
});

describe('shared/operations/scrub-claim.ts', () => {
  test('M54.5 is billable on 2021-09-30 and a category on 2021-10-01', async () => {
    const claims = [claimOf('a', 'M545', '2021-09-30'), claimOf('b', 'M545', '2021-10-01')];
    const [before, after] = await scrubSubjects(
      reference,
      claims.map((claim) => subjectOf(claim)),
    );
    const errors = (items: typeof before) =>
      items?.filter(({ severity }) => severity === 'error').map(({ rule, code }) => [rule, code]);
    expect(errors(before)).toEqual([]);
    expect(errors(after)).toEqual([['code-header', 'M54.5']]);
  });
});
