// How far assessments of policy editions have come, over an ItemStore: one item a tenant and edition, and only where one
// message did not get through it.
import type { Item, ItemStore } from '../ports/item-store.ts';
import type { PolicyAssessment, PolicyAssessments } from '../ports/policy-assessments.ts';
import { policyAssessmentKey } from './keys.ts';
import { tenantId } from './tenant-items.ts';

/** Assessments of policies over any ItemStore. Ids that break the rule for ids are `invalid-request`. */
export function createPolicyAssessments(items: ItemStore): PolicyAssessments {
  return {
    async get(tenant, edition) {
      const item = await items.get(policyAssessmentKey(tenantId(tenant), edition));
      return (item as (Item & { assessment?: PolicyAssessment }) | undefined)?.assessment;
    },
    put(tenant, assessment, before) {
      const key = policyAssessmentKey(tenantId(tenant), assessment.edition);
      const item = { ...key, step: assessment.step, assessment };
      return items.putIfEquals(item, 'step', before === 0 ? undefined : before);
    },
  };
}
