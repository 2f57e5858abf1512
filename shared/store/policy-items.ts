// Code table: payer policies ↔ items. Every item of an edition carries its number and id, and counts only if that edition
// was committed under that number (policy-editions.ts).
import type { CalendarDate } from '../core/calendar-date.ts';
import {
  isMeaningful,
  type PolicyChange,
  type PolicyRef,
  type PolicySourceId,
  type PolicyVersion,
  type ReviewItem,
} from '../core/policy.ts';
import { reviewDay } from '../core/policy-pages.ts';
import { type Item, type ItemKey, type ItemStore, queryAll } from '../ports/item-store.ts';
import {
  type EditionStamp,
  piecesPartition,
  policyChangePartition,
  policyChangePrefix,
  policyListPartition,
  policyListSort,
  policyPartition,
  policySort,
  procedurePartition,
  procedureSort,
  reviewPartition,
  reviewSort,
} from './keys.ts';

/** UTF-8 bytes of a body in one item: DynamoDB allows 400 KB, and quotes in it are written as two characters. */
const bodyBytesMax = 240_000;

/** The body in parts of at most `max` bytes, none of which ends inside a character. */
function cutBody(body: string, max: number): string[] {
  const bytes = Buffer.from(body);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + max, bytes.length);
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    parts.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return parts;
}

/** The items of a value: one, or when it is too long one that says so after the items of its pieces. */
export function bodyItems(item: Item, value: unknown): Item[] {
  const body = JSON.stringify(value);
  if (Buffer.byteLength(body) <= bodyBytesMax) return [{ ...item, body }];
  const pk = piecesPartition(item);
  const pieces = cutBody(body, bodyBytesMax);
  return [
    ...pieces.map((piece, at) => ({ pk, sk: String(at).padStart(4, '0'), piece })),
    { ...item, pieces: pieces.length },
  ];
}

/** The JSON text that {@link bodyItems} put into an item and its pieces. */
async function bodyText(items: ItemStore, item: Item): Promise<string> {
  if (typeof item.body === 'string') return item.body;
  let body = '';
  let found = 0;
  for await (const { piece } of queryAll(items, { pk: piecesPartition(item) })) {
    body += String(piece);
    found += 1;
  }
  if (found === 0 || found !== item.pieces) {
    throw new Error(`item ${item.pk} / ${item.sk} has ${found} pieces, not ${item.pieces}`);
  }
  return body;
}

/** The version of an item of {@link versionItems}. */
export const itemPolicyVersion = async (items: ItemStore, item: Item): Promise<PolicyVersion> =>
  JSON.parse(await bodyText(items, item));

/** The change of an item of {@link changeItems}. */
export const itemPolicyChange = async (items: ItemStore, item: Item): Promise<PolicyChange> =>
  JSON.parse(await bodyText(items, item));

/** The review of an item of {@link reviewItems}. */
export const itemReview = async (items: ItemStore, item: Item): Promise<ReviewItem> =>
  JSON.parse(await bodyText(items, item));

/** Who wrote an item; a broken invariant for one that no edition wrote. */
export function itemStamp(item: Item): EditionStamp & { readonly source: PolicySourceId } {
  const { source, seq, edition } = item;
  if (typeof source === 'string' && typeof seq === 'number' && typeof edition === 'string') {
    return { source, seq, edition };
  }
  throw new Error(`item ${item.pk} / ${item.sk} was written by no edition`);
}

const stamped = (key: ItemKey, source: PolicySourceId, { seq, edition }: EditionStamp): Item => ({
  ...key,
  source,
  seq,
  edition,
});

/** A version of a document, whole. */
export function policyVersionItems(version: PolicyVersion): Item[] {
  const sk = policySort(version.effective, version.version, version);
  const key = { pk: policyPartition(version), sk };
  return bodyItems(stamped(key, version.source, version), version);
}

/** That a document is there, for lists. */
export const policyListItem = ({ source, id, ...stamp }: PolicyRef & EditionStamp): Item => ({
  ...stamped({ pk: policyListPartition(source), sk: policyListSort(id, stamp) }, source, stamp),
  id,
});

/** That a document names a procedure. */
export function procedureItem(procedure: string, ref: PolicyRef, stamp: EditionStamp): Item {
  const key = { pk: procedurePartition(procedure), sk: procedureSort(ref, stamp) };
  return { ...stamped(key, ref.source, stamp), id: ref.id };
}

/** A change, among those of its source and those of its document. */
export function policyChangeItems(change: PolicyChange): Item[] {
  const { source, id, edition } = change;
  const sk = `${policyChangePrefix(change)}${edition}`;
  const meaningful = isMeaningful(change);
  return [policyChangePartition(source), policyChangePartition(source, id)].flatMap((pk) =>
    bodyItems({ ...stamped({ pk, sk }, source, change), meaningful }, change),
  );
}

/** A bulletin to be looked at. */
export function reviewItems(
  review: ReviewItem,
  source: PolicySourceId,
  stamp: EditionStamp,
): Item[] {
  const day: CalendarDate = reviewDay(review);
  const key = { pk: reviewPartition, sk: reviewSort(day, review.id, stamp) };
  return bodyItems(stamped(key, source, stamp), review);
}
