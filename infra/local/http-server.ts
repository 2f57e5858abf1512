// Serves a Request → Response app over HTTP, on loopback only.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { UsageError } from './usage.ts';

/** A server that listens. */
export type HttpServer = {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
};

const loopback = '127.0.0.1';

/** Listens on a port of loopback, 0 for a free one. Throws a UsageError when the port is taken or not allowed. */
export async function serveHttp(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<HttpServer> {
  const server = createAdaptorServer({ fetch });
  server.listen(port, loopback);
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
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${actual}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
