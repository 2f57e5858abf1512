// An alert on a release names the policies in force that still list a code it took away.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { assessTenant } from '../../shared/steps/assess-tenant.ts';
import { noteLagsOfRelease } from '../../shared/steps/note-lags.ts';
import { publicationOf } from '../../shared/steps/notify.ts';
import { createStillListedReader } from '../../shared/steps/still-listed.ts';
import { group, policy } from '../support/policies.ts';
import { policyWorld } from '../support/policy-world.ts';
import { claimOf, until2022 } from './spine-story.ts';
import { handleAll, tenantWorld } from './tenant-world.ts';

const lists = (id: string, codes: string, effective = '2020-01-01') =>
  policy({
    id,
    effective,
    version: effective.replaceAll('-', ''),
    groups: [group('covered', codes, '62323')],
  });

/** What clinic `a` is told of FY2022 on a day, with these policies taken in before. */
async function toldOn(now: string) {
  const policies = policyWorld();
  await policies.arrive('2021-01-03', {
    documents: [
      lists('A1', 'M545 M5416'),
      lists('A2', 'M5416'),
      lists('A3', 'M545'),
      lists('A3', 'M5450', '2021-10-15'),
    ],
  });
  const world = tenantWorld(until2022, { now, uses: 100 });
  const record = await world.codeTable.release('icd10cm-2022');
  if (!record) throw new Error('FY2022 is told');
  const changes = [...(await world.changesOf(record)).byCode.values()];
  await noteLagsOfRelease(policies, changes);
  const stillListedBy = createStillListedReader(policies);
  const knowing = { ...world, stillListedBy };
  await world.tenants.putArtifact('a', claimOf('1', 'M545', '2021-10-02', 10_000));
  await world.announce('icd10cm-2022');
  await handleAll({ ...world, handle: ({ body }) => assessTenant(knowing, JSON.parse(body)) });
  const [alert] = (await world.tenants.listAlerts('a', { limit: 2 })).items;
  if (!alert) throw new Error('nothing was told');
  const { email } = publicationOf(alert, 'https://codewatch.example.org').bodies;
  return { code: alert.codes[0], email: email.replace(/\s+/g, ' '), stillListedBy };
}

describe('shared/steps/still-listed.ts', () => {
  it('names them once the release is in force', async () => {
    const { code, email, stillListedBy } = await toldOn('2021-10-20T06:00:00.000Z');
    expect(code?.stillListedBy).toEqual([
      { source: 'mcd', id: 'A1', url: 'https://example.org/A1' },
    ]);
    expect(email).toContain('Still listed in payer policies: A1.');
    const before = await stillListedBy('M545', calendarDate('2021-10-14'));
    expect(before.map(({ id }) => id)).toEqual(['A1', 'A3']);
  });

  it('names none before: until then they are right to list it', async () => {
    const { code, email } = await toldOn('2021-09-30T06:00:00.000Z');
    expect(code?.stillListedBy).toBeUndefined();
    expect(email).not.toContain('Still listed');
  });
});
