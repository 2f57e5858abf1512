// What may be kept of answers, for how long, and when asking again is answered with 304.
import { describe, expect, test, vi } from 'vitest';
import { createApp } from '../../functions/api/app.ts';
import { accepts } from '../../functions/api/negotiate.ts';
import type { Reference } from '../../shared/ports/reference-source.ts';
import { apiUnderTest, apiWithSnapshot, bodyOf, headersOf } from './api-under-test.ts';

const dated = '/v1/codes/icd10cm/M54.5?date=2021-10-01';
const undated = '/v1/codes/icd10cm/M54.5';
const tagOf = (response: Response): string => response.headers.get('etag') ?? '';

/** An API whose state, day and build a test can change. */
async function changing() {
  const { ports, reference } = await apiWithSnapshot();
  const state = { stamp: 'f1_icd10cm-3', day: '2026-02-01', build: 'one' };
  const now = vi.fn(() => ({ ...reference, stamp: state.stamp }));
  const ask = (path: string, tag?: string, headers: Record<string, string> = {}) =>
    createApp({
      ports: {
        ...ports,
        reference: { now, withCatalogue: async () => now() },
        clock: { now: () => `${state.day}T09:30:00.000Z` },
      },
      callerOf: () => ({ tenant: 'clinic', operator: false }),
      ready: () => true,
      build: state.build,
    }).request(path, {
      headers: { ...headers, ...(tag !== undefined && { 'if-none-match': tag }) },
    });
  return { ask, state, now };
}

