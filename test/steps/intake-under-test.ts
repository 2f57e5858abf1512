// Records of intake by hand and stores to take them into, with the M54.5 story in the code table.

import type { IntakeRecord, IntakeWarning } from '../../shared/claims/intake-record.ts';
import type { Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import {
  createMemoryItemStore,
  type MemoryItemStore,
} from '../../shared/edge/memory-item-store.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import type { TakeInPorts } from '../../shared/steps/take-in.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { handBuiltTable } from '../operations/hand-built-table.ts';
import { releases, versions } from '../operations/spine.ts';
import { policiesIn } from '../support/current-policies.ts';

/** A claim of one diagnosis; M54.5 is denied from 1 October 2021. */
export const claim = (id: string, code = 'M542', date = '2022-01-10'): Claim => ({
  type: 'claim',
  id,
  codes: [{ system: 'icd10cm', code }],
  dateOfService: calendarDate(date),
  billedCents: 10_000,
});

let places = 0;
const place = (): string => {
  places += 1;
  return `record ${places}`;
};

/** An accepted record. */
export const accepted = (artifact: Claim, ...warnings: IntakeWarning[]): IntakeRecord => ({
  kind: 'accepted',
  where: place(),
  artifact,
  ...(warnings.length > 0 && { warnings }),
});

/** A void. */
export const voidOf = (id: string): IntakeRecord => ({
  kind: 'void',
  where: place(),
  type: 'claim',
  id,
});

/** A refused record. */
export const rejected = (): IntakeRecord => ({
  kind: 'rejected',
  where: place(),
  code: 'unreadable',
  message: 'record: no JSON',
});

/** Records as a reader yields them. */
export async function* stream(records: Iterable<IntakeRecord>): AsyncGenerator<IntakeRecord> {
  yield* records;
}

/** Ports over a tenant table, by default an empty one in memory. */
export async function portsOver<T extends MemoryItemStore>(items: T) {
  const { codeTable, items: codeItems } = await handBuiltTable({ releases, versions });
  const tenants = createTenantStore(items);
  const reference = createTableReference(codeTable, createPolicyTable(codeItems));
  const readPolicies = policiesIn(codeItems);
  return { items, codeItems, codeTable, reference, tenants, readPolicies };
}

/** Ports over an empty tenant table. */
export const freshPorts = () => portsOver(createMemoryItemStore());

/** Ids of the stored claims with their first code. */
export async function storedClaims({ tenants }: Pick<TakeInPorts, 'tenants'>, tenant = 'clinic') {
  const { items } = await tenants.listArtifacts(tenant, 'claim', { limit: 1000 });
  return items.map(({ id, codes }) => `${id} ${codes[0]?.code}`);
}
