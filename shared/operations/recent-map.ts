// A map that forgets what was not asked for lately: two generations, so that a hit costs hardly more than the map's own.

/** Keeps values up to a weight, the recent ones. */
export type RecentMap<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
};

/**
 * A map whose values weigh no more than `weightMax` in all (one value heavier than half of it stands alone). When the
 * younger half is full, it becomes the older one, and what nobody asked for since the last time goes.
 */
export function createRecentMap<V>(weightMax: number, weigh: (value: V) => number): RecentMap<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  let weight = 0;
  const keep = (key: string, value: V): void => {
    if (weight >= weightMax / 2) {
      old = young;
      young = new Map();
      weight = 0;
    }
    young.set(key, value);
    weight += weigh(value);
  };
  return {
    get(key) {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const stale = old.get(key);
      if (stale !== undefined) keep(key, stale);
      return stale;
    },
    set(key, value) {
      if (!young.has(key)) keep(key, value);
    },
  };
}
