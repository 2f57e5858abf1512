// Reference documents that scrub rules need besides the code table: tabular lists and Medicare Code Editor lists. Each is
// kept whole, as gzipped JSON under its hash in the archive; a small item says what was taken in, from where and when.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CalendarDate } from '../core/calendar-date.ts';
import { compareEditVersions, type EditCounts, type EditList } from '../core/edit-list.ts';
import type { TabularCounts, TabularList } from '../core/tabular.ts';
import type { Archive } from '../ports/archive.ts';
import { type Item, type ItemStore, type ItemValue, queryAll } from '../ports/item-store.ts';
import { documentPartition, documentSort } from './keys.ts';

/** Where a document came from: the archived original, and its member when that is a zip. */
export type DocumentSource = {
  readonly url: string;
  /** Of the archived bytes. */
  readonly sha256: string;
  readonly member?: string;
};

/** What is known of any document that was taken in. */
type Taken = {
  /** Of the normal form in the archive. */
  readonly sha256: string;
  /** Every original that held it, the first one first. */
  readonly sources: readonly DocumentSource[];
  /** Day the publisher put it out, as far as known. */
  readonly published?: CalendarDate;
  /** ISO instant. */
  readonly takenInAt: string;
};

/** A tabular list that was taken in. */
export type TabularRecord = Taken & {
  readonly kind: 'tabular';
  readonly effective: CalendarDate;
  readonly counts: TabularCounts;
};

/** A version of the Medicare Code Editor's lists that was taken in. */
export type EditRecord = Taken & {
  readonly kind: 'edits';
  readonly version: string;
  readonly counts: EditCounts;
};

/** What documents are kept in. */
export type DocumentPorts = { readonly items: ItemStore; readonly archive: Archive };

/** What comes with a document. */
export type Arrival = Pick<Taken, 'published' | 'takenInAt'> & { readonly source: DocumentSource };

/** What came of taking a document in; `isNew` is false when the same was there before. */
export type TakenIn<Kept> = { readonly record: Kept; readonly isNew: boolean };

/** The documents scrub rules read. */
export type ReferenceDocuments = {
  /** One of each effective date, ascending. */
  readonly tabular: readonly TabularList[];
  /** The newest version. */
  readonly edits?: EditList;
};

/** Raised when reading learns to see more: documents of an older form are passed over, and pull takes them in again. */
const forms = { tabular: 1, edits: 1 } as const;

const json = (value: unknown): ItemValue => JSON.parse(JSON.stringify(value));

const encode = (document: TabularList | EditList): Uint8Array => gzipSync(JSON.stringify(document));

const decode = (bytes: Uint8Array) => JSON.parse(gunzipSync(bytes).toString('utf8'));

const isSame = (a: DocumentSource, b: DocumentSource): boolean =>
  a.sha256 === b.sha256 && a.url === b.url && a.member === b.member;

/** Notes a document; one that is there already gets the new source beside its others. */
async function note<Kept extends TabularRecord | EditRecord>(
  items: ItemStore,
  key: string,
  record: Kept,
): Promise<TakenIn<Kept>> {
  const at = { pk: documentPartition(record.kind), sk: documentSort(key, record.sha256) };
  const item: Item = { ...at, form: forms[record.kind], record: json(record) };
  if (await items.putIfAbsent(item)) return { record, isNew: true };
  const before = (await items.get(at)) as (Item & { form: number; record: Kept }) | undefined;
  if (!before || before.form !== item.form) {
    await items.put(item);
    return { record, isNew: true };
  }
  const added = record.sources.filter((one) => !before.record.sources.some((x) => isSame(x, one)));
  if (added.length === 0) return { record: before.record, isNew: false };
  const known = { ...before.record, sources: [...before.record.sources, ...added] };
  await items.put({ ...item, record: json(known) });
  return { record: known, isNew: false };
}

/** Keeps a tabular list; doing it again changes nothing. The normal form is there before the item that names it. */
export async function addTabular(
  { items, archive }: DocumentPorts,
  document: { readonly list: TabularList; readonly counts: TabularCounts },
  { source, ...arrival }: Arrival,
): Promise<TakenIn<TabularRecord>> {
  const { effective } = document.list;
  const sha256 = await archive.keepNormalForm(encode(document.list));
  const { counts } = document;
  const record = {
    kind: 'tabular',
    effective,
    sha256,
    counts,
    sources: [source],
    ...arrival,
  } as const;
  return note(items, effective, record);
}

/** Keeps a version of the editor's lists; doing it again changes nothing. */
export async function addEdits(
  { items, archive }: DocumentPorts,
  document: { readonly list: EditList; readonly counts: EditCounts },
  { source, ...arrival }: Arrival,
): Promise<TakenIn<EditRecord>> {
  const { version } = document.list;
  const sha256 = await archive.keepNormalForm(encode(document.list));
  const { counts } = document;
  const record = { kind: 'edits', version, sha256, counts, sources: [source], ...arrival } as const;
  return note(items, version, record);
}

async function records<Kept extends TabularRecord | EditRecord>(
  items: ItemStore,
  kind: Kept['kind'],
): Promise<readonly Kept[]> {
  const found: Kept[] = [];
  for await (const item of queryAll(items, { pk: documentPartition(kind) })) {
    const { form, record } = item as Item & { form: number; record: Kept };
    if (form === forms[kind]) found.push(record);
  }
  return found;
}

/** Every tabular list taken in, by effective date; of one date several when it was corrected. */
export const readTabularRecords = (items: ItemStore): Promise<readonly TabularRecord[]> =>
  records<TabularRecord>(items, 'tabular');

/** Every version of the editor's lists taken in. */
export const readEditRecords = (items: ItemStore): Promise<readonly EditRecord[]> =>
  records<EditRecord>(items, 'edits');

/** Sorts by publication, then by when it was taken in. */
const byArrival = (a: Taken, b: Taken): number => {
  const [left, right] = [a, b].map(
    (one) => `${one.published ?? ''} ${one.takenInAt} ${one.sha256}`,
  );
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

/** The records that count: of each effective date the last published list, of the editor's the newest version. */
export async function recordsInForce(
  items: ItemStore,
): Promise<{ readonly tabular: readonly TabularRecord[]; readonly edits?: EditRecord }> {
  const lists = (await readTabularRecords(items)).toSorted(byArrival);
  const byDate = new Map(lists.map((record) => [record.effective, record]));
  const tabular = [...byDate.values()].sort((a, b) => (a.effective < b.effective ? -1 : 1));
  const edits = (await readEditRecords(items))
    .toSorted((a, b) => compareEditVersions(a.version, b.version) || byArrival(a, b))
    .at(-1);
  return { tabular, ...(edits && { edits }) };
}

/** Reads the documents that some records name. Throws `archive-missing` when the archive has lost one. */
export async function readDocumentsOf(
  { tabular, edits }: Awaited<ReturnType<typeof recordsInForce>>,
  archive: Pick<Archive, 'readNormalForm'>,
): Promise<ReferenceDocuments> {
  const lists: TabularList[] = [];
  for (const { sha256 } of tabular) lists.push(decode(await archive.readNormalForm(sha256)));
  const list: EditList | undefined = edits && decode(await archive.readNormalForm(edits.sha256));
  return { tabular: lists, ...(list && { edits: list }) };
}

/** Reads everything rules need: {@link recordsInForce} and what they name. */
export async function readDocuments(
  items: ItemStore,
  archive: Pick<Archive, 'readNormalForm'>,
): Promise<ReferenceDocuments> {
  return readDocumentsOf(await recordsInForce(items), archive);
}
