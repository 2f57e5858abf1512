// Reads where a code stands in the code tree of a date: what it is under, and what is under it.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { openBelief } from './belief.ts';
import { requireKnownDate } from './known-date.ts';
import { type ListedCode, listedCode } from './listed-code.ts';
import { listedOn, requireListed } from './listed-versions.ts';

/** A code's place in the tree; codes with the official dot. */
export type Hierarchy = {
  readonly code: ListedCode;
  /** What the code is under, nearest first: each listed beginning of it. Empty for a category. */
  readonly ancestors: readonly ListedCode[];
  /** Codes directly under it, headers included, in tabular order; null when no catalogue is at hand. */
  readonly children: readonly ListedCode[] | null;
};

/** Shortest code of either system: the category (ICD-10-CM) or table (ICD-10-PCS). */
const codeLengthMin = 3;

/**
 * Reads it; `date` is today when absent. Throws `not-found` for a date no release covers and for a code that is not
 * listed on it. Some beginnings of a code are no codes (T36.0X1A is directly under T36.0X1, W19.XXXA under W19).
 */
export async function readHierarchy(
  ports: {
    readonly codeTable: CodeTable;
    readonly catalogue?: Catalogue;
    readonly clock: Clock;
  },
  request: { readonly system: CodeSystemId; readonly code: string; readonly date?: CalendarDate },
): Promise<Hierarchy> {
  const { system } = request;
  const date = request.date ?? today(ports.clock);
  const belief = await openBelief(ports.codeTable, system);
  requireKnownDate(belief, date);
  const { normal, ...code } = await requireListed(belief, request.code, date);
  const ancestors: ListedCode[] = [];
  for (let length = normal.length - 1; length >= codeLengthMin; length -= 1) {
    const ancestor = await listedOn(belief, normal.slice(0, length), date);
    if (ancestor) ancestors.push(ancestor);
  }
  const children = await ports.catalogue?.children(system, normal, date);
  return { code, ancestors, children: children?.map(listedCode) ?? null };
}
