// Settings of a tenant, and its key for hashed references, which lies in a partition of its own: who
// may read claims need not read it.
import { type TenantSettings, usualSettings } from '../core/tenant-settings.ts';
import type { Item, ItemStore } from '../ports/item-store.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { referenceKeyKey, settingsKey } from './keys.ts';
import { tenantId } from './tenant-items.ts';

/** The part of the tenant store that keeps settings. */
export type SettingsStore = Pick<
  TenantStore,
  'settings' | 'putSettings' | 'referenceKey' | 'addReferenceKey'
>;

/** Settings over any ItemStore. */
export function createSettingsStore(items: ItemStore): SettingsStore {
  const referenceKey = async (tenant: string): Promise<string | undefined> => {
    const item = await items.get(referenceKeyKey(tenantId(tenant)));
    return typeof item?.key === 'string' ? item.key : undefined;
  };
  return {
    async settings(tenant) {
      const item = await items.get(settingsKey(tenantId(tenant)));
      const { settings } = (item ?? {}) as Item & { settings?: Partial<TenantSettings> };
      return { ...usualSettings, ...settings };
    },
    async putSettings(tenant, settings) {
      await items.put({ ...settingsKey(tenantId(tenant)), settings });
    },
    referenceKey,
    async addReferenceKey(tenant, key) {
      // The first one stays for ever: under another one no stored claim would be found again.
      await items.putIfAbsent({ ...referenceKeyKey(tenantId(tenant)), key });
    },
  };
}
