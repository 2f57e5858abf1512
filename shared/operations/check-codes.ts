// Checks many codes, each on its own date of service: what a billing service runs over a batch before it goes out.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystemIds } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Belief, openBelief } from './belief.ts';
import { type Lookup, type LookupScope, lookUpIn } from './look-up-code.ts';

/** One code of a batch, in any spelling. */
export type CheckItem = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly date: CalendarDate;
};

/** More items than this in one batch are refused. */
export const checkItemsMax = 10_000;

/** Children a header of a batch names at most; `childrenTotal` counts them all. */
export const checkChildrenMax = 10;

/** Look-ups under way at once: enough to hide the latency of the table, few enough not to throttle it. */
const concurrencyMax = 32;

/**
 * Looks every item up, answers in their order; a code is read once, on however many dates it is asked for. Near misses
 * and children come with a catalogue only: the table would be asked a dozen times for every slip. Throws `too-large`
 * beyond {@link checkItemsMax} items.
 */
export async function checkCodes(
  ports: { readonly codeTable: CodeTable; readonly catalogue?: Catalogue },
  items: readonly CheckItem[],
): Promise<readonly Lookup[]> {
  if (items.length > checkItemsMax) {
    throw new CodewatchError(
      'too-large',
      `items: ${items.length} given, at most ${checkItemsMax} in one check; send several`,
    );
  }
  const batches = await openBatches(ports, items);
  const answers: Lookup[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const at = next;
      next += 1;
      const item = items[at];
      if (!item) return;
      const batch = batchOf(batches, item.system);
      const before = batch.costly.get(item.code)?.find((one) => one.date === item.date);
      const answer = before ?? (await lookUpIn(batch.scope, item.code, item.date));
      if (!before && isCostly(answer)) keep(batch.costly, item.code, answer);
      answers[at] = answer;
    }
  };
  // A snapshot answers at once: there is no latency to hide.
  const workers = ports.catalogue ? 1 : concurrencyMax;
  await Promise.all(Array.from({ length: workers }, worker));
  return answers;
}

/** Answers by the code as given. */
type Answers = Map<string, Lookup[]>;

/** The items of one system. Timelines are the belief's to keep; `costly` has what takes more than a timeline. */
type Batch = { readonly scope: LookupScope; readonly costly: Answers };
type Batches = ReadonlyMap<CodeSystemId, Batch>;

/** Children and near misses are looked for again every time. */
const isCostly = ({ status }: Lookup): boolean => status === 'header' || status === 'unknown';

function keep(answers: Answers, code: string, answer: Lookup): void {
  const others = answers.get(code);
  if (others) others.push(answer);
  else answers.set(code, [answer]);
}

/** A batch for each system the items name. */
async function openBatches(
  { codeTable, catalogue }: { readonly codeTable: CodeTable; readonly catalogue?: Catalogue },
  items: readonly CheckItem[],
): Promise<Batches> {
  const beliefs = new Map<CodeSystemId, Promise<Belief>>();
  const open = (system: CodeSystemId): Promise<Belief> => {
    const opened = beliefs.get(system) ?? openBelief(codeTable, system);
    beliefs.set(system, opened);
    return opened;
  };
  const batches = new Map<CodeSystemId, Batch>();
  for (const system of new Set(items.map((item) => item.system))) {
    const belief = await open(system);
    const others = (): Promise<readonly Belief[]> =>
      Promise.all(codeSystemIds.filter((id) => id !== system).map(open));
    const more = catalogue && { catalogue, childrenMax: checkChildrenMax, others };
    batches.set(system, { scope: { belief, ...more }, costly: new Map() });
  }
  return batches;
}

function batchOf(batches: Batches, system: CodeSystemId): Batch {
  const batch = batches.get(system);
  if (!batch) throw new Error(`no batch was opened for ${system}`);
  return batch;
}
