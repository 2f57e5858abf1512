// Answers kept in memory: right for the state they were given in, within bounds, and never another's.
import { describe, expect, test, vi } from 'vitest';
import { createApp } from '../../functions/api/app.ts';
import { createKeptAnswers } from '../../functions/api/kept-answers.ts';
import { apiWithSnapshot } from './api-under-test.ts';

const answered = (body: string) => ({ body, headers: {} });

describe('functions/api/kept-answers.ts', () => {
  test('an answer is kept for its state and address alone', () => {
    const kept = createKeptAnswers(10_000);
    kept.keep('one', '/a', answered('A'));
    expect(kept.get('one', '/a')?.body).toBe('A');
    expect(kept.get('one', '/b')).toBeUndefined();
    expect(kept.get('two', '/a')).toBeUndefined();
    // The state before is gone for good: it does not come back.
    expect(kept.get('one', '/a')).toBeUndefined();
  });

  test('beyond its bounds what was not asked for longest goes first', () => {
    // 256 answers of 100 characters of address and body fit into 25,600.
    const kept = createKeptAnswers(25_600);
    const address = (n: number): string => `/${String(n).padStart(9, '0')}`;
    for (let n = 0; n < 256; n += 1) kept.keep('s', address(n), answered('x'.repeat(90)));
    expect(kept.get('s', address(0))).toBeDefined();
    kept.keep('s', address(256), answered('x'.repeat(90)));
    expect([0, 1, 2, 256].map((n) => kept.get('s', address(n)) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test('an answer kept again is counted once', () => {
    const kept = createKeptAnswers(25_600);
    for (let n = 0; n < 1000; n += 1) kept.keep('s', '/a', answered('x'.repeat(90)));
    kept.keep('s', '/b', answered('x'.repeat(90)));
    expect([kept.get('s', '/a'), kept.get('s', '/b')]).not.toContain(undefined);
  });

  test('what is too long, and anything where nothing is to be kept, is not kept', () => {
    const kept = createKeptAnswers(25_600);
    kept.keep('s', '/a', answered('x'.repeat(99)));
    expect(kept.get('s', '/a')).toBeUndefined();
    const none = createKeptAnswers(0);
    none.keep('s', '/a', answered('x'));
    expect(none.get('s', '/a')).toBeUndefined();
  });
});

describe('functions/api/caching.ts: what is asked again', () => {
  const path = '/v1/codes/icd10cm/M54.5';

  async function counting() {
    const { ports, reference } = await apiWithSnapshot();
    const state = { stamp: 'f1_icd10cm-3', day: '2021-09-30' };
    const versions = vi.fn(reference.codeTable.versions);
    const now = () => ({
      ...reference,
      codeTable: { ...reference.codeTable, versions },
      stamp: state.stamp,
    });
    const app = createApp({
      ports: {
        ...ports,
        reference: { now, withCatalogue: async () => now() },
        clock: { now: () => `${state.day}T09:30:00.000Z` },
      },
      callerOf: () => ({ tenant: 'clinic', operator: false }),
      ready: () => true,
    });
    return { app, state, versions };
  }

  test('is read once, and answered the same with the same headers', async () => {
    const { app, versions } = await counting();
    const first = await app.request(path);
    const reads = versions.mock.calls.length;
    const again = await app.request(path);
    expect(versions.mock.calls.length).toBe(reads);
    expect(await again.text()).toBe(await first.text());
    expect(Object.fromEntries(again.headers)).toEqual(Object.fromEntries(first.headers));
  });

  test('is worked out anew on another day and from another snapshot', async () => {
    const { app, state } = await counting();
    const status = async (): Promise<unknown> =>
      JSON.parse(await (await app.request(path)).text()).status;
    expect(await status()).toBe('billable');
    state.day = '2021-10-01';
    expect(await status()).toBe('header');
    const { etag } = Object.fromEntries((await app.request(path)).headers);
    state.stamp = 'f1_icd10cm-4';
    expect((await app.request(path)).headers.get('etag')).not.toBe(etag);
  });

  test('is still refused to whoever does not take its type', async () => {
    const { app } = await counting();
    expect((await app.request(path)).status).toBe(200);
    expect((await app.request(path, { headers: { accept: 'text/html' } })).status).toBe(406);
  });

  test('has no body for HEAD, and 304 for its tag', async () => {
    const { app } = await counting();
    const tag = (await app.request(path)).headers.get('etag') ?? '';
    const head = await app.request(path, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', tag]);
    const again = await app.request(path, { headers: { 'if-none-match': tag } });
    expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
  });

  test('names the host that was asked, where the answer names one', async () => {
    const { app } = await counting();
    for (const host of ['one.example', 'two.example']) {
      const url = `http://${host}/fhir/R4/CodeSystem`;
      expect(await (await app.request(url)).text()).toContain(`http://${host}/fhir/R4`);
    }
  });
});
