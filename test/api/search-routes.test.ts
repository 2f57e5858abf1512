// The search route: what it takes, what it answers, how it pages and refuses; and look-ups answered from a snapshot.
import { describe, expect, test } from 'vitest';
import { createApp } from '../../functions/api/app.ts';
import { createCallerOf } from '../../functions/api/authenticate.ts';
import { smallReleases } from '../operations/small-releases.ts';
import { openTestReference } from '../support/test-reference.ts';
import { apiUnderTest, bodyOf } from './api-under-test.ts';

const reference = await openTestReference(smallReleases);
const { app: withoutSnapshot, ports } = await apiUnderTest();
const app = createApp({
  ports: {
    ...ports,
    codeTable: reference.codeTable,
    reference: { now: () => reference, withCatalogue: async () => reference },
  },
  callerOf: createCallerOf(new Map()),
  ready: () => true,
});
const get = async (path: string, asked = app) => {
  const response = await asked.request(path);
  return { status: response.status, body: await bodyOf(response), headers: response.headers };
};
const codesOf = (body: { items: { code: string }[] }) => body.items.map((one) => one.code);

describe('functions/api/search-routes.ts', () => {
  test('words find codes as they are on the date', async () => {
    const { status, body } = await get('/v1/search/icd10cm?q=low+back+pain&date=2021-09-30');
    expect(status).toBe(200);
    expect(body).toEqual({
      system: 'icd10cm',
      date: '2021-09-30',
      total: 1,
      items: [
        {
          system: 'icd10cm',
          code: 'M54.5',
          status: 'billable',
          billable: true,
          title: { short: 'Low back pain', long: 'Low back pain' },
          effective: { from: '2020-10-01', to: '2021-09-30' },
          release: 'icd10cm-2021',
        },
      ],
    });
  });

  test('without a date it answers for today', async () => {
    const { body } = await get('/v1/search/icd10cm?q=vertebrogenic');
    expect([body.date, codesOf(body)]).toEqual(['2026-02-01', ['M54.51']]);
  });

  test('billable=true leaves the categories out, billable=false does not', async () => {
    const asked = '/v1/search/icd10cm?q=M54.5&date=2021-10-01';
    const children = ['M54.50', 'M54.51', 'M54.59'];
    expect(codesOf((await get(asked)).body)).toEqual(['M54.5', ...children]);
    expect(codesOf((await get(`${asked}&billable=false`)).body)).toEqual(['M54.5', ...children]);
    expect(codesOf((await get(`${asked}&billable=true`)).body)).toEqual(children);
  });

  test('pages of any size give every hit once, in the same order', async () => {
    const asked = '/v1/search/icd10cm?q=pain&date=2021-10-01';
    const whole = codesOf((await get(asked)).body);
    expect(whole).toHaveLength(4);
    for (const limit of [1, 2, 3, 4]) {
      const found: string[] = [];
      let cursor = '';
      do {
        const { body } = await get(`${asked}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
        expect(body.total).toBe(4);
        found.push(...codesOf(body));
        cursor = body.nextCursor ?? '';
      } while (cursor !== '');
      expect(found).toEqual(whole);
    }
  });

  test('nothing found is an empty list', async () => {
    const { status, body } = await get('/v1/search/icd10cm?q=nosuchword');
    expect([status, body.total, body.items, body.nextCursor]).toEqual([200, 0, [], undefined]);
  });

  test.each([
    ['/v1/search/icd10cm', 'q: missing'],
    ['/v1/search/icd10cm?q=', 'q: ""'],
    ['/v1/search/icd10cm?q=%20-', 'q: " -"'],
    [`/v1/search/icd10cm?q=${'a'.repeat(201)}`, 'q: '],
    ['/v1/search/icd10cm?q=pain&date=2021-9-1', 'date: "2021-9-1"'],
    ['/v1/search/icd10cm?q=pain&billable=yes', 'billable: "yes"'],
    ['/v1/search/icd10cm?q=pain&limit=0', 'limit: "0"'],
    ['/v1/search/icd10cm?q=pain&cursor=bm9uZQ', 'cursor: '],
    ['/v1/search/icd10cm?q=pain&known=2021-01-01', 'known: '],
  ])('%s is refused and the parameter named', async (path, named) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.detail).toContain(named);
  });

  test('a cursor of another list is refused, and so is one with a position no page has', async () => {
    const { nextCursor } = (await get('/v1/releases?limit=1')).body;
    expect((await get(`/v1/search/icd10cm?q=pain&cursor=${nextCursor}`)).status).toBe(400);
    for (const position of ['-1', '0', '1.5', '1e3', '123456', 'x']) {
      const text = JSON.stringify(['/v1/search/icd10cm', position]);
      const cursor = Buffer.from(text).toString('base64url');
      expect((await get(`/v1/search/icd10cm?q=pain&cursor=${cursor}`)).status).toBe(400);
    }
  });

  test('an unknown code system and a date no release covers are not found', async () => {
    const system = await get('/v1/search/icd9?q=pain');
    expect([system.status, system.body.code]).toEqual([404, 'not-found']);
    const date = await get('/v1/search/icd10cm?q=pain&date=2020-09-30');
    expect([date.status, date.body.detail]).toEqual([
      404,
      'no release of ICD-10-CM covers 2020-09-30; GET /v1/releases lists them',
    ]);
  });

  test('until a snapshot is there a search is unavailable and says when to try again', async () => {
    const { status, body, headers } = await get('/v1/search/icd10cm?q=pain', withoutSnapshot);
    expect([status, body.code]).toEqual([503, 'unavailable']);
    expect(headers.get('retry-after')).toBe('1');
  });
});

describe('functions/api/code-routes.ts, from a snapshot', () => {
  test('a header comes with what is billable under it', async () => {
    const { body } = await get('/v1/codes/icd10cm/M54.5?date=2021-10-01');
    expect(body.children).toEqual([
      { code: 'M54.50', short: 'Low back pain, unspecified' },
      { code: 'M54.51', short: 'Vertebrogenic low back pain' },
      { code: 'M54.59', short: 'Other low back pain' },
    ]);
    expect(body.childrenTotal).toBe(3);
  });

  test('an unknown code comes with what may have been meant, wherever it is asked for', async () => {
    const near = [
      { system: 'icd10cm', code: 'I10', reason: 'letter-o-digit-0', status: 'billable' },
    ];
    const single = await get('/v1/codes/icd10cm/I1O?date=2021-10-01');
    expect([single.status, single.body.status]).toEqual([200, 'unknown']);
    expect(single.body.nearMisses).toEqual(near);
    const response = await app.request('/v1/check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ system: 'icd10cm', code: 'I1O', date: '2021-10-01' }] }),
    });
    expect((await bodyOf(response)).results[0].nearMisses).toEqual(near);
  });

  test('without a snapshot the table answers, and what was not looked for is null', async () => {
    const header = await get('/v1/codes/icd10cm/M54.5?date=2021-10-01', withoutSnapshot);
    expect(header.body).toMatchObject({ status: 'header', children: null, childrenTotal: null });
  });

  test('history and what was believed earlier are answered from it too', async () => {
    const history = await get('/v1/codes/icd10cm/M54.5/history');
    expect(history.body.items.map((one: { status: string }) => one.status)).toEqual([
      'billable',
      'header',
    ]);
    const asked = '/v1/codes/icd10cm/M54.5?date=2021-10-01&known=1999-01-01';
    expect((await get(asked)).body.status).toBe('outside-horizon');
  });
});
