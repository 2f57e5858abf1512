import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { policyOnDay, showPolicy, showPolicyHistory } from '../../shared/operations/show-policy.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { firstEdition, secondEdition, takeInDocuments } from '../support/api-policies.ts';
import { group, policy, taken } from '../support/policies.ts';
import { policyReference } from './policy-reference.ts';

type Ports = Awaited<ReturnType<typeof policyReference>>;
const article = { source: 'mcd', id: 'A57791' };
const day = calendarDate;

describe.each(['table', 'snapshot'] as const)(
  'shared/operations/show-policy.ts from the %s',
  (from) => {
    let ports: Ports;
    beforeAll(async () => {
      ports = await policyReference(from);
    });
    const lags = async (date: string) =>
      (await showPolicy(ports, article, day(date))).endedCodes.map(
        ({ code, kind, since }) => `${code} ${kind} ${since}`,
      );

    test('shows the version in force with its dates, lists and words, and what begins later', async () => {
      expect(await showPolicy(ports, article)).toMatchObject({
        ...{
          source: 'mcd',
          id: 'A57791',
          kind: 'article',
          payer: 'medicare',
          plan: null,
          version: '11',
        },
        title: 'Billing and Coding: Spinal Injections',
        url: 'https://example.org/article/A57791',
        ...{
          published: '2025-01-10',
          effective: '2025-01-01',
          ends: null,
          firstSeen: '2025-08-17',
        },
        ...{ date: '2026-02-01', status: 'in-force', states: ['CT', 'MA'], listedCodes: 4 },
        procedures: ['62321', '62323'],
        groups: [
          {
            ...{ list: 'covered', group: '1', mapping: 'prose', everythingElse: false },
            diagnoses: { codes: ['M54.2', 'M54.5', 'M54.50', 'M54.59'], ranges: [] },
            quote: 'The following diagnoses support 62321 and 62323.',
          },
        ],
        upcoming: [{ version: '12', effective: '2026-03-01' }],
      });
    });

    test('tells which listed codes cannot be billed on the day, and since when', async () => {
      expect(await lags('2025-09-30')).toEqual(['M54.5 expanded 2021-10-01']);
      expect(await lags('2025-10-01')).toEqual([
        'M54.5 expanded 2021-10-01',
        'M54.59 ended 2025-10-01',
      ]);
      expect(await lags('2026-03-01')).toEqual(['M54.59 ended 2025-10-01']);
      // Not in force yet, so as on its first day.
      expect(await lags('2024-12-31')).toEqual(['M54.5 expanded 2021-10-01']);
    });

    test('tells what to list instead, and which of it each list has', async () => {
      const { endedCodes, expansions } = await showPolicy(ports, article, day('2025-09-01'));
      const replacedBy = ['M54.50', 'M54.51', 'M54.59'].map((code) => ({
        ...{ code, source: 'official', effective: '2021-10-01' },
      }));
      const lists = [
        { list: 'covered', group: '1', taken: ['M54.50', 'M54.59'], leftOut: ['M54.51'] },
      ];
      expect(endedCodes).toEqual([
        { code: 'M54.5', kind: 'expanded', since: '2021-10-01', replacedBy, lists },
      ]);
      expect(expansions).toEqual([{ code: 'M54.5', since: '2021-10-01', replacedBy, lists }]);
    });

    test('tells listed codes that no release ever had', async () => {
      expect((await showPolicy(ports, article, day('2026-02-28'))).unknownCodes).toEqual([]);
      const next = await showPolicy(ports, article, day('2026-03-01'));
      expect([next.version, next.unknownCodes, next.upcoming]).toEqual(['12', ['M54.99'], []]);
    });

    test('before the first version shows that, after the last one the last', async () => {
      const before = await showPolicy(ports, article, day('2024-12-31'));
      expect([before.version, before.status, before.upcoming]).toEqual([
        '11',
        'future',
        [{ version: '12', effective: '2026-03-01' }],
      ]);
      const gone = { source: 'mcd', id: 'A50000' };
      const standing = await showPolicy(ports, gone, day('2026-01-14'));
      expect([standing.status, standing.ends]).toEqual(['in-force', '2026-01-14']);
      expect(await showPolicy(ports, gone)).toMatchObject({ status: 'ended', version: '1' });
    });

    test('shows ranges and other payers’ rules with the dot', async () => {
      const rules = await showPolicy(ports, { source: 'acme', id: 'SPINE-12' });
      expect(rules.groups.map(({ list, diagnoses }) => [list, diagnoses.ranges.length])).toEqual([
        ['covered', 2],
        ['requires', 0],
        ['prior-authorization', 0],
      ]);
      const covered = rules.groups.find(({ list }) => list === 'covered');
      expect(covered?.diagnoses.ranges).toContainEqual({ from: 'T36', to: 'T36.0' });
    });

    test('history has every version as it was taken in, oldest first', async () => {
      const versions = await showPolicyHistory(ports, { source: 'mcd', id: 'A58403' });
      expect(
        versions.map(({ version, effective, published, firstSeen, withdrawn }) => [
          ...[version, effective, published, firstSeen, withdrawn],
        ]),
      ).toEqual([
        ['28', '2025-01-01', '2025-12-20', '2025-08-17', false],
        ['29', '2025-10-01', '2025-12-20', '2026-01-15', false],
      ]);
    });

    test('an id counts in any case where the source has it in capitals', async () => {
      const capitals = await showPolicy(ports, article);
      expect(await showPolicy(ports, { source: 'mcd', id: 'a57791' })).toEqual(capitals);
      const history = await showPolicyHistory(ports, { source: 'mcd', id: 'a57791' });
      expect(history.map(({ id }) => id)).toEqual(['A57791', 'A57791']);
      const rules = await showPolicy(ports, { source: 'acme', id: 'Spine-12' });
      expect([rules.id, rules.source]).toEqual(['SPINE-12', 'acme']);
    });

    test('a number without its letter is told the ids there are', async () => {
      const message = 'no policy 57791 of mcd; an id has its letter: A57791';
      const refusal = { code: 'not-found', message };
      await expect(showPolicy(ports, { source: 'mcd', id: '57791' })).rejects.toMatchObject(
        refusal,
      );
      await expect(showPolicy(ports, { source: 'mcd', id: '99999' })).rejects.toMatchObject({
        message: 'no policy 99999 of mcd',
      });
    });

    test.each([
      ['mcd', 'A99999'],
      ['nobody', 'A57791'],
      ['mcd', '99999'],
      ['acme', 'spine-13'],
      ['mcd', 'A'.repeat(5000)],
      ['m'.repeat(5000), 'A57791'],
    ])('nobody knows %s %s', async (source, id) => {
      const refusal = { code: 'not-found', message: expect.stringContaining(id.slice(0, 100)) };
      await expect(showPolicy(ports, { source, id })).rejects.toMatchObject(refusal);
      await expect(showPolicyHistory(ports, { source, id })).rejects.toMatchObject(refusal);
    });
  },
);

