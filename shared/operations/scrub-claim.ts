// Scrubs claims before they go out: loads what the rules need to know, and asks them all.
import type { ScrubItem, Subject } from '../scrub/rule.ts';
import { scrub } from '../scrub/scrub.ts';
import { loadRuleFacts, type RuleReference } from './load-rule-facts.ts';

/** What the rules find in each of the subjects, in their order; what is loaded is loaded once for all of them. */
export async function scrubSubjects(
  reference: RuleReference,
  subjects: readonly Subject[],
): Promise<readonly (readonly ScrubItem[])[]> {
  const facts = await loadRuleFacts(reference, subjects);
  return subjects.map((subject) => scrub(subject, facts));
}
