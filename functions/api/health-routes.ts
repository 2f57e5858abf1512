// Liveness and currency, for monitors and for whoever waits for the start-up run.
import { Hono } from 'hono';
import { readHealth } from '../../shared/operations/read-health.ts';
import type { ApiPorts } from './api-ports.ts';
import { readQuery } from './read-query.ts';

/** `GET /health`: 503 until `ready` (the start-up run, pull to notify, is through), then 200. Public. */
export function healthRoutes(ports: ApiPorts, ready: () => boolean): Hono {
  return new Hono().get('/health', async (c) => {
    readQuery(c, {});
    const health = await readHealth(ports);
    return ready()
      ? c.json({ status: 'ok', ...health })
      : c.json({ status: 'starting', ...health }, 503, { 'retry-after': '1' });
  });
}
