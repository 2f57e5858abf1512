// Staged versions → the version table: in tabular order, each with whether it is believed and until when.
import type { DatabaseSync } from 'node:sqlite';
import { addDays, type CalendarDate } from '../../core/calendar-date.ts';
import type { Version } from '../../core/change.ts';
import type { CodeSystemId } from '../../core/code-system.ts';
import { meaningfulVersions } from '../../core/timeline.ts';
import { giveWay } from './give-way.ts';
import { returnRows } from './return-rows.ts';
import { marks, stagedVersionsSql } from './snapshot-file.ts';
import { dayNumber, openEnd, rowVersion, versionColumns, versionRow } from './snapshot-rows.ts';

/** A system's codes by the number they are staged under, and these numbers in tabular order. */
export type OrderedCodes = {
  readonly system: CodeSystemId;
  readonly codes: readonly string[];
  readonly order: Uint32Array;
};

/** First and last id of the versions of a system; the last before the first when it has none. */
export type VersionSpan = readonly [first: number, last: number];

/** Codes written before other work gets a turn. */
const codesAtOnce = 2000;

/** Believed versions and the last day each holds, null for the last one. */
function believedUntil(versions: readonly Version[]): Map<Version, CalendarDate | null> {
  const believed = meaningfulVersions(versions);
  return new Map(
    believed.map((version, at) => {
      const next = believed[at + 1];
      return [version, next ? addDays(next.effective, -1) : null];
    }),
  );
}

function prepareStatements(database: DatabaseSync) {
  return {
    staged: returnRows(database.prepare(stagedVersionsSql)),
    lastVersion: database.prepare('SELECT coalesce(max(id), 0) AS id FROM version'),
    version: database.prepare(`INSERT INTO version
      (id, system, code, valid_to, believed, ${versionColumns}) VALUES (${marks(14)})`),
    listed: database.prepare(`INSERT INTO listed VALUES (${marks(5)})`),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

function writeTimeline(statements: Statements, versions: readonly Version[], last: number): void {
  const until = believedUntil(versions);
  for (const [at, version] of versions.entries()) {
    const id = last + at + 1;
    const { system, code, effective, status, long } = version;
    const to = until.get(version);
    const believed = to === undefined ? 0 : 1;
    statements.version.run(id, system, code, to ?? null, believed, ...versionRow(version));
    if (to === undefined || status === 'ended') continue;
    const lastDay = to === null ? openEnd : dayNumber(to);
    const billable = status === 'billable' ? 1 : 0;
    statements.listed.run(id, dayNumber(effective), lastDay, billable, long.length);
  }
}

/** Writes every version of a system. */
export async function writeTimelines(
  database: DatabaseSync,
  { system, codes, order }: OrderedCodes,
): Promise<VersionSpan> {
  const statements = prepareStatements(database);
  const before = Number(statements.lastVersion.get()?.id);
  let last = before;
  for (const [at, number] of order.entries()) {
    const code = codes[number] ?? '';
    const versions = statements.staged(number).map((row) => rowVersion(system, code, row));
    writeTimeline(statements, versions, last);
    last += versions.length;
    if (at % codesAtOnce === 0) await giveWay();
  }
  return [before + 1, last];
}
