// Code table: which documents to ask about a lost code, as items whose keys say all there is, so that writing one again
// changes nothing.
import type { Item, ItemStore } from '../ports/item-store.ts';
import { queryAll } from '../ports/item-store.ts';
import type { LagIndex, LagPlace } from '../ports/lag-index.ts';
import { lagPartition, lagSort, sourceLagPartition, sourceLagSort } from './keys.ts';

const itemsOf = ({ code, source, id }: LagPlace): Item[] => [
  { pk: lagPartition(code), sk: lagSort({ source, id }) },
  { pk: sourceLagPartition(source), sk: sourceLagSort(code, id) },
];

/** The two parts of a sort key: neither a source nor a code holds `#`. */
function cut(text: string): readonly [string, string] {
  const at = text.indexOf('#');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The index over any ItemStore. */
export function createLagIndex(items: ItemStore): LagIndex {
  return {
    add: (places) => items.putMany(places.flatMap(itemsOf)),
    async ofCode(code) {
      const places: LagPlace[] = [];
      for await (const { sk } of queryAll(items, { pk: lagPartition(code) })) {
        const [source, id] = cut(sk);
        places.push({ code, source, id });
      }
      return places;
    },
    async ofSource(source, { limit, after }) {
      const start = after === undefined ? {} : { after };
      const page = await items.query({ pk: sourceLagPartition(source), limit, ...start });
      const found = page.items.map(({ sk }): LagPlace => {
        const [code, id] = cut(sk);
        return { code, source, id };
      });
      return { items: found, ...(page.next === undefined ? {} : { next: page.next }) };
    },
  };
}
