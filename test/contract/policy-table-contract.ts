// What every table of payer policies answers, whatever it is read from; expected values worked out by hand from the history.
import { beforeAll, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyChange, PolicyVersion } from '../../shared/core/policy.ts';
import type { PolicyPage, PolicyTable } from '../../shared/ports/policy-table.ts';
import { bulletin, laterBulletin, manyCodes } from './policy-table-history.ts';

/** One line a version: which, from when, by which edition, until when. */
const said = (versions: readonly PolicyVersion[]): string[] =>
  versions.map(({ id, version, seq, effective, firstSeen, ends }) =>
    [id, `v${version}#${seq}`, effective, `seen ${firstSeen}`, ends && `ends ${ends}`]
      .filter(Boolean)
      .join(' '),
  );

const told = (changes: readonly PolicyChange[]): string[] =>
  changes.map(({ source, id, kinds, seq }) => `${source}/${id} ${kinds[0]} ${seq}`);

/** Every page of a list, one after the other, and how long the longest was. */
async function allPages<T>(
  read: (after: { readonly after?: string }) => Promise<PolicyPage<T>>,
): Promise<{ items: T[]; longest: number }> {
  const items: T[] = [];
  let longest = 0;
  let after: { readonly after?: string } = {};
  for (;;) {
    const page = await read(after);
    items.push(...page.items);
    longest = Math.max(longest, page.items.length);
    if (page.next === undefined) return { items, longest };
    after = { after: page.next };
  }
}

