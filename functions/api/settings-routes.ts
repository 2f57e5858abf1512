// Routes about what a tenant decides for itself: how its claims are named, its costs and deadlines, its tables' columns.
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { ApiPorts } from './api-ports.ts';
import type { TenantOf } from './authenticate.ts';
import { jsonBody, readBody } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { settingsBody, settingsOf, writtenSettings } from './settings-body.ts';

/** Bytes of settings: hundreds of payers and a wide table. */
export const settingsBytesMax = 100_000;

/** Bytes of the key references are hashed with: as many as the hash has. */
const keyBytes = 32;

/** `GET /v1/settings`, `PUT /v1/settings`. Both need the token. */
export function settingsRoutes({ tenants }: Pick<ApiPorts, 'tenants'>, tenantOf: TenantOf): Hono {
  return new Hono()
    .get('/settings', async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      return c.json(writtenSettings(await tenants.settings(tenant)));
    })
    .put('/settings', jsonBody(settingsBytesMax), async (c) => {
      const tenant = await tenantOf(c);
      readQuery(c, {});
      const wanted = settingsOf(await readBody(c, settingsBody));
      const { references } = await tenants.settings(tenant);
      if (wanted.references !== references) await refuseRenaming(tenants, tenant);
      // The key comes first: whoever reads that references are hashed finds one.
      if (wanted.references === 'hashed') {
        await tenants.addReferenceKey(tenant, randomBytes(keyBytes).toString('base64url'));
      }
      await tenants.putSettings(tenant, wanted);
      return c.json(writtenSettings(wanted));
    });
}

/** Claims stored under one kind of name would not be found under the other, and be stored twice. */
async function refuseRenaming(tenants: ApiPorts['tenants'], tenant: string): Promise<void> {
  const { items } = await tenants.listArtifacts(tenant, 'claim', { limit: 1 });
  if (items.length === 0) return;
  throw new CodewatchError(
    'conflict',
    'references: can be changed only while no claim is stored; delete the claims, change it, send them again',
  );
}
