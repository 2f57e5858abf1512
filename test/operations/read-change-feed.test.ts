// Changes across releases: dates, one code, pages.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change } from '../../shared/core/change.ts';
import { readChangeFeed } from '../../shared/operations/read-change-feed.ts';
import { readChanges } from '../../shared/operations/read-changes.ts';
import { showHistory } from '../../shared/operations/show-history.ts';
import { by, handBuiltTable } from './hand-built-table.ts';
import { releases, versions } from './spine.ts';

const facts = (code: string, billable = true) => ({
  billable,
  short: code,
  long: `Title of ${code}`,
});
const added = (code: string, effective: string): Change => ({
  code,
  kind: 'added',
  effective: calendarDate(effective),
  before: null,
  after: facts(code),
  replacedBy: [],
});
const changes: [string, Change][] = [
  ...['M5450', 'M5451', 'M5459'].map((code): [string, Change] => [
    'icd10cm-2022',
    added(code, '2021-10-01'),
  ]),
  [
    'icd10cm-2022',
    {
      code: 'M545',
      kind: 'expanded',
      effective: calendarDate('2021-10-01'),
      before: facts('M545'),
      after: facts('M545', false),
      replacedBy: [by('M5450', '2021-10-01')],
    },
  ],
  ['icd10cm-2026', added('M5460', '2025-10-01')],
  [
    'icd10cm-2026',
    { ...added('M5459', '2025-10-01'), kind: 'ended', after: null, before: facts('M5459') },
  ],
];
const ports = await handBuiltTable({ releases, versions, changes });
const codes = (page: { items: readonly Change[] }) => page.items.map((one) => one.code);

describe('shared/operations/read-change-feed.ts', () => {
  test('all changes come by release, each with its release', async () => {
    const page = await readChangeFeed(ports, { limit: 100 });
    expect(page.items.map((one) => `${one.release} ${one.kind} ${one.code}`)).toEqual([
      'icd10cm-2022 added M54.50',
      'icd10cm-2022 added M54.51',
      'icd10cm-2022 added M54.59',
      'icd10cm-2022 expanded M54.5',
      'icd10cm-2026 added M54.60',
      'icd10cm-2026 ended M54.59',
    ]);
    expect(page.next).toBeUndefined();
  });

  test('pages of any size give every change once', async () => {
    for (const limit of [1, 2, 3, 4, 5, 6, 7]) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await readChangeFeed(ports, { limit, ...(after !== undefined && { after }) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map((one) => `${one.release} ${one.code}`));
        after = page.next;
      } while (after !== undefined);
      expect(new Set(found).size).toBe(6);
      expect(found).toHaveLength(6);
    }
  });

  test('from and to are effective dates, both included', async () => {
    const only = { from: calendarDate('2021-10-01'), to: calendarDate('2021-10-01'), limit: 100 };
    expect(codes(await readChangeFeed(ports, only))).toHaveLength(4);
    const after = { from: calendarDate('2021-10-02'), limit: 100 };
    expect(codes(await readChangeFeed(ports, after))).toEqual(['M54.60', 'M54.59']);
  });

  test('one code has its own history of changes', async () => {
    const page = await readChangeFeed(ports, { code: 'm54.59', limit: 100 });
    expect(page.items.map((one) => [one.kind, one.release])).toEqual([
      ['added', 'icd10cm-2022'],
      ['ended', 'icd10cm-2026'],
    ]);
    expect(codes(await readChangeFeed(ports, { code: 'M54.2', limit: 100 }))).toEqual([]);
  });

  test('a cursor of another list is refused', async () => {
    await expect(readChangeFeed(ports, { limit: 1, after: 'icd10pcs-2020' })).rejects.toMatchObject(
      {
        code: 'invalid-request',
      },
    );
  });
});

describe('shared/operations/read-changes.ts', () => {
  test('changes of one release can be had by kind, with dots', async () => {
    const page = await readChanges(ports, { release: 'icd10cm-2022', kind: 'expanded', limit: 10 });
    expect(page.items.map((one) => [one.code, one.replacedBy[0]?.code])).toEqual([
      ['M54.5', 'M54.50'],
    ]);
  });

  test('a release nobody took in is not found', async () => {
    const asked = readChanges(ports, { release: 'icd10cm-2031', limit: 10 });
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('shared/operations/show-history.ts', () => {
  test('every version comes with its release, source and hash', async () => {
    const history = await showHistory(ports, { system: 'icd10cm', code: 'M545' });
    expect(history.code).toBe('M54.5');
    expect(history.items.map((one) => [one.effective, one.status, one.kind, one.release])).toEqual([
      ['2020-10-01', 'billable', 'baseline', 'icd10cm-2021'],
      ['2021-10-01', 'header', 'expanded', 'icd10cm-2022'],
    ]);
    expect(history.items[1]?.sources[0]).toMatchObject({
      url: 'https://example.test/2021-10-01.txt',
      sha256: 'ab'.repeat(32),
    });
  });

  test('an instant before FY2022 was recorded shows the history without it', async () => {
    const known = '2026-01-01T23:00:00.000Z';
    const history = await showHistory(ports, { system: 'icd10cm', code: 'M545', known });
    expect(history.items.map((one) => one.status)).toEqual(['billable']);
  });

  test('a code in no release has no versions', async () => {
    expect(await showHistory(ports, { system: 'icd10cm', code: 'Z99.99' })).toEqual({
      system: 'icd10cm',
      code: 'Z99.99',
      items: [],
    });
  });
});
