// Reference data for tests as a process has it that opened a snapshot: releases taken in by the real steps into memory,
// the real snapshot file built from their archive, opened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GateLimits } from '../../shared/core/gate.ts';
import type { ReleaseContent } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { Catalogue } from '../../shared/ports/catalogue.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import type { Reference } from '../../shared/ports/reference-source.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { buildSnapshot } from '../../shared/store/replay-snapshot.ts';
import { candidateOf } from './candidates.ts';
import { officialSnapshotPath } from './official-snapshot.ts';

/** A reference with everything in it, and the stores it was made from. */
export type TestReference = Reference & {
  /** Answered from the snapshot. */
  readonly codeTable: CodeTable;
  readonly catalogue: Catalogue;
  readonly stamp: string;
  /** The code table's items: `createCodeTable(items)` is the authoritative table. */
  readonly items: ItemStore;
  readonly archive: Archive;
  /** Closes the file, which has no name any more; without it that happens when the process ends. */
  close(): void;
};

/** Small releases change by halves: the shares that fit the real files do not fit them. */
const limits: GateLimits = {
  lostShareMax: 1,
  addedShareMax: 1,
  retitledShareMax: 1,
  changesFree: 10,
};

/** Takes releases in, in the order given, each at noon UTC of its effective date, approved whatever the gate doubts. */
export async function takeIn(releases: readonly ReleaseContent[]) {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  for (const content of releases) {
    const now = `${content.effective}T12:00:00.000Z`;
    const approval = { by: 'test', at: now, reason: 'a release of a test' };
    const candidate = await candidateOf(archive, content, { approval });
    const ports = { items, archive, assessQueue, limits, clock: { now: () => now } };
    const { record } = await ingest(ports, candidate);
    if (record.status === 'quarantined') {
      throw new Error(`${record.id}: ${JSON.stringify(record.findings)}`);
    }
  }
  return { items, archive };
}

/** Builds the snapshot of stores and opens it. */
export async function openSnapshotOf(stores: {
  readonly items: ItemStore;
  readonly archive: Archive;
}): Promise<TestReference> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-reference-'));
  const path = join(folder, 'snapshot.sqlite');
  try {
    await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
    return { ...openSnapshot(path), ...stores };
  } finally {
    // What is open stays readable; test processes are ended without warning, and would leave it behind.
    rmSync(folder, { recursive: true });
  }
}

/**
 * The reference data of releases, taken in in the order given, each recorded at noon UTC of its effective date. One
 * release id for each (system, effective date); a later one of the same date needs other rows and is its correction.
 */
export const openTestReference = async (
  releases: readonly ReleaseContent[],
): Promise<TestReference> => openSnapshotOf(await takeIn(releases));

let official: Promise<TestReference> | undefined;

async function openOfficial(): Promise<TestReference> {
  const path = await officialSnapshotPath();
  const stores = { items: createMemoryItemStore(), archive: createMemoryArchive() };
  return { ...openSnapshot(path), ...stores };
}

/**
 * The official releases of the mirror, both systems, opened once a process and left open; the file is shared by all
 * processes. Its `items` and `archive` are empty: whoever needs those takes the releases in (`takeInOfficial`).
 */
export function officialReference(): Promise<TestReference> {
  official ??= openOfficial();
  return official;
}
