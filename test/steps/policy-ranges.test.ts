// Policies that list ranges of codes, joined with claims: the codes in a range are those of the releases in force.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { smallReleases } from '../operations/small-releases.ts';
import { group, policy } from '../support/policies.ts';
import { policyWorld } from '../support/policy-world.ts';
import { takeIn } from '../support/test-reference.ts';

/** M54.16 is covered, and from version 2 on all from M54.5 to M54.59 and from Y93.4 to Y93.8, which takes in Y93.I. */
const rules = (version: '1' | '2') =>
  policy({
    ...{ version, effective: `2022-0${version}-01` },
    groups: [
      group('covered', 'M5416', '62323', {
        diagnoses: {
          codes: ['M5416'],
          ranges:
            version === '2'
              ? [
                  { from: 'M545', to: 'M5459' },
                  { from: 'Y934', to: 'Y938' },
                ]
              : [],
        },
      }),
    ],
  });

async function announced() {
  const { items, archive } = await takeIn(smallReleases);
  const world = policyWorld({ codeTable: createCodeTable(items), archive });
  const claims = { in: 'M5451', below: 'M542', above: 'M549', letter: 'Y93I1' };
  for (const [id, code] of Object.entries(claims)) {
    await world.register('spine', {
      ...{ type: 'claim', id, claimFiling: 'MB', state: 'CT' },
      codes: [{ system: 'icd10cm', code }],
      lines: [{ procedure: '62323', dateOfService: calendarDate('2022-03-01') }],
    });
  }
  await world.arrive('2022-04-03', { documents: [rules('1')] });
  await world.arrive('2022-04-10', { documents: [rules('2')] });
  await world.announce();
  return world;
}

describe('shared/steps/policy-lookups.ts', () => {
  const found = [
    'spine coverage-added M5451 62323 A1 in open',
    'spine coverage-added Y93I1 62323 A1 letter open',
  ];

  it('tells each tenant which codes in the range it uses', async () => {
    const world = await announced();
    const [message] = world.assessTenantQueue.messages;
    expect(JSON.parse(message?.body ?? '{}').uses).toEqual([...['icd10cm#M5451', 'icd10cm#Y93I1']]);
    await world.tell();
    expect(await world.found('spine')).toEqual(found);
  });

  it('finds them without being told: a tenant may use more than a message holds', async () => {
    const world = await announced();
    const [message] = world.assessTenantQueue.messages;
    const { uses: _, ...untold } = JSON.parse(message?.body ?? '{}');
    await world.handle(JSON.stringify(untold));
    expect(await world.found('spine')).toEqual(found);
  });
});
