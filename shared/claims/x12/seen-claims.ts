// Remembers which claim ids a file has had, and what they held, in a few bytes a claim, so that a claim sent twice is
// told without keeping it.

/** Ids met so far, in an open hash table of fixed-size numbers; 20 bytes a slot, 42 MB at most. */
export type SeenClaims = {
  ids: Float64Array;
  contents: Uint32Array;
  places: Float64Array;
  count: number;
};

const slotsFirst = 1 << 10;
// 1.5 million claims: more than a file of 1 GB holds. Later ones are not compared.
const slotsMax = 1 << 21;
const load = 0.75;

const tables = (slots: number): Omit<SeenClaims, 'count'> => ({
  ids: new Float64Array(slots),
  contents: new Uint32Array(slots),
  places: new Float64Array(slots),
});

/** An empty memory. */
export const newSeenClaims = (): SeenClaims => ({ ...tables(slotsFirst), count: 0 });

/** FNV-1a over the text's code units. */
function hash32(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** 53 bits of the id, never 0, which marks a free slot: among a million ids two meet in one file of 18,000. */
const idHash = (id: string): number =>
  hash32(id, 0) * 0x200000 + (hash32(id, 0x9e3779b9) >>> 11) + 1;

/** The slot of the id, or the free one it would take. */
function slotOf(ids: Float64Array, id: number): number {
  const mask = ids.length - 1;
  let slot = (id % 4294967291) & mask;
  while (ids[slot] !== 0 && ids[slot] !== id) slot = (slot + 1) & mask;
  return slot;
}

function grow(seen: SeenClaims): void {
  const larger = tables(seen.ids.length * 2);
  for (const [from, id] of seen.ids.entries()) {
    if (id === 0) continue;
    const slot = slotOf(larger.ids, id);
    larger.ids[slot] = id;
    larger.contents[slot] = seen.contents[from] ?? 0;
    larger.places[slot] = seen.places[from] ?? 0;
  }
  Object.assign(seen, larger);
}

/** An earlier claim of the same id: its place, and whether it held the same. */
export type EarlierClaim = { readonly place: number; readonly isSame: boolean };

/** Looks an id up without remembering it. `content` is the claim as text. */
export function findEarlier(
  seen: SeenClaims,
  id: string,
  content: string,
): EarlierClaim | undefined {
  const key = idHash(id);
  const slot = slotOf(seen.ids, key);
  // A place of 0 is an id forgotten again.
  const place = seen.ids[slot] === key ? (seen.places[slot] ?? 0) : 0;
  return place === 0 ? undefined : { place, isSame: seen.contents[slot] === hash32(content, 0) };
}

/** Remembers what the id holds from here on; a place of 0 forgets it. */
export function remember(seen: SeenClaims, id: string, content: string, place: number): void {
  if (seen.count >= seen.ids.length * load && seen.ids.length < slotsMax) grow(seen);
  const key = idHash(id);
  const slot = slotOf(seen.ids, key);
  if (seen.ids[slot] !== key) {
    if (seen.count >= seen.ids.length * load) return;
    seen.ids[slot] = key;
    seen.count += 1;
  }
  seen.contents[slot] = hash32(content, 0);
  seen.places[slot] = place;
}
