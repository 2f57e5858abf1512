// Routes about what a tenant was told: alerts and the findings in them.
import { Hono } from 'hono';
import { codeSystemIds, normalizeCode } from '../../shared/core/code-system.ts';
import type { FindingState } from '../../shared/core/finding.ts';
import { readAlert, readAlerts } from '../../shared/operations/read-alerts.ts';
import { readFindings, readFindingsLostFirst } from '../../shared/operations/read-findings.ts';
import { today } from '../../shared/ports/clock.ts';
import type { ApiPorts } from './api-ports.ts';
import type { TenantOf } from './authenticate.ts';
import { listBody, pageOfAll, pageParameters, pageRequest } from './paging.ts';
import {
  describedAs,
  type Parameter,
  readQuery,
  systemParameter,
  textParameter,
  wordParameter,
} from './read-query.ts';

const states: readonly FindingState[] = [
  'open',
  'acknowledged',
  'snoozed',
  'fixed',
  'not-applicable',
];

const codeParameter: Parameter<string> = {
  expected: 'a code',
  parse: (text) =>
    codeSystemIds.map((system) => normalizeCode(system, text)).find((code) => code !== undefined),
  schema: { type: 'string', examples: ['M54.5'] },
  description: 'Only findings of this code, with or without dot.',
};

/** Query of the list of findings. */
export const findingsQuery = {
  state: wordParameter(states, 'Only findings in this state.'),
  system: systemParameter,
  code: codeParameter,
  release: describedAs(textParameter, 'Only findings of this release.'),
  sort: wordParameter(
    ['lost-first'],
    'By filing deadline (`fileBy`), the nearest first, then by billed amount; what can be filed no more comes last. ' +
      'Up to 10,000 findings are sorted. Without it findings come by release and code.',
  ),
  ...pageParameters,
};

/** `GET /v1/alerts`, `/v1/alerts/{id}`, `/v1/findings?state=&code=&release=`. All need the token. */
export function alertRoutes(ports: ApiPorts, tenantOf: TenantOf): Hono {
  return new Hono()
    .get('/alerts', async (c) => {
      const tenant = await tenantOf(c);
      const page = pageRequest(c, readQuery(c, pageParameters));
      return c.json(listBody(c, await readAlerts(ports, tenant, page), (alert) => alert));
    })
    .get('/alerts/:id', async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      return c.json(await readAlert(ports, tenant, c.req.param('id')));
    })
    .get('/findings', async (c) => {
      const tenant = await tenantOf(c);
      const { limit, cursor, sort, ...filter } = readQuery(c, findingsQuery);
      const page = pageRequest(c, { ...(limit && { limit }), ...(cursor && { cursor }) });
      const found =
        sort === undefined
          ? await readFindings(ports, tenant, { ...filter, ...page })
          : pageOfAll(await readFindingsLostFirst(ports, tenant, filter, today(ports.clock)), page);
      return c.json(listBody(c, found, (finding) => finding));
    });
}
