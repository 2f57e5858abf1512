// Which codes stand in for one that ended or became a category, on one date: chains are walked, never cut short.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import type { Belief } from './belief.ts';
import { inForceAt, statusBegin } from './timeline-span.ts';

/**
 * Replacements of `code` that are billable on `date`, official ones first. One to many stays one to many. A target
 * that ended or was split in the meantime is walked on through to its own replacements; a chain is `official` only
 * when every link of it is, and carries the date of its last link. A target that is not listed on the date, or is a
 * header nothing replaces, is no answer to "what do I bill instead" and is left out. Cycles end where they close.
 */
export async function replacementsOn(
  belief: Belief,
  code: string,
  date: CalendarDate,
): Promise<readonly Replacement[]> {
  const seen = new Set([code]);
  const found: Replacement[] = [];
  const waiting = { official: [] as Replacement[], inferred: [] as Replacement[] };
  const enqueue = (next: readonly Replacement[], chain: Replacement['source']): void => {
    for (const target of next) {
      const source = chain === 'official' ? target.source : 'inferred';
      waiting[source].push({ ...target, source });
    }
  };

  enqueue(await directReplacements(belief, code, date), 'official');
  for (;;) {
    // Official links first, so that a code reachable both ways counts as official.
    const target = waiting.official.shift() ?? waiting.inferred.shift();
    if (!target) return found;
    if (seen.has(target.code)) continue;
    seen.add(target.code);
    if (await isBillable(belief, target.code, date)) found.push(target);
    else enqueue(await directReplacements(belief, target.code, date), target.source);
  }
}

async function isBillable(belief: Belief, code: string, date: CalendarDate): Promise<boolean> {
  const versions = await belief.timeline(code);
  return versions[inForceAt(versions, date)]?.status === 'billable';
}

/** What the version says that took the code out of use; a later retitle of the header repeats nothing. */
async function directReplacements(
  belief: Belief,
  code: string,
  date: CalendarDate,
): Promise<readonly Replacement[]> {
  const versions = await belief.timeline(code);
  const at = inForceAt(versions, date);
  if (versions[at]?.status === 'billable') return [];
  return statusBegin(versions, at)?.replacedBy ?? [];
}
