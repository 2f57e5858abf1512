// How far assessments of large registers have come, over an ItemStore: one item a tenant and
// release, and one for each part while it is under way.
import type { Assessment, AssessmentPart, AssessmentStore } from '../ports/assessment-store.ts';
import { type Item, type ItemQuery, type ItemStore, queryAll } from '../ports/item-store.ts';
import { assessmentPartition, assessmentPartPrefix, last } from './keys.ts';
import { tenantId } from './tenant-items.ts';

/** What a conditional write compares: the record and how far it is. */
const stateOf = ({ record, stage }: Pick<Assessment, 'record' | 'stage'>): string =>
  `${record.seq}#${stage}`;

function itemAssessment(item: Item): Assessment {
  const { assessment } = item as Item & { assessment?: Assessment };
  if (!assessment) throw new Error('an item of the tenant table is no assessment');
  return assessment;
}

function itemPart(item: Item): AssessmentPart {
  const { part } = item as Item & { part?: AssessmentPart };
  if (!part) throw new Error('an item of the tenant table is no part of an assessment');
  return part;
}

/** Assessments over any ItemStore. Ids that break the rule for ids are `invalid-request`. */
export function createAssessmentStore(items: ItemStore): AssessmentStore {
  const partition = (tenant: string): string => assessmentPartition(tenantId(tenant));
  const partItem = (tenant: string, prefix: string, part: AssessmentPart): Item => ({
    pk: partition(tenant),
    sk: `${prefix}${part.month}`,
    step: part.step,
    part,
  });
  const partItems = async (
    tenant: string,
    asked: Pick<ItemQuery, 'prefix' | 'from' | 'to'>,
  ): Promise<Item[]> => {
    const found: Item[] = [];
    const query = { pk: partition(tenant), ...asked };
    for await (const item of queryAll(items, query)) found.push(item);
    return found;
  };
  return {
    async get(tenant, release) {
      const item = await items.get({ pk: partition(tenant), sk: release });
      return item && itemAssessment(item);
    },
    put(tenant, assessment, before) {
      const key = { pk: partition(tenant), sk: assessment.record.id };
      const item = { ...key, state: stateOf(assessment), assessment };
      return items.putIfEquals(item, 'state', before && stateOf(before));
    },
    async addParts(tenant, { id, seq }, parts) {
      const prefix = assessmentPartPrefix(id, seq);
      for (const part of parts) await items.putIfAbsent(partItem(tenant, prefix, part));
    },
    async part(tenant, { id, seq }, month) {
      const sk = `${assessmentPartPrefix(id, seq)}${month}`;
      const item = await items.get({ pk: partition(tenant), sk });
      return item && itemPart(item);
    },
    parts: async (tenant, { id, seq }) =>
      (await partItems(tenant, { prefix: assessmentPartPrefix(id, seq) })).map(itemPart),
    putPart: (tenant, { id, seq }, part, step) =>
      items.putIfEquals(partItem(tenant, assessmentPartPrefix(id, seq), part), 'step', step),
    async removeParts(tenant, { id, seq }) {
      const from = assessmentPartPrefix(id, 0);
      const to = `${assessmentPartPrefix(id, seq)}${last}`;
      const found = await partItems(tenant, { from, to });
      await items.deleteMany(found.map(({ pk, sk }) => ({ pk, sk })));
    },
  };
}
