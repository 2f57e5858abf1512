// What became of files of policies each time they came. Files come back, as documents do that were retired: what tells a
// message that is delivered again from a new one with the same files is noted here.
import type { PolicyEdition, PolicySourceId } from '../core/policy.ts';
import { type Item, type ItemStore, queryAll } from '../ports/item-store.ts';
import {
  attemptPartition,
  attemptSort,
  type EditionStamp,
  policyQuarantinePartition,
} from './keys.ts';
import { type QuarantinedEdition, readEdition } from './policy-editions.ts';

/** One time that files came, and the edition they are to be. */
export type PolicyAttempt = EditionStamp & {
  readonly source: PolicySourceId;
  /** Hash of the files. */
  readonly arrival: string;
  /** Hash of the message that brought them. */
  readonly message: string;
};

const attemptItem = ({ source, arrival, message, seq, edition }: PolicyAttempt): Item => ({
  ...{ pk: attemptPartition(arrival), sk: attemptSort(source, { seq, edition }) },
  ...{ source, message, seq, edition },
});

/** Notes, before anything is written, that a message tries to become an edition under a number. */
export const noteAttempt = (items: ItemStore, attempt: PolicyAttempt): Promise<void> =>
  items.put(attemptItem(attempt));

/** Notes that a message said nothing new on top of the edition of this number (0: none), at this instant (ISO). */
export const noteNothingNew = (
  items: ItemStore,
  attempt: PolicyAttempt,
  at: string,
): Promise<void> => items.put({ ...attemptItem(attempt), nothingNewAt: at });

/** Files handled to the end: they became an edition, or said nothing new. */
type Settled = {
  readonly message: unknown;
  /** The id it has, or would have had. */
  readonly id: unknown;
  readonly edition?: PolicyEdition;
  /** ISO instant; with it, there is no edition. */
  readonly nothingNewAt?: string;
};

/** Each time that these files were handled to the end. */
async function* readSettled(
  items: ItemStore,
  source: PolicySourceId,
  arrival: string,
): AsyncGenerator<Settled> {
  const tried = { pk: attemptPartition(arrival), prefix: `${source}#` };
  for await (const { message, seq, edition: id, nothingNewAt } of queryAll(items, tried)) {
    if (typeof nothingNewAt === 'string') {
      yield { message, id, nothingNewAt };
      continue;
    }
    const edition = await readEdition(items, source, Number(seq));
    if (edition && edition.id === id) yield { message, id, edition };
  }
}

/** What a message came to; undefined when it was not handled to the end. Without `edition`, it said nothing new. */
export async function findSettled(
  items: ItemStore,
  { source, arrival, message }: Pick<PolicyAttempt, 'source' | 'arrival' | 'message'>,
): Promise<Pick<Settled, 'edition'> | undefined> {
  for await (const settled of readSettled(items, source, arrival)) {
    if (settled.message === message) return settled;
  }
  return undefined;
}

/** Whether an edition in quarantine waits: its files were not taken in since, nor found to say nothing new. */
export async function isWaiting(
  items: ItemStore,
  {
    id,
    source,
    arrival,
    recordedAt,
    after = 0,
  }: Pick<QuarantinedEdition, 'id' | 'source' | 'arrival' | 'recordedAt' | 'after'>,
): Promise<boolean> {
  for await (const settled of readSettled(items, source, arrival)) {
    if (settled.id === id) return false;
    if (settled.edition && settled.edition.seq > after) return false;
    if (settled.nothingNewAt !== undefined && settled.nothingNewAt > recordedAt) return false;
  }
  return true;
}

/** Editions of a source that wait in quarantine, by id. */
export async function readWaitingEditions(
  items: ItemStore,
  source: PolicySourceId,
): Promise<QuarantinedEdition[]> {
  const waiting: QuarantinedEdition[] = [];
  for await (const item of queryAll(items, { pk: policyQuarantinePartition(source) })) {
    const { record } = item as Item & { record?: QuarantinedEdition };
    if (record && (await isWaiting(items, record))) waiting.push(record);
  }
  return waiting;
}
