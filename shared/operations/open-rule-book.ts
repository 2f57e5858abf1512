// Opens the rule book from the reference documents taken in, once a process: reading them takes a second, asking whether
// there are newer ones two small queries.
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import { createRuleBook } from '../scrub/create-rule-book.ts';
import { readDocumentsOf, recordsInForce } from '../store/reference-documents.ts';

/** What opening needs. */
export type RuleBookPorts = {
  /** The code table's items. */
  readonly codeItems: ItemStore;
  readonly archive: Pick<Archive, 'readNormalForm'>;
  readonly clock: Clock;
};

/** A book, what it was made from, and when that was last looked at. */
type Open = { readonly book: RuleBook; readonly stamp: string; readonly checkedMs: number };

/** Documents change a few times a year. */
const freshMs = 5 * 60_000;

const opened = new WeakMap<ItemStore, Promise<Open>>();

async function open(ports: RuleBookPorts, before: Open | undefined): Promise<Open> {
  const checkedMs = Date.parse(ports.clock.now());
  const records = await recordsInForce(ports.codeItems);
  const all = [...records.tabular, ...(records.edits ? [records.edits] : [])];
  const stamp = all.map(({ sha256 }) => sha256).join();
  if (before?.stamp === stamp) return { ...before, checkedMs };
  const documents = await readDocumentsOf(records, ports.archive);
  return { book: createRuleBook(documents), stamp, checkedMs };
}

/** An older book is better than none. */
const openAgain = (ports: RuleBookPorts, before: Open): Promise<Open> =>
  open(ports, before).catch(() => before);

/**
 * The rule book of what is taken in now, or was up to five minutes ago; one without any document is looked for anew each
 * time. Where documents cannot be read the book of before goes on answering; throws what the stores throw while there is
 * none. Without documents the book knows nothing: no tabular list, no edits.
 */
export async function openRuleBook(ports: RuleBookPorts): Promise<RuleBook> {
  const { codeItems, clock } = ports;
  const known = opened.get(codeItems);
  const before = await known?.catch(() => undefined);
  const ageMs = before ? Date.parse(clock.now()) - before.checkedMs : 0;
  if (before && before.stamp !== '' && ageMs >= 0 && ageMs < freshMs) return before.book;
  // Whoever came first while this one waited opens it for all.
  const current = opened.get(codeItems);
  const next =
    current !== undefined && current !== known
      ? current
      : before
        ? openAgain(ports, before)
        : open(ports, undefined);
  opened.set(codeItems, next);
  return (await next).book;
}
