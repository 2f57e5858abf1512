// Checks many codes, each on its own date of service: what a billing service runs over a batch before it goes out.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Belief, openBelief } from './belief.ts';
import { type Lookup, lookUpIn } from './look-up-code.ts';

/** One code of a batch, in any spelling. */
export type CheckItem = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly date: CalendarDate;
};

/** More items than this in one batch are refused. */
export const checkItemsMax = 10_000;

/** Look-ups under way at once: enough to hide the latency of the table, few enough not to throttle it. */
const concurrencyMax = 32;

/**
 * Looks every item up, answers in their order; the same code on the same date is looked up once, the same code on
 * several dates read once. Throws `too-large` beyond {@link checkItemsMax} items.
 */
export async function checkCodes(
  ports: { readonly codeTable: CodeTable },
  items: readonly CheckItem[],
): Promise<readonly Lookup[]> {
  if (items.length > checkItemsMax) {
    throw new CodewatchError(
      'too-large',
      `items: ${items.length} given, at most ${checkItemsMax} in one check; send several`,
    );
  }
  const beliefs = new Map<CodeSystemId, Belief>();
  for (const system of new Set(items.map((item) => item.system))) {
    beliefs.set(system, await openBelief(ports.codeTable, system));
  }
  const keyOf = (item: CheckItem): string => `${item.system} ${item.date} ${item.code}`;
  const distinct = new Map(items.map((item) => [keyOf(item), item]));
  const answers = new Map<string, Lookup>();
  const work = distinct.entries();
  const worker = async (): Promise<void> => {
    for (const [key, item] of work) {
      const belief = beliefs.get(item.system);
      if (!belief) throw new Error(`no belief was opened for ${item.system}`);
      answers.set(key, await lookUpIn(belief, item.code, item.date));
    }
  };
  await Promise.all(Array.from({ length: concurrencyMax }, worker));
  return items.map((item) => {
    const answer = answers.get(keyOf(item));
    if (!answer) throw new Error(`no answer was found for ${keyOf(item)}`);
    return answer;
  });
}
