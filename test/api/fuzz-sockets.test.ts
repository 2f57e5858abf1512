// Bytes on real sockets that are hardly HTTP: the server refuses them, in form where it can, and goes on serving.
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApiDocument } from '../../functions/api/openapi-document.ts';
import { type HttpServer, serveHttp } from '../../infra/local/http-server.ts';
import { apiWithEverything } from './ask-example.ts';
import { type HostileRequest, hostileRequests } from './hostile-requests.ts';
import { faultOf } from './judge-answer.ts';

let server: HttpServer;
const logged: unknown[] = [];
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation((...texts) => void logged.push(texts));
  server = await serveHttp((await apiWithEverything()).app.fetch, 0);
});
afterAll(() => server.close());

/** Sends bytes and gives all that comes back until the server ends the connection, or is silent for a while. */
function exchange(bytes: string | Uint8Array, patienceMs = 300): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(patienceMs, done);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('end', done);
    // A connection that is reset is refused too.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? done() : reject(error),
    );
  });
}

const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
const bodyOf = (text: string) => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
const get = (target: string, ...headers: string[]): string =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join(
    '\r\n',
  );
const post = (length: string, body: string, ...headers: string[]): string =>
  [
    'POST /v1/check HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    'Content-Type: application/json',
    length,
    ...headers,
    '',
    body,
  ].join('\r\n');

describe('infra/local/http-server.ts', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['an unknown method', 'BREW /v1/check HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['another protocol', 'GET / SIP/2.0\r\n\r\n', 400],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
    ['a host that is none', 'GET /health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a host with a path', 'GET /health HTTP/1.1\r\nHost: a/b?c\r\nConnection: close\r\n\r\n', 400],
    ['a target without a slash', get('health'), 400],
    ['an absolute target that is none', get('http://'), 400],
    ['a backslash in the path', get('/v1\\codes'), 400],
    ['a blank in the path', get('/v1/codes/icd10cm/M54 5'), 400],
    ['a bare line feed in a header', get('/health', 'X-A: a\nb'), 400],
    ['a header without a name', get('/health', ': a'), 400],
    ['a NUL in a header', get('/health', 'X-A: a\0b'), 400],
    ['bytes above ASCII', get('/v1/codes/icd10cm/M54.5\xff'), 400],
    ['two lengths', post('Content-Length: 12\r\nContent-Length: 13', '{"items":[]}'), 400],
    ['a length and chunks', post('Content-Length: 12\r\nTransfer-Encoding: chunked', '{}'), 400],
    ['a negative length', post('Content-Length: -1', '{}'), 400],
    ['a chunk that is none', post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n'), 400],
    ['headers over 16 KB', get('/health', `X-A: ${'a'.repeat(17_000)}`), 431],
    ['a request line over 16 KB', get(`/${'a'.repeat(17_000)}`), 431],
  ])('refuses %s in form', async (_, bytes, status) => {
    const text = await exchange(Buffer.from(bytes, 'latin1'));
    expect([statusOf(text), text.slice(0, 200)]).toEqual([status, expect.any(String)]);
    if (!/problem\+json/.test(text)) expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    else expect(bodyOf(text)).toMatchObject({ status });
  });

  it.each([
    ['a long address', get(`/v1/codes/icd10cm/${'a'.repeat(9000)}`), 414, 'uri-too-long'],
    ['a broken escape', get('/v1/codes/icd10cm/%zz'), 400, 'invalid-request'],
    ['climbing out of the path', get('/v1/../../etc/passwd'), 404, 'not-found'],
    ['TRACE', get('/v1/check').replace('GET', 'TRACE'), 405, 'method-not-allowed'],
    ['an absolute target', get('http://localhost/health'), 200, undefined],
    [
      'a length below the body',
      post('Content-Length: 2', '{}{"items":[]}'),
      400,
      'invalid-request',
    ],
    [
      'a body over the limit',
      post('Content-Length: 2000001', ' '.repeat(2_000_001)),
      413,
      'too-large',
    ],
    [
      'a body of chunks',
      post('Transfer-Encoding: chunked', 'c\r\n{"items":[]}\r\n0\r\n\r\n'),
      200,
      undefined,
    ],
    ['HTTP/1.0', 'GET /health HTTP/1.0\r\nHost: a\r\n\r\n', 200, undefined],
  ])('answers %s', async (_, bytes, status, code) => {
    const text = await exchange(Buffer.from(bytes, 'latin1'), 2000);
    expect([statusOf(text), text.slice(0, 300)]).toEqual([status, expect.any(String)]);
    if (code !== undefined) expect(text).toContain(`"code":"${code}"`);
  });

  it('outlives a body that never comes, and one whose sender leaves', async () => {
    const never = exchange(post('Content-Length: 100', '{'), 100);
    const left = exchange(post('Content-Length: 100', '{'), 1);
    expect(await Promise.all([never, left])).toEqual(['', '']);
    const { status } = await fetch(`${server.url}/health`);
    expect(status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('answers random requests over a connection as it does without one', async () => {
    const document = await openApiDocument();
    const overHttp = fc.asyncProperty(hostileRequests(document), async (request) => {
      const response = await ask(request);
      const { status, headers } = response;
      const text = await response.text();
      expect(faultOf(request, { status, headers, text })).toBeUndefined();
    });
    await fc.assert(overHttp, { seed: 20_261_001, numRuns: 1000 });
    expect(logged).toEqual([]);
  });

  it('serves on after bytes at random', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(60), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, some]) => {
        const whole = Buffer.from(get('/v1/codes/icd10cm/M54.5?date=2021-10-01'));
        return Buffer.concat([whole.subarray(0, at), some, whole.subarray(at + some.length)]);
      }),
    );
    const refused = fc.asyncProperty(bytes, async (some) => {
      const text = await exchange(some, 20);
      // Silence: the request is not whole yet.
      if (text !== '') expect(statusOf(text)).toBeLessThan(500);
    });
    await fc.assert(refused, { seed: 20_261_001, numRuns: 300 });
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  function ask({ method, target, headers, body }: HostileRequest): Promise<Response> {
    const hasBody = method !== 'GET' && method !== 'HEAD' && body !== undefined;
    return fetch(`${server.url}${target}`, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      ...(hasBody && { body: body.toWellFormed() }),
    });
  }
});
