// What a request of the NLM face finds: the search operation's hits, narrowed by `q`, with what stands in for them.
import { addDays } from '../../shared/core/calendar-date.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { type ListedCode, listedCode } from '../../shared/operations/listed-code.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { type SearchRequest, searchCodes } from '../../shared/operations/search-codes.ts';
import { searchWords } from '../../shared/operations/search-words.ts';
import { type Catalogue, searchTotalMax } from '../../shared/ports/catalogue.ts';
import { type Clock, today } from '../../shared/ports/clock.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import { type Constraint, satisfies, searchImpliedBy } from './nlm-constraint.ts';
import type { Hit } from './nlm-fields.ts';
import type { NlmQuery } from './nlm-query.ts';

/** One state of the reference data, and the clock. */
export type NlmPorts = {
  readonly codeTable: CodeTable;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
};

/** A page of hits, best first, and how many there are: counted no further than `searchTotalMax`. */
export type Hits = { readonly total: number; readonly items: readonly ListedCode[] };

type Window = Pick<SearchRequest, 'system' | 'date' | 'billableOnly' | 'offset' | 'limit'>;

/** Finds billable codes. Blank terms find all of them in tabular order, terms without a word in them none. */
export async function findHits(
  ports: NlmPorts,
  system: CodeSystemId,
  query: NlmQuery,
): Promise<Hits> {
  const { offset, limit, constraint } = query;
  const asked = { system, ...(query.date && { date: query.date }), billableOnly: true };
  if (query.suggest) return nearHits(ports, { ...asked, offset, limit }, query);
  if (constraint) return constrainedHits(ports, { ...asked, offset, limit }, query, constraint);
  return plainHits(ports, { ...asked, offset, limit }, query);
}

async function plainHits(ports: NlmPorts, window: Window, query: NlmQuery): Promise<Hits> {
  const { text, searchFields: fields } = query;
  if (text.trim() !== '') return searchCodes(ports, { ...window, text, fields });
  const { system, date = today(ports.clock), offset, limit } = window;
  const page = await ports.catalogue.list(system, { date, billableOnly: true, offset, limit });
  return { total: Math.min(page.total, searchTotalMax), items: page.items.map(listedCode) };
}

/** Searches by the terms and by what `q` itself implies, and keeps what satisfies `q`. */
async function constrainedHits(
  ports: NlmPorts,
  window: Window,
  query: NlmQuery,
  constraint: Constraint,
): Promise<Hits> {
  const search = searchFor(query, constraint);
  const { total } = await searchCodes(ports, { ...window, ...search, offset: 0, limit: 0 });
  if (total >= searchTotalMax) throw tooMany(`${searchTotalMax} codes or more match the terms`);
  const all = await searchCodes(ports, { ...window, ...search, offset: 0, limit: total });
  const kept = all.items.filter((one) => satisfies(constraint, one));
  return { total: kept.length, items: kept.slice(window.offset, window.offset + window.limit) };
}

/** The narrowest search that misses nothing the terms and `q` both want. */
function searchFor({ text, searchFields }: NlmQuery, constraint: Constraint) {
  const implied = searchImpliedBy(constraint);
  if (text.trim() !== '') {
    // A word some field must hold is one of the searched fields', if that field is among them.
    const narrows = implied?.fields.every((field) => searchFields.includes(field)) ?? false;
    return { text: narrows ? `${text} ${implied?.text}` : text, fields: searchFields };
  }
  if (implied) return implied;
  throw tooMany('no terms are given and no clause that must hold begins a word');
}

const tooMany = (why: string): CodewatchError =>
  new CodewatchError('invalid-request', `q: ${why}; give more in terms`);

/** Hits near a mistyped value: by those of its words that begin some word, fewer and fewer of them. */
async function nearHits(ports: NlmPorts, window: Window, query: NlmQuery): Promise<Hits> {
  const known: string[] = [];
  for (const text of searchWords(query.text)) {
    const { total } = await searchCodes(ports, { ...window, text, offset: 0, limit: 0 });
    if (total > 0) known.push(text);
  }
  for (let count = known.length; count > 0; count -= 1) {
    const hits = await searchCodes(ports, { ...window, text: known.slice(0, count).join(' ') });
    if (hits.total > 0) return hits;
  }
  return { total: 0, items: [] };
}

/** Hits with their replacements from the day after they end; nothing is looked up for those that do not. */
export async function withReplacements(
  ports: NlmPorts,
  items: readonly ListedCode[],
): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  for (const item of items) {
    const { system, code, effective } = item;
    if (effective.to === null) hits.push({ ...item, replacedBy: [] });
    else {
      const next = await lookUpCode(ports, { system, code, date: addDays(effective.to, 1) });
      hits.push({ ...item, replacedBy: next.replacedBy.map((one) => one.code) });
    }
  }
  return hits;
}
