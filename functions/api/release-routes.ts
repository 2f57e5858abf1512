// Routes about releases: the list, one, its changes, and lifting its quarantine.
import { Hono } from 'hono';
import * as z from 'zod';
import type { Approval, ReleaseRecord, ReleaseStatus } from '../../shared/core/release.ts';
import { readChanges } from '../../shared/operations/read-changes.ts';
import { readRelease, readReleases } from '../../shared/operations/read-releases.ts';
import { approveRelease } from '../../shared/steps/approve.ts';
import { approvePolicyEdition, isEditionId } from '../../shared/steps/approve-policies.ts';
import type { ApiPorts } from './api-ports.ts';
import { type CallerOf, refuseUnlessOperator } from './authenticate.ts';
import { listBody, pageOfAll, pageParameters, pageRequest } from './paging.ts';
import { jsonBody, readBody } from './read-body.ts';
import { kindParameter, readQuery, systemParameter, wordParameter } from './read-query.ts';

const statuses: readonly ReleaseStatus[] = ['committed', 'quarantined', 'superseded'];
/** Bytes of an approval's body. */
export const approveBytesMax = 10_000;

/** Body of an approval. */
export const approveSchema = z.strictObject({
  reason: z.string().trim().min(1, 'say why the quarantine is lifted').max(1000),
  /** The person, where a token stands for several. */
  by: z.string().trim().min(1).max(100).optional(),
});

/** Query of the list of releases. */
export const releasesQuery = {
  system: systemParameter,
  status: wordParameter(statuses, 'Only releases of this status.'),
  ...pageParameters,
};

/** Query of one release: none. */
export const releaseQuery = {};

/** Query of the changes of a release. */
export const releaseChangesQuery = { kind: kindParameter, ...pageParameters };

/** Query of an approval: none. */
export const approveQuery = {};

/** `GET /v1/releases`, `/{id}`, `/{id}/changes` (public), `POST /{id}/approve` (an operator, with a reason). */
export function releaseRoutes(ports: ApiPorts, callerOf: CallerOf): Hono {
  return new Hono()
    .get('/releases', async (c) => {
      const { limit, cursor, ...filter } = readQuery(c, releasesQuery);
      const all = await readReleases(ports, filter);
      const page = pageOfAll(all, pageRequest(c, pageOf(limit, cursor)));
      return c.json(listBody(c, page, releaseBody));
    })
    .get('/releases/:id', async (c) => {
      readQuery(c, releaseQuery);
      return c.json(releaseBody(await readRelease(ports, c.req.param('id'))));
    })
    .get('/releases/:id/changes', async (c) => {
      const { kind, limit, cursor } = readQuery(c, releaseChangesQuery);
      const request = {
        release: c.req.param('id'),
        ...(kind && { kind }),
        ...pageRequest(c, pageOf(limit, cursor)),
      };
      return c.json(listBody(c, await readChanges(ports, request), (change) => change));
    })
    .post('/releases/:id/approve', jsonBody(approveBytesMax), async (c) => {
      const caller = await callerOf(c);
      // Before anything is read: to others nothing is told of what waits.
      refuseUnlessOperator(caller, 'lifting a quarantine');
      readQuery(c, approveQuery);
      const { reason, by: person } = await readBody(c, approveSchema);
      const by = person === undefined ? caller.tenant : `${person} (${caller.tenant})`;
      const id = c.req.param('id');
      const approval = await approve(ports, { id, by, reason });
      // It runs through ingest like any other: accepted now, committed a little later.
      return c.json({ id, approval }, 202);
    });
}

/** Approves a release, or an edition of policies: their ids differ in form. */
async function approve(
  { codeItems: items, ingestQueue, policiesQueue: queue, clock }: ApiPorts,
  request: { readonly id: string; readonly by: string; readonly reason: string },
): Promise<Approval> {
  const { approval } = isEditionId(request.id)
    ? await approvePolicyEdition({ items, queue, clock }, request)
    : await approveRelease({ items, ingestQueue, clock }, request);
  return approval;
}

const pageOf = (limit: number | undefined, cursor: string | undefined) => ({
  ...(limit !== undefined && { limit }),
  ...(cursor !== undefined && { cursor }),
});

/** A release as answered: what the record says, without how the tables keep it. */
export function releaseBody(record: ReleaseRecord) {
  const { changesSeq: _changesSeq, candidate: _candidate, ...body } = record;
  return body;
}
