// Editions of policies through the API: those taken in, one in quarantine with its reasons, and its approval.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { putQuarantinedEdition } from '../../shared/store/policy-editions.ts';
import { apiWithSnapshot, bodyOf, headersOf } from './api-under-test.ts';

const id = 'mcd-2026-01-25-1a2b3c';
const collected = calendarDate('2026-01-26');
const message = { feed: 'cms-mcd-export', files: [], collected };
const finding = {
  ...{ code: 'policies-lost', severity: 'error' as const, where: 'mcd' },
  message: '900 of 2,000 documents are gone.',
};

/** An API over two editions of `mcd`, one of another payer, and one of `mcd` that waits. */
async function apiWithQuarantine(approvable = true) {
  const api = await apiWithSnapshot();
  await putQuarantinedEdition(api.ports.codeItems, {
    ...{ id, source: 'mcd', feed: 'cms-mcd-export', collected, documents: 1100 },
    ...{ published: calendarDate('2026-01-25'), recordedAt: '2026-01-26T12:00:00.000Z' },
    ...{ findings: [finding], approvable, arrival: 'f'.repeat(64) },
    message: JSON.stringify(message),
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    api.app.request(path, { headers });
  const approve = (edition: string) =>
    api.app.request(`/v1/releases/${edition}/approve`, {
      method: 'POST',
      headers: headersOf('operator', true),
      body: JSON.stringify({ reason: 'CMS retired them', by: 'Ada' }),
    });
  return { ...api, get, approve };
}

describe('functions/api/policy-routes.ts, editions', () => {
  test('lists what was taken in by source and number, then what waits, with its reasons', async () => {
    const { get } = await apiWithQuarantine();
    const { items } = await bodyOf(await get('/v1/policies/editions?source=mcd'));
    expect(items.map(({ seq, status }: Record<string, unknown>) => [seq, status])).toEqual([
      [1, 'committed'],
      [2, 'committed'],
      [null, 'quarantined'],
    ]);
    expect(items.at(-1)).toEqual({
      ...{ id, source: 'mcd', feed: 'cms-mcd-export', status: 'quarantined', seq: null },
      ...{ published: '2026-01-25', collected: '2026-01-26', documents: 1100 },
      ...{ recordedAt: '2026-01-26T12:00:00.000Z', complete: null, changed: null },
      ...{ meaningful: null, findings: [finding], approvable: true },
      approval: null,
    });
    const waiting = await bodyOf(await get('/v1/policies/editions?status=quarantined'));
    expect(waiting.items).toHaveLength(1);
    const everything = await bodyOf(await get('/v1/policies/editions'));
    const sources = everything.items.map(({ source }: Record<string, unknown>) => source);
    expect([...new Set(sources)]).toEqual(sources.toSorted().filter(isFirstOf));
    const page = await bodyOf(await get('/v1/policies/editions?limit=1'));
    expect([page.items.length, typeof page.nextCursor]).toEqual([1, 'string']);
    expect((await get('/v1/policies/editions?status=lost')).status).toBe(400);
  });

  test('is asked again each time, whatever the snapshot: one may have been approved', async () => {
    const { get, ports } = await apiWithQuarantine();
    const path = '/v1/policies/editions?status=quarantined';
    const first = await get(path);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    await putQuarantinedEdition(ports.codeItems, {
      ...{ id: 'mcd-2026-02-01-4d5e6f', source: 'mcd', feed: 'cms-mcd-export', collected },
      ...{ recordedAt: '2026-02-01T12:00:00.000Z', documents: 1, findings: [finding] },
      ...{ approvable: true, arrival: 'e'.repeat(64), message: '{}' },
    });
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
    // Its neighbours are as before.
    expect((await get('/v1/policies')).headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('is counted by health, with a source that begins in quarantine', async () => {
    const { get, ports } = await apiWithQuarantine();
    await putQuarantinedEdition(ports.codeItems, {
      ...{ id: 'new-2026-02-01-4d5e6f', source: 'new', feed: 'new-rules', collected },
      ...{ recordedAt: '2026-02-01T12:00:00.000Z', documents: 0, findings: [finding] },
      ...{ approvable: false, arrival: 'e'.repeat(64), message: '{}' },
    });
    const { policies } = await bodyOf(await get('/health'));
    expect(policies).toContainEqual(
      expect.objectContaining({ source: 'mcd', editions: 2, quarantined: 1 }),
    );
    expect(policies).toContainEqual({
      ...{ source: 'new', newestEdition: null, newestCollected: null },
      ...{ editions: 0, quarantined: 1 },
    });
  });

  test('an approval of its id sends its files the same way again, and records who and why', async () => {
    const { approve, sent, ports } = await apiWithQuarantine();
    const approved = await approve(id);
    expect(approved.status).toBe(202);
    const approval = {
      ...{ by: 'Ada (operations)', at: '2026-02-01T00:00:00.000Z', reason: 'CMS retired them' },
    };
    expect(await bodyOf(approved)).toEqual({ id, approval });
    expect(sent.map(({ groupId, body }) => [groupId, JSON.parse(body)])).toEqual([
      ['mcd', { ...message, approval }],
    ]);
    const key = { pk: `POLICYAPPROVAL#${id}`, sk: approval.at };
    expect(await ports.codeItems.get(key)).toMatchObject(approval);
  });

  test('no approval lifts what is unsound, or what does not wait', async () => {
    const { approve, sent } = await apiWithQuarantine(false);
    const unsound = await approve(id);
    expect([unsound.status, (await bodyOf(unsound)).detail]).toEqual([
      422,
      expect.stringContaining('unsound (policies-lost)'),
    ]);
    expect((await approve('mcd-2026-01-25-000000')).status).toBe(404);
    expect((await approve('icd10cm-1999')).status).toBe(404);
    expect(sent).toEqual([]);
  });
});

const isFirstOf = (each: string, at: number, all: readonly string[]): boolean =>
  all.indexOf(each) === at;
