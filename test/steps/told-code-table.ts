// A code table that says what a test tells it: releases with their changes, from which the versions
// follow.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change, ChangeKind, Facts, Replacement, Version } from '../../shared/core/change.ts';
import { countChanges } from '../../shared/core/diff.ts';
import { type ReleaseRecord, releaseId } from '../../shared/core/release.ts';
import { asOf, versionOfChange, visibleVersions } from '../../shared/core/timeline.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';

/** One release as told: the seq is its place in the list, from 1, unless given. */
export type ToldRelease = {
  readonly effective: string;
  readonly changes: readonly Change[];
  readonly baseline?: boolean;
  readonly seq?: number;
};

export const billable = (long: string): Facts => ({
  billable: true,
  short: long.slice(0, 60),
  long,
});
export const header = (long: string): Facts => ({ ...billable(long), billable: false });

/** A change of a code; `to` are its official replacements. */
export function changeOf(
  kind: ChangeKind,
  code: string,
  effective: string,
  facts: { before?: Facts; after?: Facts; to?: readonly string[]; cosmetic?: boolean },
): Change {
  const date = calendarDate(effective);
  const { before = null, after = null, to = [], cosmetic } = facts;
  const replacedBy = to.map(
    (by): Replacement => ({ code: by, source: 'official', effective: date }),
  );
  const change: Change = { code, kind, effective: date, before, after, replacedBy };
  return cosmetic === undefined ? change : { ...change, cosmetic };
}

/** The record of a told ICD-10-CM release. */
export function recordOf(told: ToldRelease, seq: number): ReleaseRecord {
  const effective = calendarDate(told.effective);
  return {
    id: releaseId('icd10cm', effective),
    system: 'icd10cm',
    effective,
    seq,
    status: 'committed',
    rows: 0,
    billable: 0,
    changes: countChanges(told.changes),
    changesSeq: seq,
    sources: [],
    findings: [],
    published: effective,
    recordedAt: '2021-06-23T00:00:00.000Z',
    contentSha256: '',
    candidate: `${told.effective}-${seq}`,
    baseline: told.baseline ?? false,
  };
}

/**
 * A code table of ICD-10-CM releases; changes of a baseline become its versions and are in no
 * change list.
 */
export function toldCodeTable(releases: readonly ToldRelease[]): CodeTable {
  const records = releases.map((told, i) => recordOf(told, told.seq ?? i + 1));
  const versions: Version[] = releases.flatMap((told, i) => {
    const record = records[i];
    if (!record) return [];
    const points = told.changes.map((change) =>
      versionOfChange(change, { system: 'icd10cm', seq: record.seq, release: record.id }),
    );
    return told.baseline
      ? points.map((point) => ({ ...point, kind: 'baseline' as const }))
      : points;
  });
  const of = (code: string): Version[] => versions.filter((version) => version.code === code);
  const dates = records.map(({ effective }) => effective).sort();
  return {
    async head(system) {
      const [from] = dates;
      const newest = dates.at(-1);
      if (!from || !newest) return undefined;
      return { system, seq: records.length, abandoned: [], from, newest };
    },
    versionAsOf: async (_, code, date, known) => asOf(of(code), date, known),
    versions: async (_, code, known) => visibleVersions(of(code), known),
    knownAt: async () => records.length,
    releases: async () => records,
    release: async (id) => records.findLast((record) => record.id === id),
    async changes(record, { kind }) {
      const told = releases[records.findIndex(({ seq }) => seq === record.seq)];
      const listed = told && !told.baseline ? told.changes : [];
      return { items: listed.filter((change) => kind === undefined || change.kind === kind) };
    },
  };
}
