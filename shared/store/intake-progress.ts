// How far a file of the inbox was taken in, so that a run that ends before the file does is gone on from.
import type { Item, ItemStore } from '../ports/item-store.ts';
import { intakeKey } from './keys.ts';
import { tenantId } from './tenant-items.ts';

/** How far the bytes of this identity were taken in: numbers by name. */
export type IntakeMark = {
  readonly identity: string;
  readonly counts: Readonly<Record<string, number>>;
};

/** Reads and writes the marks of files, each named by a hash of where it lies. */
export type IntakeProgress = {
  read(tenant: string, file: string): Promise<IntakeMark | undefined>;
  write(tenant: string, file: string, mark: IntakeMark): Promise<void>;
  /** Forgets a file that is done. */
  remove(tenant: string, file: string): Promise<void>;
};

/** Marks over any ItemStore. */
export const createIntakeProgress = (items: ItemStore): IntakeProgress => ({
  async read(tenant, file) {
    const item = await items.get(intakeKey(tenantId(tenant), file));
    return (item as (Item & { mark?: IntakeMark }) | undefined)?.mark;
  },
  write: (tenant, file, mark) => items.put({ ...intakeKey(tenantId(tenant), file), mark }),
  remove: (tenant, file) => items.delete(intakeKey(tenantId(tenant), file)),
});
