// Limits of one request and of one client.
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../functions/api/app.ts';
import { defaultLimits } from '../../functions/api/limits.ts';
import { problemOf } from '../../functions/api/problem.ts';
import { createTokenBuckets, rateLimited } from '../../functions/api/rate-limit.ts';
import { serveHttp } from '../../infra/local/http-server.ts';
import { apiUnderTest, apiWithSnapshot, bodyOf } from './api-under-test.ts';

const { app, ports } = await apiWithSnapshot();
const codeOf = async (response: Response) => [response.status, (await bodyOf(response)).code];

describe('functions/api/limits.ts', () => {
  test('path and query may be 8,192 characters, and no more', async () => {
    const start = '/v1/codes/icd10cm/M54.5?date=2021-10-01&';
    const fits = await app.request(start.padEnd(8192, 'x'));
    expect(await codeOf(fits)).toEqual([400, 'invalid-request']);
    const over = await app.request(start.padEnd(8193, 'x'));
    expect(await codeOf(over)).toEqual([414, 'uri-too-long']);
  });

  test.each([
    ['/v1/codes/icd10cm/%', 'path: not percent-encoded'],
    ['/v1/codes/icd10cm/M54%2', 'path: not percent-encoded'],
    ['/v1/codes/icd10cm/%ff', 'path: not percent-encoded'],
    ['/v1/codes/icd10cm/%C0%AE', 'path: not percent-encoded'],
    ['/v1/codes/icd10cm/M54.5?date=%E0%A4%A', 'query: not percent-encoded'],
    ['/v1/codes/icd10cm/M54%00.5', 'path: holds a control character'],
    ['/v1/codes/icd10cm/M54%0d%0aX-A:b', 'path: holds a control character'],
    ['/v1/search/icd10cm?q=a%00b', 'query: holds a NUL'],
  ])('%s is refused and the fault named', async (path, detail) => {
    const response = await app.request(path);
    const body = await bodyOf(response);
    expect([response.status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.detail).toContain(detail);
  });

  test('an address on the FHIR face is refused in FHIR’s words', async () => {
    const response = await app.request('/fhir/R4/CodeSystem/$lookup?code=%ff');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/fhir+json');
    expect((await bodyOf(response)).resourceType).toBe('OperationOutcome');
  });

  test('an answer that takes too long is unavailable, and says when to try again', async () => {
    const slow = createApp({
      ports: {
        ...ports,
        codeTable: { ...ports.codeTable, releases: () => sleep(5000, [], { ref: false }) },
      },
      callerOf: () => ({ tenant: 'nobody', operator: false }),
      ready: () => true,
      limits: { answerMsMax: 20 },
    });
    const response = await slow.request('/v1/releases');
    expect(await codeOf(response)).toEqual([503, 'unavailable']);
    expect(response.headers.get('retry-after')).toBe('1');
  });
});

describe('functions/api/read-body.ts', () => {
  const send = (headers: Record<string, string>, body = '{"items":[]}') =>
    app.request('/v1/check', { method: 'POST', headers, body });
  const json = { 'content-type': 'application/json' };

  test('a compressed body is refused, not misread', async () => {
    const packed = await send({ ...json, 'content-encoding': 'gzip' });
    expect(await codeOf(packed)).toEqual([415, 'unsupported-media-type']);
    expect((await send({ ...json, 'content-encoding': 'identity' })).status).toBe(200);
    expect((await send({ 'content-type': 'APPLICATION/json; charset=utf-8' })).status).toBe(200);
  });

  test('a body without a length is counted as it comes', async () => {
    const blanks = new TextEncoder().encode(' '.repeat(100_000));
    const endless = new ReadableStream<Uint8Array>({ pull: (stream) => stream.enqueue(blanks) });
    const request = new Request('http://localhost/v1/check', {
      method: 'POST',
      headers: json,
      body: endless,
      duplex: 'half',
    });
    expect(await codeOf(await app.request(request))).toEqual([413, 'too-large']);
  });

  test('JSON nested a hundred thousand deep is a bad request like any other', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await codeOf(await send(json, deep))).toEqual([400, 'invalid-request']);
    expect(await codeOf(await send(json, `{"items":${deep}}`))).toEqual([400, 'invalid-request']);
  });

  test('what is wrong is named, however long it is, in a few hundred characters', async () => {
    const response = await send(json, JSON.stringify({ ['k'.repeat(1_000_000)]: 1 }));
    const text = await response.text();
    expect([response.status, text.length < 1000]).toEqual([400, true]);
  });
});

