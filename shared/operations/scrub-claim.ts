// Scrubs claims before they go out: loads what the rules need to know, and asks them all.
import { CodewatchError } from '../core/errors.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import type { ScrubItem, Subject } from '../scrub/rule.ts';
import { scrub } from '../scrub/scrub.ts';
import { subjectOf } from '../scrub/subject-of.ts';
import { loadRuleFacts, type RuleReference } from './load-rule-facts.ts';

/** What the rules find in each of the subjects, in their order; what is loaded is loaded once for all of them. */
export async function scrubSubjects(
  reference: RuleReference,
  subjects: readonly Subject[],
): Promise<readonly (readonly ScrubItem[])[]> {
  const facts = await loadRuleFacts(reference, subjects);
  return subjects.map((subject) => scrub(subject, facts));
}

/** What the rules find in a stored claim; throws `not-found` when the tenant has none of this id. */
export async function scrubStoredClaim(
  ports: { readonly tenants: TenantStore; readonly reference: RuleReference },
  tenant: string,
  id: string,
): Promise<readonly ScrubItem[]> {
  const claim = await ports.tenants.getArtifact(tenant, 'claim', id);
  if (!claim) throw new CodewatchError('not-found', `no claim ${id}`);
  const [items = []] = await scrubSubjects(ports.reference, [subjectOf(claim)]);
  return items;
}
