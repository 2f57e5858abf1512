// Goes through the uses of many codes in one month artifact by artifact: each artifact comes once,
// with all its uses, so that what is counted by artifact needs no memory of those gone before.
import type { KeptUse } from '../core/artifact.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import type { StoredUse, TenantStore, UsesPart } from '../ports/tenant-store.ts';

/** Which uses to go through. */
export type Walk = UsesPart & {
  readonly tenant: string;
  readonly uses: readonly KeptUse[];
  readonly month: string;
};

/** First pages asked for at once. */
const readsAtOnce = 16;

/** Where the walk stands in the uses of one code. */
type Place = { readonly rest: AsyncIterator<StoredUse>; head: StoredUse | undefined };

// `#` ends the id in the sort key, and no id holds one.
const keyOf = ({ artifact }: StoredUse): string => `${artifact.id}#`;

async function goOn(place: Place): Promise<void> {
  const { done, value } = await place.rest.next();
  place.head = done === true ? undefined : value;
}

async function begin(tenants: Pick<TenantStore, 'uses'>, walk: Walk): Promise<Place[]> {
  const { tenant, month, uses, ...part } = walk;
  const places = uses.map((use): Place => {
    const found = tenants.uses(tenant, use, month, part);
    return { rest: found[Symbol.asyncIterator](), head: undefined };
  });
  for (let i = 0; i < places.length; i += readsAtOnce) {
    await Promise.all(places.slice(i, i + readsAtOnce).map(goOn));
  }
  return places;
}

function firstKey(places: readonly Place[]): string | undefined {
  let first: string | undefined;
  for (const { head } of places) {
    if (!head) continue;
    const key = keyOf(head);
    if (first === undefined || compareUtf8(key, first) < 0) first = key;
  }
  return first;
}

/** The uses of each artifact, in the order of their ids by UTF-8 bytes. */
export async function* walkMonth(
  tenants: Pick<TenantStore, 'uses'>,
  walk: Walk,
): AsyncGenerator<readonly StoredUse[]> {
  let places = await begin(tenants, walk);
  for (;;) {
    places = places.filter(({ head }) => head);
    const key = firstKey(places);
    if (key === undefined) return;
    const found: StoredUse[] = [];
    for (const place of places) {
      const { head } = place;
      if (!head || keyOf(head) !== key) continue;
      found.push(head);
      // An artifact replaced since the last page was read stands there once more.
      do await goOn(place);
      while (place.head && keyOf(place.head) === key);
    }
    yield found;
  }
}