describe('shared/operations/show-policy.ts, versions taken back', () => {
  test('a version that a later edition takes back stays in the history and governs nothing', async () => {
    const { stores, ...ports } = await policyReference('table');
    await takeInDocuments(stores, '2026-01-20', firstEdition);
    const after = { ...ports, policies: createPolicyTable(stores.items) };
    expect(await showPolicy(after, article, day('2026-03-02'))).toMatchObject({
      ...{ version: '11', status: 'in-force', upcoming: [] },
    });
    const history = await showPolicyHistory(after, article);
    expect(history.map(({ version, withdrawn }) => [version, withdrawn])).toContainEqual([
      '12',
      true,
    ]);
  });
});

describe('shared/operations/show-policy.ts, ids of a source that differ in their case', () => {
  test('the id as written goes before the one in capitals', async () => {
    const { stores, ...ports } = await policyReference('table');
    const named = (id: string) =>
      policy({ id, title: id, groups: [group('covered', 'M542', '1')] });
    await takeInDocuments(stores, '2026-01-20', [...secondEdition, named('b1'), named('B1')]);
    const after = { ...ports, policies: createPolicyTable(stores.items) };
    const titles = ['b1', 'B1'].map(
      async (id) => (await showPolicy(after, { source: 'mcd', id })).title,
    );
    expect(await Promise.all(titles)).toEqual(['b1', 'B1']);
  });
});

describe('shared/operations/show-policy.ts, the version of a day', () => {
  const version = (number: string, effective: string, ends?: string) =>
    taken(policy({ version: number, effective, ...(ends === undefined ? {} : { ends }) }), 1);
  const shown = (versions: ReturnType<typeof version>[], date: string) => {
    const on = policyOnDay(versions, day(date));
    return on && [on.version.version, on.status, on.ahead.map((one) => one.version)];
  };

  test('between two that each have an end the next one is shown', () => {
    const both = [
      version('1', '2025-01-01', '2025-06-30'),
      version('2', '2025-09-01', '2025-12-31'),
    ];
    expect(shown(both, '2025-06-30')).toEqual(['1', 'in-force', ['2']]);
    expect(shown(both, '2025-07-01')).toEqual(['2', 'future', []]);
    expect(shown(both, '2026-01-01')).toEqual(['2', 'ended', []]);
  });

  test('one that is overtaken before its first day is never next', () => {
    const both = [version('1', '2025-06-01'), version('2', '2025-03-01')];
    expect(shown(both, '2025-01-01')).toEqual(['2', 'future', []]);
    expect(shown(both, '2025-04-01')).toEqual(['2', 'in-force', []]);
  });

  test('the next one is the first to begin, whatever its number', () => {
    const both = [version('1', '2025-03-01'), version('2', '2025-06-01')];
    expect(shown(both, '2025-01-01')).toEqual(['1', 'future', ['2']]);
  });

  test('there is none when all were taken back', () => {
    expect(shown([{ ...version('1', '2025-03-01'), withdrawn: true }], '2025-04-01')).toBe(
      undefined,
    );
  });
});
