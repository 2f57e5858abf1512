// Expands a value set: every code of a system, or of one category, as it is on a date of service, page by page.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { openBelief } from './belief.ts';
import { requireKnownDate } from './known-date.ts';
import { type ListedCode, listedCode } from './listed-code.ts';
import { requireListed } from './listed-versions.ts';
import { releaseInForce } from './release-in-force.ts';
import { searchWords } from './search-words.ts';

/** Which codes; `date` is today when absent. */
export type ExpandRequest = {
  readonly system: CodeSystemId;
  readonly date?: CalendarDate;
  /** Only this code and those under it (FHIR `is-a`), in any spelling. */
  readonly isa?: string;
  /** Only codes that may be billed; headers too when false. */
  readonly billableOnly: boolean;
  /** Every word must begin a word of the title or the code; no words, no filter. */
  readonly text?: string;
  readonly offset: number;
  /** Entries at most; 0 counts only. */
  readonly limit: number;
};

/** A page of a value set in tabular order. An ended or future code is not in it. */
export type Expansion = {
  readonly system: CodeSystemId;
  readonly date: CalendarDate;
  /** The release in force on the date. */
  readonly release: ReleaseId;
  /** Its effective date: the FHIR `version`. */
  readonly version: CalendarDate;
  /** Of all pages, exactly. */
  readonly total: number;
  readonly offset: number;
  readonly items: readonly ListedCode[];
};

/**
 * Expands; throws `not-found` for a date no release covers and for an `isa` code that is not listed on the date.
 */
export async function expand(
  ports: {
    readonly codeTable: CodeTable;
    readonly catalogue: Catalogue;
    readonly clock: Clock;
  },
  request: ExpandRequest,
): Promise<Expansion> {
  const { system, billableOnly, offset, limit, isa } = request;
  const date = request.date ?? today(ports.clock);
  const belief = await openBelief(ports.codeTable, system);
  requireKnownDate(belief, date);
  const release = await releaseInForce(ports, system, date);
  const within = isa === undefined ? undefined : (await requireListed(belief, isa, date)).normal;
  const words = searchWords(request.text ?? '');
  const page = await ports.catalogue.list(system, {
    date,
    billableOnly,
    offset,
    limit,
    ...(within !== undefined && { within }),
    ...(words.length > 0 && { words }),
  });
  const { total } = page;
  const { id, effective: version } = release;
  return { system, date, release: id, version, total, offset, items: page.items.map(listedCode) };
}
