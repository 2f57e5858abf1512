// A code table filled by hand, version by version, over the memory item store: what the operations' tests ask.
import { type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change, Replacement, Version } from '../../shared/core/change.ts';
import { type ReleaseRecord, releaseId } from '../../shared/core/release.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { changeItem, releaseItem, versionItem } from '../../shared/store/code-table-items.ts';
import { headKey, seqText, sequencePartition } from '../../shared/store/keys.ts';

/** One version: code, effective date, status, and what else matters. Its release is the one of that date. */
export type HandVersion = readonly [
  code: string,
  effective: string,
  status: Version['status'],
  more?: Partial<Pick<Version, 'long' | 'kind' | 'replacedBy' | 'replaces' | 'seq'>>,
];

/** A replacement in short. */
export const by = (
  code: string,
  effective: string,
  source: Replacement['source'] = 'official',
): Replacement => ({ code, source, effective: calendarDate(effective) });

/** The record of a committed release; its sequence number was recorded at noon of `recorded`. */
export function record(effective: string, seq: number, recorded: string): ReleaseRecord {
  const date = calendarDate(effective);
  return {
    id: releaseId('icd10cm', date),
    system: 'icd10cm',
    effective: date,
    seq,
    status: 'committed',
    rows: 10,
    billable: 7,
    changes: { added: 0, ended: 0, expanded: 0, collapsed: 0, retitled: 0 },
    changesSeq: seq,
    sources: [{ url: `https://example.test/${date}.txt`, sha256: 'ab'.repeat(32), role: 'order' }],
    findings: [],
    published: date,
    recordedAt: `${recorded}T12:00:00.000Z`,
    contentSha256: 'cd'.repeat(32),
    candidate: `candidate-${seq}`,
    baseline: seq === 1,
  };
}

/** The table and its items, so that a test can look at what was read. */
export async function handBuiltTable(history: {
  readonly releases: readonly ReleaseRecord[];
  readonly versions: readonly HandVersion[];
  readonly changes?: readonly (readonly [release: string, change: Change])[];
}): Promise<{ codeTable: CodeTable; items: ItemStore }> {
  const items = createMemoryItemStore();
  const { releases, versions } = history;
  for (const one of releases) {
    await items.put(releaseItem(one));
    await items.put({
      pk: sequencePartition('icd10cm'),
      sk: seqText(one.seq),
      candidate: one.candidate,
      at: one.recordedAt,
    });
  }
  const dates = releases.map((one) => one.effective).toSorted();
  const seq = Math.max(...releases.map((one) => one.seq));
  const head = { system: 'icd10cm', seq, abandoned: [], from: dates[0], newest: dates.at(-1) };
  await items.put({ ...headKey('icd10cm'), seq, head });
  await items.putMany(versions.map((one) => versionItem(versionOf(one, releases))));
  for (const [id, change] of history.changes ?? []) {
    const release = releases.find((one) => one.id === id);
    if (!release) throw new Error(`the test names no release ${id}`);
    await items.put(changeItem(id, release.seq, change));
  }
  return { codeTable: createCodeTable(items), items };
}

function versionOf(
  [code, effective, status, more]: HandVersion,
  releases: readonly ReleaseRecord[],
): Version {
  const date: CalendarDate = calendarDate(effective);
  const release = releases.find((one) => one.effective === date);
  if (!release) throw new Error(`the test has no release of ${effective}`);
  return {
    system: 'icd10cm',
    code,
    effective: date,
    seq: release.seq,
    status,
    short: code,
    long: `Title of ${code}`,
    kind: 'added',
    release: release.id,
    replacedBy: [],
    replaces: [],
    ...more,
  };
}
