// Routes about changes across releases.
import { Hono } from 'hono';
import { readChangeFeed } from '../../shared/operations/read-change-feed.ts';
import type { ApiPorts } from './api-ports.ts';
import { listBody, pageParameters, pageRequest } from './paging.ts';
import { dateParameter, readQuery, systemParameter, textParameter } from './read-query.ts';

/** `GET /v1/changes?system=&code=&from=&to=`: effective dates, both inclusive. Public. */
export function changeRoutes(ports: ApiPorts): Hono {
  return new Hono().get('/changes', async (c) => {
    const { limit, cursor, ...filter } = readQuery(c, {
      system: systemParameter,
      code: textParameter,
      from: dateParameter,
      to: dateParameter,
      ...pageParameters,
    });
    const page = pageRequest(c, { ...(limit && { limit }), ...(cursor && { cursor }) });
    return c.json(listBody(c, await readChangeFeed(ports, { ...filter, ...page }), (one) => one));
  });
}
