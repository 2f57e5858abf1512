// Routes about changes across releases.
import { Hono } from 'hono';
import { readChangeFeed } from '../../shared/operations/read-change-feed.ts';
import type { ApiPorts } from './api-ports.ts';
import { listBody, pageParameters, pageRequest } from './paging.ts';
import {
  dateParameter,
  describedAs,
  readQuery,
  systemParameter,
  textParameter,
} from './read-query.ts';

/** Query of the change feed; dates are effective dates, both inclusive. */
export const changesQuery = {
  system: systemParameter,
  code: describedAs(textParameter, 'Only changes of this code, with or without dot, in any case.'),
  from: describedAs(dateParameter, 'Only changes that take effect on this date or later.'),
  to: describedAs(dateParameter, 'Only changes that take effect on this date or earlier.'),
  ...pageParameters,
};

/** `GET /v1/changes?system=&code=&from=&to=`: effective dates, both inclusive. Public. */
export function changeRoutes(ports: ApiPorts): Hono {
  return new Hono().get('/changes', async (c) => {
    const { limit, cursor, ...filter } = readQuery(c, changesQuery);
    const page = pageRequest(c, { ...(limit && { limit }), ...(cursor && { cursor }) });
    return c.json(listBody(c, await readChangeFeed(ports, { ...filter, ...page }), (one) => one));
  });
}
