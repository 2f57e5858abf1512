// One policy: as it is on a day, with the codes it still lists although they ended, and every version there was.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import { formatCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type {
  DiagnosisGroup,
  Jurisdiction,
  PolicyRef,
  PolicyRevision,
  PolicyVersion,
  ProcedureGroup,
} from '../core/policy.ts';
import {
  type ExpansionTaken,
  expansionsTaken,
  type GroupTakes,
  lagOf,
  listedCodes,
  type PolicyLag,
  unknownCodes,
} from '../core/policy-lag.ts';
import { latestRecords, policyInForce, versionsAhead } from '../core/policy-timeline.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import { openBelief } from './belief.ts';
import { findVersions, unknownPolicy } from './find-policy.ts';
import { writtenReplacements } from './written-code.ts';
import {
  type PolicyStatus,
  type PolicySummary,
  policySummary,
  writtenGroup,
} from './written-policy.ts';

type Ports = {
  readonly policies: PolicyTable;
  readonly codeTable: CodeTable;
  readonly clock: Clock;
};

/** A policy on a day: the version in force, else the next one to come, else the last one there was. */
export type PolicyAnswer = PolicySummary & {
  readonly date: CalendarDate;
  readonly status: PolicyStatus;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly procedureGroups: readonly ProcedureGroup[];
  readonly groups: readonly DiagnosisGroup[];
  readonly revisions: readonly PolicyRevision[];
  readonly related: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  /**
   * Listed codes that cannot be billed on the day (the payer lags behind), ascending; of a version that begins later on its
   * first day, of one that ended on its last.
   */
  readonly endedCodes: readonly PolicyLag[];
  /** Listed codes no release ever had. */
  readonly unknownCodes: readonly string[];
  /** Of codes that were expanded: which of the new ones each list took, and which it left out. */
  readonly expansions: readonly ExpansionTaken[];
  /** Versions that will govern later, as they begin. */
  readonly upcoming: readonly { readonly version: string; readonly effective: CalendarDate }[];
};

/** Timelines of the codes a document lists, and of those they took over from: read before the pure rules run. */
async function readTimelines(codeTable: CodeTable, document: PolicyVersion) {
  const belief = await openBelief(codeTable, 'icd10cm');
  const read = new Map<string, readonly Version[]>();
  const add = async (codes: readonly string[]): Promise<void> => {
    const missing = codes.filter((code) => !read.has(code));
    const timelines = await Promise.all(missing.map((code) => belief.timeline(code)));
    for (const [at, code] of missing.entries()) read.set(code, timelines[at] ?? []);
  };
  await add(listedCodes(document));
  const related = [...read.values()].flatMap((versions) =>
    versions.flatMap(({ replaces, replacedBy }) => [...replaces, ...replacedBy]),
  );
  await add(related.map(({ code }) => code));
  return (code: string): readonly Version[] => read.get(code) ?? [];
}

const dotted = (code: string): string => formatCode('icd10cm', code);

const writtenTakes = (takes: readonly GroupTakes[]): GroupTakes[] =>
  takes.map((one) => ({
    ...one,
    taken: one.taken.map(dotted),
    leftOut: one.leftOut.map(dotted),
  }));

const written = <L extends PolicyLag | ExpansionTaken>(lag: L): L => ({
  ...lag,
  code: dotted(lag.code),
  replacedBy: writtenReplacements('icd10cm', lag.replacedBy),
  lists: writtenTakes(lag.lists),
});

async function versionsOf({ policies }: Ports, ref: PolicyRef): Promise<readonly PolicyVersion[]> {
  const versions = await findVersions(policies, ref);
  if (versions.length > 0) return versions;
  throw await unknownPolicy(policies, ref);
}

/** What there is to show of a policy on a day. */
export type PolicyOnDay = {
  /** The one in force, else the next one to come, else the last one there was. */
  readonly version: PolicyVersion;
  readonly status: PolicyStatus;
  /** Versions that begin later, as they begin. */
  readonly ahead: readonly PolicyVersion[];
};

/** The version to show on a day; undefined when there is none, or all were taken back. */
export function policyOnDay(
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): PolicyOnDay | undefined {
  const ahead = versionsAhead(versions, date);
  const inForce = policyInForce(versions, date);
  if (inForce) return { version: inForce, status: 'in-force', ahead };
  const [next, ...later] = ahead;
  if (next) return { version: next, status: 'future', ahead: later };
  const last = latestRecords(versions).at(-1);
  return last && { version: last, status: 'ended', ahead };
}

/** The day to hold its lists against the code table: the one asked for, unless it is not in force then. */
function dayInForce({ version, status }: PolicyOnDay, date: CalendarDate): CalendarDate {
  const { effective, ends } = version;
  if (status === 'future') return effective;
  return status === 'ended' && ends !== undefined && ends < date ? ends : date;
}

/**
 * Shows a policy on a day (today when absent). Throws `not-found` for one no edition held, or every version of which was
 * taken back.
 */
export async function showPolicy(
  ports: Ports,
  ref: PolicyRef,
  on?: CalendarDate,
): Promise<PolicyAnswer> {
  const versions = await versionsOf(ports, ref);
  const date = on ?? today(ports.clock);
  const shown = policyOnDay(versions, date);
  if (!shown)
    throw new CodewatchError('not-found', `policy ${ref.id} of ${ref.source} was taken back`);
  const { version, status, ahead } = shown;
  const timelineOf = await readTimelines(ports.codeTable, version);
  const day = dayInForce(shown, date);
  return {
    ...policySummary(version),
    date,
    status,
    jurisdictions: version.jurisdictions,
    procedureGroups: version.procedureGroups,
    groups: version.groups.map(writtenGroup),
    revisions: version.revisions,
    related: version.related,
    texts: version.texts,
    endedCodes: lagOf(version, timelineOf, day).map(written),
    unknownCodes: unknownCodes(version, timelineOf).map(dotted),
    expansions: expansionsTaken(version, timelineOf, day).map(written),
    upcoming: ahead.map(({ version: number, effective }) => ({ version: number, effective })),
  };
}

/** Every version as taken in, oldest first; `withdrawn` ones count as if they had never been. */
export async function showPolicyHistory(
  ports: Ports,
  ref: PolicyRef,
): Promise<readonly (PolicySummary & { readonly withdrawn: boolean })[]> {
  const versions = await versionsOf(ports, ref);
  return versions.map((each) => ({ ...policySummary(each), withdrawn: each.withdrawn === true }));
}
