// The message from pull to ingest policies, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import { parseCalendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyMessage } from '../../shared/steps/messages.ts';

const day = z.string().transform((text, context) => {
  const date = parseCalendarDate(text);
  if (date) return date;
  context.addIssue({ code: 'custom', message: 'not a date (YYYY-MM-DD)' });
  return z.NEVER;
});

const message: z.ZodType<PolicyMessage> = z.object({
  feed: z.string().min(1),
  files: z
    .array(
      z.object({
        url: z.string().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        unchanged: z.boolean(),
      }),
    )
    .min(1),
  collected: day,
  occasion: z.string().exactOptional(),
  approval: z.object({ by: z.string(), at: z.string(), reason: z.string() }).exactOptional(),
});

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parsePolicyMessage(body: unknown): PolicyMessage {
  return message.parse(body);
}
