// The tenant table over an ItemStore: what tenants store, what was found in it, and what they were
// told. Every key begins with the tenant, and no tenant's id can make a key of another's (I10).
import type { ItemStore } from '../ports/item-store.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { createArtifactStore } from './tenant-artifacts.ts';
import { createAlertStore, createFindingStore } from './tenant-findings.ts';
import { createSettingsStore } from './tenant-settings.ts';
import { createUseReader } from './tenant-uses.ts';

/** The tenant store over any ItemStore. Ids that break {@link idRule} are `invalid-request`. */
export function createTenantStore(items: ItemStore): TenantStore {
  return {
    ...createArtifactStore(items),
    ...createUseReader(items),
    ...createFindingStore(items),
    ...createAlertStore(items),
    ...createSettingsStore(items),
  };
}
