// Searches one code system by words of titles and beginnings of codes, as it is on a date of service.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import type { Catalogue, SearchField } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type ListedCode, listedCode } from './listed-code.ts';
import { searchWords } from './search-words.ts';

/** What to search for; `date` is today when absent. */
export type SearchRequest = {
  readonly system: CodeSystemId;
  /** As typed. Every word must begin a word of one of the fields; without a word nothing is found. */
  readonly text: string;
  readonly date?: CalendarDate;
  /** Code and name when absent. */
  readonly fields?: readonly SearchField[];
  /** Only codes of this status; both when absent. Headers alone cannot be searched for. */
  readonly billableOnly?: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** What was found, best first. */
export type SearchAnswer = {
  readonly system: CodeSystemId;
  readonly date: CalendarDate;
  /** True when nothing can be said of the date: it lies before the system begins or before the oldest release. */
  readonly outsideHorizon: boolean;
  /** Of all pages; counts no further than `searchTotalMax` of the catalogue. */
  readonly total: number;
  readonly items: readonly ListedCode[];
};

/** Searches; an empty text and a date outside the horizon find nothing. */
export async function searchCodes(
  ports: {
    readonly codeTable: CodeTable;
    readonly catalogue: Catalogue;
    readonly clock: Clock;
  },
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { system, offset, limit } = request;
  const date = request.date ?? today(ports.clock);
  const head = await ports.codeTable.head(system);
  const outsideHorizon = !head || date < head.from || date < codeSystems[system].begins;
  const words = searchWords(request.text);
  if (outsideHorizon || words.length === 0) {
    return { system, date, outsideHorizon, total: 0, items: [] };
  }
  const page = await ports.catalogue.search(system, {
    words,
    fields: request.fields ?? ['code', 'name'],
    date,
    billableOnly: request.billableOnly ?? false,
    offset,
    limit,
  });
  return { system, date, outsideHorizon, total: page.total, items: page.items.map(listedCode) };
}
