// Where documents apply and whose they are, by the Coverage API: no table of it gives a contractor's states, but its reports
// list the documents of a state.
import type { CalendarDate } from '../../core/calendar-date.ts';
import { partsOfState } from '../../core/us-states.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import type { McdTable } from '../../formats/mcd-table.ts';
import { readMcdDate } from '../mcd-date.ts';
import type { McdContractor } from '../mcd-parts.ts';
import { type LocalKind, paths, stateAskedOf } from './addresses.ts';
import type { ApiRow } from './answer.ts';
import { readApiRows } from './api-rows.ts';
import { stateAbbreviation } from './state-names.ts';

/** Answers by the path they are to. */
export type Answers = ReadonlyMap<string, readonly ApiRow[]>;

const periodTable: McdTable<'begin' | 'end'> = {
  name: 'update-period',
  columns: { begin: 'date or nothing', end: 'date or nothing' },
  names: { begin: ['begin_date'], end: ['end_date'] },
};
const stateTable: McdTable<'state_id' | 'description'> = {
  name: 'states',
  columns: { state_id: 'number', description: 'name' },
};
const contractorTable: McdTable<'id' | 'type' | 'version' | 'name'> = {
  name: 'contractor',
  columns: { id: 'number', type: 'number', version: 'number', name: 'name' },
  names: {
    id: ['contractor_id'],
    type: ['contract_type_id', 'contractor_type_id'],
    version: ['contractor_version'],
    name: ['contractor_name', 'contractor_bus_name'],
  },
};
const inStateTable: McdTable<'id' | 'contractors'> = {
  name: 'documents of a state',
  columns: { id: 'name', contractors: 'text' },
  names: { id: ['document_display_id'], contractors: ['contractor_name_type'] },
};

/** First and last day of a week of updates; the last is its Sunday or the Monday after, as the API pleases. */
export type UpdatePeriod = { readonly begin: CalendarDate; readonly end: CalendarDate };

/** The newest update period; undefined, with a finding, when the answer names none. */
export function readNewestPeriod(answers: Answers, list: FindingList): UpdatePeriod | undefined {
  const report = { where: paths.period, list };
  const rows = readApiRows(answers.get(paths.period) ?? [], periodTable, report) ?? [];
  const periods = rows.flatMap((row): UpdatePeriod[] => {
    const [begin, end] = [readMcdDate(row.begin), readMcdDate(row.end)];
    if (begin.kind !== 'day' || end.kind !== 'day') return [];
    return [{ begin: begin.day, end: end.day }];
  });
  const newest = periods.sort((a, b) => (a.end < b.end ? -1 : 1)).at(-1);
  if (newest === undefined) {
    list.add('mcd-api-period', 'warning', paths.period, 'It names no update period with its days.');
  }
  return newest;
}

/** Abbreviations of states by the API's numbers; what is no state is said and left out. */
export function readStates(answers: Answers, list: FindingList): ReadonlyMap<string, string> {
  const report = { where: paths.states, list };
  const rows = readApiRows(answers.get(paths.states) ?? [], stateTable, report) ?? [];
  return new Map(
    rows.flatMap(({ state_id: id, description }) => {
      const state = stateAbbreviation(description);
      if (state !== undefined) return [[id, state] as const];
      const message = `State ${id}, ${JSON.stringify(description.slice(0, 40))}, is none we know; it is left out.`;
      list.add('mcd-api-state', 'info', paths.states, message);
      return [];
    }),
  );
}

/** What was learned of contractors and states. */
export type Places = {
  readonly state: (id: string) => string | undefined;
  /** Name of a contractor by its number, type and version. */
  readonly contractorName: (id: string, type: string, version: string) => string | undefined;
  /**
   * A document's contractors with the states that list it; none when no state does. In a state the contractors count that
   * its report names for the document, all when it names none of them. Where parts of a state list it, they count for the
   * state, as in the exports.
   */
  readonly contractorsOf: (
    kind: LocalKind,
    displayId: string,
    names: readonly string[],
  ) => readonly McdContractor[];
};

/** Where one document is listed: what the report says of contractors, by state. */
type Listing = Map<string, string>;

const plain = (name: string): string => name.replace(/\s+/g, ' ').trim().toLowerCase();

/** Without states of which a part lists the document too. */
const withoutWholes = (listing: Listing): readonly string[] =>
  [...listing.keys()].filter((state) => !partsOfState[state]?.some((part) => listing.has(part)));

function readListings(
  answers: Answers,
  states: ReadonlyMap<string, string>,
  list: FindingList,
): ReadonlyMap<string, Listing> {
  const listings = new Map<string, Listing>();
  for (const [path, rows] of answers) {
    const asked = stateAskedOf(path);
    const state = states.get(asked?.state ?? '');
    if (!asked || state === undefined) continue;
    for (const row of readApiRows(rows, inStateTable, { where: path, list }) ?? []) {
      const key = `${asked.kind} ${row.id}`;
      const listing = listings.get(key) ?? new Map();
      listings.set(key, listing.set(state, plain(row.contractors)));
    }
  }
  return listings;
}

/** Reads contractors, states and the reports on states. */
export function readPlaces(answers: Answers, list: FindingList): Places {
  const report = { where: paths.contractors, list };
  const states = readStates(answers, list);
  const rows = readApiRows(answers.get(paths.contractors) ?? [], contractorTable, report) ?? [];
  const names = new Map(rows.map((row) => [`${row.id} ${row.type} ${row.version}`, row.name]));
  const listings = readListings(answers, states, list);
  return {
    state: (id) => states.get(id),
    contractorName: (id, type, version) => names.get(`${id} ${type} ${version}`),
    contractorsOf(kind, displayId, contractors) {
      const listing: Listing = listings.get(`${kind} ${displayId}`) ?? new Map();
      const all = withoutWholes(listing);
      const isNamed = (name: string, state: string) => listing.get(state)?.includes(plain(name));
      return [...new Set(contractors)]
        .map((name) => ({
          name,
          states: all.filter(
            (state) => isNamed(name, state) || !contractors.some((one) => isNamed(one, state)),
          ),
        }))
        .filter((contractor) => contractor.states.length > 0);
    },
  };
}
