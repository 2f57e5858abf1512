// The timeline of a code: points, not intervals. A version says "from this date on, these facts"; an end is a point
// too. Overlaps and gaps cannot be written down.
import type { CalendarDate } from './calendar-date.ts';
import type { Change, Version } from './change.ts';

/** The version in force on a date: of those at the latest date on or before it, the last recorded. */
export function asOf(
  versions: readonly Version[],
  date: CalendarDate,
  known: number = Number.POSITIVE_INFINITY,
): Version | undefined {
  let best: Version | undefined;
  for (const version of versions) {
    if (version.effective > date || version.seq > known) continue;
    const later =
      !best ||
      version.effective > best.effective ||
      (version.effective === best.effective && version.seq > best.seq);
    if (later) best = version;
  }
  return best?.status === 'withdrawn' ? undefined : best;
}

/** One version a date, ascending: of several at one date the last recorded, withdrawn ones included. */
export function latestByDate(
  versions: readonly Version[],
  known: number = Number.POSITIVE_INFINITY,
): Version[] {
  // Nine codes of ten never changed: a look-up is mostly this.
  if (versions.length < 2) return versions.filter((version) => version.seq <= known);
  const latest = new Map<CalendarDate, Version>();
  for (const version of versions) {
    const other = latest.get(version.effective);
    if (version.seq <= known && (!other || other.seq < version.seq)) {
      latest.set(version.effective, version);
    }
  }
  return [...latest.values()].sort((a, b) => (a.effective < b.effective ? -1 : 1));
}

/** What readers see of a timeline: one version a date, ascending, withdrawn ones left out. */
export const visibleVersions = (versions: readonly Version[], known?: number): Version[] =>
  latestByDate(versions, known).filter((version) => version.status !== 'withdrawn');

/**
 * True when two versions say the same of the code, whoever recorded it and why. Of an ended code the titles are only a
 * courtesy: they tell what it was.
 */
export const saysTheSame = (a: Version, b: Version): boolean =>
  a.status === b.status && (a.status === 'ended' || (a.short === b.short && a.long === b.long));

/** Versions without those that only repeat the one before: what the timeline says, however it came about. */
export function meaningfulVersions(versions: readonly Version[]): Version[] {
  const kept: Version[] = [];
  for (const version of visibleVersions(versions)) {
    const before = kept.at(-1);
    const nothingYet = !before && version.status === 'ended';
    if (!nothingYet && !(before && saysTheSame(before, version))) kept.push(version);
  }
  return kept;
}

/** The point a change puts on its code's timeline. */
export function versionOfChange(
  change: Change,
  record: Pick<Version, 'system' | 'seq' | 'release'>,
): Version {
  const facts = change.after ?? change.before;
  if (!facts) throw new Error(`change of ${change.code} has neither before nor after`);
  return {
    ...record,
    code: change.code,
    effective: change.effective,
    status: !change.after ? 'ended' : change.after.billable ? 'billable' : 'header',
    short: facts.short,
    long: facts.long,
    kind: change.kind,
    replacedBy: change.replacedBy,
    replaces: change.replaces ?? [],
  };
}
