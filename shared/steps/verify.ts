// Verify: folds the table's timelines and compares them with the archived releases, code by code and date by date (I1).
import { createHash } from 'node:crypto';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import { type CodeSystemId, codeSystemIds } from '../core/code-system.ts';
import type { ReleaseRecord, Row } from '../core/release.ts';
import { asOf, meaningfulVersions } from '../core/timeline.ts';
import type { Archive } from '../ports/archive.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { createCodeTable, readRecordedVersions } from '../store/code-table.ts';
import { readHead } from '../store/ingest-state.ts';
import { createReleaseContents } from '../store/release-contents.ts';

/** What verify needs; it only reads. */
export type VerifyPorts = {
  readonly items: ItemStore;
  readonly archive: Archive;
  readonly progress?: (line: string) => void;
};

/** One answer of the table that is not what the release file says. */
export type Disagreement = {
  readonly code: string;
  readonly date: CalendarDate;
  readonly table: string;
  readonly release: string;
};

/** The result for one system. */
export type Verified = {
  readonly system: CodeSystemId;
  readonly releases: number;
  readonly codes: number;
  /** Number of (code, effective date) answers compared. */
  readonly compared: number;
  /** The first hundred. */
  readonly disagreements: readonly Disagreement[];
  readonly disagreementCount: number;
  /** sha256 over what every timeline says: equal for equal histories in whatever order they arrived. */
  readonly fingerprint: string;
};

const readsAtOnce = 32;
const shownMax = 100;

const notListed = 'not listed';

const sayRow = (row: Row): string =>
  `${row.billable ? 'billable' : 'header'} ${row.short} | ${row.long}`;

const sayVersion = (version: Version | undefined): string =>
  version && version.status !== 'ended'
    ? `${version.status} ${version.short} | ${version.long}`
    : notListed;

/** What each release says of each code, releases by effective date. */
type Expected = {
  readonly dates: readonly CalendarDate[];
  readonly said: ReadonlyMap<string, readonly string[]>;
};

/** Reads one release after the other; what a code's row repeats from the release before is kept once. */
async function expectedOf(archive: Archive, records: readonly ReleaseRecord[]): Promise<Expected> {
  const contents = createReleaseContents(archive);
  const said = new Map<string, string[]>();
  for (const [index, record] of records.entries()) {
    const { rows } = await contents.read(record.contentSha256);
    for (const row of rows) {
      const list = said.get(row.code) ?? new Array<string>(records.length).fill(notListed);
      said.set(row.code, list);
      const now = sayRow(row);
      const before = list[index - 1];
      list[index] = before === now ? before : now;
    }
  }
  return { dates: records.map((record) => record.effective), said };
}

/** One line a meaningful version: what the fingerprint is made of. */
export const fingerprintLines = (versions: readonly Version[]): string =>
  meaningfulVersions(versions)
    .map(({ code, effective, status, short, long }) =>
      (status === 'ended'
        ? [code, effective, status]
        : [code, effective, status, short, long]
      ).join('\t'),
    )
    .join('\n');

async function verifySystem(ports: VerifyPorts, system: CodeSystemId): Promise<Verified> {
  const { items, archive } = ports;
  const head = await readHead(items, system);
  const all = await createCodeTable(items).releases(system);
  const records = all.filter((record) => record.status === 'committed');
  const { dates, said } = await expectedOf(archive, records);
  const codes = [...said.keys()].sort();
  const hash = createHash('sha256');
  const disagreements: Disagreement[] = [];
  let count = 0;
  for (let i = 0; i < codes.length; i += readsAtOnce) {
    const batch = codes.slice(i, i + readsAtOnce);
    const timelines = await Promise.all(
      batch.map((code) => readRecordedVersions(items, head, { system, code })),
    );
    for (const [index, versions] of timelines.entries()) {
      const code = batch[index] ?? '';
      hash.update(`${fingerprintLines(versions)}\n`);
      for (const [place, date] of dates.entries()) {
        const table = sayVersion(asOf(versions, date));
        const release = said.get(code)?.[place] ?? notListed;
        if (table === release) continue;
        count += 1;
        if (disagreements.length < shownMax) disagreements.push({ code, date, table, release });
      }
    }
    if (i % 8192 === 0) ports.progress?.(`${system}: ${i} of ${codes.length} codes verified`);
  }
  return {
    system,
    releases: records.length,
    codes: codes.length,
    compared: codes.length * dates.length,
    disagreements,
    disagreementCount: count,
    fingerprint: hash.digest('hex'),
  };
}

/** Compares the table with the archive for every committed release of every system. */
export async function verify(ports: VerifyPorts): Promise<Verified[]> {
  const results: Verified[] = [];
  for (const system of codeSystemIds) results.push(await verifySystem(ports, system));
  return results;
}
