// Public routes: codes, history, check, releases, changes, health; and how they refuse.
import { describe, expect, test, vi } from 'vitest';
import { feedKey } from '../../shared/store/keys.ts';
import { putWaitingRelease, waitingCandidate } from '../support/waiting-release.ts';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

const { app, ports } = await apiUnderTest();
const get = async (path: string) => {
  const response = await app.request(path);
  return { status: response.status, body: await bodyOf(response), headers: response.headers };
};
const check = (body: unknown, type = 'application/json') =>
  app.request('/v1/check', {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('functions/api/code-routes.ts', () => {
  test('a code is answered for its date, in any spelling', async () => {
    const { status, body } = await get('/v1/codes/icd10cm/m545?date=2021-10-01');
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 'M54.5', status: 'header', billable: false });
    expect(body.replacedBy.map((one: { code: string }) => one.code)).toEqual([
      'M54.50',
      'M54.51',
      'M54.59',
    ]);
  });

  test('known takes an instant or a date, which means the end of that day', async () => {
    const asked = '/v1/codes/icd10cm/M54.5?date=2022-03-01&known=';
    expect((await get(`${asked}2026-01-02T11:59:59Z`)).body.status).toBe('billable');
    expect((await get(`${asked}2026-01-02T13:00:00%2B01:00`)).body.status).toBe('header');
    expect((await get(`${asked}2026-01-02`)).body.status).toBe('header');
    expect((await get(`${asked}2026-01-01`)).body.status).toBe('billable');
  });

  test.each([
    ['/v1/codes/icd10cm/M54.5?dat=2021-10-01', 'dat: '],
    ['/v1/codes/icd10cm/M54.5?date=2023-02-29', 'date: "2023-02-29"'],
    ['/v1/codes/icd10cm/M54.5?date=', 'date: ""'],
    ['/v1/codes/icd10cm/M54.5?date=2021-10-01&date=2021-10-02', 'date: given more than once'],
    ['/v1/codes/icd10cm/M54.5?known=yesterday', 'known: "yesterday"'],
    ['/v1/codes/icd10cm/M54.5?known=2026-02-30T00:00:00Z', 'known: '],
    ['/v1/releases?limit=0', 'limit: "0"'],
    ['/v1/releases?limit=1001', 'limit: "1001"'],
    ['/v1/releases?cursor=bm9uZQ', 'cursor: '],
    ['/v1/releases/icd10cm-2022/changes?kind=vanished', 'kind: "vanished"'],
    ['/v1/changes?system=icd9', 'system: "icd9"'],
    ['/health?verbose=1', 'verbose: '],
  ])('%s is refused and the parameter named', async (path, named) => {
    const { status, body, headers } = await get(path);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'invalid-request', title: 'Bad Request' });
    expect(body.detail).toContain(named);
  });

  test('an unknown code system is not found', async () => {
    const { status, body } = await get('/v1/codes/icd9/M54.5');
    expect([status, body.code]).toEqual([404, 'not-found']);
  });

  test('a batch is answered in order, each code on its date', async () => {
    const response = await check({
      items: [
        { system: 'icd10cm', code: 'M54.5', date: '2021-10-01' },
        { system: 'icd10cm', code: 'M54.5', date: '2021-09-30' },
      ],
    });
    const { results } = await bodyOf(response);
    expect(results.map((one: { status: string }) => one.status)).toEqual(['header', 'billable']);
  });

  test.each([
    ['{', 'body: not JSON'],
    [{ items: [{ system: 'icd10cm', code: 'M54.5', date: '2021-13-01' }] }, 'items[0].date'],
    [{ items: [{ system: 'icd9', code: 'M54.5', date: '2021-10-01' }] }, 'items[0].system'],
    [{ items: [{ system: 'icd10cm', code: 'M54.5' }] }, 'items[0].date'],
    [{ items: [], more: 1 }, 'more'],
    [[], 'body'],
  ])('the batch %j is refused and the place named', async (body, named) => {
    const response = await check(body);
    const problem = await bodyOf(response);
    expect([response.status, problem.code]).toEqual([400, 'invalid-request']);
    expect(problem.detail).toContain(named);
  });

  test('too many items, too many bytes and another content type have their own answers', async () => {
    const item = { system: 'icd10cm', code: 'M54.2', date: '2021-10-01' };
    const many = await check({ items: Array.from({ length: 10_001 }, () => item) });
    expect([many.status, (await bodyOf(many)).code]).toEqual([413, 'too-large']);
    const long = await check(JSON.stringify({ items: [] }).padEnd(2_000_001));
    expect([long.status, (await bodyOf(long)).code]).toEqual([413, 'too-large']);
    const form = await check('items=1', 'application/x-www-form-urlencoded');
    expect([form.status, (await bodyOf(form)).code]).toEqual([415, 'unsupported-media-type']);
  });

  test('history names each release with its source', async () => {
    const { body } = await get('/v1/codes/icd10cm/M54.5/history');
    expect(body.items.map((one: { release: string }) => one.release)).toEqual([
      'icd10cm-2021',
      'icd10cm-2022',
    ]);
    expect(body.items[0].sources[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('functions/api/release-routes.ts', () => {
  test('releases come page by page, every one once', async () => {
    const first = (await get('/v1/releases?limit=2')).body;
    expect(first.items.map((one: { id: string }) => one.id)).toEqual([
      'icd10cm-2021',
      'icd10cm-2022',
    ]);
    const second = (await get(`/v1/releases?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.items.map((one: { id: string }) => one.id)).toEqual(['icd10cm-2026']);
    expect(second.nextCursor).toBeUndefined();
  });

  test('a release shows what was recorded, not how it is kept', async () => {
    const { body } = await get('/v1/releases/icd10cm-2022');
    expect(body).toMatchObject({
      id: 'icd10cm-2022',
      system: 'icd10cm',
      effective: '2021-10-01',
      status: 'committed',
      rows: 10,
      billable: 7,
      changes: { added: 0, ended: 0, expanded: 0, collapsed: 0, retitled: 0 },
      findings: [],
    });
    expect(Object.keys(body)).not.toContain('candidate');
  });

  test('a cursor of another list is refused', async () => {
    const { nextCursor } = (await get('/v1/releases?limit=1')).body;
    expect((await get(`/v1/changes?cursor=${nextCursor}`)).status).toBe(400);
  });

  test('a release nobody took in is not found, nor are its changes', async () => {
    expect((await get('/v1/releases/icd10cm-2031')).status).toBe(404);
    expect((await get('/v1/releases/icd10cm-2031/changes')).status).toBe(404);
  });

  test('a quarantine is lifted only with an operator’s token and a reason', async () => {
    const approve = (headers: Record<string, string>, body: unknown) =>
      app.request('/v1/releases/icd10cm-2022/approve', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect((await approve({}, { reason: 'checked' })).status).toBe(401);
    expect((await approve(headersOf('operator'), {})).status).toBe(400);
    expect((await approve(headersOf('operator'), { reason: ' ' })).status).toBe(400);
    // It is committed, so there is nothing to lift.
    expect((await approve(headersOf('operator'), { reason: 'checked' })).status).toBe(404);
  });
});

describe('functions/api/release-routes.ts, approval', () => {
  const approve = async (approvable: boolean, body: unknown) => {
    const api = await apiUnderTest();
    await putWaitingRelease(api.ports.codeItems, approvable);
    const response = await api.app.request('/v1/releases/icd10cm-2027/approve', {
      method: 'POST',
      headers: headersOf('operator', true),
      body: JSON.stringify(body),
    });
    return { ...api, status: response.status, body: await bodyOf(response) };
  };

  test('an approved release is sent to ingest with who approved it, when and why', async () => {
    const { status, body, sent } = await approve(true, {
      reason: ' checked by hand ',
      by: 'A. Coder',
    });
    const approval = {
      by: 'A. Coder (operations)',
      at: '2026-02-01T00:00:00.000Z',
      reason: 'checked by hand',
    };
    expect([status, body]).toEqual([202, { id: 'icd10cm-2027', approval }]);
    expect(sent).toHaveLength(1);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ id: waitingCandidate.id, approval });
  });

  test('a release whose file is unsound cannot be approved', async () => {
    const { status, body, sent } = await approve(false, { reason: 'please' });
    expect([status, body.code, sent.length]).toEqual([422, 'rejected', 0]);
  });

  test('a release in quarantine is listed as such and changes no answer', async () => {
    const { app: api } = await approve(false, { reason: 'please' });
    const list = await bodyOf(await api.request('/v1/releases?status=quarantined'));
    expect(list.items.map((one: { id: string }) => one.id)).toEqual(['icd10cm-2027']);
    const health = await bodyOf(await api.request('/health'));
    expect(health.systems[0]).toMatchObject({ newestRelease: 'icd10cm-2026', quarantined: 1 });
    const code = await bodyOf(await api.request('/v1/codes/icd10cm/M54.2?date=2026-10-01'));
    expect(code.provisional).toBe(true);
  });
});

describe('functions/api/app.ts', () => {
  test('a path that is no route is not found; a wrong method says which are right', async () => {
    const nowhere = await app.request('/v1/nowhere');
    expect([nowhere.status, (await bodyOf(nowhere)).code]).toEqual([404, 'not-found']);
    const wrong = await app.request('/v1/check');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await bodyOf(wrong)).code).toBe('method-not-allowed');
  });

  test('what nobody expected is answered without its details', async () => {
    const broken = await apiUnderTest();
    vi.spyOn(broken.ports.codeTable, 'release').mockRejectedValue(new Error('secret inner state'));
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const response = await broken.app.request('/v1/releases/icd10cm-2022');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(log.mock.calls[0]?.[0]).toContain('secret inner state');
    log.mockRestore();
  });
});

describe('functions/api/health-routes.ts', () => {
  test('health is 503 until the start-up run is through, and says so', async () => {
    let through = false;
    const starting = await apiUnderTest(() => through);
    const before = await starting.app.request('/health');
    expect([before.status, (await bodyOf(before)).status]).toEqual([503, 'starting']);
    through = true;
    const after = await starting.app.request('/health');
    expect([after.status, (await bodyOf(after)).status]).toEqual([200, 'ok']);
  });

  test('it names the newest release of each system and the lag of each feed', async () => {
    await ports.codeItems.put({
      ...feedKey('cms-icd10cm'),
      checkedAt: '2026-01-31T06:30:00.000Z',
      reachedAt: '2026-01-29T06:30:00.000Z',
      changedAt: '2026-01-03T06:30:00.000Z',
    });
    const { body } = await get('/health');
    expect(body.systems).toEqual([
      {
        system: 'icd10cm',
        newestRelease: 'icd10cm-2026',
        newestEffective: '2025-10-01',
        releases: 3,
        quarantined: 0,
      },
      {
        system: 'icd10pcs',
        newestRelease: null,
        newestEffective: null,
        releases: 0,
        quarantined: 0,
      },
      {
        system: 'hcpcs',
        newestRelease: null,
        newestEffective: null,
        releases: 0,
        quarantined: 0,
      },
    ]);
    expect(body.feeds).toEqual([
      {
        id: 'cms-icd10cm',
        lastChecked: '2026-01-31T06:30:00.000Z',
        lastChanged: '2026-01-03T06:30:00.000Z',
        lagDays: 3,
      },
    ]);
  });
});
