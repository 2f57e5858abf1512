import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change, Version } from '../../shared/core/change.ts';
import { codeSystemIds, isIcd10 } from '../../shared/core/code-system.ts';
import type { ReleaseRecord } from '../../shared/core/release.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import {
  type OfficialRow,
  officialReleases,
  officialRows,
} from '../support/official-order-files.ts';
import { takeInOfficial } from '../support/official-snapshot.ts';
import { openSnapshotOf, type TestReference } from '../support/test-reference.ts';

const said = (version: Version | undefined): OfficialRow | undefined =>
  version && version.status !== 'ended'
    ? { flag: version.status === 'billable' ? '1' : '0', short: version.short, long: version.long }
    : undefined;

/** Every change of a release, page after page. */
async function changesOf(table: CodeTable, record: ReleaseRecord): Promise<Change[]> {
  const first = await table.changes(record, { limit: 1000 });
  const changes = [...first.items];
  let { next } = first;
  while (next !== undefined) {
    const page = await table.changes(record, { limit: 1000, after: next });
    changes.push(...page.items);
    next = page.next;
  }
  return changes;
}

describe.skipIf(!haveOfficialFiles)('the snapshot of the official releases', () => {
  let snapshot: TestReference;
  let table: CodeTable;
  const official = new Map<string, Map<string, OfficialRow>>();
  const everChanged = new Set<string>();
  const everListed = new Set<string>();

  beforeAll(async () => {
    snapshot = await openSnapshotOf(await takeInOfficial());
    table = createCodeTable(snapshot.items);
    let before: Map<string, OfficialRow> | undefined;
    for (const release of officialReleases) {
      const rows = officialRows(release);
      official.set(release.id, rows);
      for (const code of new Set([...(before?.keys() ?? []), ...rows.keys()])) {
        everListed.add(code);
        const [was, is] = [before?.get(code), rows.get(code)];
        const same = was?.flag === is?.flag && was?.short === is?.short && was?.long === is?.long;
        if (before && !same) everChanged.add(code);
      }
      before = rows;
    }
  }, 300_000);

  test('every code that ever changed is as the order files say, on each effective date and the day before', async () => {
    let compared = 0;
    for (const [index, release] of officialReleases.entries()) {
      const rows = official.get(release.id);
      const before = official.get(officialReleases[index - 1]?.id ?? '');
      const day = calendarDate(release.effective);
      for (const code of everChanged) {
        const on = await snapshot.codeTable.versionAsOf('icd10cm', code, day);
        const eve = await snapshot.codeTable.versionAsOf('icd10cm', code, addDays(day, -1));
        expect(said(on), `${code} on ${day}`).toEqual(rows?.get(code));
        // COVID-19's codes were in force half a year before the first file that lists them.
        const early = ['U07', 'U070', 'U071'].includes(code) && release.id === 'icd10cm-2021';
        if (!early) expect(said(eve), `${code} the day before ${day}`).toEqual(before?.get(code));
        compared += 2;
      }
    }
    expect(compared).toBeGreaterThan(150_000);
  });

  test.each(officialReleases)(
    'the list of $effective is the order file of $id, row by row',
    async ({ id, effective, rows, billable }) => {
      const date = calendarDate(effective);
      const query = { date, offset: 0, limit: 200_000 };
      const all = await snapshot.catalogue.list('icd10cm', { ...query, billableOnly: false });
      expect(all.total).toBe(rows);
      const listed = all.items.map((entry) => [
        entry.code,
        entry.status === 'billable' ? '1' : '0',
        entry.short,
        entry.long,
      ]);
      const file = [...(official.get(id) ?? [])].map(([code, row]) => [
        code,
        row.flag,
        row.short,
        row.long,
      ]);
      // The order over all releases is the newest one's; an older file may have had its own.
      const inNewestOrder = id === officialReleases.at(-1)?.id;
      const ordered = (list: string[][]) => (inNewestOrder ? list : list.map(String).sort());
      expect(ordered(listed)).toEqual(ordered(file));
      const some = await snapshot.catalogue.list('icd10cm', {
        ...query,
        limit: 1,
        billableOnly: true,
      });
      expect(some.total).toBe(billable);
    },
  );

  // The mirror has no HCPCS file.
  test.each(codeSystemIds.filter(isIcd10))(
    'I9: every code of %s has the versions the table has',
    async (system) => {
      const { items } = await snapshot.catalogue.list(system, {
        date: calendarDate('2025-10-01'),
        billableOnly: false,
        offset: 0,
        limit: 200_000,
      });
      const codes = new Set(items.map((entry) => entry.code));
      if (system === 'icd10cm') for (const code of everListed) codes.add(code);
      const releases = await table.releases(system);
      for (const record of releases) {
        const expected = await changesOf(table, record);
        expect(await changesOf(snapshot.codeTable, record)).toEqual(expected);
        for (const change of expected) codes.add(change.code);
      }
      expect(codes.size).toBeGreaterThan(80_000);
      const different: string[] = [];
      for (const code of codes) {
        const [mine, theirs] = await Promise.all([
          snapshot.codeTable.versions(system, code),
          table.versions(system, code),
        ]);
        if (JSON.stringify(mine) !== JSON.stringify(theirs)) different.push(code);
      }
      expect(different).toEqual([]);
      expect(await snapshot.codeTable.releases(system)).toEqual(releases);
      expect(await snapshot.codeTable.head(system)).toEqual(await table.head(system));
    },
  );

  test('a search of the official titles finds what a coder looks for first', async () => {
    const first = async (text: string, date = '2025-10-01') => {
      const { items } = await snapshot.catalogue.search('icd10cm', {
        words: text.split(' '),
        fields: ['code', 'name'],
        date: calendarDate(date),
        billableOnly: true,
        offset: 0,
        limit: 7,
      });
      return items.map((entry) => entry.code);
    };
    expect((await first('low back pain'))[0]).toBe('M5459');
    expect((await first('low back pain', '2021-09-30'))[0]).toBe('M545');
    expect((await first('fever')).slice(0, 2)).toContain('A78');
    expect(await first('A78')).toEqual(['A78']);
    expect((await first('covid'))[0]).toBe('U071');
    expect(await first('covid', '2020-03-31')).not.toContain('U071');
  });

  test('a search counts to 10,000 and answers in time, however common the word', async () => {
    for (const system of codeSystemIds) {
      for (const text of ['a', 'of', 'w', 'unspecified', 'open', 'other of']) {
        const start = performance.now();
        const page = await snapshot.catalogue.search(system, {
          words: text.split(' '),
          fields: ['code', 'name'],
          date: calendarDate('2021-10-01'),
          billableOnly: true,
          offset: 0,
          limit: 500,
        });
        expect(page.total).toBeLessThanOrEqual(10_000);
        // Some 10 ms on a machine with nothing else to do.
        expect(performance.now() - start, text).toBeLessThan(1000);
      }
    }
  });

  test('a look-up needs the open file alone', async () => {
    const clock = { now: () => '2026-02-01T00:00:00.000Z' };
    const request = { system: 'icd10cm', code: 'm54.5', date: calendarDate('2021-10-01') } as const;
    const { codeTable } = snapshot;
    expect(await lookUpCode({ codeTable, clock }, request)).toMatchObject({
      status: 'header',
      replacedBy: [{ code: 'M54.50' }, { code: 'M54.51' }, { code: 'M54.59' }],
    });
  });
});
