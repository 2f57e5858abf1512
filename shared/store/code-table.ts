// The code table over an ItemStore: as-of lookup in one Query with Limit 1, everything else in one partition each.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseRecord } from '../core/release.ts';
import { visibleVersions } from '../core/timeline.ts';
import type { CodeTable, SystemHead } from '../ports/code-table.ts';
import { type ItemStore, queryAll } from '../ports/item-store.ts';
import { itemChange, itemRelease, itemVersion, systemOfRelease } from './code-table-items.ts';
import {
  changePartition,
  headKey,
  last,
  quarantinePartition,
  releasePartition,
  seqText,
  sequencePartition,
  versionPartition,
} from './keys.ts';

/** Versions of one code to read at once after the first was not for this reader. */
const versionsPage = 25;

/** True when a sequence number is committed, as far as a head knows. */
const isVisible = (head: SystemHead, seq: number): boolean =>
  seq <= head.seq && !head.abandoned.includes(seq);

type HeadReader = {
  /** The head as it is now. */
  fresh(system: CodeSystemId): Promise<SystemHead | undefined>;
  /** Whether a sequence number is committed. What was seen committed stays so; only news needs a read. */
  committed(system: CodeSystemId, seq: number): Promise<boolean>;
};

function headReader(items: ItemStore): HeadReader {
  const seen = new Map<CodeSystemId, SystemHead>();
  const fresh = async (system: CodeSystemId): Promise<SystemHead | undefined> => {
    const item = await items.get(headKey(system));
    const { head } = (item ?? {}) as { head?: SystemHead };
    if (head) seen.set(system, head);
    return head;
  };
  const committed = async (system: CodeSystemId, seq: number): Promise<boolean> => {
    const known = seen.get(system);
    const head = known && seq <= known.seq ? known : await fresh(system);
    return head !== undefined && isVisible(head, seq);
  };
  return { fresh, committed };
}

/** The version in force on a date among those recorded up to `known` and committed. */
async function readAsOf(
  items: ItemStore,
  heads: HeadReader,
  at: { system: CodeSystemId; code: string; date: CalendarDate; known: number },
): Promise<Version | undefined> {
  const query = {
    pk: versionPartition(at.system, at.code),
    to: `${at.date}#${last}`,
    descending: true,
  };
  let limit = 1;
  let after: string | undefined;
  for (;;) {
    const page = await items.query({ ...query, limit, ...(after === undefined ? {} : { after }) });
    for (const item of page.items) {
      const version = itemVersion(item);
      if (version.seq > at.known || !(await heads.committed(at.system, version.seq))) continue;
      return version.status === 'withdrawn' ? undefined : version;
    }
    if (page.next === undefined) return undefined;
    after = page.next;
    limit = versionsPage;
  }
}

/** Release records: the last committed one of each effective date, and what waits in quarantine beside them. */
async function readReleases(
  items: ItemStore,
  heads: HeadReader,
  system: CodeSystemId,
): Promise<ReleaseRecord[]> {
  const records = new Map<CalendarDate, ReleaseRecord>();
  const handled = new Set<string>();
  for await (const item of queryAll(items, { pk: releasePartition(system) })) {
    const record = itemRelease(item);
    if (!(await heads.committed(system, record.seq))) continue;
    handled.add(record.candidate);
    const shown = records.get(record.effective);
    // A superseded correction never replaces what is in force.
    if (record.status === 'committed' || !shown) records.set(record.effective, record);
  }
  const waiting: ReleaseRecord[] = [];
  for await (const item of queryAll(items, { pk: quarantinePartition(system) })) {
    const record = itemRelease(item);
    if (!handled.has(record.candidate)) waiting.push(record);
  }
  return [...records.values(), ...waiting].sort((a, b) => (a.effective < b.effective ? -1 : 1));
}

/** Every committed version of a code, withdrawn ones and earlier records of the same date included. */
export async function readRecordedVersions(
  items: ItemStore,
  head: SystemHead | undefined,
  at: { readonly system: CodeSystemId; readonly code: string },
): Promise<Version[]> {
  const versions: Version[] = [];
  if (!head) return versions;
  for await (const item of queryAll(items, { pk: versionPartition(at.system, at.code) })) {
    const version = itemVersion(item);
    if (isVisible(head, version.seq)) versions.push(version);
  }
  return versions;
}

/** Reads of the code table over any ItemStore; keeps nothing but the last head it saw. */
export function createCodeTable(items: ItemStore): CodeTable {
  const heads = headReader(items);
  return {
    head: heads.fresh,
    versionAsOf: (system, code, date, known = Number.POSITIVE_INFINITY) =>
      readAsOf(items, heads, { system, code, date, known }),
    async versions(system, code, known) {
      const versions: Version[] = [];
      for await (const item of queryAll(items, { pk: versionPartition(system, code) })) {
        const version = itemVersion(item);
        if (await heads.committed(system, version.seq)) versions.push(version);
      }
      return visibleVersions(versions, known);
    },
    async knownAt(system, instant) {
      const query = { pk: sequencePartition(system), descending: true };
      for await (const item of queryAll(items, query)) {
        const seq = Number(item.sk);
        const at = String(item.at ?? '');
        if (at <= instant && (await heads.committed(system, seq))) return seq;
      }
      return undefined;
    },
    releases: (system) => readReleases(items, heads, system),
    async release(id) {
      const system = systemOfRelease(id);
      const records = system ? await readReleases(items, heads, system) : [];
      const same = records.filter((record) => record.id === id);
      return same.find((record) => record.status === 'committed') ?? same.at(-1);
    },
    async changes(record, { kind, limit, after }) {
      const prefix = `${seqText(record.changesSeq)}#${kind ? `${kind}#` : ''}`;
      const page = await items.query({
        pk: changePartition(record.id),
        prefix,
        limit,
        ...(after === undefined ? {} : { after }),
      });
      return {
        items: page.items.map(itemChange),
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },
  };
}
