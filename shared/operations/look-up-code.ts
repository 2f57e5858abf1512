// Looks one code up on one date of service: may it be billed, and if not, why and what instead.
import { type CalendarDate, fiscalYearEnd, fiscalYearOf } from '../core/calendar-date.ts';
import type { Replacement, Version } from '../core/change.ts';
import { type CodeSystemId, codeSystems, formatCode, normalizeCode } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Belief, openBelief } from './belief.ts';
import { replacementsOn } from './replacements-on.ts';
import { inForceAt, type Span, spanAt, statusBegin } from './timeline-span.ts';
import { writtenReplacements } from './written-code.ts';

/**
 * What a code is on a date: `billable`; `header` (a category, never billable); `ended` (listed before, not now);
 * `future` (first listed later); `unknown` (in no release); `outside-horizon` (the date lies before the code
 * system begins or before the oldest release taken in, so nothing can be said).
 */
export type LookupStatus =
  | 'billable'
  | 'header'
  | 'ended'
  | 'future'
  | 'unknown'
  | 'outside-horizon';

/** The answer to a look-up. Codes with the official dot. */
export type Lookup = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly date: CalendarDate;
  readonly status: LookupStatus;
  readonly billable: boolean;
  /** Titles on the date; the last ones of an ended code, the first ones of a future code. */
  readonly title: { readonly short: string; readonly long: string } | null;
  /**
   * Days on which exactly these facts (status and titles) hold; `to` is null while no release ends them. Of an
   * ended code: from the day it ended. Of a future code: from the day it begins.
   */
  readonly effective: Span | null;
  /** The release that began these facts. */
  readonly release: ReleaseId | null;
  /** For a code that ended or became a category: billable on the date in its place, official first. */
  readonly replacedBy: readonly Replacement[];
  /** For a billable code: what it took over from. */
  readonly replaces: readonly Replacement[];
  /** True when the date lies past the fiscal year of the newest release: the next release may change the answer. */
  readonly provisional: boolean;
};

/** What to look up; `date` is today when absent, `known` an ISO instant: what was believed then. */
export type LookupRequest = {
  readonly system: CodeSystemId;
  /** With or without dot, any case. */
  readonly code: string;
  readonly date?: CalendarDate;
  readonly known?: string;
};

/** Looks a code up: one Query for it, one per code its replacement chain goes through. */
export async function lookUpCode(
  ports: { readonly codeTable: CodeTable; readonly clock: Clock },
  request: LookupRequest,
): Promise<Lookup> {
  const belief = await openBelief(ports.codeTable, request.system, request.known);
  return lookUpIn(belief, request.code, request.date ?? today(ports.clock));
}

/** Looks a code up in a belief that is open already; text that cannot be a code is `unknown`. */
export async function lookUpIn(belief: Belief, text: string, date: CalendarDate): Promise<Lookup> {
  const { system, horizon } = belief;
  const code = normalizeCode(system, text);
  const written = code === undefined ? text.trim().toUpperCase() : formatCode(system, code);
  const nothing = blank(system, written, date);
  if (!horizon || date < horizon.from || date < codeSystems[system].begins) {
    return { ...nothing, status: 'outside-horizon' };
  }
  const provisional = date > fiscalYearEnd(fiscalYearOf(horizon.newest));
  const versions = code === undefined ? [] : await belief.timeline(code);
  if (code === undefined || versions.length === 0) return { ...nothing, provisional };

  const at = inForceAt(versions, date);
  const inForce = versions[at]?.status ?? 'future';
  // A withdrawn record counts as never made, and readers of the table never see one.
  const status = inForce === 'withdrawn' ? 'unknown' : inForce;
  const shown = Math.max(at, 0);
  const takenOut = status === 'ended' || status === 'header';
  return {
    ...nothing,
    ...factsOf(versions, shown),
    status,
    billable: status === 'billable',
    replacedBy: takenOut
      ? writtenReplacements(system, await replacementsOn(belief, code, date))
      : [],
    replaces: takenOut
      ? []
      : writtenReplacements(system, statusBegin(versions, shown)?.replaces ?? []),
    provisional,
  };
}

function blank(system: CodeSystemId, code: string, date: CalendarDate): Lookup {
  return {
    system,
    code,
    date,
    status: 'unknown',
    billable: false,
    title: null,
    effective: null,
    release: null,
    replacedBy: [],
    replaces: [],
    provisional: false,
  };
}

function factsOf(
  versions: readonly Version[],
  at: number,
): Pick<Lookup, 'title' | 'effective' | 'release'> {
  const version = versions[at];
  return {
    title: version ? { short: version.short, long: version.long } : null,
    effective: spanAt(versions, at) ?? null,
    release: version?.release ?? null,
  };
}
