// The changes of a release that can hit anything, and what replaces their codes: read once for all
// tenants.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Change } from '../core/change.ts';
import { canHit, hittingKinds } from '../core/impact.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** What hits in a release. */
export type HittingChanges = {
  /** By code, in order of kind and code; none of a baseline or of what is not committed. */
  readonly byCode: ReadonlyMap<string, Change>;
  /** The long title of a code from a date on, read once; undefined when the table has none. */
  titleOf(code: string, from: CalendarDate): Promise<string | undefined>;
};

/** Answers what hits in the release of a record. */
export type ChangeReader = (record: ReleaseRecord) => Promise<HittingChanges>;

type Reads = Pick<CodeTable, 'changes' | 'versionAsOf'>;

const changesPage = 500;
/** Records whose changes are remembered: a release and the one it restates come together. */
const rememberedMax = 4;

async function readChanges(
  codeTable: Reads,
  record: ReleaseRecord,
): Promise<ReadonlyMap<string, Change>> {
  const changes = new Map<string, Change>();
  if (record.status !== 'committed' || record.baseline) return changes;
  for (const kind of hittingKinds) {
    let after: string | undefined;
    do {
      const start = after === undefined ? {} : { after };
      const page = await codeTable.changes(record, { kind, limit: changesPage, ...start });
      for (const change of page.items.filter(canHit)) changes.set(change.code, change);
      after = page.next;
    } while (after !== undefined);
  }
  return changes;
}

async function readHitting(codeTable: Reads, record: ReleaseRecord): Promise<HittingChanges> {
  const titles = new Map<string, Promise<string | undefined>>();
  const readTitle = async (code: string, from: CalendarDate): Promise<string | undefined> =>
    (await codeTable.versionAsOf(record.system, code, from))?.long;
  return {
    byCode: await readChanges(codeTable, record),
    titleOf(code, from) {
      const name = `${code} ${from}`;
      const title = titles.get(name) ?? readTitle(code, from);
      titles.set(name, title);
      title.catch(() => titles.delete(name));
      return title;
    },
  };
}

/** A reader that remembers: one for each process, so that a thousand tenants read them once. */
export function createChangeReader(codeTable: Reads): ChangeReader {
  const read = new Map<string, Promise<HittingChanges>>();
  return (record) => {
    const name = `${record.id} ${record.seq} ${record.changesSeq} ${record.status}`;
    const known = read.get(name);
    if (known) return known;
    const reading = readHitting(codeTable, record);
    read.set(name, reading);
    const [oldest] = read.keys();
    if (read.size > rememberedMax && oldest !== undefined) read.delete(oldest);
    reading.catch(() => read.delete(name));
    return reading;
  };
}
