// The message from ingest to assess, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import { codeSystemIds } from '../../shared/core/code-system.ts';
import type { AssessMessage } from '../../shared/steps/messages.ts';

const message: z.ZodType<AssessMessage> = z.object({
  system: z.enum(codeSystemIds),
  release: z.string().min(1),
  seq: z.int().positive(),
});

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parseAssessMessage(body: unknown): AssessMessage {
  return message.parse(body);
}
