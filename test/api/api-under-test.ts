// The API over stores in memory, with the M54.5 story in its code table and two tenants.
import type { Hono } from 'hono';
import { createApp } from '../../functions/api/app.ts';
import { createTenantOf } from '../../functions/api/authenticate.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { handBuiltTable } from '../operations/hand-built-table.ts';
import { releases, versions } from '../operations/spine.ts';

/** Tokens of the two tenants. */
export const tokens = { clinic: 'token-of-clinic', other: 'token-of-other' };

/** An API, its ports, and what it sent to ingest. */
export async function apiUnderTest(ready: () => boolean = () => true) {
  const { codeTable, items: codeItems } = await handBuiltTable({ releases, versions });
  const sent: QueueMessage[] = [];
  const tenants = createTenantStore(createMemoryItemStore());
  const ports = {
    codeTable,
    reference: createTableReference(codeTable),
    codeItems,
    tenants,
    ingestQueue: { send: async (message: QueueMessage) => void sent.push(message) },
    clock: { now: () => '2026-02-01T00:00:00.000Z' },
  };
  const tenantOf = createTenantOf(
    new Map([
      [tokens.clinic, 'clinic'],
      [tokens.other, 'other'],
    ]),
  );
  const app: Hono = createApp({ ports, tenantOf, ready });
  return { app, ports, sent };
}

/** Headers of a tenant's request; with `json`, of one with a body. */
export const headersOf = (tenant: keyof typeof tokens, json = false): Record<string, string> => ({
  authorization: `Bearer ${tokens[tenant]}`,
  ...(json && { 'content-type': 'application/json' }),
});

/** The JSON body of an answer. */
export const bodyOf = async (response: Response) => JSON.parse(await response.text());