describe('functions/api/caching.ts', () => {
  test('an answer from a snapshot has a tag, and the tag is answered with 304', async () => {
    const { ask } = await changing();
    const first = await ask(dated);
    expect(first.status).toBe(200);
    expect(tagOf(first)).toMatch(/^W\/"[\w-]{27}"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    for (const names of [tagOf(first), `"x", ${tagOf(first)}`, tagOf(first).slice(2)]) {
      const again = await ask(dated, names);
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(tagOf(again)).toBe(tagOf(first));
      expect(again.headers.get('cache-control')).toBe('public, max-age=60');
    }
  });

  test('nothing is looked up for a 304', async () => {
    const { ask, now } = await changing();
    const tag = tagOf(await ask(dated));
    now.mockImplementation(() => {
      const state: Partial<Reference> = { stamp: 'f1_icd10cm-3' };
      // Whatever else is touched throws.
      return state as ReturnType<typeof now>;
    });
    expect((await ask(dated, tag)).status).toBe(304);
    vi.spyOn(console, 'error').mockReturnValueOnce();
    expect((await ask(dated)).status).toBe(500);
  });

  test('a new state, a new build and another address are new answers', async () => {
    const { ask, state } = await changing();
    const tag = tagOf(await ask(dated));
    expect((await ask('/v1/codes/icd10cm/M54.2?date=2021-10-01', tag)).status).toBe(200);
    state.build = 'two';
    expect((await ask(dated, tag)).status).toBe(200);
    state.build = 'one';
    state.stamp = 'f1_icd10cm-4';
    const after = await ask(dated, tag);
    expect([after.status, tagOf(after) === tag]).toEqual([200, false]);
  });

  test('the next day is a new answer only to who named no date', async () => {
    const { ask, state } = await changing();
    const [datedTag, undatedTag] = [tagOf(await ask(dated)), tagOf(await ask(undated))];
    expect((await ask(undated, undatedTag)).status).toBe(304);
    state.day = '2026-02-02';
    expect((await ask(undated, undatedTag)).status).toBe(200);
    expect((await ask(dated, datedTag)).status).toBe(304);
    // An empty date names none: NLM takes a parameter without a value.
    const search = '/api/icd10cm/v3/search?terms=low&date=';
    expect((await ask(search)).status).not.toBe(304);
  });

  test.each([
    '/v1/codes/icd10cm/M54.5?date=2021-02-30',
    '/v1/codes/icd10cm/M54.5?nonsense=1',
    '/v1/search/icd10cm?date=2021-10-01',
    '/v1/releases/icd10cm-2031',
  ])('the refusal of %s is not kept, has no tag, and no tag turns it into 304', async (path) => {
    const { ask } = await changing();
    for (const tag of [undefined, '*', tagOf(await ask(dated))]) {
      const response = await ask(path, tag);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect([response.headers.get('cache-control'), tagOf(response)]).toEqual(['no-store', '']);
    }
  });

  test('from the table an answer is told by its bytes', async () => {
    const { app } = await apiUnderTest();
    const first = await app.request(dated);
    expect(tagOf(first)).toMatch(/^W\/"[0-9a-f]{40}"$/);
    const again = await app.request(dated, { headers: { 'if-none-match': tagOf(first) } });
    expect([again.status, await again.text(), tagOf(again)]).toEqual([304, '', tagOf(first)]);
    expect(again.headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('releases may be kept but are asked again each time: one may have been approved', async () => {
    const { app } = await apiWithSnapshot();
    for (const path of ['/v1/releases', '/v1/releases/icd10cm-2022', '/v1/changes']) {
      const first = await app.request(path);
      expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      const again = await app.request(path, { headers: { 'if-none-match': tagOf(first) } });
      expect(again.status).toBe(304);
    }
  });

  test.each(['/openapi.json', '/docs'])('%s is kept for some minutes', async (path) => {
    const { app } = await apiWithSnapshot();
    const first = await app.request(path);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const again = await app.request(path, { headers: { 'if-none-match': tagOf(first) } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('HEAD answers the headers of GET', async () => {
    const { app } = await apiWithSnapshot();
    for (const path of [dated, '/v1/releases', '/docs', '/health']) {
      const [get, head] = [await app.request(path), await app.request(path, { method: 'HEAD' })];
      expect([head.status, await head.text()]).toEqual([200, '']);
      for (const name of ['etag', 'cache-control', 'content-type']) {
        expect(head.headers.get(name), `${path} ${name}`).toBe(get.headers.get(name));
      }
    }
  });

  test('what is a tenant’s is never kept, nor is health, nor a check', async () => {
    const { app } = await apiWithSnapshot();
    const headers = headersOf('clinic', true);
    const body = JSON.stringify({ codes: [{ system: 'icd10cm', code: 'M54.5' }] });
    const check = JSON.stringify({ items: [] });
    const answers = [
      await app.request('/v1/templates/a', { method: 'PUT', headers, body }),
      ...(await Promise.all(
        ['/v1/templates', '/v1/templates/a', '/v1/findings', '/v1/alerts', '/health'].map((path) =>
          app.request(path, { headers }),
        ),
      )),
      await app.request('/v1/check', { method: 'POST', headers, body: check }),
    ];
    for (const response of answers) {
      expect(response.status).toBeLessThan(300);
      expect([response.headers.get('cache-control'), tagOf(response)]).toEqual(['no-store', '']);
    }
  });

  test('every answer says that its type is not to be guessed', async () => {
    const { app } = await apiWithSnapshot();
    for (const path of [dated, '/v1/nowhere', '/docs']) {
      expect((await app.request(path)).headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('functions/api/negotiate.ts', () => {
  const json = 'application/json';

  test.each([
    ['*/*', true],
    ['', true],
    [json, true],
    ['APPLICATION/JSON', true],
    ['application/*', true],
    ['text/html, application/json;q=0.1', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', false],
    ['application/json;q=0', false],
    ['application/json;q=0.0, */*', false],
    ['text/*, image/png;q=1', false],
    ['*/*;q=0, application/json', true],
    ['application/jsonp', false],
  ])('Accept: %s takes JSON: %s', (accept, expected) => {
    expect(accepts(accept, json)).toBe(expected);
  });

  test('a face that is asked for something else says what it answers', async () => {
    const { app } = await apiWithSnapshot();
    const page = await app.request('/docs', { headers: { accept: json } });
    expect([page.status, (await bodyOf(page)).detail]).toEqual([
      406,
      'this route answers text/html; ask for it, or for */*',
    ]);
  });
});
