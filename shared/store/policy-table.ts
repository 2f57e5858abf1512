// Payer policies over an ItemStore: a document's versions in one partition, each index in one, no scan. What an edition
// wrote counts once the edition is committed under the number it wrote it with.
import { CodewatchError } from '../core/errors.ts';
import type { PolicyChange, PolicyRef, PolicySourceId, PolicyVersion } from '../core/policy.ts';
import { proceduresOf } from '../core/policy-meaning.ts';
import {
  compareRefs,
  compareVersions,
  pageOfChanges,
  readChangeCursor,
  readRefCursor,
  readReviewCursor,
  refCursor,
  reviewCursor,
} from '../core/policy-pages.ts';
import { latestRecords } from '../core/policy-timeline.ts';
import { type Item, type ItemQuery, type ItemStore, queryAll } from '../ports/item-store.ts';
import type {
  PolicyChangeFilter,
  PolicyListFilter,
  PolicyPage,
  PolicyTable,
} from '../ports/policy-table.ts';
import {
  last,
  policyChangePartition,
  policyChangePrefix,
  policyListPartition,
  policyPartition,
  procedurePartition,
  reviewPartition,
} from './keys.ts';
import { createCommitReader, readNewestEdition, readPolicySources } from './policy-editions.ts';
import { itemPolicyChange, itemPolicyVersion, itemReview, itemStamp } from './policy-items.ts';

/** Documents read at once for a list. */
const readsAtOnce = 8;

/** Reads only what is committed of a query. */
type Visible = (query: ItemQuery) => AsyncGenerator<Item>;

function visibleIn(items: ItemStore): Visible {
  const isCommitted = createCommitReader(items);
  return async function* (query) {
    for await (const item of queryAll(items, query)) {
      if (await isCommitted(itemStamp(item))) yield item;
    }
  };
}

async function readVersions(
  items: ItemStore,
  visible: Visible,
  ref: PolicyRef,
): Promise<PolicyVersion[]> {
  const versions: PolicyVersion[] = [];
  for await (const item of visible({ pk: policyPartition(ref) })) {
    versions.push(await itemPolicyVersion(items, item));
  }
  return versions.sort(compareVersions);
}

async function readNaming(visible: Visible, procedure: string): Promise<PolicyRef[]> {
  const refs = new Map<string, PolicyRef>();
  for await (const item of visible({ pk: procedurePartition(procedure) })) {
    const { source } = itemStamp(item);
    const id = String(item.id);
    refs.set(`${source}#${id}`, { source, id });
  }
  return [...refs.values()].sort(compareRefs);
}

/** Every document of these sources after one, ascending. */
async function* documentsOf(
  visible: Visible,
  sources: readonly PolicySourceId[],
  after: PolicyRef | undefined,
): AsyncGenerator<PolicyRef> {
  for (const source of sources) {
    if (after && source < after.source) continue;
    const from = after?.source === source ? { after: `${after.id}#${last}` } : {};
    let before: string | undefined;
    for await (const item of visible({ pk: policyListPartition(source), ...from })) {
      const id = String(item.id);
      if (id !== before) yield { source, id };
      before = id;
    }
  }
}

async function* inBatches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Changes of one source after a place and from a day on, at most `limit`. */
async function readChanges(
  items: ItemStore,
  visible: Visible,
  at: {
    readonly source: PolicySourceId;
    readonly after: string | undefined;
    readonly filter: PolicyChangeFilter;
    readonly limit: number;
  },
): Promise<PolicyChange[]> {
  const { filter, after = '', limit } = at;
  const { since = '', meaningfulOnly = false } = filter;
  const pk = policyChangePartition(at.source, filter.id);
  const from = [after, since].sort().at(-1) ?? '';
  const changes: PolicyChange[] = [];
  for await (const item of visible(from === '' ? { pk } : { pk, from })) {
    if (meaningfulOnly && item.meaningful !== true) continue;
    changes.push(await itemPolicyChange(items, item));
    if (changes.length === limit) break;
  }
  return changes;
}

/** Reads of payer policies over any ItemStore; keeps nothing but which editions it saw committed. */
export function createPolicyTable(items: ItemStore): PolicyTable {
  const visible = visibleIn(items);
  const versions = (ref: PolicyRef) => readVersions(items, visible, ref);
  const sources = async () => (await readPolicySources(items)).map(({ source }) => source);
  const chosen = async (source: PolicySourceId | undefined) =>
    source === undefined ? sources() : [source];

  async function* candidates(filter: PolicyListFilter): AsyncGenerator<PolicyRef> {
    const after = readRefCursor(filter.after);
    if (filter.procedure === undefined) {
      yield* documentsOf(visible, await chosen(filter.source), after);
      return;
    }
    for (const ref of await readNaming(visible, filter.procedure)) {
      const isOther = filter.source !== undefined && ref.source !== filter.source;
      if (!isOther && (!after || compareRefs(ref, after) > 0)) yield ref;
    }
  }

  async function list(filter: PolicyListFilter): Promise<PolicyPage<PolicyVersion>> {
    const { procedure, limit } = filter;
    const found: PolicyVersion[] = [];
    for await (const refs of inBatches(candidates(filter), readsAtOnce)) {
      for (const records of await Promise.all(refs.map(versions))) {
        const newest = latestRecords(records).at(-1);
        const isNamed =
          procedure === undefined || (newest && proceduresOf(newest).includes(procedure));
        if (newest && isNamed) found.push(newest);
      }
      if (found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const end = page.at(-1);
    return found.length > limit && end ? { items: page, next: refCursor(end) } : { items: page };
  }

  return {
    edition: (source) => readNewestEdition(items, source),
    sources,
    versions,
    naming: (procedure) => readNaming(visible, procedure),
    async list(filter) {
      if (filter.diagnosis === undefined) return list(filter);
      throw new CodewatchError(
        'unavailable',
        'no snapshot can be searched for diagnoses yet; try again shortly',
      );
    },
    async changes(filter) {
      const places = readChangeCursor(filter.after);
      const read = async (source: PolicySourceId): Promise<PolicyChange[]> => {
        const place = places.get(source);
        const before = place && policyChangePrefix(place);
        const after = before === undefined ? undefined : `${before}${last}`;
        return readChanges(items, visible, { source, after, filter, limit: filter.limit + 1 });
      };
      const bySource = await Promise.all((await chosen(filter.source)).map(read));
      return pageOfChanges(bySource.flat(), places, filter.limit);
    },
    async reviews({ limit, after }) {
      const place = readReviewCursor(after);
      const before = place && { after: `${place.day}#${place.id}#` };
      const found = [];
      for await (const item of visible({ pk: reviewPartition, descending: true, ...before })) {
        found.push(await itemReview(items, item));
        if (found.length > limit) break;
      }
      const page = found.slice(0, limit);
      const end = page.at(-1);
      return found.length > limit && end
        ? { items: page, next: reviewCursor(end) }
        : { items: page };
    },
  };
}
