// Who the contractors of an export are and which states they have on its day, and which day that is.
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { McdRow } from '../../formats/mcd-table.ts';
import { readMcdDate } from '../mcd-date.ts';
import type { McdContractor } from '../mcd-parts.ts';
import { type ExportSource, readTable } from './read-table.ts';
import { contractorStates, contractorTable, periodTable, stateTable } from './tables.ts';

/** Contractors and states by their numbers. */
export type Contractors = {
  /** By contractor, type and version; undefined when the export does not know it. */
  readonly contractor: (id: string, type: string, version: string) => McdContractor | undefined;
  /** Abbreviation of a state by its number. */
  readonly state: (id: string) => string | undefined;
};

/** A row of one of these few tables decides for many documents: none may be lost. */
const refuse = (source: ExportSource, table: string) => (): void => {
  const message = `A row of ${table} cannot be read; it is about more than one document.`;
  source.list.add('mcd-lookup-row', 'error', `${source.where} member ${table}`, message);
};

/** The last day of the export's period: of the periods it lists the last that is no later than the day it was collected. */
export async function readPeriod(
  source: ExportSource,
  collected: CalendarDate,
): Promise<CalendarDate | undefined> {
  const ends: CalendarDate[] = [];
  await readTable(source, periodTable, {
    take: ({ end }) => {
      const date = readMcdDate(end);
      if (date.kind === 'day') ends.push(date.day);
      return date.kind === 'nonsense' ? `Its end is no date: ${JSON.stringify(end)}.` : undefined;
    },
  });
  ends.sort();
  return ends.filter((end) => end <= collected).at(-1) ?? ends[0];
}

type Entry = {
  readonly name: string;
  readonly states: string[];
  /** States it no longer has, with the last day it had them. */
  readonly before: { readonly state: string; readonly last: CalendarDate }[];
  /** States it will have. */
  readonly later: string[];
};

const keyOf = (id: string, type: string, version: string): string => `${id} ${type} ${version}`;

async function readStates(source: ExportSource): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  await readTable(source, stateTable, {
    take: ({ state_id, state_abbrev }) => {
      states.set(state_id, state_abbrev);
      return undefined;
    },
    reject: refuse(source, stateTable.name),
  });
  return states;
}

async function readNames(source: ExportSource): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  await readTable(source, contractorTable, {
    take: ({ id, type, version, name }) => {
      entries.set(keyOf(id, type, version), { name, states: [], before: [], later: [] });
      return undefined;
    },
    reject: refuse(source, contractorTable.name),
  });
  return entries;
}

/** Where a row of a contractor's states belongs on a day; a sentence when it cannot be read. */
function place(
  entry: Entry,
  state: string,
  row: McdRow<'active_date' | 'term_date'>,
  today: CalendarDate,
): string | undefined {
  const [begins, ends] = [readMcdDate(row.active_date), readMcdDate(row.term_date)];
  if (begins.kind === 'nonsense') return `Its active_date is no date: ${row.active_date}.`;
  if (ends.kind === 'nonsense') return `Its term_date is no date: ${row.term_date}.`;
  if (ends.kind === 'day' && ends.day < today) entry.before.push({ state, last: ends.day });
  else if (begins.kind === 'day' && begins.day > today) entry.later.push(state);
  else entry.states.push(state);
  return undefined;
}

/** As documents have it: with its states, or when it has none those it had until a day, or else those it will have. */
function contractorOf({ name, states, before, later }: Entry): McdContractor {
  if (states.length > 0) return { name, states };
  const ended = before
    .map(({ last }) => last)
    .sort()
    .at(-1);
  if (ended === undefined) return { name, states: later };
  return { name, states: before.map(({ state }) => state), ended };
}

/** The contractors with their states on a day: what began by then and has not ended before. */
export async function readContractors(
  source: ExportSource,
  today: CalendarDate,
): Promise<Contractors> {
  const states = await readStates(source);
  const entries = await readNames(source);
  const lost = refuse(source, contractorStates.name);
  await readTable(source, contractorStates, {
    take: (row) => {
      const entry = entries.get(keyOf(row.id, row.type, row.version));
      // Of a contractor there is not, no document can be.
      if (!entry) return `Contractor ${row.id} is not in ${contractorTable.name}.`;
      const state = states.get(row.state_id);
      const fault =
        state === undefined
          ? `State ${row.state_id} is not in ${stateTable.name}.`
          : place(entry, state, row, today);
      if (fault !== undefined) lost();
      return fault;
    },
    reject: lost,
  });
  return {
    contractor(id, type, version) {
      const entry = entries.get(keyOf(id, type, version));
      return entry && contractorOf(entry);
    },
    state: (id) => states.get(id),
  };
}
