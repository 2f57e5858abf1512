// The messages to assess, from ingest and from ingest of policies, checked: what is none is a broken invariant and ends as a
// dead letter.
import * as z from 'zod';
import { codeSystemIds } from '../../shared/core/code-system.ts';
import type { AssessMessage, AssessPoliciesMessage } from '../../shared/steps/messages.ts';

const seq = z.int().positive();

const ofRelease: z.ZodType<AssessMessage> = z.object({
  system: z.enum(codeSystemIds),
  release: z.string().min(1),
  seq,
});

const ofPolicies: z.ZodType<AssessPoliciesMessage> = z.object({
  source: z.string().min(1),
  edition: z.string().min(1),
  seq,
});

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parseAssessMessage(body: unknown): AssessMessage | AssessPoliciesMessage {
  return z.union([ofRelease, ofPolicies]).parse(body);
}
