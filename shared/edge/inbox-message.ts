// What S3 sends when a file is left in the inbox's bucket, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import type { InboxFile } from '../ports/inbox.ts';

const record = z.object({
  s3: z.object({
    object: z.object({ key: z.string().min(1), versionId: z.string().min(1).optional() }),
  }),
});

/** One event of S3 ("Event message structure", Amazon S3 user guide); the parts that matter here. */
export type InboxRecord = z.output<typeof record>;

// S3 sends this once, when the notification is set up.
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });
const message = z.union([z.object({ Records: z.array(record) }), testEvent]);

/** The events in a body; throws a ZodError that names the fields, never the key, when it is none. */
export function parseInboxMessage(body: unknown): readonly InboxRecord[] {
  const parsed = message.parse(body);
  return 'Records' in parsed ? parsed.Records : [];
}

/** The body of a message that stands for one event. */
export const inboxMessage = (one: InboxRecord): string => JSON.stringify({ Records: [one] });

/** The file an event is about. Keys are sent as in a form: `+` for a blank, the rest percent-encoded. */
export function fileOf({ s3: { object } }: InboxRecord): InboxFile {
  const key = decodeURIComponent(object.key.replaceAll('+', ' '));
  return { key, ...(object.versionId !== undefined && { version: object.versionId }) };
}
