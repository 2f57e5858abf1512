// Tells whether one code is a kind of another in the code tree of a date.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { openBelief } from './belief.ts';
import { requireKnownDate } from './known-date.ts';
import { requireListed } from './listed-versions.ts';

/** How A relates to B, in the words of FHIR's concept-subsumption-outcome. */
export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed';

/** Two codes of one system, in any spelling; `date` is today when absent. */
export type SubsumesRequest = {
  readonly system: CodeSystemId;
  readonly codeA: string;
  readonly codeB: string;
  readonly date?: CalendarDate;
};

/**
 * Tells; throws `not-found` for a date no release covers, and naming the first code that is not listed on it. In both
 * systems a code stands under another exactly when it begins with it.
 */
export async function subsumes(
  ports: { readonly codeTable: CodeTable; readonly clock: Clock },
  { system, codeA, codeB, date = today(ports.clock) }: SubsumesRequest,
): Promise<Subsumption> {
  const belief = await openBelief(ports.codeTable, system);
  requireKnownDate(belief, date);
  const a = (await requireListed(belief, codeA, date)).normal;
  const b = (await requireListed(belief, codeB, date)).normal;
  if (a === b) return 'equivalent';
  if (b.startsWith(a)) return 'subsumes';
  return a.startsWith(b) ? 'subsumed-by' : 'not-subsumed';
}
