// Routes about payer policies: the list, one with its history, what changed, and bulletins to be looked at.
import { Hono } from 'hono';
import {
  readPolicies,
  readPolicyChanges,
  readReviews,
} from '../../shared/operations/read-policies.ts';
import { readPolicyEditions } from '../../shared/operations/read-policy-editions.ts';
import { readPolicyLags } from '../../shared/operations/read-policy-lags.ts';
import { showPolicy, showPolicyHistory } from '../../shared/operations/show-policy.ts';
import { createLagIndex } from '../../shared/store/lag-index.ts';
import { answerJson } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import {
  feedBody,
  feedPlaceBytesMax,
  listBody,
  pageOfAll,
  pageParameters,
  pageRequest,
} from './paging.ts';
import {
  dateParameter,
  describedAs,
  readQuery,
  textParameter,
  wordParameter,
} from './read-query.ts';

const sourceParameter = describedAs(textParameter, 'Only policies of this source, like `mcd`.');

/** Query of the list of policies. */
export const policiesQuery = {
  source: sourceParameter,
  procedure: describedAs(textParameter, 'Only policies that name this HCPCS or CPT code.'),
  diagnosis: describedAs(
    textParameter,
    'Only policies that list this ICD-10-CM code, billable or not. Needs a snapshot.',
  ),
  ...pageParameters,
};

/** Query of one policy. */
export const policyQuery = {
  date: describedAs(dateParameter, 'As it is on this day; today in UTC when absent.'),
};

/** Query of a policy's history. */
export const policyHistoryQuery = pageParameters;

/** Query of the changes. */
export const policyChangesQuery = {
  source: sourceParameter,
  id: describedAs(textParameter, 'Only changes of the document of this id, with `source`.'),
  since: describedAs(dateParameter, 'Only changes first seen on this day or later.'),
  meaning: wordParameter(
    ['true', 'false'],
    '`true` leaves out what decides no claim otherwise: reviews, renamings, wording.',
  ),
  ...pageParameters,
};

/** Query of policies that lag behind the code table. */
export const policyLagsQuery = {
  source: sourceParameter,
  code: describedAs(textParameter, 'The lost ICD-10-CM code. Give it or `source`.'),
  date: describedAs(dateParameter, 'As it is on this day; today in UTC when absent.'),
  ...pageParameters,
};

/** Query of the editions. */
export const policyEditionsQuery = {
  source: sourceParameter,
  status: wordParameter(
    ['committed', 'quarantined'],
    'Only editions of this status; `quarantined` waits for an approval, or for sound files.',
  ),
  ...pageParameters,
};

/** Query of the bulletins. */
export const reviewsQuery = pageParameters;

/** `GET /v1/policies`, `/changes`, `/editions`, `/lags`, `/reviews`, `/{source}/{id}`, `/{source}/{id}/history`. Public. */
export function policyRoutes({ reference, codeItems, clock }: ApiPorts): Hono {
  const ports = () => ({ ...reference.now(), clock });
  return new Hono()
    .get('/policies', async (c) => {
      const { limit, cursor, ...filter } = readQuery(c, policiesQuery);
      const page = pageRequest(c, paged(limit, cursor));
      return answerJson(c, listBody(c, await readPolicies(ports(), { ...filter, ...page }), same));
    })
    .get('/policies/changes', async (c) => {
      const { limit, cursor, meaning, ...filter } = readQuery(c, policyChangesQuery);
      const page = pageRequest(c, paged(limit, cursor), feedPlaceBytesMax);
      const request = { ...filter, ...page, meaningfulOnly: meaning === 'true' };
      return answerJson(c, feedBody(c, await readPolicyChanges(ports(), request)));
    })
    .get('/policies/editions', async (c) => {
      const { limit, cursor, ...filter } = readQuery(c, policyEditionsQuery);
      const all = await readPolicyEditions({ codeItems }, filter);
      // Not by `answerJson`: what waits for approval is in no snapshot.
      return c.json(listBody(c, pageOfAll(all, pageRequest(c, paged(limit, cursor))), same));
    })
    .get('/policies/lags', async (c) => {
      const { limit, cursor, ...filter } = readQuery(c, policyLagsQuery);
      const page = pageRequest(c, paged(limit, cursor));
      const lagPorts = { ...ports(), lags: createLagIndex(codeItems) };
      const found = await readPolicyLags(lagPorts, { ...filter, ...page });
      return answerJson(c, listBody(c, found, same));
    })
    .get('/policies/reviews', async (c) => {
      const { limit, cursor } = readQuery(c, reviewsQuery);
      const page = pageRequest(c, paged(limit, cursor));
      return answerJson(c, listBody(c, await readReviews(ports(), page), same));
    })
    .get('/policies/:source/:id', async (c) => {
      const { date } = readQuery(c, policyQuery);
      return answerJson(c, await showPolicy(ports(), c.req.param(), date));
    })
    .get('/policies/:source/:id/history', async (c) => {
      const { limit, cursor } = readQuery(c, policyHistoryQuery);
      const { source, id } = c.req.param();
      const versions = await showPolicyHistory(ports(), { source, id });
      const page = pageOfAll(versions, pageRequest(c, paged(limit, cursor)));
      return answerJson(c, listBody(c, page, same));
    });
}

const same = <T>(item: T): T => item;

const paged = (limit: number | undefined, cursor: string | undefined) => ({
  ...(limit !== undefined && { limit }),
  ...(cursor !== undefined && { cursor }),
});
