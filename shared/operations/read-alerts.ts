// Reads a tenant's alerts: the digests that were sent, with what became of their delivery.
import { formatCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Alert } from '../core/finding.ts';
import type { Delivery, Page, TenantStore } from '../ports/tenant-store.ts';
import { writtenReplacements } from './written-code.ts';

/** An alert and its delivery; null while it waits to be published. */
export type AlertWithDelivery = Alert & { readonly delivery: Delivery | null };

/** A page of a tenant's alerts, codes with the official dot. `after` is the cursor a page gave. */
export async function readAlerts(
  ports: { readonly tenants: TenantStore },
  tenant: string,
  page: { readonly limit: number; readonly after?: string },
): Promise<Page<Alert>> {
  const found = await ports.tenants.listAlerts(tenant, page);
  return { ...found, items: found.items.map(written) };
}

/** One alert of a tenant; throws `not-found` when it has none of this id, whoever else may have one. */
export async function readAlert(
  ports: { readonly tenants: TenantStore },
  tenant: string,
  id: string,
): Promise<AlertWithDelivery> {
  const alert = await ports.tenants.getAlert(tenant, id);
  if (!alert) throw new CodewatchError('not-found', `no alert ${id}; GET /v1/alerts lists them`);
  const delivery = await ports.tenants.delivery(tenant, id);
  return { ...written(alert), delivery: delivery ?? null };
}

const written = (alert: Alert): Alert => ({
  ...alert,
  codes: alert.codes.map((one) => ({
    ...one,
    code: formatCode(alert.system, one.code),
    replacedBy: writtenReplacements(alert.system, one.replacedBy),
  })),
  ...(alert.policies && {
    policies: alert.policies.map((one) => ({
      ...one,
      codes: one.codes.map((code) => formatCode('icd10cm', code)),
    })),
  }),
});
