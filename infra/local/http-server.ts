// Serves a Request → Response app over HTTP, on loopback only. What is no HTTP request at all is refused here, in the
// API's own form (RFC 9457).
import { once } from 'node:events';
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { UsageError } from './usage.ts';

/** A server that listens. */
export type HttpServer = {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
};

/** The app; `env` tells it of the connection, which rate limits count by. */
type Fetch = (request: Request, env: object) => Response | Promise<Response>;

const loopback = '127.0.0.1';

/**
 * What a client may send, and how long it may take to. A file is read as fast as its claims are stored, which may be
 * hours; a connection on which nothing moves is closed all the same.
 */
const limits = { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 0 };
const idleMsMax = 120_000;

/** Listens on a port of loopback, 0 for a free one. Throws a UsageError when the port is taken or not allowed. */
export async function serveHttp(fetch: Fetch, port: number): Promise<HttpServer> {
  const server = createServer(limits, getRequestListener(fetch, { errorHandler: noRequest }));
  server.timeout = idleMsMax;
  server.on('clientError', refuseUnreadable);
  server.listen(port, loopback);
  await listening(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${actual}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new UsageError(
        `port ${port} is taken; choose another with --port, or 0 for any free one`,
      );
    }
    if (code === 'EACCES')
      throw new UsageError(`port ${port} is not allowed; choose one above 1023`);
    throw error;
  }
}

const problemType = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };

function problemBody(status: number, code: string, detail: string): string {
  const type = `urn:codewatch:problem:${code}`;
  return `${JSON.stringify({ type, title: STATUS_CODES[status], status, code, detail })}\n`;
}

/** A request whose host or address is none: the app never sees it. */
const noRequest = (error: unknown): Response => {
  const why = error instanceof Error ? error.message : 'cannot be read';
  const body = problemBody(400, 'invalid-request', `the host or address of the request: ${why}`);
  return new Response(body, { status: 400, headers: problemType });
};

/** Bytes that are no HTTP, headers that are too long, a request that takes too long to come. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, code, detail] = unreadable[error.code ?? ''] ?? notHttp;
  const body = problemBody(status, code, detail);
  const head = Object.entries({
    ...problemType,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}

type Refusal = readonly [status: number, code: string, detail: string];

const notHttp: Refusal = [400, 'invalid-request', 'this is no HTTP/1.1 request'];
const unreadable: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'headers-too-large',
    `request line and headers are over ${limits.maxHeaderSize} bytes`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout', 'the request took too long to arrive'],
};
