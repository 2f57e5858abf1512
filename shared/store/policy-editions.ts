// Editions of policy sources: which are committed, under which number, what waits in quarantine. The item of an edition
// under its number is the commit; what it wrote before that counts from then on.
import { type CalendarDate, calendarDate } from '../core/calendar-date.ts';
import type { PolicyEdition, PolicyKind, PolicySourceId } from '../core/policy.ts';
import type { Approval, QualityFinding } from '../core/release.ts';
import { type Item, type ItemKey, type ItemStore, queryAll } from '../ports/item-store.ts';
import {
  type EditionStamp,
  editionApprovalKey,
  editionKey,
  editionPartition,
  policyQuarantinePartition,
  policySources,
  seqText,
  toldKey,
} from './keys.ts';

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const editionOf = (item: Item | undefined): PolicyEdition | undefined =>
  (item as (Item & { record?: PolicyEdition }) | undefined)?.record;

/** The newest edition of a source; undefined before the first. */
export async function readNewestEdition(
  items: ItemStore,
  source: PolicySourceId,
): Promise<PolicyEdition | undefined> {
  const query = { pk: editionPartition(source), descending: true, limit: 1 };
  const { items: found } = await items.query(query);
  return editionOf(found[0]);
}

/** The edition committed under a number. */
export const readEdition = async (
  items: ItemStore,
  source: PolicySourceId,
  seq: number,
): Promise<PolicyEdition | undefined> => editionOf(await items.get(editionKey(source, seq)));

/** The day an edition tells the state of: the publisher's, else the one it was collected on. */
export const editionDay = ({
  published,
  collected,
}: Pick<PolicyEdition, 'published' | 'collected'>): CalendarDate => published ?? collected;

/** What a feed tells all of: every kind of document, or some. */
export type ToldBy = {
  readonly source: PolicySourceId;
  readonly feed: string;
  readonly kinds: readonly PolicyKind[] | undefined;
};

const toldItemKey = ({ source, feed, kinds }: ToldBy): ItemKey =>
  toldKey(source, feed, kinds ? [...kinds].sort().join('+') : 'all');

/** The newest day of which a feed told all there is; undefined before the first. */
export async function readToldDay(items: ItemStore, by: ToldBy): Promise<CalendarDate | undefined> {
  const item = await items.get(toldItemKey(by));
  return typeof item?.day === 'string' ? calendarDate(item.day) : undefined;
}

/** Notes a newer day; `before` is what was read. That somebody else noted one meanwhile is as good. */
export const noteToldDay = async (
  items: ItemStore,
  by: ToldBy,
  day: CalendarDate,
  before: CalendarDate | undefined,
): Promise<void> => {
  if (before !== undefined && before >= day) return;
  await items.putIfEquals({ ...toldItemKey(by), day }, 'day', before);
};

/** Committed editions of a source, all or up to a number, ascending. */
export async function* readEditions(
  items: ItemStore,
  source: PolicySourceId,
  upTo?: number,
): AsyncGenerator<PolicyEdition> {
  const to = upTo === undefined ? {} : { to: seqText(upTo) };
  const query = { pk: editionPartition(source), ...to };
  for await (const item of queryAll(items, query)) {
    const edition = editionOf(item);
    if (edition) yield edition;
  }
}

/** Sources of which anything was taken in or put into quarantine, ascending. */
export async function readPolicySourceIds(items: ItemStore): Promise<readonly PolicySourceId[]> {
  const sources: PolicySourceId[] = [];
  for await (const { sk } of queryAll(items, { pk: policySources })) sources.push(sk);
  return sources;
}

/** Sources that have an edition, ascending, each with its newest. */
export async function readPolicySources(items: ItemStore): Promise<readonly PolicyEdition[]> {
  const newest: PolicyEdition[] = [];
  for (const source of await readPolicySourceIds(items)) {
    const edition = await readNewestEdition(items, source);
    if (edition) newest.push(edition);
  }
  return newest;
}

/** Tells whether what an edition wrote counts. What was seen committed stays so; only news needs a read. */
export function createCommitReader(
  items: ItemStore,
): (stamp: EditionStamp & { readonly source: PolicySourceId }) => Promise<boolean> {
  const seen = new Map<string, string>();
  return async ({ source, seq, edition }) => {
    const key = `${source}#${seq}`;
    const id = seen.get(key) ?? (await readEdition(items, source, seq))?.id;
    if (id !== undefined) seen.set(key, id);
    return id === edition;
  };
}

/** Commits an edition under its number; answers the one that holds the number now, itself or another. */
export async function commitEdition(
  items: ItemStore,
  edition: PolicyEdition,
): Promise<PolicyEdition> {
  const { source, seq } = edition;
  await items.put({ pk: policySources, sk: source });
  const item = { ...editionKey(source, seq), id: edition.id, record: json(edition) };
  if (await items.putIfAbsent(item)) return edition;
  const holder = await readEdition(items, source, seq);
  if (!holder) throw new Error(`${source} ${seq} is held by nobody and cannot be taken`);
  return holder;
}

/** An edition in quarantine: what it would have been, why it is there, and the message that brings it again. */
export type QuarantinedEdition = {
  readonly id: string;
  readonly source: PolicySourceId;
  readonly feed: string;
  readonly published?: CalendarDate;
  readonly collected: CalendarDate;
  /** ISO instant. */
  readonly recordedAt: string;
  readonly documents: number;
  readonly findings: readonly QualityFinding[];
  /** False when its files are unsound, which no approval helps. */
  readonly approvable: boolean;
  /** Hash of its files (policy-attempts.ts). */
  readonly arrival: string;
  /** Number of the newest edition there was; absent before the first. */
  readonly after?: number;
  /** JSON of the message that brought it. */
  readonly message: string;
};

/** Puts an edition into quarantine, once. Nothing else changes. */
export const putQuarantinedEdition = async (
  items: ItemStore,
  edition: QuarantinedEdition,
): Promise<void> => {
  // A source may begin with a quarantine: it is found by its name all the same.
  await items.put({ pk: policySources, sk: edition.source });
  const key = { pk: policyQuarantinePartition(edition.source), sk: edition.id };
  await items.putIfAbsent({ ...key, record: json(edition) });
};

/** One edition of a source that was ever quarantined. */
export async function readQuarantinedEdition(
  items: ItemStore,
  source: PolicySourceId,
  id: string,
): Promise<QuarantinedEdition | undefined> {
  const item = await items.get({ pk: policyQuarantinePartition(source), sk: id });
  return (item as (Item & { record?: QuarantinedEdition }) | undefined)?.record;
}

/** Records an approval for good, before the edition is sent again. */
export const putEditionApproval = (
  items: ItemStore,
  edition: string,
  approval: Approval,
): Promise<void> => items.put({ ...editionApprovalKey(edition, approval.at), ...approval });
