import { describe, expect, test } from 'vitest';
import { createApp } from '../../functions/api/app.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { secondEdition, takeInDocuments } from '../support/api-policies.ts';
import { group, policy } from '../support/policies.ts';
import { openSnapshotOf } from '../support/test-reference.ts';
import { apiUnderTest, apiWithSnapshot, bodyOf } from './api-under-test.ts';

const api = await apiWithSnapshot();
const get = async (path: string, app = api.app) => {
  const response = await app.request(path);
  return { status: response.status, headers: response.headers, body: await bodyOf(response) };
};
const ids = (body: { readonly items: readonly { readonly id: string }[] }): string[] =>
  body.items.map(({ id }) => id);

/** Every page of a list from a path on; the last body says how it ends. */
async function pagesOf(path: string) {
  const found: string[] = [];
  let cursor = '';
  for (;;) {
    const { status, body } = await get(`${path}${cursor}`);
    expect(status).toBe(200);
    found.push(...ids(body));
    if (body.nextCursor === undefined) return { found, body };
    cursor = `&cursor=${body.nextCursor}`;
  }
}

describe('functions/api/policy-routes.ts', () => {
  test('documents come page by page, each once', async () => {
    const { found, body } = await pagesOf('/v1/policies?limit=3');
    expect(found).toEqual([
      ...['SPINE-12', 'A50000', 'A56000', 'A57791', 'A58403', 'A58745', 'L36920'],
    ]);
    expect(Object.keys(body)).toEqual(['items']);
    expect(ids((await get('/v1/policies?procedure=62323&source=mcd')).body)).toEqual([
      ...['A57791', 'A58745', 'L36920'],
    ]);
    expect(ids((await get('/v1/policies?diagnosis=M54.51')).body)).toEqual(['SPINE-12']);
  });

  test('a document is shown as it is on the day, with the codes it still lists in vain', async () => {
    const { status, body } = await get('/v1/policies/mcd/A57791?date=2025-09-01');
    expect([status, body.version, body.status]).toEqual([200, '11', 'in-force']);
    expect(body.endedCodes).toMatchObject([
      { code: 'M54.5', kind: 'expanded', since: '2021-10-01' },
    ]);
    expect(body.upcoming).toEqual([{ version: '12', effective: '2026-03-01' }]);
    const later = (await get('/v1/policies/mcd/A57791?date=2026-03-01')).body;
    expect([later.version, later.unknownCodes]).toEqual(['12', ['M54.99']]);
    expect(later.endedCodes.map(({ code }: { code: string }) => code)).toEqual(['M54.59']);
  });

  test('the plan a document is limited to stands in its view, its history, the list and its changes', async () => {
    const bodies = await Promise.all(
      ['SPINE-12', 'SPINE-12/history'].map((path) => get(`/v1/policies/acme/${path}`)),
    );
    const lists = await Promise.all(
      ['policies', 'policies/changes'].map((path) => get(`/v1/${path}?source=acme`)),
    );
    const [shown, ...others] = [...bodies, ...lists].map(({ body }) => body);
    expect([shown.plan, ...others.map(({ items }) => items[0].plan)]).toEqual([
      ...['Gold PPO', 'Gold PPO', 'Gold PPO', 'Gold PPO'],
    ]);
    expect((await get('/v1/policies/mcd/A56000')).body.plan).toBeNull();
  });

  test('its history comes page by page, oldest first', async () => {
    const { body } = await get('/v1/policies/mcd/A58745/history?limit=1');
    expect(body.items).toMatchObject([
      { version: '20', withdrawn: false, effective: '2025-01-01' },
    ]);
    const next = await get(`/v1/policies/mcd/A58745/history?limit=1&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ version: '21', effective: '2026-04-01' }] });
    expect(next.body.nextCursor).toBeUndefined();
  });

  test('the feed of changes ends with a cursor to ask again with', async () => {
    const { found, body } = await pagesOf('/v1/policies/changes?limit=5');
    expect(found).toHaveLength(12);
    const again = await get(`/v1/policies/changes?limit=5&cursor=${body.resumeCursor}`);
    expect(again.body).toEqual({ items: [], resumeCursor: body.resumeCursor });
  });

  test('the feed since a day, of a document, and of what decides claims', async () => {
    const since = (await get('/v1/policies/changes?since=2026-01-15&meaning=true')).body;
    expect(ids(since)).toEqual(['A50000', 'A57791', 'A58403', 'A58745']);
    const added = (await get('/v1/policies/changes?source=mcd&id=A58745')).body;
    expect(added.items[1]).toMatchObject({
      ...{ change: 'codes', before: '20', effective: '2026-04-01', firstSeen: '2026-01-15' },
      ...{ addedCodes: ['M54.18'], removedCodes: [] },
    });
    expect(ids((await get('/v1/policies/changes?meaning=false')).body)).toHaveLength(12);
  });

  test('a document is found by its id in any case, and a number is told its letter', async () => {
    for (const path of ['/v1/policies/mcd/a57791', '/v1/policies/mcd/a57791/history']) {
      const { status, body } = await get(path);
      expect([status, body]).toEqual([200, (await get(path.replace('a5', 'A5'))).body]);
    }
    const { body } = await get('/v1/policies/changes?source=mcd&id=a58745');
    expect(ids(body)).toEqual(['A58745', 'A58745']);
    const lacking = await get('/v1/policies/mcd/57791');
    expect([lacking.status, lacking.body.detail]).toEqual([
      ...[404, 'no policy 57791 of mcd; an id has its letter: A57791'],
    ]);
  });

  test('bulletins are listed for people', async () => {
    const { body } = await get('/v1/policies/reviews');
    expect(body.items).toMatchObject([{ id: 'news-1', codes: ['M54.5'], procedures: ['62323'] }]);
  });

  test.each([
    ['/v1/policies?source=', 'source: ""'],
    ['/v1/policies?procedure=6232', 'procedure: not an HCPCS'],
    ['/v1/policies?diagnosis=54.2', 'diagnosis: not an ICD-10-CM'],
    ['/v1/policies?limit=0', 'limit: "0"'],
    ['/v1/policies?state=TX', 'state: not a parameter'],
    ['/v1/policies/mcd/A57791?date=today', 'date: "today"'],
    ['/v1/policies/mcd/A57791/history?date=2025-01-01', 'date: not a parameter'],
    ['/v1/policies/changes?since=2025', 'since: "2025"'],
    ['/v1/policies/changes?meaning=yes', 'meaning: "yes"'],
    ['/v1/policies/changes?cursor=bm9uZQ', 'cursor: '],
    ['/v1/policies/reviews?since=2025-01-01', 'since: not a parameter'],
  ])('%s is refused, the parameter named', async (path, named) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.detail).toContain(named);
  });

  test('a cursor of another list is refused, and so is a made-up place', async () => {
    const { nextCursor } = (await get('/v1/policies?limit=1')).body;
    expect((await get(`/v1/policies/changes?cursor=${nextCursor}`)).status).toBe(400);
    const forged = Buffer.from(JSON.stringify(['/v1/policies/changes', 'mcd~1~2'])).toString(
      'base64url',
    );
    expect((await get(`/v1/policies/changes?cursor=${forged}`)).status).toBe(400);
  });

  test('a made-up place too long for a key is refused, in any list', async () => {
    for (const path of [
      '/v1/policies',
      '/v1/policies/lags',
      '/v1/policies/reviews',
      '/v1/changes',
    ]) {
      const place = `mcd~${'A'.repeat(1000)}`;
      const cursor = Buffer.from(JSON.stringify([path, place])).toString('base64url');
      const { status, body } = await get(`${path}?cursor=${cursor}`);
      expect([path, status, body.detail]).toEqual([
        ...[path, 400, 'cursor: not one this list gave; begin again without it'],
      ]);
    }
  });

  test('a feed of a hundred sources goes on from its cursor', async () => {
    const places = Array.from({ length: 90 }, (_, at) => `payer-${at}~2026-01-15~12~A57791~${at}`);
    const place = [...places, 'mcd~2026-01-15~2~A58745~21'].join('~');
    const cursor = Buffer.from(JSON.stringify(['/v1/policies/changes', place])).toString(
      'base64url',
    );
    const { status, body } = await get(`/v1/policies/changes?source=mcd&cursor=${cursor}`);
    expect([status, ids(body)]).toEqual([200, ['L36920']]);
  });

  test.each([
    '/v1/policies/mcd/A99999',
    '/v1/policies/mcd/A99999/history',
    '/v1/policies/nobody/A57791',
    `/v1/policies/mcd/${'A'.repeat(5000)}`,
    '/v1/policies/mcd',
  ])('%s is not found', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([404, 'not-found']);
  });

  test('without a snapshot all is answered but lists by diagnosis: 503, try again', async () => {
    const { app } = await apiUnderTest();
    for (const path of [
      '/v1/policies?procedure=62323',
      '/v1/policies/mcd/A58745/history',
      '/v1/policies/changes?limit=5',
      '/v1/policies/reviews',
    ]) {
      expect((await get(path, app)).body, path).toEqual((await get(path)).body);
    }
    const refused = await get('/v1/policies?diagnosis=M54.5', app);
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(refused.headers.get('retry-after')).toBe('1');
  });
});

describe('functions/api/policy-routes.ts, kept answers', () => {
  const paths = [
    '/v1/coverage?procedure=62323&diagnosis=M54.9&state=CT&date=2026-01-25',
    '/v1/policies?source=mcd',
    '/v1/policies/changes?since=2026-01-20',
    '/v1/policies/mcd/A57791?date=2026-01-25',
    '/v1/policies/mcd/A57791/history',
    '/fhir/R4/ValueSet/mcd-A57791-covered-1',
  ];
  const later = [
    ...secondEdition.filter(({ id }) => id !== 'A57791'),
    policy({
      ...{ id: 'A57791', version: '13', effective: '2026-01-20', title: 'Spinal Injections' },
      groups: [group('covered', 'M549', '62323')],
    }),
  ];

  test.each(['snapshot', 'table'] as const)(
    'from the %s a committed edition changes answer and tag',
    async (from) => {
      const first = await apiWithSnapshot();
      const { reference, ports } = first;
      const stores = { items: reference.items, archive: reference.archive };
      const current = { reference };
      const fromTable = createTableReference(
        createCodeTable(stores.items),
        createPolicyTable(stores.items),
      );
      const source =
        from === 'table'
          ? fromTable
          : { now: () => current.reference, withCatalogue: async () => current.reference };
      const app = createApp({
        ports: { ...ports, reference: source },
        callerOf: () => ({ tenant: 'clinic', operator: false }),
        ...{ ready: () => true, build: 'test' },
      });
      const ask = async (path: string, tag = '') => {
        const response = await app.request(path, { headers: { 'if-none-match': tag } });
        return {
          status: response.status,
          tag: response.headers.get('etag') ?? '',
          text: await response.text(),
        };
      };
      const before = await Promise.all(paths.map((path) => ask(path)));
      for (const [at, path] of paths.entries()) {
        expect([path, (await ask(path, before[at]?.tag)).status]).toEqual([path, 304]);
      }
      await takeInDocuments(stores, '2026-01-25', later);
      current.reference = await openSnapshotOf(stores);
      for (const [at, path] of paths.entries()) {
        const after = await ask(path, before[at]?.tag);
        expect([path, after.status]).toEqual([path, 200]);
        expect(after.text).not.toBe(before[at]?.text);
        expect(after.tag).not.toBe(before[at]?.tag);
      }
    },
  );
});
