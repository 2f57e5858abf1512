// Routes about what a tenant stores: templates and claims alike.
import { Hono } from 'hono';
import { parseArtifact } from '../../shared/claims/parse-artifact.ts';
import type { Artifact } from '../../shared/core/artifact.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import { writtenFinding } from '../../shared/operations/read-findings.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { removeArtifact } from '../../shared/steps/remove.ts';
import type { ApiPorts } from './api-ports.ts';
import { artifactBody } from './artifact-body.ts';
import type { TenantOf } from './authenticate.ts';
import { storedArtifactOf, storedIdOf } from './claim-reference.ts';
import { listBody, pageParameters, pageRequest } from './paging.ts';
import { jsonBody, readJson } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { registering } from './registering.ts';

/** Bytes of a claim or template: a thousand codes with room for lines. */
export const artifactBytesMax = 1_000_000;

const pathOf: Readonly<Record<Artifact['type'], string>> = {
  template: '/templates',
  claim: '/claims',
};

/** `GET /v1/templates`, `PUT`, `GET`, `DELETE /v1/templates/{id}`, and the same of claims. All need the token. */
export function artifactRoutes(apiPorts: ApiPorts, tenantOf: TenantOf): Hono {
  const ports = registering(apiPorts);
  return new Hono()
    .route(pathOf.template, routesOf('template', ports, tenantOf))
    .route(pathOf.claim, routesOf('claim', ports, tenantOf));
}

function routesOf(
  type: Artifact['type'],
  ports: ReturnType<typeof registering>,
  tenantOf: TenantOf,
): Hono {
  return new Hono()
    .get('/', async (c) => {
      const tenant = await tenantOf(c);
      const page = pageRequest(c, readQuery(c, pageParameters));
      const found = await ports.tenants.listArtifacts(tenant, type, page);
      return c.json(listBody(c, found, artifactBody));
    })
    .put('/:id', jsonBody(artifactBytesMax), async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      const { artifact, refusal } = parseArtifact(await readJson(c), type, c.req.param('id'));
      if (!artifact) throw new CodewatchError('invalid-request', refusal.message);
      const stored = await storedArtifactOf(ports.tenants, tenant, artifact);
      const { findings, replaced } = await registerArtifact(ports, tenant, stored);
      const settings = findings.length > 0 ? await ports.tenants.settings(tenant) : usualSettings;
      const written = findings.map((finding) => writtenFinding(finding, settings));
      const body = { ...artifactBody(stored), findings: written };
      return c.json(body, replaced ? 200 : 201);
    })
    .get('/:id', async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      const id = c.req.param('id');
      const stored = await storedIdOf(ports.tenants, tenant, { type, id });
      const artifact = await ports.tenants.getArtifact(tenant, type, stored);
      if (artifact) return c.json(artifactBody(artifact));
      throw none(type, id);
    })
    .delete('/:id', async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      const id = c.req.param('id');
      const stored = await storedIdOf(ports.tenants, tenant, { type, id });
      if (await removeArtifact(ports, tenant, type, stored)) return c.body(null, 204);
      throw none(type, id);
    });
}

const none = (type: Artifact['type'], id: string): CodewatchError =>
  new CodewatchError('not-found', `no ${type} ${id}`);
