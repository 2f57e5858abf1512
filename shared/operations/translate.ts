// Translates a code out of use on a date into what is billable in its place, and back: what a code took over from.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import { type CodeSystemId, formatCode, normalizeCode } from '../core/code-system.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Belief, openBelief } from './belief.ts';
import { type Lookup, type LookupStatus, lookUpIn } from './look-up-code.ts';
import { replacementsOn } from './replacements-on.ts';
import { inForceAt, statusBegin } from './timeline-span.ts';

/** `replaced-by`: from a code out of use to its replacements. `replaces`: from a code in use to what it stands in for. */
export type TranslationDirection = 'replaced-by' | 'replaces';

/** What to translate; `date` is today, `direction` `replaced-by` when absent. */
export type TranslateRequest = {
  readonly system: CodeSystemId;
  /** In any spelling. */
  readonly code: string;
  readonly date?: CalendarDate;
  readonly direction?: TranslationDirection;
};

/**
 * Why there is no target: `in-use` (billable on the date: nothing replaces it), `no-replacement` (ended or a category,
 * and no source names one that is billable on the date), `replaces-nothing` (the other direction: nothing ended in its
 * favour), or the status that leaves nothing to translate.
 */
export type NotTranslated =
  | 'in-use'
  | 'no-replacement'
  | 'replaces-nothing'
  | Extract<LookupStatus, 'future' | 'unknown' | 'outside-horizon'>;

/** A target. Of `replaced-by`, billable on the date; of `replaces`, no longer billable on it. */
export type TranslationTarget = Replacement & {
  /** Its title on the date; the last one it had when it ended. */
  readonly title: { readonly short: string; readonly long: string };
};

/** The answer; codes with the official dot. */
export type Translation = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly date: CalendarDate;
  readonly direction: TranslationDirection;
  /** What the code is on the date. */
  readonly status: LookupStatus;
  /** True only when there is a target. */
  readonly result: boolean;
  /** Official ones first. */
  readonly targets: readonly TranslationTarget[];
  /** Null exactly when there is a target. */
  readonly why: NotTranslated | null;
};

/** Translates; nothing is thrown for a code or date without an answer: `why` tells. */
export async function translate(
  ports: { readonly codeTable: CodeTable; readonly catalogue?: Catalogue; readonly clock: Clock },
  request: TranslateRequest,
): Promise<Translation> {
  const { system, direction = 'replaced-by' } = request;
  const date = request.date ?? today(ports.clock);
  const belief = await openBelief(ports.codeTable, system);
  const lookup = await lookUpIn({ belief }, request.code, date);
  const targets =
    direction === 'replaced-by'
      ? await titled(belief, lookup.replacedBy, date)
      : await predecessors(belief, request.code, lookup, date);
  const result = targets.length > 0;
  const why = result ? null : whyNot(lookup.status, direction);
  const { code, status } = lookup;
  return { system, code, date, direction, status, result, targets, why };
}

function whyNot(status: LookupStatus, direction: TranslationDirection): NotTranslated {
  if (status === 'future' || status === 'unknown' || status === 'outside-horizon') return status;
  if (direction === 'replaces') return 'replaces-nothing';
  return status === 'billable' ? 'in-use' : 'no-replacement';
}

/**
 * Codes this one took over from, and those from, as long as `replacementsOn` leads back here: every official link, and
 * an inferred one where no source names a predecessor. A code that took over only a part of another, still billable
 * one stands in for nothing.
 */
async function predecessors(
  belief: Belief,
  text: string,
  lookup: Lookup,
  date: CalendarDate,
): Promise<readonly TranslationTarget[]> {
  const code = normalizeCode(belief.system, text);
  if (code === undefined || lookup.status !== 'billable') return [];
  const found: Replacement[] = [];
  const seen = new Set([code]);
  const waiting = [code];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const before of await tookOverFrom(belief, at, date)) {
      if (seen.has(before)) continue;
      seen.add(before);
      waiting.push(before);
      const forward = await replacementsOn(belief, before, date);
      const link = forward.find((one) => one.code === code);
      if (link) found.push({ ...link, code: formatCode(belief.system, before) });
    }
  }
  const official = found.filter((one) => one.source === 'official');
  return titled(belief, [...official, ...found.filter((one) => one.source === 'inferred')], date);
}

/** What the versions that brought the code into use, up to the date, say it took over from. */
async function tookOverFrom(
  belief: Belief,
  code: string,
  date: CalendarDate,
): Promise<readonly string[]> {
  const versions = await belief.timeline(code);
  const codes: string[] = [];
  for (let at = inForceAt(versions, date); at >= 0; at -= 1) {
    if (versions[at]?.status !== 'billable') continue;
    for (const one of statusBegin(versions, at)?.replaces ?? []) codes.push(one.code);
  }
  return [...new Set(codes)];
}

async function titled(
  belief: Belief,
  targets: readonly Replacement[],
  date: CalendarDate,
): Promise<readonly TranslationTarget[]> {
  const out: TranslationTarget[] = [];
  for (const target of targets) {
    const { title } = await lookUpIn({ belief }, target.code, date);
    if (!title) throw new Error(`${target.code} takes part in a replacement but has no title`);
    out.push({ ...target, title });
  }
  return out;
}
