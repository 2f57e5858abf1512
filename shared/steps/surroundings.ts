// The committed releases around an arriving one: what it is diffed against and what it makes it necessary to restate.

import type { Candidate } from '../core/candidate.ts';
import type { ReleaseContent, ReleaseRecord } from '../core/release.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { createCodeTable } from '../store/code-table.ts';
import type { ReleaseContents } from '../store/release-contents.ts';

/** Neighbours by effective date, as records and contents; `current` is what a correction corrects. */
export type Surroundings = {
  /** Every committed release, by effective date. */
  readonly records: readonly ReleaseRecord[];
  readonly previousRecord: ReleaseRecord | undefined;
  readonly nextRecord: ReleaseRecord | undefined;
  readonly currentRecord: ReleaseRecord | undefined;
  readonly previous: ReleaseContent | undefined;
  readonly next: ReleaseContent | undefined;
  readonly current: ReleaseContent | undefined;
};

/** Reads the surroundings of a candidate from the table and the archive's normal forms. */
export async function readSurroundings(
  items: ItemStore,
  contents: ReleaseContents,
  { system, effective }: Candidate,
): Promise<Surroundings> {
  const all = await createCodeTable(items).releases(system);
  const records = all.filter((record) => record.status === 'committed');
  const previousRecord = records.findLast((record) => record.effective < effective);
  const nextRecord = records.find((record) => record.effective > effective);
  const currentRecord = records.find((record) => record.effective === effective);
  const content = async (record: ReleaseRecord | undefined): Promise<ReleaseContent | undefined> =>
    record && contents.read(record.contentSha256);
  return {
    records,
    previousRecord,
    nextRecord,
    currentRecord,
    previous: await content(previousRecord),
    next: await content(nextRecord),
    current: await content(currentRecord),
  };
}
