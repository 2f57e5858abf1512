// Which version of a policy governs a date of service. Versions are points, as those of codes: a
// number, a first day, maybe a last one; they may be taken in in any order.
import type { CalendarDate } from './calendar-date.ts';
import type { PolicyVersion } from './policy.ts';

/**
 * Less than, equal to or greater than 0 as version `a` is before, the same as, or after `b`: `9` is
 * before `10`.
 */
export function comparePolicyVersions(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

type Told = Pick<PolicyVersion, 'version' | 'seq' | 'withdrawn'>;

/**
 * Up to which number an edition that took a version back left the document, by its sequence number:
 * every higher number told before it is taken back with it.
 */
function restated(versions: readonly Told[]): ReadonlyMap<number, string> {
  const takers = new Set(versions.filter(({ withdrawn }) => withdrawn).map(({ seq }) => seq));
  const highest = new Map<number, string>();
  for (const { seq, version, withdrawn } of versions) {
    if (withdrawn || !takers.has(seq)) continue;
    const other = highest.get(seq);
    if (other === undefined || comparePolicyVersions(other, version) < 0) highest.set(seq, version);
  }
  return highest;
}

/**
 * One record a version number, ascending: that of the highest sequence number, which says again
 * what the version is. Those taken back are left out, those between them and the version that was
 * restated, too.
 */
export function latestRecords<Version extends Told>(versions: readonly Version[]): Version[] {
  const left = [...restated(versions)];
  const isLeft = ({ version, seq }: Version): boolean =>
    left.every(([by, to]) => seq >= by || comparePolicyVersions(version, to) <= 0);
  const latest = new Map<string, Version>();
  for (const version of versions.filter(isLeft)) {
    const other = latest.get(version.version);
    if (!other || other.seq < version.seq) latest.set(version.version, version);
  }
  return [...latest.values()]
    .filter(({ withdrawn }) => withdrawn !== true)
    .sort((a, b) => comparePolicyVersions(a.version, b.version));
}

/**
 * The version in force on a date: of those whose first day has come, the one with the highest
 * number. So a future version hides nothing, and a retroactive one restates from its first day on.
 * None when that version, or one of a higher number (retired before its first day), has ended: an
 * older version does not come back by itself. `versions` are those of one document in any order.
 */
export function policyInForce(
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): PolicyVersion | undefined {
  const newestFirst = latestRecords(versions).reverse();
  const at = newestFirst.findIndex(({ effective }) => effective <= date);
  const isOver = newestFirst.slice(0, at + 1).some(({ ends }) => ends !== undefined && ends < date);
  return isOver ? undefined : newestFirst[at];
}

/**
 * The version that began last by a date, whether it has ended since or not: the one that a new
 * version of the document follows.
 */
export const lastBegun = (
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): PolicyVersion | undefined =>
  latestRecords(versions)
    .filter(({ effective }) => effective <= date)
    .at(-1);

/**
 * Versions that begin to govern after a date, as they begin. One that a higher number overtakes before its first day is
 * not among them, for it never will.
 */
export function versionsAhead(
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): PolicyVersion[] {
  const days = latestRecords(versions).map(({ effective }) => effective);
  const later = [...new Set(days)].filter((day) => day > date).sort();
  const now = policyInForce(versions, date);
  const governing = later.flatMap((day) => policyInForce(versions, day) ?? []);
  return [...new Set(governing)].filter((version) => version !== now);
}
