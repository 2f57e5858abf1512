// The API over stores in memory, with the M54.5 story in its code table, policies and two tenants: answered from a table filled by
// hand, or from a real snapshot of releases.

import type { Hono } from 'hono';
import { type ApiOptions, createApp } from '../../functions/api/app.ts';
import { createCallerOf } from '../../functions/api/authenticate.ts';
import { intakeRoutes } from '../../functions/api/intake-routes.ts';
import type { ReleaseContent } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import type { ReferenceSource } from '../../shared/ports/reference-source.ts';
import type { SnapshotReader } from '../../shared/ports/snapshot-store.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { handBuiltTable } from '../operations/hand-built-table.ts';
import { smallReleases } from '../operations/small-releases.ts';
import { releases, versions } from '../operations/spine.ts';
import { apiPayers, takeInPolicies } from '../support/api-policies.ts';
import { openSnapshotOf, type TestReference, takeIn } from '../support/test-reference.ts';

/** Tokens of two tenants, and of an operator. */
export const tokens = {
  clinic: 'token-of-clinic',
  other: 'token-of-other',
  operator: 'token-of-operator',
};

type More = Pick<ApiOptions, 'limits' | 'build'> & { readonly snapshots?: SnapshotReader };

/** An API without a snapshot, its ports, and what it sent to ingest. */
export async function apiUnderTest(ready: () => boolean = () => true, more: More = {}) {
  const { codeTable, items } = await handBuiltTable({ releases, versions });
  await takeInPolicies({ items, archive: createMemoryArchive() });
  const reference = createTableReference(codeTable, createPolicyTable(items));
  return apiOver({ codeTable, items, reference }, ready, more);
}

/**
 * An API that answers from a real snapshot of releases, as one in operation does; `reference` is what it answers from.
 */
export async function apiWithSnapshot(
  more: More = {},
  contents: readonly ReleaseContent[] = smallReleases,
) {
  const stores = await takeIn(contents);
  await takeInPolicies(stores);
  const reference = await openSnapshotOf(stores);
  return apiOnReference(reference, more, createCodeTable(reference.items));
}

/** An API over a snapshot that is open; releases and changes are read from it too, unless a table is given. */
export function apiOnReference(
  reference: TestReference,
  more: More = {},
  codeTable: CodeTable = reference.codeTable,
) {
  const { items } = reference;
  const source = { now: () => reference, withCatalogue: async () => reference };
  return { ...apiOver({ codeTable, items, reference: source }, () => true, more), reference };
}

function apiOver(
  reference: {
    readonly codeTable: CodeTable;
    readonly items: ItemStore;
    readonly reference: ReferenceSource;
  },
  ready: () => boolean,
  more: More,
) {
  const sent: QueueMessage[] = [];
  const ports = {
    ...(more.snapshots && { snapshots: more.snapshots }),
    codeTable: reference.codeTable,
    reference: reference.reference,
    codeItems: reference.items,
    tenants: createTenantStore(createMemoryItemStore()),
    ingestQueue: { send: async (message: QueueMessage) => void sent.push(message) },
    policiesQueue: { send: async (message: QueueMessage) => void sent.push(message) },
    payers: apiPayers,
    clock: { now: () => '2026-02-01T00:00:00.000Z' },
  };
  const { snapshots: _snapshots, ...options } = more;
  const callerOf = createCallerOf(
    new Map([
      [tokens.clinic, { tenant: 'clinic', operator: false }],
      [tokens.other, { tenant: 'other', operator: false }],
      [tokens.operator, { tenant: 'operations', operator: true }],
    ]),
  );
  const app: Hono = createApp({ intake: intakeRoutes, ports, callerOf, ready, ...options });
  return { app, ports, sent };
}

/** Headers of a tenant's request, or an operator's; with `json`, of one with a body. */
export const headersOf = (caller: keyof typeof tokens, json = false): Record<string, string> => ({
  authorization: `Bearer ${tokens[caller]}`,
  ...(json && { 'content-type': 'application/json' }),
});

/** The JSON body of an answer. */
export const bodyOf = async (response: Response) => JSON.parse(await response.text());
