// Which policies are told to lag, asked by code and by source, page by page.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type PolicyLagRequest, readPolicyLags } from '../../shared/operations/read-policy-lags.ts';
import { until2022 } from '../steps/spine-story.ts';
import { toldCodeTable } from '../steps/told-code-table.ts';
import { group, policy } from '../support/policies.ts';
import { policyWorld } from '../support/policy-world.ts';

const lists = (id: string, codes: string) =>
  policy({ id, groups: [group('covered', codes, '62323')] });

async function world() {
  const made = policyWorld({ codeTable: toldCodeTable(until2022) });
  await made.arrive('2022-01-02', {
    documents: [lists('A1', 'M545 R05'), lists('A2', 'M545'), lists('A3', 'M5416')],
  });
  await made.announce();
  return (request: Partial<PolicyLagRequest>) =>
    readPolicyLags(made, { date: calendarDate('2025-06-01'), limit: 50, ...request });
}

const named = ({ items }: Awaited<ReturnType<Awaited<ReturnType<typeof world>>>>) =>
  items.map(({ id, code }) => `${code} ${id}`);

describe('shared/operations/read-policy-lags.ts', () => {
  it('answers by code in any spelling, and by source', async () => {
    const ask = await world();
    expect(named(await ask({ code: 'm54.5' }))).toEqual(['M54.5 A1', 'M54.5 A2']);
    expect(named(await ask({ code: 'M5416' }))).toEqual([]);
    expect(named(await ask({ code: 'M545', source: 'acme' }))).toEqual([]);
    expect(named(await ask({ source: 'mcd' }))).toEqual(['M54.5 A1', 'M54.5 A2', 'R05 A1']);
  });

  it('goes on where a page ended, by code and by source', async () => {
    const ask = await world();
    for (const by of [{ code: 'M545' }, { source: 'mcd' }]) {
      const all = named(await ask(by));
      const first = await ask({ ...by, limit: 1 });
      const rest = await ask({ ...by, after: first.next ?? '' });
      expect([...named(first), ...named(rest)]).toEqual(all);
      expect(rest.next).toBeUndefined();
    }
  });

  it('knows nothing of a day before the code was lost, or before the policy began', async () => {
    const ask = await world();
    expect(named(await ask({ code: 'M545', date: calendarDate('2021-09-30') }))).toEqual([]);
    expect(named(await ask({ code: 'M545', date: calendarDate('2024-12-31') }))).toEqual([]);
  });

  it('refuses what names nothing', async () => {
    const ask = await world();
    await expect(ask({})).rejects.toThrow('give a code, or a source');
    await expect(ask({ code: 'Q' })).rejects.toThrow('not an ICD-10-CM code');
  });
});
