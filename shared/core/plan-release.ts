// What taking in a release writes: the points of its own changes, and, when it arrives out of order, the points that
// restate what its neighbours already said. A release never sees itself; the next later one is always restated.
import type { CalendarDate } from './calendar-date.ts';
import type { Change, Version } from './change.ts';
import { byKindAndCode, diffReleases } from './diff.ts';
import { type ReleaseContent, releaseId } from './release.ts';
import { withConversionDates, withReplacements } from './successors.ts';
import { asOf, latestByDate, saysTheSame, versionOfChange } from './timeline.ts';

/** A release and its committed neighbours by effective date. */
export type Neighbours = {
  readonly incoming: ReleaseContent;
  /** The newest committed release before it; none for the first of a system. */
  readonly previous: ReleaseContent | undefined;
  /** The oldest committed release after it: there is one only when it arrives out of order. */
  readonly next: ReleaseContent | undefined;
  /** What is committed for the same effective date, when this is a correction of it. */
  readonly current: ReleaseContent | undefined;
};

/** Everything a release changes, before anything is read from the table or written to it. */
export type ReleasePlan = {
  readonly baseline: boolean;
  /** Against the previous release; empty for a baseline. */
  readonly changes: readonly Change[];
  /** The next release's changes, now against this one; undefined when there is no next. */
  readonly nextChanges: readonly Change[] | undefined;
  /** Points to write without reading: nothing recorded can lie where they go. */
  readonly points: readonly Version[];
  /** Out of order: codes whose timeline may differ, and the points each must have between the neighbours. */
  readonly restate: ReadonlyMap<string, readonly Version[]>;
};

const nothing = { rows: [] } as const;

/** The changes of one step, dated and with replacements, by kind and code; a baseline's are all `added`. */
export function changesOfStep(before: ReleaseContent | undefined, after: ReleaseContent): Change[] {
  const step = { before: before ?? nothing, after };
  const raw = diffReleases(step.before, after);
  const dated = withConversionDates(raw, step);
  return (before ? withReplacements(dated, step) : dated).sort(byKindAndCode);
}

/** The points of one step; those of a baseline are marked as such. */
function pointsOfStep(
  before: ReleaseContent | undefined,
  after: ReleaseContent,
  changes: readonly Change[],
  seq: number,
): Version[] {
  const record = { system: after.system, seq, release: releaseId(after.system, after.effective) };
  const points = changes.map((change) => versionOfChange(change, record));
  return before ? points : points.map((point) => ({ ...point, kind: 'baseline' as const }));
}

function collect(target: Map<string, Version[]>, points: readonly Version[]): void {
  for (const point of points) {
    const list = target.get(point.code);
    if (list) list.push(point);
    else target.set(point.code, [point]);
  }
}

/**
 * Plans a release. In order of arrival its changes are its points and nothing need be read. Out of order, or as a
 * correction, the codes to restate are those that differ in any step between the neighbours, with the points they
 * must have from the previous release (exclusive) to the next (inclusive).
 */
export function planRelease(around: Neighbours, seq: number): ReleasePlan {
  const { incoming, previous, next, current } = around;
  const own = changesOfStep(previous, incoming);
  const ownPoints = pointsOfStep(previous, incoming, own, seq);
  const baseline = previous === undefined;
  const changes = baseline ? [] : own;
  if (!next && !current) {
    return { baseline, changes, nextChanges: undefined, points: ownPoints, restate: new Map() };
  }
  const nextChanges = next ? changesOfStep(incoming, next) : undefined;
  const nextPoints = next && nextChanges ? pointsOfStep(incoming, next, nextChanges, seq) : [];
  const restate = new Map<string, Version[]>();
  // Before the oldest release nothing was ever recorded, so its own points need no reading.
  const blind = baseline && !current;
  const touched = new Set(nextPoints.map((point) => point.code));
  collect(restate, blind ? ownPoints.filter((point) => touched.has(point.code)) : ownPoints);
  collect(restate, nextPoints);
  // Codes the old steps had points for and the new ones have none: what they said may have to be taken back.
  const taken = current ? diffReleases(current, incoming) : [];
  const bridged = next && previous ? diffReleases(previous, next) : [];
  for (const change of [...taken, ...bridged]) {
    if (!restate.has(change.code)) restate.set(change.code, []);
  }
  const points = blind ? ownPoints.filter((point) => !touched.has(point.code)) : [];
  return { baseline, changes, nextChanges, points, restate };
}

const sameContent = (a: Version, b: Version): boolean =>
  saysTheSame(a, b) &&
  a.kind === b.kind &&
  a.release === b.release &&
  JSON.stringify([a.replacedBy, a.replaces]) === JSON.stringify([b.replacedBy, b.replaces]);

/** A point that says again, at a date already recorded, what should hold there: nothing, or what held before. */
function restated(should: Version | undefined, there: Version, seq: number): Version {
  const facts = should ?? { ...there, status: 'withdrawn' as const, replacedBy: [], replaces: [] };
  return { ...facts, seq, effective: there.effective, kind: 'restated' };
}

/** The dates a restatement may touch. */
export type RestatedSpan = {
  /** Effective date of the previous release (exclusive); undefined when there is none. */
  readonly after: CalendarDate | undefined;
  /** Effective date of the next release (inclusive); undefined when there is none. */
  readonly until: CalendarDate | undefined;
};

/**
 * The points to write so that a code's timeline says what was planned between two neighbours: planned points that are
 * missing or differ, and, at dates recorded earlier and no longer planned, what should hold there instead.
 */
export function restatedPoints(
  planned: readonly Version[],
  recorded: readonly Version[],
  span: RestatedSpan,
  seq: number,
): Version[] {
  const there = new Map(latestByDate(recorded).map((version) => [version.effective, version]));
  const earlier = span.after === undefined ? undefined : asOf(recorded, span.after);
  const points: Version[] = [];
  for (const date of new Set([...there.keys(), ...planned.map((point) => point.effective)])) {
    if ((span.after !== undefined && date <= span.after) || (span.until && date > span.until))
      continue;
    const exact = planned.find((point) => point.effective === date);
    const now = there.get(date);
    if (exact) {
      if (!now || !sameContent(now, exact)) points.push(exact);
    } else if (now) {
      const should = asOf(planned, date) ?? earlier;
      const right = should ? saysTheSame(now, should) : now.status === 'withdrawn';
      if (!right) points.push(restated(should, now, seq));
    }
  }
  return points;
}