/** Runs the contract on a table that holds the history of `policy-table-history.ts`. */
export function policyTableContract(open: () => Promise<PolicyTable>): void {
  let table: PolicyTable;
  beforeAll(async () => {
    table = await open();
  });
  const a = (id: string) => ({ source: 'mcd', id });

  test('each source is at its newest edition', async () => {
    expect(await table.sources()).toEqual(['acme', 'mcd']);
    expect(await table.edition('mcd')).toMatchObject({
      source: 'mcd',
      feed: 'mcd/export',
      seq: 4,
      collected: '2025-08-01',
      complete: true,
      documents: 3,
      changed: 1,
      meaningful: 1,
    });
    expect(await table.edition('acme')).toMatchObject({ seq: 1, documents: 1 });
    expect(await table.edition('nobody')).toBeUndefined();
  });

  test('a document has every version taken in, the future one and the late one too', async () => {
    expect(said(await table.versions(a('A1')))).toEqual([
      // Left lying since June: first seen when it was taken in.
      'A1 v0#3 2025-01-01 seen 2025-07-01',
      'A1 v1#1 2025-01-01 seen 2025-06-01',
      'A1 v2#2 2026-01-01 seen 2025-07-01',
    ]);
  });

  test('a document that was gone and came back says both', async () => {
    expect(said(await table.versions(a('A2')))).toEqual([
      'A2 v1#1 2025-01-01 seen 2025-06-01',
      'A2 v1#2 2025-01-01 seen 2025-07-01 ends 2025-06-30',
      'A2 v1#4 2025-01-01 seen 2025-08-01',
    ]);
  });

  test('a version comes out whole, however long it is', async () => {
    const [v1, v10] = await table.versions(a('A3'));
    expect(v1?.groups[0]?.diagnoses.codes).toEqual(manyCodes);
    expect(v1).toMatchObject({ version: '1', seq: 1, texts: {} });
    expect(v10).toMatchObject({
      version: '10',
      seq: 2,
      texts: { Note: 'Typing errors corrected.' },
    });
    const [, , v2] = await table.versions(a('A1'));
    expect(v2?.texts).toEqual({ Utilization: 'Once a year — «no more».' });
  });

  test('what an edition wrote that never was committed is not there', async () => {
    expect(await table.versions(a('A9'))).toEqual([]);
    expect(await table.naming('62323')).toEqual([{ source: 'acme', id: 'MED-7' }, a('A1')]);
  });

  test('a procedure finds the documents of which some version names it', async () => {
    expect(await table.naming('62321')).toEqual([a('A1')]);
    expect(await table.naming('64483')).toEqual([a('A2')]);
    expect(await table.naming('99213')).toEqual([]);
  });

  test.each([1, 2, 3, 100])('the newest version of each document, %i a page', async (limit) => {
    const { items, longest } = await allPages((after) => table.list({ limit, ...after }));
    expect(said(items)).toEqual([
      'MED-7 v1#1 2025-01-01 seen 2025-07-05',
      'A1 v2#2 2026-01-01 seen 2025-07-01',
      'A2 v1#4 2025-01-01 seen 2025-08-01',
      'A3 v10#2 2025-01-01 seen 2025-07-01',
    ]);
    expect(longest).toBe(Math.min(limit, 4));
  });

  test('documents by source, and by the procedure they name now', async () => {
    const ids = async (filter: Parameters<PolicyTable['list']>[0]) =>
      (await allPages((after) => table.list({ ...filter, ...after }))).items.map(({ id }) => id);
    expect(await ids({ source: 'mcd', limit: 2 })).toEqual(['A1', 'A2', 'A3']);
    expect(await ids({ procedure: '62323', limit: 1 })).toEqual(['MED-7', 'A1']);
    expect(await ids({ procedure: '62323', source: 'acme', limit: 5 })).toEqual(['MED-7']);
    expect(await ids({ procedure: '99213', limit: 5 })).toEqual([]);
  });

  test.each([1, 2, 3, 100])('changes as they were first seen, %i a page', async (limit) => {
    const { items, longest } = await allPages((after) => table.changes({ limit, ...after }));
    expect(told(items)).toEqual([
      'mcd/A1 new 1',
      'mcd/A2 new 1',
      'mcd/A3 new 1',
      'mcd/A1 codes 2',
      'mcd/A2 retired 2',
      'mcd/A3 review 2',
      'acme/MED-7 new 1',
      'mcd/A2 reinstated 4',
    ]);
    expect(longest).toBe(Math.min(limit, 8));
  });

  test('changes of a document, since a day, and those that mean something', async () => {
    const limit = 2;
    const read = async (filter: Omit<Parameters<PolicyTable['changes']>[0], 'limit'>) =>
      told((await allPages((after) => table.changes({ ...filter, limit, ...after }))).items);
    expect(await read({ id: 'A2' })).toEqual([
      'mcd/A2 new 1',
      'mcd/A2 retired 2',
      'mcd/A2 reinstated 4',
    ]);
    const since = calendarDate('2025-07-01');
    expect(await read({ since, source: 'mcd', meaningfulOnly: true })).toEqual([
      'mcd/A1 codes 2',
      'mcd/A2 retired 2',
      'mcd/A2 reinstated 4',
    ]);
    expect(await read({ since: calendarDate('2025-08-02') })).toEqual([]);
    expect(await read({ source: 'nobody' })).toEqual([]);
  });

  test('a change comes out whole', async () => {
    const { items } = await table.changes({ id: 'A1', limit: 5 });
    expect(items[1]).toMatchObject({
      version: '2',
      before: '1',
      effective: '2026-01-01',
      firstSeen: '2025-07-01',
      retroactive: false,
      addedProcedures: ['62321'],
    });
    const { items: long } = await table.changes({ id: 'A3', limit: 1 });
    expect(long[0]?.moves[0]?.codes).toEqual(manyCodes);
  });

  test('bulletins come newest first', async () => {
    const seen = { firstSeen: '2025-07-05' };
    const { items } = await allPages((after) => table.reviews({ limit: 1, ...after }));
    expect(items).toEqual([
      { ...laterBulletin, ...seen },
      { ...bulletin, ...seen },
    ]);
  });

  test.each(['', 'x', 'mcd', 'mcd~2025-07-01', 'mcd~x~1~A1~1', '2025'])(
    'a cursor nobody gave is refused: "%s"',
    async (after) => {
      const refused = { code: 'invalid-request' };
      await expect(table.changes({ limit: 1, after })).rejects.toMatchObject(refused);
      await expect(table.reviews({ limit: 1, after })).rejects.toMatchObject(refused);
    },
  );

  test('a cursor of documents that names none is refused', async () => {
    const refused = { code: 'invalid-request' };
    await expect(table.list({ limit: 1, after: 'A1' })).rejects.toMatchObject(refused);
  });
}
