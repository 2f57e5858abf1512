// Files of payer policies that somebody hands over: archived as they are, and sent the way of those a feed was asked for.
import type { PolicyFeed, PolicyFile } from '../feeds/policy-feed.ts';
import type { Archive } from '../ports/archive.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { readNewestEdition } from '../store/policy-editions.ts';
import type { PolicyMessage } from './messages.ts';
import { messageHash } from './policy-message-names.ts';

/** What handing in needs. */
export type HandInPorts = {
  /** The code table's items. */
  readonly codeItems: ItemStore;
  readonly archive: Archive;
  /** The queue of ingest policies. */
  readonly policiesQueue: Queue;
  readonly clock: Clock;
};

/** A file with the name it had. */
export type HandedFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Archives the files and sends them on, together, as one edition of the feed; answers the message. Files that were handed in
 * before are another message: they bring back what other files changed since. Throws what stores, archive and queue throw.
 */
export async function handInPolicies(
  { codeItems, archive, policiesQueue, clock }: HandInPorts,
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
  const newest = await readNewestEdition(codeItems, feed.source);
  // The clock may stand still (`--now`): what is known tells the hand-ins of one instant apart.
  const occasion = `${fetchedAt} after ${newest?.id ?? 'nothing'}`;
  const message: PolicyMessage = { feed: feed.id, files, collected: today(clock), occasion };
  await policiesQueue.send({
    body: JSON.stringify(message),
    deduplicationId: messageHash(message),
    groupId: feed.source,
  });
  return message;
}