const small = { burst: 3, perSecond: 2, clientsMax: 10 };

describe('functions/api/rate-limit.ts', () => {
  test('a client may ask a burst at once, then as often as the bucket fills', () => {
    let ms = 0;
    const buckets = createTokenBuckets(small, () => ms);
    expect([1, 2, 3].map(() => buckets.take('a').passes)).toEqual([true, true, true]);
    expect(buckets.take('a')).toEqual({ passes: false, waitMs: 500 });
    // Another client has a bucket of its own.
    expect(buckets.take('b').passes).toBe(true);
    ms = 400;
    expect(buckets.take('a')).toEqual({ passes: false, waitMs: 100 });
    ms = 500;
    expect(buckets.take('a').passes).toBe(true);
    expect(buckets.take('a').passes).toBe(false);
    // However long it is silent, it saves up no more than a burst.
    ms = 1_000_000;
    expect([1, 2, 3, 4].map(() => buckets.take('a').passes)).toEqual([true, true, true, false]);
  });

  test('no client ever gets more than the burst and what has filled since', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 60 }), (gaps) => {
        let ms = 0;
        const buckets = createTokenBuckets(small, () => ms);
        let passed = 0;
        for (const gap of gaps) {
          ms += gap;
          if (buckets.take('a').passes) passed += 1;
          expect(passed).toBeLessThanOrEqual(small.burst + (ms / 1000) * small.perSecond);
        }
      }),
    );
  });

  test('a thousand clients take no more room than is set aside; who is silent is forgotten', () => {
    const buckets = createTokenBuckets(small, () => 0);
    for (let i = 0; i < 1000; i += 1) buckets.take(`client ${i}`);
    expect(buckets.size()).toBe(10);
    for (let i = 0; i < 3; i += 1) buckets.take('client 999');
    expect(buckets.take('client 999').passes).toBe(false);
  });

  test('a refused client is told how long to wait, in the headers of the draft', async () => {
    const limited = new Hono();
    limited.use(
      rateLimited(
        small,
        (c) => c.req.header('x-test-address'),
        () => 0,
      ),
    );
    limited.onError((error, c) => problemOf(c, error));
    limited.get('/', (c) => c.text('here'));
    const ask = (address?: string) =>
      limited.request('/', { ...(address && { headers: { 'x-test-address': address } }) });
    for (let i = 0; i < 3; i += 1) expect((await ask('192.0.2.1')).status).toBe(200);
    const refused = await ask('192.0.2.1');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('ratelimit-policy')).toBe('"default";q=3;w=2');
    expect(refused.headers.get('ratelimit')).toBe('"default";r=0;t=1');
    expect(await codeOf(refused)).toEqual([429, 'too-many-requests']);
    // Who has no address, a request inside the process, is not counted.
    for (let i = 0; i < 9; i += 1) expect((await ask()).status).toBe(200);
  });
});

describe('functions/api/app.ts over loopback', async () => {
  const rate = { burst: 5, perSecond: 0.001, clientsMax: 10 };
  const limited = await apiUnderTest(() => true, { limits: { rate } });
  const server = await serveHttp(limited.app.fetch, 0);
  afterAll(() => server.close());

  test('the sixth request of an address is refused, whatever token it makes up', async () => {
    const ask = (token: string) =>
      fetch(`${server.url}/v1/releases`, { headers: { authorization: `Bearer ${token}` } });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const response = await ask(`made-up-${i}`);
      statuses.push(response.status);
      await response.body?.cancel();
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('the limits of every day are generous to a busy office', () => {
    expect(defaultLimits.rate).toMatchObject({ burst: 5000, perSecond: 1000 });
  });
});

vi.setConfig({ testTimeout: 20_000 });
