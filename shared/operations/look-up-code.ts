// Looks one code up on one date of service: may it be billed, and if not, why and what instead.
import { type CalendarDate, fiscalYearOf } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import {
  type CodeSystemId,
  codeSystemIds,
  formatCode,
  isIcd10,
  normalizeCode,
} from '../core/code-system.ts';
import { quarterOf } from '../core/hcpcs.ts';
import type { ReleaseId } from '../core/release.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Belief, openBelief } from './belief.ts';
import { isOutsideHorizon } from './known-date.ts';
import { type KnownNearMiss, nearMissesOn } from './near-misses-on.ts';
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

/** A billable code under a header. With the official dot. */
export type BillableChild = { readonly code: string; readonly short: string };

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
  /** The date lies past the fiscal year (HCPCS: quarter) of the newest release: the next may change the answer. */
  readonly provisional: boolean;
  /**
   * Of a header: the codes under it that are billable on the date, at every depth, in tabular order, the first ones of
   * `childrenTotal`. Null where no snapshot could be asked (or `known` was given); empty for every other status.
   */
  readonly children: readonly BillableChild[] | null;
  readonly childrenTotal: number | null;
  /** Of an unknown code: what may have been meant, billable ones first. Null where it was not looked for. */
  readonly nearMisses: readonly KnownNearMiss[] | null;
};

/** Children a single look-up names at most. */
export const childrenMax = 100;

/** What to look up; `date` is today when absent, `known` an ISO instant: what was believed then. */
export type LookupRequest = {
  readonly system: CodeSystemId;
  /** With or without dot, any case. */
  readonly code: string;
  readonly date?: CalendarDate;
  readonly known?: string;
};

/** What look-ups are answered from: one system as believed at one instant, and what may be looked for beyond the code. */
export type LookupScope = {
  readonly belief: Belief;
  /** Absent: children are not looked for. */
  readonly catalogue?: Catalogue;
  readonly childrenMax?: number;
  /** The other systems as believed at the same instant, for near misses; absent: they are not looked for. */
  readonly others?: () => Promise<readonly Belief[]>;
};

/** Looks a code up: one Query for it, one per code its replacement chain goes through, a dozen for near misses. */
export async function lookUpCode(
  ports: { readonly codeTable: CodeTable; readonly catalogue?: Catalogue; readonly clock: Clock },
  { system, code, date, known }: LookupRequest,
): Promise<Lookup> {
  const { codeTable, catalogue } = ports;
  const others = (): Promise<readonly Belief[]> => {
    const ids = codeSystemIds.filter((id) => id !== system);
    return Promise.all(ids.map((id) => openBelief(codeTable, id, known)));
  };
  const scope: LookupScope = {
    belief: await openBelief(codeTable, system, known),
    others,
    // The catalogue tells of what is believed now only.
    ...(catalogue && known === undefined && { catalogue }),
  };
  return lookUpIn(scope, code, date ?? today(ports.clock));
}

/** Looks a code up in a scope that is open already; text that cannot be a code is `unknown`. */
export async function lookUpIn(
  scope: LookupScope,
  text: string,
  date: CalendarDate,
): Promise<Lookup> {
  const { belief } = scope;
  const { system, horizon } = belief;
  const code = normalizeCode(system, text);
  if (!horizon || isOutsideHorizon(belief, date)) {
    return blank(belief, written(system, text, code), date, 'outside-horizon');
  }
  const versions = code === undefined ? [] : await belief.timeline(code);
  const at = inForceAt(versions, date);
  const shown = versions[Math.max(at, 0)];
  const status = versions[at]?.status ?? 'future';
  // A withdrawn record counts as never made, and readers of the table never see one.
  if (code === undefined || !shown || status === 'withdrawn') {
    const answer = blank(belief, written(system, text, code), date, 'unknown');
    if (!scope.others) return answer;
    return { ...answer, nearMisses: await nearMissesOn(belief, await scope.others(), text, date) };
  }
  const takenOut = status === 'ended' || status === 'header';
  const replacedBy = takenOut ? await replacementsOn(belief, code, date) : [];
  const replaces = takenOut ? [] : (statusBegin(versions, Math.max(at, 0))?.replaces ?? []);
  const below = status === 'header' ? await childrenOn(scope, code, date) : noChildren;
  return {
    system,
    code: formatCode(system, code),
    date,
    status,
    billable: status === 'billable',
    title: { short: shown.short, long: shown.long },
    effective: spanAt(versions, Math.max(at, 0)) ?? null,
    release: shown.release,
    replacedBy: writtenReplacements(system, replacedBy),
    replaces: writtenReplacements(system, replaces),
    provisional: isProvisional(system, horizon.newest, date),
    children: below.children,
    childrenTotal: below.childrenTotal,
    nearMisses: [],
  };
}

const written = (system: CodeSystemId, text: string, code: string | undefined): string =>
  code === undefined ? text.trim().toUpperCase() : formatCode(system, code);

/** True past the fiscal year (HCPCS: the quarter) of the newest release: the next one may change what holds then. */
function isProvisional(system: CodeSystemId, newest: CalendarDate, date: CalendarDate): boolean {
  if (date <= newest) return false;
  return isIcd10(system)
    ? fiscalYearOf(date) > fiscalYearOf(newest)
    : quarterOf(date) > quarterOf(newest);
}

type Children = Pick<Lookup, 'children' | 'childrenTotal'>;

const noChildren: Children = { children: [], childrenTotal: 0 };

async function childrenOn(scope: LookupScope, code: string, date: CalendarDate): Promise<Children> {
  const { belief, catalogue } = scope;
  if (!catalogue) return { children: null, childrenTotal: null };
  const page = await catalogue.list(belief.system, {
    date,
    under: code,
    billableOnly: true,
    offset: 0,
    limit: scope.childrenMax ?? childrenMax,
  });
  const children = page.items.map((one) => ({
    code: formatCode(belief.system, one.code),
    short: one.short,
  }));
  return { children, childrenTotal: page.total };
}

function blank(
  { system, horizon }: Belief,
  code: string,
  date: CalendarDate,
  status: 'unknown' | 'outside-horizon',
): Lookup {
  const unknown = status === 'unknown';
  return {
    system,
    code,
    date,
    status,
    billable: false,
    title: null,
    effective: null,
    release: null,
    replacedBy: [],
    replaces: [],
    provisional: unknown && horizon !== undefined && isProvisional(system, horizon.newest, date),
    children: [],
    childrenTotal: 0,
    nearMisses: unknown ? null : [],
  };
}
