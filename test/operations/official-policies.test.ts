// Coverage and policies over the two official editions of the Medicare Coverage Database and the official code table.
// Expected values are those of the exports (policy/editions/2025-08 and the mirror), read by hand.
import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { checkCoverage } from '../../shared/operations/check-coverage.ts';
import { readPolicyChanges } from '../../shared/operations/read-policies.ts';
import { showPolicy } from '../../shared/operations/show-policy.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { type PolicyWorld, policyWorld } from '../support/policy-world.ts';
import { officialReference } from '../support/test-reference.ts';

const day = calendarDate;

describe.skipIf(!haveOfficialFiles)('shared/operations on the official policies', () => {
  let world: PolicyWorld;
  beforeAll(async () => {
    const { codeTable } = await officialReference();
    world = policyWorld({ codeTable });
    await world.arriveOfficially('2025-08-17');
    await world.arriveOfficially('2026-09-06');
  }, 300_000);

  const answer = async (text: string) => {
    const [procedure = '', diagnosis = '', state = '', date = ''] = text.split(' ');
    const asked = { procedure, diagnosis, state, date: day(date) };
    const { answer: verdict, policies } = await checkCoverage(world, asked);
    return [verdict, ...policies.map(({ id, version }) => `${id} v${version}`)].join(' ');
  };

  test('A57791 listed M54.5 four years after it was divided, and its next version does not', async () => {
    const article = { source: 'mcd', id: 'A57791' };
    const before = await showPolicy(world, article, day('2025-12-31'));
    expect([before.version, before.status]).toEqual(['11', 'in-force']);
    expect(before.endedCodes).toMatchObject([
      {
        ...{ code: 'M54.5', kind: 'expanded', since: '2021-10-01' },
        replacedBy: [{ code: 'M54.50' }, { code: 'M54.51' }, { code: 'M54.59' }],
      },
    ]);
    const after = await showPolicy(world, article, day('2026-01-01'));
    expect([after.version, after.endedCodes]).toEqual(['12', []]);
  });

  test.each([
    ['62323 M54.18 MA 2026-03-31', 'not-listed A58745 v20'],
    ['62323 M54.18 MA 2026-04-01', 'covered A58745 v21'],
    ['62320 M54.18 MA 2026-04-01', 'not-covered A58745 v21'],
    ['62323 M54.18 TX 2026-04-01', 'covered A56681 v34'],
    ['62323 M54.18 GU 2026-04-01', 'no-policy'],
    ['99213 M54.18 MA 2026-04-01', 'no-policy'],
  ])('%s: %s', async (question, expected) => {
    expect(await answer(question)).toBe(expected);
  });

  test('the feed tells the five articles that changed, and not the sixth', async () => {
    const since = day('2026-09-06');
    const { items, resume } = await readPolicyChanges(world, { since, limit: 100 });
    expect(items.map(({ id, effective }) => `${id} ${effective}`)).toEqual([
      'A57206 2026-10-01',
      'A57791 2026-01-01',
      'A58364 2026-10-01',
      'A58403 2026-10-01',
      'A58745 2026-04-01',
    ]);
    const [, withdrawn, ...added] = items;
    expect([withdrawn?.addedCodes, withdrawn?.removedCodes]).toEqual([[], ['M54.5']]);
    expect(added.map(({ addedCodes }) => addedCodes)).toEqual([
      ['M53.86', 'M53.87'],
      ['M53.86', 'M53.87'],
      ['M54.18'],
    ]);
    const again = await readPolicyChanges(world, {
      since,
      limit: 100,
      ...(resume && { after: resume }),
    });
    expect(again).toEqual({ items: [], resume });
  });
});
