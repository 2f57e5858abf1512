// Published snapshots in memory, for tests and simulation.
import { CodewatchError } from '../core/errors.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';

/** Snapshots in memory; `objects` by name, for tests to look into and to damage. */
export type MemorySnapshotStore = SnapshotStore & { readonly objects: Map<string, Uint8Array> };

/** An empty store. `beforeWrite` gets the name of every new snapshot and may throw to simulate a crash. */
export function createMemorySnapshotStore(
  options: { readonly beforeWrite?: (name: string) => void } = {},
): MemorySnapshotStore {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    async keep(name, gzipped) {
      if (objects.has(name)) return;
      options.beforeWrite?.(name);
      objects.set(name, Uint8Array.from(gzipped));
    },
    async read(name) {
      const bytes = objects.get(name);
      if (!bytes) throw new CodewatchError('archive-missing', `there is no snapshot ${name}`);
      return Uint8Array.from(bytes);
    },
  };
}
