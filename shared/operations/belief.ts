// What was believed of one code system at one instant: its horizon and the timeline of any code, each read once.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { meaningfulVersions } from '../core/timeline.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** Effective dates of the oldest and newest release taken in. */
export type Horizon = { readonly from: CalendarDate; readonly newest: CalendarDate };

/** One system as believed at one instant. Timelines are kept for as long as the belief lives: one request. */
export type Belief = {
  readonly system: CodeSystemId;
  /** Absent when no release had been taken in by then. */
  readonly horizon?: Horizon;
  /** The sequence number it was believed under; absent for what is believed now. */
  readonly seq?: number;
  /**
   * The code's versions, ascending, each saying something new (mere restatements are left out); empty when it was
   * not known then. `code` in normal form.
   */
  readonly timeline: (code: string) => Promise<readonly Version[]>;
};

/**
 * Opens a system as it is believed now, or as it was believed at `known` (ISO instant): then only what was
 * recorded at or before that instant counts.
 */
export async function openBelief(
  table: CodeTable,
  system: CodeSystemId,
  known?: string,
): Promise<Belief> {
  if (known === undefined) {
    const head = await table.head(system);
    if (!head) return nothingKnown(system);
    return belief(table, system, { from: head.from, newest: head.newest });
  }
  const seq = await table.knownAt(system, known);
  if (seq === undefined) return nothingKnown(system);
  const releases = await table.releases(system);
  const dates = releases
    .filter((record) => record.status === 'committed' && record.changesSeq <= seq)
    .map((record) => record.effective);
  const [from, newest] = [dates[0], dates.at(-1)];
  if (!from || !newest) return nothingKnown(system);
  return belief(table, system, { from, newest }, seq);
}

const nothingKnown = (system: CodeSystemId): Belief => ({ system, timeline: async () => [] });

function belief(table: CodeTable, system: CodeSystemId, horizon: Horizon, seq?: number): Belief {
  const read = new Map<string, Promise<readonly Version[]>>();
  const timeline = (code: string): Promise<readonly Version[]> => {
    const before = read.get(code);
    if (before) return before;
    const versions = table.versions(system, code, seq).then(saidOnce);
    read.set(code, versions);
    return versions;
  };
  return { system, horizon, timeline, ...(seq !== undefined && { seq }) };
}

/** Most codes never changed: one version repeats nothing, and the reader is spared the work of finding that out. */
function saidOnce(versions: readonly Version[]): readonly Version[] {
  const status = versions.length === 1 ? versions[0]?.status : undefined;
  return status === 'billable' || status === 'header' ? versions : meaningfulVersions(versions);
}
