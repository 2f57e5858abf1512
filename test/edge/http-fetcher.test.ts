// The HTTP fetcher against a server on loopback that redirects, stumbles, dawdles and sends too much.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpFetcher, type HttpFetcherOptions } from '../../shared/edge/http-fetcher.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

let server: Server;
let host: string;
let handler: Handler;
let seen: IncomingMessage[];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push(request);
    handler(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  host = `127.0.0.1:${address.port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const fetcher = (options: Partial<HttpFetcherOptions> = {}) =>
  createHttpFetcher({ allowedHosts: [host], backoffMs: 1, ...options });
const get = (path: string, options: Partial<HttpFetcherOptions> = {}, bytesMax = 1000) =>
  fetcher(options).fetch({ url: `http://${host}${path}`, bytesMax });

describe('shared/edge/http-fetcher.ts', () => {
  it('answers status, lower-case headers and bytes, and says who asks', async () => {
    handler = (_, response) => {
      response.setHeader('ETag', '"1"').end('bytes');
    };
    const { status, headers, bytes, url } = await get('/a.txt');
    expect([status, Buffer.from(bytes).toString(), url]).toEqual([
      200,
      'bytes',
      `http://${host}/a.txt`,
    ]);
    expect(headers.etag).toBe('"1"');
    expect(seen[0]?.headers['user-agent']).toMatch(/^codewatch\/0\.1 \(\+/);
    expect(seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('asks conditionally and takes 304 for an answer without bytes', async () => {
    handler = (_, response) => void response.writeHead(304).end();
    const since = 'Wed, 15 Jan 2025 00:00:00 GMT';
    const conditions = { ifNoneMatch: '"1"', ifModifiedSince: since };
    const answer = await fetcher().fetch({ url: `http://${host}/`, bytesMax: 10, ...conditions });
    expect([answer.status, answer.bytes.length, seen.length]).toEqual([304, 0, 1]);
    expect(seen[0]?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': since });
  });

  it('asks again after 503 and takes the 200 that follows', async () => {
    handler = (_, response, nth) => void response.writeHead(nth < 3 ? 503 : 200).end('ok');
    expect((await get('/')).status).toBe(200);
    expect(seen).toHaveLength(3);
  });

  it('gives up after so many attempts and says what it got', async () => {
    handler = (_, response) => void response.writeHead(502).end();
    const failed = get('/', { attempts: 3 });
    await expect(failed).rejects.toMatchObject({ code: 'upstream-unavailable', retryable: true });
    await expect(failed).rejects.toThrow('502');
    expect(seen).toHaveLength(3);
  });

  it('waits as long as Retry-After asks, unless that is too long', async () => {
    handler = (_, response, nth) => {
      response.writeHead(nth === 1 ? 429 : 200, { 'retry-after': '1' }).end();
    };
    const begin = performance.now();
    expect((await get('/')).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThan(990);
    seen = [];
    await expect(get('/', { retryAfterMsMax: 500 })).rejects.toThrow('429');
    expect(seen).toHaveLength(1);
  });

  it('takes 404 for an answer and does not ask again', async () => {
    handler = (_, response) => void response.writeHead(404).end('<html>gone</html>');
    const answer = await get('/');
    expect([answer.status, answer.bytes.length, seen.length]).toEqual([404, 0, 1]);
  });

  it('follows a redirect on an allowed host and says where it ended', async () => {
    handler = (request, response) => {
      if (request.url === '/new') response.end('here');
      else response.writeHead(301, { location: '/new' }).end();
    };
    expect(await get('/old')).toMatchObject({ status: 200, url: `http://${host}/new` });
  });

  it.each([
    'https://elsewhere.example/file.zip',
    'http://www.cms.gov/file.zip',
    'file:///etc/passwd',
    '//169.254.169.254/latest/meta-data',
  ])('refuses a redirect to %s and never asks it', async (location) => {
    handler = (_, response) => void response.writeHead(302, { location }).end();
    const asked: string[] = [];
    const fetchImplementation: typeof fetch = (input, init) => {
      asked.push(String(input));
      return fetch(input, init);
    };
    const options = { allowedHosts: [host, 'www.cms.gov'], fetchImplementation };
    await expect(get('/', options)).rejects.toMatchObject({ code: 'redirect-refused' });
    expect(asked).toEqual([`http://${host}/`]);
  });

  it('refuses redirects without end', async () => {
    handler = (_, response) => void response.writeHead(302, { location: '/' }).end();
    await expect(get('/', { redirectsMax: 3 })).rejects.toMatchObject({ code: 'redirect-refused' });
    expect(seen).toHaveLength(4);
  });

  it('asks no host that is not allowed in the first place', async () => {
    const refused = get('/', { allowedHosts: ['www.cms.gov'] });
    await expect(refused).rejects.toMatchObject({ code: 'redirect-refused' });
    expect(seen).toHaveLength(0);
  });

  it('refuses more bytes than allowed, announced or not, without asking again', async () => {
    handler = (_, response) => void response.end('x'.repeat(2000));
    await expect(get('/')).rejects.toMatchObject({ code: 'too-large', retryable: false });
    handler = (_, response) => {
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    };
    await expect(get('/')).rejects.toMatchObject({ code: 'too-large' });
    expect(seen).toHaveLength(2);
  });

  it('takes exactly as many bytes as allowed', async () => {
    handler = (_, response) => void response.end('x'.repeat(1000));
    expect((await get('/')).bytes.length).toBe(1000);
  });

  it('gives up on a server that is silent, before and in the middle of its answer', async () => {
    handler = () => {};
    const options = { timeoutMs: 60, attempts: 2 };
    await expect(get('/', options)).rejects.toMatchObject({ code: 'upstream-unavailable' });
    expect(seen).toHaveLength(2);
    handler = (_, response) => void response.write('half');
    await expect(get('/', options)).rejects.toThrow('silent');
  });

  it('bears a slow server that keeps sending, but not for ever', async () => {
    handler = (_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
      setTimeout(() => response.end(), 200);
    };
    expect((await get('/', { timeoutMs: 100 })).status).toBe(200);
    const hurried = get('/', { timeoutMs: 100, totalMsMax: 80, attempts: 1 });
    await expect(hurried).rejects.toMatchObject({ code: 'upstream-unavailable' });
  });

  it('counts the begin of an answer as a sign of life', async () => {
    handler = (_, response) => {
      setTimeout(() => response.flushHeaders(), 90);
      setTimeout(() => response.end('late'), 180);
    };
    expect((await get('/', { timeoutMs: 140, attempts: 1 })).status).toBe(200);
  });

  it('asks again when the connection breaks', async () => {
    handler = (request, response, nth) => {
      if (nth === 1) request.socket.destroy();
      else response.end('ok');
    };
    expect((await get('/')).status).toBe(200);
    expect(seen).toHaveLength(2);
  });
});
