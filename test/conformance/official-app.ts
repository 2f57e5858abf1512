// The API over the snapshot of the official releases, as tests of all three faces ask it: no sockets, no limits, a fixed day.

import type { Hono } from 'hono';
import { createApp } from '../../functions/api/app.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { payers } from '../support/payers.ts';
import { officialReference } from '../support/test-reference.ts';
import type { Send } from './fhir-date/run-case.ts';

/** Noon of a day in the fiscal year of the newest official release. */
const now = '2025-11-15T12:00:00.000Z';

/** The app. */
export async function officialApp(): Promise<Hono> {
  const { codeTable, items, ...rest } = await officialReference();
  const reference = { codeTable, ...rest };
  return createApp({
    ports: {
      codeTable,
      reference: { now: () => reference, withCatalogue: async () => reference },
      tenants: createTenantStore(createMemoryItemStore()),
      codeItems: items,
      ingestQueue: createMemoryQueue(),
      policiesQueue: createMemoryQueue(),
      payers,
      clock: { now: () => now },
    },
    callerOf: () => ({ tenant: 'nobody', operator: false }),
    ready: () => true,
    limits: { rate: null },
  });
}

/** Sends requests below the FHIR base of an app. */
export const fhirSend =
  (app: Hono): Send =>
  async (path, init) =>
    app.request(`/fhir/R4/${path}`, init);
