// Findings and alerts of a tenant, and what became of an alert's delivery.
import type { Finding, FindingState } from '../core/finding.ts';
import type { Item, ItemStore } from '../ports/item-store.ts';
import type { Delivery, Page, TenantStore } from '../ports/tenant-store.ts';
import { alertPartition, deliverySort, findingPartition } from './keys.ts';
import { readPolicyFindings } from './policy-finding-index.ts';
import {
  alertItem,
  findingItem,
  itemAlert,
  itemFinding,
  policyFindingItems,
  tenantId,
} from './tenant-items.ts';

/** The part of the tenant store that keeps findings. */
export type FindingStore = Pick<
  TenantStore,
  'addFindings' | 'closeFindings' | 'policyFindings' | 'listFindings'
>;

/** The part of the tenant store that keeps alerts. */
export type AlertStore = Pick<
  TenantStore,
  'addAlert' | 'getAlert' | 'listAlerts' | 'delivery' | 'recordDelivery'
>;

/** Conditional writes under way at once: they cannot be batched. */
const writesAtOnce = 16;

/** Findings read at once: filters may leave few of them. */
const pageItems = { min: 50, max: 500 };

const unsettledStates: readonly FindingState[] = ['open', 'acknowledged', 'snoozed'];

async function mapSome<T, R>(all: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < all.length; i += writesAtOnce) {
    results.push(...(await Promise.all(all.slice(i, i + writesAtOnce).map(each))));
  }
  return results;
}

type IsUntold = (seq: number) => Promise<boolean>;

const neverUntold: IsUntold = async () => false;

/**
 * Adds one finding; true when it was not there, came from an earlier try of the same record, opens
 * again, or was found under a record the tenant was not told of: then it is under this one now.
 */
async function addFinding(
  items: ItemStore,
  tenant: string,
  finding: Finding,
  isUntold: IsUntold,
): Promise<boolean> {
  const item = findingItem(tenant, finding);
  if (await items.putIfAbsent(item)) return true;
  const there = await items.get(item);
  if (!there) return addFinding(items, tenant, finding, isUntold);
  const known = itemFinding(there);
  if (known.closedBecause !== undefined) {
    return items.putIfEquals(item, 'state', known.state);
  }
  if (known.seq === undefined || finding.seq === undefined) return false;
  if (known.seq === finding.seq) return true;
  if (!(await isUntold(known.seq))) return false;
  const taken = findingItem(tenant, { ...known, seq: finding.seq });
  if (await items.putIfEquals(taken, 'state', known.state)) return true;
  return addFinding(items, tenant, finding, isUntold);
}

/** Closes one finding that nobody has closed; false when there is none. */
async function closeFinding(items: ItemStore, tenant: string, id: string): Promise<boolean> {
  const there = await items.get({ pk: findingPartition(tenantId(tenant)), sk: id });
  if (!there) return false;
  const finding = itemFinding(there);
  if (!unsettledStates.includes(finding.state)) return false;
  const closed: Finding = { ...finding, state: 'fixed', closedBecause: 'no-longer-hit' };
  if (await items.putIfEquals(findingItem(tenant, closed), 'state', finding.state)) return true;
  return closeFinding(items, tenant, id);
}

type FindingFilter = Parameters<TenantStore['listFindings']>[1];

const matches = (finding: Finding, filter: FindingFilter): boolean =>
  (filter.state === undefined || finding.state === filter.state) &&
  (filter.code === undefined || finding.code === filter.code) &&
  (filter.system === undefined || finding.system === filter.system);

/**
 * Finding ids begin with release and code: with a release, only its part of the partition is read.
 */
function findingPrefix({ release, code }: FindingFilter): { prefix?: string } {
  if (release === undefined) return {};
  return { prefix: code === undefined ? `${release}.` : `${release}.${code}.` };
}

async function listFindings(
  items: ItemStore,
  tenant: string,
  filter: FindingFilter,
): Promise<Page<Finding>> {
  const query = { pk: findingPartition(tenantId(tenant)), ...findingPrefix(filter) };
  const found: Finding[] = [];
  const limit = Math.max(pageItems.min, Math.min(pageItems.max, filter.limit + 1));
  let { after } = filter;
  for (;;) {
    const start = after === undefined ? {} : { after };
    const page = await items.query({ ...query, ...start, limit });
    for (const item of page.items) {
      const finding = itemFinding(item);
      if (!matches(finding, filter)) continue;
      const last = found.at(-1);
      if (last && found.length === filter.limit) return { items: found, next: last.id };
      found.push(finding);
    }
    if (page.next === undefined) return { items: found };
    after = page.next;
  }
}

/** Findings over any ItemStore. */
export function createFindingStore(items: ItemStore): FindingStore {
  return {
    async addFindings(tenant, findings, isUntold = neverUntold) {
      // First, so that none is there that its artifact does not lead to.
      await items.putMany(policyFindingItems(tenant, findings));
      const isNew = await mapSome(findings, (each) => addFinding(items, tenant, each, isUntold));
      return findings.filter((_, i) => isNew[i]).map(({ id }) => id);
    },
    async closeFindings(tenant, ids) {
      const closed = await mapSome(ids, (id) => closeFinding(items, tenant, id));
      return ids.filter((_, i) => closed[i]);
    },
    policyFindings: (tenant, artifacts) => readPolicyFindings(items, tenant, artifacts),
    listFindings: (tenant, filter) => listFindings(items, tenant, filter),
  };
}

const isAlert = (item: Item): boolean => item.alert !== undefined;

/** Alerts over any ItemStore; listed with the newest release first. */
export function createAlertStore(items: ItemStore): AlertStore {
  const partition = (tenant: string): string => alertPartition(tenantId(tenant));
  return {
    addAlert: (alert) => items.putIfAbsent(alertItem(alert)),
    async getAlert(tenant, id) {
      const item = await items.get({ pk: partition(tenant), sk: id });
      return item && isAlert(item) ? itemAlert(item) : undefined;
    },
    async listAlerts(tenant, { limit, after }) {
      // An alert's delivery lies beside it, so that a page of items holds at least half as many
      // alerts.
      const start = after === undefined ? {} : { after };
      const query = { pk: partition(tenant), descending: true, limit: limit * 2, ...start };
      const page = await items.query(query);
      const found = page.items.filter(isAlert).map(itemAlert);
      const shown = found.slice(0, limit);
      const more = found.length > limit || page.next !== undefined;
      const next = more ? shown.at(-1)?.id : undefined;
      return { items: shown, ...(next === undefined ? {} : { next }) };
    },
    async delivery(tenant, alert) {
      const item = await items.get({ pk: partition(tenant), sk: deliverySort(alert) });
      const { delivery } = (item ?? {}) as { delivery?: Delivery };
      return delivery;
    },
    async recordDelivery(tenant, alert, delivery) {
      await items.put({ pk: partition(tenant), sk: deliverySort(alert), delivery });
    },
  };
}
