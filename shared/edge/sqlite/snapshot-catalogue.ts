// The catalogue answered from a snapshot: search, lists and the hierarchy on a date.
import type { DatabaseSync } from 'node:sqlite';
import type { Catalogue } from '../../ports/catalogue.ts';
import { createEntryLists } from './list-entries.ts';
import { createSearch } from './search-titles.ts';

/** Reads of an open snapshot. */
export function createSnapshotCatalogue(database: DatabaseSync): Catalogue {
  const lists = createEntryLists(database);
  const search = createSearch(database);
  return {
    search: async (system, query) => search(system, query),
    list: async (system, query) => lists.page(system, query),
    children: async (system, code, date) => lists.children(system, code, date),
  };
}
