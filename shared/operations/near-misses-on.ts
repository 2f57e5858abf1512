// What someone may have meant by a code that is in no release, as it stands on a date.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, formatCode, normalizeCode } from '../core/code-system.ts';
import { type NearMissReason, nearMisses } from '../core/near-misses.ts';
import type { Belief } from './belief.ts';
import { inForceAt } from './timeline-span.ts';

/** A code like the one asked for. */
export type KnownNearMiss = {
  readonly system: CodeSystemId;
  /** With the official dot. */
  readonly code: string;
  /** The slip that leads from this code to the text; `other-system`: the text is a code, but of this other system. */
  readonly reason: NearMissReason | 'other-system';
  /** What the code is on the date. */
  readonly status: 'billable' | 'header' | 'future' | 'ended';
};

const statusOrder: readonly KnownNearMiss['status'][] = ['billable', 'header', 'future', 'ended'];

/**
 * The corrections of a text that some release lists, billable ones first, then by likelihood. `others` are the other
 * code systems, as believed at the same instant: a code of theirs is the likeliest of all.
 */
export async function nearMissesOn(
  belief: Belief,
  others: readonly Belief[],
  text: string,
  date: CalendarDate,
): Promise<readonly KnownNearMiss[]> {
  const found: KnownNearMiss[] = [];
  for (const other of others) {
    const code = normalizeCode(other.system, text);
    const known = code && (await asKnown(other, code, 'other-system', date));
    if (known) found.push(known);
  }
  for (const { code, reason } of nearMisses(belief.system, text)) {
    // Every text has a category for its beginning: worth telling only where nothing better is listed on the date.
    if (reason === 'surplus-character' && found.some(isListed)) continue;
    const known = await asKnown(belief, code, reason, date);
    if (known) found.push(known);
  }
  return found.toSorted((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
}

const isListed = ({ status }: KnownNearMiss): boolean =>
  status === 'billable' || status === 'header';

async function asKnown(
  belief: Belief,
  code: string,
  reason: KnownNearMiss['reason'],
  date: CalendarDate,
): Promise<KnownNearMiss | undefined> {
  const versions = await belief.timeline(code);
  if (versions.length === 0) return undefined;
  const status = versions[inForceAt(versions, date)]?.status ?? 'future';
  if (status === 'withdrawn') return undefined;
  return { system: belief.system, code: formatCode(belief.system, code), reason, status };
}
