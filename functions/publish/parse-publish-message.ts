// The message from ingest to publish, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import { codeSystemIds } from '../../shared/core/code-system.ts';
import type { PublishMessage } from '../../shared/steps/messages.ts';

const seq = z.int().positive();
const message: z.ZodType<PublishMessage> = z.union([
  z.object({ system: z.enum(codeSystemIds), seq }),
  z.object({ source: z.string().min(1), seq }),
]);

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parsePublishMessage(body: unknown): PublishMessage {
  return message.parse(body);
}
