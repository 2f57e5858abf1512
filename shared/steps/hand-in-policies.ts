// Files of payer policies that somebody hands over: archived as they are, and sent the way of those a feed was asked for.
import type { PolicyFeed, PolicyFile } from '../feeds/policy-feed.ts';
import type { Archive } from '../ports/archive.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { Queue } from '../ports/queue.ts';
import { arrivalOf } from './ingest-policies.ts';
import type { PolicyMessage } from './messages.ts';

/** What handing in needs. */
export type HandInPorts = {
  readonly archive: Archive;
  /** The queue of ingest policies. */
  readonly policiesQueue: Queue;
  readonly clock: Clock;
};

/** A file with the name it had. */
export type HandedFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Archives the files and sends them on, together, as one edition of the feed; answers the message. The same files again are the
 * same edition. Throws what archive and queue throw.
 */
export async function handInPolicies(
  { archive, policiesQueue, clock }: HandInPorts,
  feed: Pick<PolicyFeed, 'id' | 'source'>,
  handed: readonly HandedFile[],
): Promise<PolicyMessage> {
  const fetchedAt = clock.now();
  const files: PolicyFile[] = [];
  for (const { name, bytes } of handed) {
    const url = `file:///${encodeURIComponent(name)}`;
    const sha256 = await archive.keep(bytes, { url, fetchedAt, headers: {} });
    files.push({ url, sha256, unchanged: false });
  }
  const message: PolicyMessage = { feed: feed.id, files, collected: today(clock) };
  await policiesQueue.send({
    body: JSON.stringify(message),
    // Whoever hands the same files in again has a reason: a wrong configuration, say, put right.
    deduplicationId: `${arrivalOf(message)}#${fetchedAt}`.replaceAll(/[^\w#:.-]/g, '-'),
    groupId: feed.source,
  });
  return message;
}
