// The message from assess to notify, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import type { NotifyMessage } from '../../shared/steps/messages.ts';

const message: z.ZodType<NotifyMessage> = z.object({
  tenant: z.string().min(1),
  alert: z.string().min(1),
});

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parseNotifyMessage(body: unknown): NotifyMessage {
  return message.parse(body);
}
