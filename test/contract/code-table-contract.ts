// What every code table answers, whatever it is read from; expected values worked out by hand from the history.
import { beforeAll, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change, Version } from '../../shared/core/change.ts';
import type { ReleaseRecord } from '../../shared/core/release.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';

const day = calendarDate;

/** One line a version: what it says, and who said it when. */
const said = (versions: readonly (Version | undefined)[]): string[] =>
  versions.map((one) =>
    one
      ? `${one.effective}#${one.seq} ${one.status} ${one.kind} ${one.release} ${one.long}`
      : 'nothing',
  );

const listed = (changes: readonly Change[]): string[] =>
  changes.map(({ kind, code }) => `${kind} ${code}`);

/** Runs the contract on a table that holds the history of `code-table-history.ts`. */
export function codeTableContract(open: () => Promise<CodeTable>): void {
  let table: CodeTable;
  beforeAll(async () => {
    table = await open();
  });

  const recordOf = async (id: string): Promise<ReleaseRecord> => {
    const record = await table.release(id);
    if (!record) throw new Error(`${id} is not there`);
    return record;
  };
  const allChanges = async (record: ReleaseRecord, limit: number): Promise<Change[]> => {
    const page = await table.changes(record, { limit });
    const changes = [...page.items];
    let { next } = page;
    while (next !== undefined) {
      const more = await table.changes(record, { limit, after: next });
      expect(more.items.length).toBeLessThanOrEqual(limit);
      changes.push(...more.items);
      next = more.next;
    }
    return changes;
  };

  test('the head is at the last sequence number and leaves out the lost one', async () => {
    expect(await table.head('icd10cm')).toEqual({
      system: 'icd10cm',
      seq: 6,
      abandoned: [2],
      from: '2020-10-01',
      newest: '2022-10-01',
    });
  });

  test('of a system without releases nothing is known', async () => {
    expect(await table.head('icd10pcs')).toBeUndefined();
    expect(await table.versions('icd10pcs', 'M545')).toEqual([]);
    expect(await table.versionAsOf('icd10pcs', 'M545', day('2022-01-01'))).toBeUndefined();
    expect(await table.knownAt('icd10pcs', '2030-01-01T00:00:00.000Z')).toBeUndefined();
    expect(await table.releases('icd10pcs')).toEqual([]);
    expect(await table.release('icd10pcs-2021')).toBeUndefined();
  });

  test('the versions of a code are one a date, with what replaces it', async () => {
    const versions = await table.versions('icd10cm', 'M545');
    expect(said(versions)).toEqual([
      '2020-10-01#1 billable baseline icd10cm-2021 Low back pain',
      '2021-10-01#4 header expanded icd10cm-2022 Low back pain',
      '2022-10-01#3 header expanded icd10cm-2023 Low back pain',
    ]);
    expect(versions[1]).toEqual({
      system: 'icd10cm',
      code: 'M545',
      effective: '2021-10-01',
      seq: 4,
      status: 'header',
      short: 'Low back pain',
      long: 'Low back pain',
      kind: 'expanded',
      release: 'icd10cm-2022',
      replacedBy: [{ code: 'M5450', source: 'inferred', effective: '2021-10-01' }],
      replaces: [],
    });
  });

  test('of several versions at one date the last recorded counts', async () => {
    expect(said(await table.versions('icd10cm', 'M5450'))).toEqual([
      '2021-10-01#5 billable added icd10cm-2022 Low back pain, unspec',
      '2022-10-01#5 billable retitled icd10cm-2023 Low back pain, unspecified',
    ]);
  });

  test('what was believed under an earlier sequence number is still there', async () => {
    expect(said(await table.versions('icd10cm', 'M5450', 4))).toEqual([
      '2021-10-01#4 billable added icd10cm-2022 Low back pain, unspecified',
      '2022-10-01#3 billable added icd10cm-2023 Low back pain, unspecified',
    ]);
    expect(said(await table.versions('icd10cm', 'M545', 3))).toEqual([
      '2020-10-01#1 billable baseline icd10cm-2021 Low back pain',
      '2022-10-01#3 header expanded icd10cm-2023 Low back pain',
    ]);
    expect(await table.versions('icd10cm', 'M5450', 2)).toEqual([]);
  });

  test('a code never listed has no versions', async () => {
    expect(await table.versions('icd10cm', 'M549')).toEqual([]);
    expect(await table.versionAsOf('icd10cm', 'M549', day('2022-01-01'))).toBeUndefined();
  });

  test('the version as of a date is the last one on or before it', async () => {
    const dates = ['2020-09-30', '2020-10-01', '2021-09-30', '2021-10-01', '2022-10-01'];
    const found = dates.map((date) => table.versionAsOf('icd10cm', 'M547', day(date)));
    expect(said(await Promise.all(found))).toEqual([
      'nothing',
      '2020-10-01#1 billable baseline icd10cm-2021 Old pain',
      '2020-10-01#1 billable baseline icd10cm-2021 Old pain',
      '2020-10-01#1 billable baseline icd10cm-2021 Old pain',
      // Recorded again under 4: M54.50, which 3 inferred to replace it, was there a year before it ended.
      '2022-10-01#4 ended ended icd10cm-2023 Old pain',
    ]);
  });

  test('the version as of a date as believed earlier', async () => {
    const on = (known: number) => table.versionAsOf('icd10cm', 'M545', day('2021-12-31'), known);
    expect(said([await on(3), await on(4)])).toEqual([
      '2020-10-01#1 billable baseline icd10cm-2021 Low back pain',
      '2021-10-01#4 header expanded icd10cm-2022 Low back pain',
    ]);
  });

  test('an instant finds the sequence number committed by then, lost ones passed over', async () => {
    const instants = ['2020-06-30', '2020-07-01', '2020-09-01', '2022-07-31', '2030-01-01'];
    const found = instants.map((date) => table.knownAt('icd10cm', `${date}T00:00:00.000Z`));
    expect(await Promise.all(found)).toEqual([undefined, 1, 1, 3, 6]);
  });

  test('each effective date has one release: what is in force, not what came too late', async () => {
    const releases = await table.releases('icd10cm');
    expect(
      releases.map(({ id, seq, changesSeq, status }) => [id, seq, changesSeq, status].join(' ')),
    ).toEqual([
      'icd10cm-2021 1 1 committed',
      'icd10cm-2022 5 5 committed',
      'icd10cm-2023 5 5 committed',
    ]);
    expect(await table.release('icd10cm-2022')).toEqual(releases[1]);
    expect(releases[1]).toMatchObject({ published: '2021-09-01', rows: 5, billable: 3 });
  });

  test.each(['icd10cm-2030', 'icd10cm', 'nothing', ''])('there is no release %s', async (id) => {
    expect(await table.release(id)).toBeUndefined();
  });

  test.each([1, 2, 3, 100])('changes come by kind and code, %i a page', async (limit) => {
    expect(listed(await allChanges(await recordOf('icd10cm-2022'), limit))).toEqual([
      'added M5450',
      'expanded M545',
    ]);
    expect(listed(await allChanges(await recordOf('icd10cm-2023'), limit))).toEqual([
      'ended M547',
      'retitled M5450',
      'retitled M546',
    ]);
    expect(await allChanges(await recordOf('icd10cm-2021'), limit)).toEqual([]);
  });

  test('the changes of one kind, in pages', async () => {
    const record = await recordOf('icd10cm-2023');
    const first = await table.changes(record, { kind: 'retitled', limit: 1 });
    expect(listed(first.items)).toEqual(['retitled M5450']);
    const after = first.next ?? 'there is more';
    const rest = await table.changes(record, { kind: 'retitled', limit: 5, after });
    expect(listed(rest.items)).toEqual(['retitled M546']);
    expect((await table.changes(record, { kind: 'added', limit: 5 })).items).toEqual([]);
  });

  test('a change says what was, what is, and what takes its place', async () => {
    const { items } = await table.changes(await recordOf('icd10cm-2022'), { limit: 10 });
    expect(items).toEqual([
      {
        code: 'M5450',
        kind: 'added',
        effective: '2021-10-01',
        before: null,
        after: { billable: true, short: 'Low back pain, unspec', long: 'Low back pain, unspec' },
        replacedBy: [],
        replaces: [{ code: 'M545', source: 'inferred', effective: '2021-10-01' }],
      },
      {
        code: 'M545',
        kind: 'expanded',
        effective: '2021-10-01',
        before: { billable: true, short: 'Low back pain', long: 'Low back pain' },
        after: { billable: false, short: 'Low back pain', long: 'Low back pain' },
        replacedBy: [{ code: 'M5450', source: 'inferred', effective: '2021-10-01' }],
      },
    ]);
    const retitled = await table.changes(await recordOf('icd10cm-2023'), {
      kind: 'retitled',
      limit: 1,
    });
    expect(retitled.items[0]).toMatchObject({ cosmetic: false });
  });

  test('the list a release had before it was restated is still there', async () => {
    const now = await recordOf('icd10cm-2023');
    expect(listed(await allChanges({ ...now, changesSeq: 3 }, 10))).toEqual([
      'added M5450',
      'ended M547',
      'expanded M545',
      'retitled M546',
    ]);
  });
}
